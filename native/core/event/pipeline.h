// What happens to a record between the ring and the queue. This class owns all that take part, gives each record to the
// right one, and leads its events from the rules over the waiting room to the writer.
#pragma once
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "archive/archive.h"
#include "base/pool.h"
#include "dns/exchanges.h"
#include "enrich/facts.h"
#include "event/batcher.h"
#include "event/decoder.h"
#include "event/entry_writer.h"
#include "event/judge.h"
#include "event/kernel_filter.h"
#include "event/tampering.h"
#include "event/throttle.h"
#include "event/waiting_room.h"
#include "process/lifecycle.h"
#include "process/origin.h"
#include "schema.gen.h"
#include "settings.h"

namespace sysmon {

struct PipelineStats {
  uint64_t records = 0;         // taken from the ring
  uint64_t malformed = 0;       // refused by the decoder
  uint64_t duplicates = 0;      // second exit records of one process
  uint64_t kernel_threads = 0;  // exits of kernel threads: no event
  uint64_t ruled_out = 0;       // that the rules dropped
  uint64_t unwanted = 0;        // of types that nobody asked for
  uint64_t early_execs = 0;     // of before the living were known: no event
  uint64_t early_exits = 0;     // likewise, or of those that were ending then
  uint64_t events = 0;          // put into the queue
  uint64_t late = 0;            // of these, passed by later ones
  uint64_t hash_timeouts = 0;
  uint64_t waiting_full = 0;  // events that did not wait for a hash because too many did
};

// A configuration, ready to be taken over.
struct Rules {
  std::unique_ptr<Judge> judge;
  std::unique_ptr<KernelFilter> filter;
};

class Pipeline {
 public:
  // `pools` and `batch` outlive the pipeline. Throws Failure if the plan of the rules is broken.
  Pipeline(const Settings& settings, Batcher* batch, Pools* pools);

  // Content of deleted files is kept there. It outlives the pipeline. Worker, before the first record.
  void set_archive(Archive* archive);
  // What is executed is held there. Likewise.
  void set_files(ExecutedFiles* files) { room_.set_files(files); }

  // Held by the worker while it works and let go while it waits for a slot; taken by lookup(). Without it, the main
  // thread could wait for the table while the worker waits for the main thread to release a slot.
  std::unique_lock<std::mutex>& lock() { return lock_; }

  // --- the worker, with the lock held ---
  void begin_drain() { facts_.begin_drain(); }
  void on_record(const void* data, size_t size);
  // What the kernel can be asked about files. Before the first record, and again after a change.
  void set_digests(uint32_t algorithms, const WrittenFiles::Writers& writers, const AskRuns& runs) {
    room_.set_digests(algorithms, writers, runs);
  }
  // From now on these events are wanted, and judged by that.
  void configure(const std::vector<uint16_t>& events, Rules rules, const ThrottleSettings& throttle);
  // What the kernel side may drop by the rules in force.
  KernelFilter& kernel_filter() { return *rules_.filter; }
  // What JavaScript is told from now on is without other secrets. Of each process it is told anew.
  void redact(Redactor* by);
  // Since this was asked last.
  std::vector<Suppressed> take_suppressed() { return throttle_.take(); }
  // For those who bring the living.
  Lifecycle* lifecycle() { return &lifecycle_; }
  // The living are known: what happens from now on is published, and what happened before no more.
  // `since`: CLOCK_BOOTTIME ns.
  void begin_publishing(uint64_t since = static_cast<uint64_t>(now_ns(CLOCK_BOOTTIME))) { publish_from_ = since; }
  void tick();  // deadlines and forgetting
  bool waiting() const { return !room_.empty(); }
  int64_t next_deadline() const;  // CLOCK_MONOTONIC ns; INT64_MAX: none
  void give_up_waiting();         // delivers all that waits, without hashes
  PipelineStats stats() const;
  dns::Stats dns_stats() const { return dns_.stats(); }
  bool questions_due() const { return dns_.next_deadline() <= now_ns(CLOCK_MONOTONIC); }  // tick() gives some up
  // Of writes, ever.
  void note_lost_writes(uint64_t ever);
  void note_lost_answers(uint64_t ever) { dns_.note_lost_answers(ever); }
  // Of a process that lost records; empty: not known.
  std::string image_of(uint64_t start, uint32_t pid) const;
  size_t processes() const { return lifecycle_.table().size(); }

  // --- any thread ---
  // Throws Failure if the plan of the rules is broken.
  Rules make_rules(const Settings& settings);

  // --- any thread, takes the lock ---
  // Writes the process and its ancestors, the topmost first, into `out`. False: no such process.
  bool lookup(uint32_t pid, Batcher* out);
  // The last connections of a process, the newest first. False: it is not known, or nobody wants connections.
  bool connections(const std::string& strong_id, std::vector<NamedConnection>* out);

 private:
  struct Handlers;  // of each type of record

  void on_fork(const Record& r) { lifecycle_.on_fork(r); }
  void on_exec(const Record& r) { lifecycle_.on_exec(r); }
  void on_exit(const Record& r) { lifecycle_.on_exit(r); }
  void on_dns_packet(const Record& r) { dns_.packet(r, facts_.now); }
  void on_network(const Record& r);
  void on_file_modify(const Record& r);
  void on_uring(const Record& r);
  void on_bpf_event(const Record& r);
  void on_event(const Record& r);
  void refuse(const Record&) { malformed_++; }

  Process* target_of(const schema::Event& e, const Record& r);
  void learn_origin(const Record& r, Process* p);
  void publish_all(const Record& r, Process* p);
  void publish(const schema::Event& e, const Record& r, Process* p);
  void finish(const Record& r, Pending* event);

  std::mutex mutex_;
  std::unique_lock<std::mutex> lock_{mutex_, std::defer_lock};
  const bool scoped_;  // not everybody is captured
  bool wanted_[256] = {};
  const bool tells_origin_, tells_connections_;
  uint64_t publish_from_ = UINT64_MAX;  // CLOCK_BOOTTIME ns
  uint64_t records_ = 0, malformed_ = 0, unwanted_ = 0, ruled_out_ = 0, early_execs_ = 0, early_exits_ = 0;
  uint64_t lost_writes_ = 0;
  uint64_t arrived_ = 0, newest_ = 0;  // numbers of events: given last, and the highest that was written
  Batcher* const batch_;
  Archive* archive_ = nullptr;  // null: none
  // Each uses some of those above it; the room and the exchanges refer to processes of the table in lifecycle_.
  Facts facts_;
  Redactor redactor_;
  Tampering tampering_;
  EntryWriter writer_;
  Rules rules_;
  Throttle throttle_;
  Origins origins_;
  Lifecycle lifecycle_;
  WaitingRoom room_;
  dns::Exchanges dns_;
};

}  // namespace sysmon
