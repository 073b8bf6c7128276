// What happens to a record between the ring and the queue: process table, enrichment, waiting for hashes, entries.
#pragma once
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "archive/archive.h"
#include "base/clock.h"
#include "base/last_text.h"
#include "base/pool.h"
#include "dns/exchanges.h"
#include "enrich/cgroups.h"
#include "enrich/hashes.h"
#include "enrich/hostnames.h"
#include "enrich/services.h"
#include "enrich/users.h"
#include "enrich/written.h"
#include "event/batcher.h"
#include "event/decoder.h"
#include "event/findings.h"
#include "event/subject.h"
#include "process/process_table.h"
#include "process/program.h"
#include "rules/engine.h"
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
  uint64_t events = 0;          // put into the queue
  uint64_t late = 0;            // of these, passed by later ones
  uint64_t hash_timeouts = 0;
  uint64_t waiting_full = 0;  // events that did not wait for a hash because too many did
};

// A connection in words.
struct NamedConnection {
  WallTime time;
  const char* protocol;
  bool initiated;
  std::string source, destination;
  uint16_t source_port, destination_port;
  std::string hostname;  // of the destination; empty: none is known
  uint32_t error;
};

class Pipeline {
 public:
  // `pools` and `batch` outlive the pipeline.
  Pipeline(const Settings& settings, Batcher* batch, Pools* pools);

  // Content of deleted files is kept there. It outlives the pipeline. Worker, before the first record.
  void set_archive(Archive* archive) { archive_ = archive; }
  void set_writers(WrittenFiles::Writers writers) { written_.set_writers(std::move(writers)); }

  // Held by the worker while it works and let go while it waits for a slot; taken by lookup(). Without it, the main
  // thread could wait for the table while the worker waits for the main thread to release a slot.
  std::unique_lock<std::mutex>& lock() { return lock_; }

  // --- the worker, with the lock held ---
  void begin_drain();  // reads the clocks
  void on_record(const void* data, size_t size);
  // True if there is nothing to learn from this record: the table has the very process (it is noted as alive), or it is
  // dead.
  bool already_knows(const sm_alive_record& a);
  // A process from the iterator that the table does not have. `argv` and `env` come from /proc. `resync`: after a loss,
  // what is new is uncertain.
  void on_alive(const Record& r, std::string_view argv, std::string_view env, bool resync);
  // After all on_alive(): links parents, and buries what the iterator (begun at `since`) did not find any more.
  void alive_done(uint64_t since);
  void tick();  // deadlines and forgetting
  bool waiting() const { return !waiting_.empty(); }
  int64_t next_deadline() const;  // CLOCK_MONOTONIC ns; INT64_MAX: none
  void give_up_waiting();         // delivers all that waits, without hashes
  const std::vector<std::string>& env_names() const { return settings_.env; }
  PipelineStats stats() const { return stats_; }
  dns::Stats dns_stats() const { return dns_.stats(); }
  size_t processes() const { return table_.size(); }

  // --- any thread, takes the lock ---
  // Writes the process and its ancestors, the topmost first, into `out`. False: no such process.
  bool lookup(uint32_t pid, Batcher* out);
  // The last connections of a process, the newest first. False: it is not known, or nobody wants connections.
  bool connections(const std::string& strong_id, std::vector<NamedConnection>* out);

 private:
  // What the rules said of an event that is kept.
  struct Judgement {
    bool made = false;  // false: the rules asked for what was not known yet
    std::string name;   // of the rule that decided
    std::string rules;  // names of all that hold, as a JSON array; empty: none
  };
  struct Waiting {
    std::vector<uint64_t> record;  // a copy; u64 for the alignment
    const schema::Event* event;
    Process* process;  // held
    int64_t deadline;
    unsigned outstanding = 0;
    uint64_t passed;  // events delivered before it came here
    Findings found;
    Judgement judgement;
    std::shared_ptr<Keeping> keeping;  // null: no content is asked for
    bool is_long = false;              // waits for a file that is deleted or still written
  };
  struct Capabilities {
    uint64_t effective, permitted, gained;
  };
  struct Namespaces {
    uint32_t inodes[std::size(sm_task{}.ns)];
  };
  using WaitingList = std::map<uint64_t, Waiting>;  // in the order in which they came

  bool wanted(const schema::Event& e) const { return wanted_[e.id]; }
  void on_fork(const Record& r);
  void on_exec(const Record& r);
  void on_exit(const Record& r);
  void on_event(const Record& r);
  void on_network(const Record& r);
  Process* process_of(const sm_header& h);
  void on_uring(const Record& r);
  Process* make(const Record& r, const sm_task& task, Process* parent);
  Process* parent_of(const sm_task& task);
  Process* unseen(const Key& key, bool must_live);

  void publish_all(const Record& r, Process* p);
  // Emits now, or lets the event wait for a digest, the birth time of a file or a user name.
  void publish(const schema::Event& e, const Record& r, Process* p);
  bool wait_for_user(uint32_t uid, uint64_t id);
  bool wait_for_hash(const Subject& subject, const Record& r, const Process& p, uint64_t id);
  bool wait_for_birth(const sm_file& file, std::vector<std::string> paths, uint64_t id);
  void note_content(Kept kept, Findings* found) const;
  bool wait_for_content(const sm_file* file, std::string path, uint64_t id);
  bool count_long(Waiting* w, bool is_long);
  void resolved(uint64_t id);
  void release_waiting(WaitingList::iterator it);
  // False: the rules drop it. `found`: null while it is still to come. `last`: nothing more will come; until then rules
  // that ask for what is missing are asked again.
  bool judge(const schema::Event& e, const Record& r, const Process& p, const Findings* found, bool last,
             Judgement* out);
  void emit(const schema::Event& e, const Record& r, Process* p, const Findings& found, const Judgement& judgement,
            bool late);
  void define(Process* p);
  void write(Batcher* out, const Process& p);

  const Settings settings_;
  Batcher* const batch_;
  std::mutex mutex_;
  std::unique_lock<std::mutex> lock_{mutex_, std::defer_lock};
  WallClock clock_;
  int64_t now_ =
      now_ns(CLOCK_MONOTONIC);  // of the drain: a clock read for each event would cost more than what it is for
  Users users_;
  Logons logons_;
  Cgroups cgroups_;
  Hostnames hostnames_;
  Services services_;
  LastText<Capabilities> capabilities_;
  LastText<Namespaces> namespaces_;
  Pools* const pools_;
  Hasher hasher_;
  WrittenFiles written_;
  Archive* archive_ = nullptr;  // null: none
  ProcessTable table_;
  dns::Exchanges dns_;
  std::unique_ptr<rules::Engine> engine_;  // null: no rules
  rules::Scratch scratch_;
  bool wanted_[256] = {};
  const uint32_t machine_id_;
  const std::string boot_id_;
  const uint64_t own_mnt_ns_;
  WaitingList waiting_;
  size_t waiting_long_ = 0;  // of waiting_, those that are long
  uint64_t next_waiting_ = 1;
  std::unordered_map<uint32_t, std::vector<uint64_t>> asked_users_;  // uid -> events that wait for its name
  std::vector<Process*> linked_later_;                               // from the iterator, parents not linked yet
  std::unordered_map<uint32_t, bool> seen_alive_;
  uint64_t snapshot_end_ = 0;  // boot ns
  std::string texts_;          // of the event that is being written
  PipelineStats stats_;
};

}  // namespace sysmon
