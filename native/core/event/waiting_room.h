// Where events wait for what must still be found out of them: a digest, content that is to be kept, the birth time of a
// file, the name of a user. Bounded, and nobody waits longer than he was allowed to when he came. Later events pass
// those that wait, but the execs and the end of one process stay in their order.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "archive/archive.h"
#include "base/pool.h"
#include "enrich/facts.h"
#include "enrich/hashes.h"
#include "enrich/written.h"
#include "event/decoder.h"
#include "event/findings.h"
#include "event/judge.h"
#include "event/subject.h"
#include "process/process_table.h"
#include "schema.gen.h"
#include "settings.h"

namespace sysmon {

// What must be found out of an event before it is whole.
struct Needs {
  Subject subject;
  bool hash = false;       // of Subject::content
  bool content = false;    // of Subject::file, for the archive
  bool user = false;       // the name of Subject::uid
  bool other = false;      // the name of Subject::other_uid
  uint32_t container = 0;  // number of the container whose files are being looked at, + 1; 0: none
  bool turn = false;       // an earlier exec of the same process waits here: it goes first
  std::string path;        // of the content

  bool findings() const { return hash || content || subject.has_birth; }
  bool facts() const { return findings() || user || other || container != 0; }
  bool any() const { return facts() || turn; }
};

// An event on its way to JavaScript, and what is known of it so far.
struct Pending {
  const schema::Event* event;
  Process* process;
  Process* target;  // that it was done to; null: there is none
  uint64_t number;  // in the order in which events came
  Findings found{};
  Judgement judgement{};
};

// Not thread-safe: the worker's. The pools call back in their collect(), never before a method here returns.
class WaitingRoom {
 public:
  static constexpr size_t kMost = 1024;
  // Files that are deleted or still written may take long: a flood of them leaves room for the hashes of what is
  // executed.
  static constexpr size_t kMostLong = kMost / 2;

  struct Stats {
    uint64_t timeouts = 0;  // of all but contents
    uint64_t full = 0;      // events that did not wait because too many did
  };
  // Told of each that has what it waited for, or has waited for long enough. The record is a copy.
  using Release = std::function<void(const Record&, Pending*)>;

  // `facts`, `table` and `pools` outlive this.
  WaitingRoom(const Settings& settings, Facts* facts, ProcessTable* table, Pools* pools, Release release);

  // Before the first record. It outlives this.
  void set_archive(Archive* archive) { archive_ = archive; }
  // Before the first record. It outlives this; null: nothing is held.
  void set_files(ExecutedFiles* files) {
    files_ = files;
    for (const auto& [key, d] : digests_) d->hasher.set_files(files);
  }
  // What the kernel can be asked, and which digests there are from now on. What waits keeps to what it began with.
  void set_digests(uint32_t algorithms, const WrittenFiles::Writers& writers, const AskRuns& runs) {
    auto& known = digests_[{algorithms, writers != nullptr, runs != nullptr}];
    if (!known) {
      known = std::make_unique<Digests>(pools_, algorithms);
      known->written.set_writers(writers);
      known->hasher.set_runs(runs);
      known->hasher.set_files(files_);
      known->written.set_runs(runs);
    }
    now_ = known.get();
  }

  // What an event must wait for. What is known at once, also that something cannot be known, is put into `found`.
  Needs needs_of(const schema::Event& e, const Record& r, const Process& p, Findings* found);
  // Lets the event wait for what it needs; it may be released before this returns, if nobody takes its requests. False:
  // too many wait already, which its findings say now; whatever had to go before it has been released.
  bool enter(const Record& r, Needs needs, Pending* event);
  // Releases those that have waited for long enough.
  void tick(int64_t now);
  int64_t next_deadline() const;  // CLOCK_MONOTONIC ns; INT64_MAX: none
  void give_up();                 // releases all, in the order in which they came
  bool empty() const { return waiting_.empty(); }
  const Stats& stats() const { return stats_; }
  // The files of a container have been looked at.
  void container_looked(uint32_t ref);

 private:
  struct Waiting {
    std::vector<uint64_t> record;  // a copy; u64 for the alignment
    Pending event;                 // its processes are held
    int64_t deadline;
    unsigned outstanding = 0;
    uint64_t next = 0;                   // id of the one that waits for its turn after this one; 0: none
    std::shared_ptr<Keeping> keeping{};  // null: no content is asked for
    bool is_long = false;                // waits for a file that is deleted or still written
  };
  struct Line {
    uint64_t first, last;  // ids
  };
  using WaitingList = std::map<uint64_t, Waiting>;  // in the order in which they came

  Digest digest_without_content(const Subject& subject) const;
  Executed executed(const Record& r) const;
  bool wait_for_turn(uint32_t pid, uint64_t id);
  void leave_line(uint32_t pid, uint64_t next);
  void make_way(uint32_t pid);
  bool wait_for_user(uint32_t uid, uint64_t id);
  bool wait_for_hash(const Subject& subject, const Record& r, const Process& p, uint64_t id);
  bool wait_for_birth(const sm_file& file, std::vector<std::string> paths, uint64_t id);
  bool wait_for_content(const sm_file* file, std::string path, uint64_t id);
  void note_content(Kept kept, Findings* found) const;
  bool count_long(Waiting* w, bool is_long);
  void resolved(uint64_t id);
  void release(WaitingList::iterator it);

  const uint32_t hash_timeout_ms_, archive_timeout_ms_;
  Facts* const facts_;
  ProcessTable* const table_;
  Pools* const pools_;
  const Release release_;
  Archive* archive_ = nullptr;      // null: none
  ExecutedFiles* files_ = nullptr;  // null: none
  struct Digests {
    Digests(Pools* pools, uint32_t algorithms)
        : algorithms(algorithms), hasher(pools, algorithms, &read), written(pools, algorithms, &read) {}
    const uint32_t algorithms;
    KnownDigests read;
    Hasher hasher;
    WrittenFiles written;
  };
  // By their algorithms, and by what the kernel can be asked: few, and none goes, for pools may be at work on it.
  std::map<std::tuple<uint32_t, bool, bool>, std::unique_ptr<Digests>> digests_;
  Digests* now_ = nullptr;  // never null
  WaitingList waiting_;
  size_t waiting_long_ = 0;  // of waiting_, those that are long
  uint64_t next_id_ = 1;
  std::unordered_map<uint32_t, Line> lines_;                              // pid -> its execs and its end that wait
  std::unordered_map<uint32_t, std::vector<uint64_t>> asked_users_;       // uid -> events that wait for its name
  std::unordered_map<uint32_t, std::vector<uint64_t>> asked_containers_;  // by number
  Stats stats_;
};

}  // namespace sysmon
