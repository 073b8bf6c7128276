// What was produced and not handed over, from the counters of the kernel side.
#pragma once
#include <cstdint>
#include <string>

#include "base/clock.h"
#include "dns/exchanges.h"
#include "event/batcher.h"
#include "kernel/bpf_object.h"

namespace sysmon {

class LossReporter {
 public:
  // Writes an entry for each (stage, type) that has lost something since the last report. Returns true if life-cycle
  // records are among it: then the process table cannot be trusted.
  bool report(const LossCounters& now, const dns::Stats& dns, const WallClock& clock, Batcher* batch);

 private:
  void write(const char* stage, const std::string& type, uint64_t count, uint64_t until_boot_ns, const WallClock& clock,
             Batcher* batch) const;

  LossCounters last_;
  dns::Stats last_dns_;
  uint64_t since_boot_ns_ = static_cast<uint64_t>(now_ns(CLOCK_BOOTTIME));
};

}  // namespace sysmon
