// Keeps the table of processes up to date: forks, execs and exits from the ring, the living from the iterator, and
// those that nobody has shown from /proc.
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/clock.h"
#include "base/wire.h"
#include "process/process_table.h"

namespace sysmon {

// Not thread-safe: the worker's, or whoever holds the pipeline's lock.
class Lifecycle {
 public:
  struct Hooks {
    std::function<void(const Record&, Process*)> publish;    // the table tells of this record by now
    std::function<void(Process*, const Process&)> inherits;  // the first is a child of the second, or its next exec
    std::function<void(const Process&)> retired;             // that JavaScript knows, and that goes away
  };
  struct Stats {
    uint64_t duplicates = 0;      // second exit records of one process
    uint64_t kernel_threads = 0;  // exits of kernel threads: no event
    uint64_t ending = 0;          // exits of processes that were ending when the sensor began: no event
  };

  // `env_names`: variables of the environment that are told. `clock` outlives this.
  Lifecycle(std::vector<std::string> env_names, const WallClock* clock, Hooks hooks);

  void on_fork(const Record& r);
  void on_exec(const Record& r);
  void on_exit(const Record& r);
  // The process that a record names; never null.
  Process* process_of(const Key& key);
  Process* process_of(const sm_header& h) { return process_of(key_of(h)); }

  // Path of what a process executes, now or when it ended; empty: not known.
  std::string image_of(uint64_t start, uint32_t pid) const;

  // True if there is nothing to learn from this record: the table has the very process (it is noted as alive), or it is
  // dead.
  bool already_knows(const sm_alive_record& a);
  // A process from the iterator that the table does not have. `argv` and `env` come from /proc. `resync`: after a loss,
  // what is new is uncertain.
  void on_alive(const Record& r, std::string_view argv, std::string_view env, bool resync);
  // After all on_alive(): links parents, and buries what the iterator (begun at `since`) did not find any more.
  void alive_done(uint64_t since);

  ProcessTable& table() { return table_; }
  const ProcessTable& table() const { return table_; }
  const std::vector<std::string>& env_names() const { return env_names_; }
  const Stats& stats() const { return stats_; }

 private:
  Process* make(const Record& r, const sm_task& task, Process* parent);
  Process* parent_of(const sm_task& task);
  Process* unseen(const Key& key, bool must_live);

  const std::vector<std::string> env_names_;
  const WallClock* const clock_;
  const std::function<void(const Record&, Process*)> publish_;
  const std::function<void(Process*, const Process&)> inherits_;
  ProcessTable table_;
  std::vector<Process*> linked_later_;  // from the iterator, parents not linked yet
  std::unordered_map<uint32_t, bool> seen_alive_;
  uint64_t snapshot_end_ = 0, known_since_ = 0;  // boot ns; the latter is the end of the first snapshot
  Stats stats_;
};

}  // namespace sysmon
