// Writes entries for JavaScript: events, and the records of the processes that they refer to.
#pragma once
#include <cstdint>
#include <string>

#include "base/last_text.h"
#include "enrich/facts.h"
#include "event/batcher.h"
#include "event/decoder.h"
#include "event/findings.h"
#include "event/judge.h"
#include "event/values.h"
#include "process/process_table.h"
#include "schema.gen.h"

namespace sysmon {

// The worker's, which holds the pipeline's lock; line() also belongs to whoever else holds it. All but retire() may
// wait for a slot and let go of the lock meanwhile.
class EntryWriter {
 public:
  // Both outlive this.
  EntryWriter(Facts* facts, Batcher* batch) : facts_(facts), batch_(batch) {}

  // `late`: later events have passed it.
  void event(const schema::Event& e, const Record& r, Process* p, const Findings& found, const Judgement& judgement,
             bool late);
  // A process that was defined goes away.
  void retire(const Process& p);
  // The process and its ancestors, the topmost first, for one who asks: JavaScript need not know any of them.
  void line(const Process& p, Batcher* out);

  uint64_t events() const { return events_; }
  uint64_t late() const { return late_; }

 private:
  struct Capabilities {
    uint64_t effective, permitted, gained;
  };
  struct Namespaces {
    uint32_t inodes[std::size(sm_task{}.ns)];
  };
  uint32_t word_of(const Value& v);
  void define(Process* p);
  void process(const Process& p, Batcher* out);

  Facts* const facts_;
  Batcher* const batch_;
  LastText<Capabilities> capabilities_;
  LastText<Namespaces> namespaces_;
  std::string texts_;  // of the event that is being written
  uint64_t events_ = 0, late_ = 0;
};

}  // namespace sysmon
