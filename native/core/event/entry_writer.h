// Writes entries for JavaScript: events, and the records of the processes that they refer to.
#pragma once
#include <cstdint>
#include <string>

#include "base/last_text.h"
#include "enrich/facts.h"
#include "enrich/redactor.h"
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
  // All outlive this.
  EntryWriter(Facts* facts, Batcher* batch, const Redactor* redactor)
      : facts_(facts), batch_(batch), redactor_(redactor) {}

  // `target`: the process that it was done to; null: there is none. `late`: later events have passed it.
  void event(const schema::Event& e, const Record& r, Process* p, Process* target, const Findings& found,
             const Judgement& judgement, bool late);
  // A process that was defined goes away.
  void retire(const Process& p);
  // A container that JavaScript knows has been filled in.
  void container(uint32_t ref);
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
  std::string container_json(const Container& c) const;
  void define(Process* p);
  void process(const Process& p, Batcher* out);
  static void container(uint32_t ref, bool settled, std::string_view json, Batcher* out);

  Facts* const facts_;
  Batcher* const batch_;
  const Redactor* const redactor_;
  LastText<Capabilities> capabilities_;
  LastText<Namespaces> namespaces_;
  std::string texts_;  // of the event that is being written
  uint64_t events_ = 0, late_ = 0;
};

}  // namespace sysmon
