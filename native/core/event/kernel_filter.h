// What of the rules the kernel side applies, and what it is told of processes for that.
#pragma once
#include <functional>
#include <memory>

#include "event/judge.h"
#include "rules/pushdown.h"
#include "settings.h"

namespace sysmon {

class KernelFilter {
 public:
  // Tells the kernel side which clauses a process leaves possible.
  using Tell = std::function<void(const sm_push_process& who, uint64_t clauses)>;

  // `judge` and `facts` outlive this. `wanted`: ids of events.
  KernelFilter(const Judge& judge, Facts* facts, const Settings& settings, const std::vector<uint16_t>& wanted);

  const rules::PushTables& tables() const { return pushdown_.tables(); }
  // The tables are in force as this set: never 0.
  void begin(uint32_t set, Tell tell);
  // The rules dropped an event of this process: what it leaves possible is told once, which spares the next.
  void ruled_out(const schema::Event& e, const Record& r, Process* p);

 private:
  Facts* const facts_;
  const Judge& judge_;
  const rules::Pushdown pushdown_;
  uint32_t set_ = 0;
  Tell tell_;
};

}  // namespace sysmon
