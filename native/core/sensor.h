// One sensor: the worker thread and everything that it owns.
//
//   ring -> Pipeline -> Batcher -> on_slot (worker thread) … release() (host's thread)
#pragma once
#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "archive/archive.h"
#include "base/failure.h"
#include "base/fd.h"
#include "enrich/executed_files.h"
#include "event/batcher.h"
#include "event/loss.h"
#include "event/pipeline.h"
#include "kernel/bpf_object.h"
#include "settings.h"

namespace sysmon {

struct SensorStats {
  PipelineStats pipeline;
  dns::Stats dns;
  LossCounters kernel;
  ArchiveStats archive;
  ExecutedStats executed;
  uint64_t processes = 0;    // records in the table
  uint64_t queue_waits = 0;  // times the worker waited for the host to take a batch
  uint64_t batches = 0;
  uint64_t resyncs = 0;
  uint64_t load_ns = 0, snapshot_ns = 0;        // of the start
  std::map<std::string, ProgramRuns> programs;  // by name; empty: they are not measured
};

class Sensor {
 public:
  struct Callbacks {
    // All are called on the worker thread, without any lock held that a method of Sensor takes, except as noted.
    std::function<void(uint32_t slot)> on_slot;      // pipeline lock held: do not call lookup() in it
    std::function<void(const Failure&)> on_fatal;    // the sensor is dead; no slot follows
    std::function<void(const Failure&)> on_refused;  // a change is not made; all is as it was
  };

  // `slots`: Batcher::kSlots * Batcher::kSlotBytes of zeroed memory that outlives the sensor.
  Sensor(Settings settings, uint8_t* slots, Callbacks callbacks);
  // Does not wait for slots that nobody will release: see abort().
  ~Sensor();

  void start();  // host thread; the end of the start is the READY entry, or on_fatal
  // Any thread: what is wanted, the rules and the digests are others from a CONFIGURED entry on, or on_refused. One
  // change at a time; all else in the settings is as it was at the start.
  void configure(Settings next);
  // Any thread: drain, then the END entry. With a patience, what waits then waits no longer than that, from now on.
  void stop(std::optional<uint32_t> patience_ms = std::nullopt);
  void abort();                                          // any thread: end soon, deliver nothing more
  void join();                                           // host thread, after abort() or the END entry
  void release(uint32_t slot) { batch_.release(slot); }  // any thread
  bool lookup(uint32_t pid, Batcher* out) { return pipeline_.lookup(pid, out); }  // any thread but the worker
  bool connections(const std::string& id, std::vector<NamedConnection>* out) {
    return pipeline_.connections(id, out);
  }                           // likewise
  SensorStats stats() const;  // any thread
  // What the calling thread makes from now on is of the scope, or no longer; false: it cannot be. Any thread.
  bool adopt(bool on) const;
  // Whether anybody lives who is of the tree that is the scope. Any thread, while it runs.
  bool populated() const;

 private:
  void run();
  void serve();
  struct Change;
  void begin_change();
  void end_change();
  void ask_kernel(const Settings& now);
  void suspend_pushdown();
  void push_down();
  void end_changes();
  std::vector<BpfObject*> objects() const;  // the first has the table of processes
  LossCounters counted() const;
  std::map<std::string, ProgramRuns> measured() const;
  void wait_for_records();
  void linger();
  int64_t flush_due() const;
  bool drain();
  bool resync();
  void note_lost_answers();
  void check_losses();
  void report_limits();
  void find_modules();
  void hold_executed();
  void finish();
  void wake() const;
  bool sleep(int64_t ns, bool ring) const;

  const Settings settings_;
  const Callbacks callbacks_;
  const Fd wake_fd_;
  std::atomic<bool> stopping_{false}, aborting_{false};
  std::atomic<int64_t> give_up_at_{INT64_MAX};  // CLOCK_MONOTONIC ns: what still waits then is delivered as it is
  std::atomic<uint64_t> batches_{0};
  Batcher batch_;
  std::optional<Pools> pools_;
  std::unique_ptr<Archive> archive_;         // null: nothing is kept. Made by the worker
  std::unique_ptr<ExecutedFiles> executed_;  // null: nothing is held. Likewise
  std::string not_held_;                     // why not, although it was asked for
  Pipeline pipeline_;
  LossReporter loss_;
  std::unique_ptr<BpfObject> object_;                // worker only
  std::vector<std::unique_ptr<BpfObject>> further_;  // of events that were added. Worker only, gone before object_
  std::vector<uint16_t> loaded_;                     // events that have their programs
  std::mutex change_mutex_;                          // guards next_
  std::optional<Settings> next_;                     // asked for
  std::shared_ptr<Change> change_;                   // under way
  std::vector<Redaction> redactions_;                // in force. Worker only
  Fd measuring_;                                     // while it is open, the kernel measures programs
  bool pushing_ = false;                             // the kernel side applies rules
  uint32_t push_set_ = 0;                            // number of the last set of tables that it was given
  uint64_t taken_bytes_ = 0;                         // of records, ever
  bool truncated_drain_ = false;                     // the last drain left records on the ring
  bool resync_ = false;                              // the table of processes must be learnt anew
  size_t most_processes_ = 0;                        // with a scope: it must if the table has more
  int64_t modules_at_ = 0;                           // CLOCK_MONOTONIC ns: when they were looked for last
  int64_t last_check_ = 0, flush_credit_ = 0;        // CLOCK_MONOTONIC ns; the latter may lie ahead, see flush_due()
  mutable std::mutex stats_mutex_;                   // guards the rest
  SensorStats published_;
  std::function<bool(bool)> spawner_;  // empty: it does not run, or the scope is another
  std::function<bool()> populated_;    // likewise
  std::thread thread_;                 // last: it uses all of the above
};

}  // namespace sysmon
