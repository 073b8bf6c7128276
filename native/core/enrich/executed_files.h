// Holds executed files open, from when the kernel opens them to run them, so that they outlive their names and those
// who run them: a program that ran for a millisecond and was deleted still gets its digest.
//
// The kernel queues a notice of each file that is opened to be executed (fanotify, FAN_OPEN_EXEC), before the record of
// that exec, and the notice itself keeps the file until it is read.
#pragma once
#include <atomic>
#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/fd.h"
#include "base/wire.h"

namespace sysmon {

struct ExecutedStats {
  uint64_t files = 0;      // held now
  uint64_t taken = 0;      // ever, as often as they were executed
  uint64_t found = 0;      // asked for, and held
  uint64_t missed = 0;     // asked for, and not held
  uint64_t evicted = 0;    // to make room for others
  uint64_t failed = 0;     // could not be held: no descriptor was to be had
  uint64_t overflows = 0;  // of the kernel's queue of notices
  uint64_t unmarked = 0;   // mounts of which the kernel gives no notices
};

class ExecutedFiles {
 public:
  // Begins: what is executed from now on is held, on all file systems that are mounted here, for `hold_ms` or until it
  // was asked for as often as it was executed. Throws Failure.
  explicit ExecutedFiles(uint32_t hold_ms);
  ~ExecutedFiles();

  // Pool threads. A descriptor of a file that the process executed, if `is_it` says of one that it is the file. Only
  // those are asked about that have its numbers, or all where stat(2) tells other ones. Where there is none, the
  // mounts of that process are looked through.
  Fd find(const sm_file& f, uint32_t pid, const std::function<bool(int fd)>& is_it);
  ExecutedStats stats() const;  // any thread, at once
  // Worker. What was lost since the last time, in words.
  std::vector<std::string> troubles();

 private:
  using Key = std::pair<uint32_t, uint64_t>;  // device and inode of an open file: nobody else can get them
  struct File {
    Key key;
    Fd fd;
    int64_t since;     // CLOCK_MONOTONIC ns, of the last notice
    unsigned notices;  // that nobody has asked about
  };
  using Files = std::list<File>;

  void run();
  void drain();
  void take(Fd fd);
  Fd hand_out(Files::iterator file);
  void sweep();
  void drop(Files::iterator file);
  void mark(const std::string& process, bool ours);
  void mark_living();
  void mark_asked();
  void count(uint64_t ExecutedStats::*what, uint64_t n = 1);

  const int64_t hold_ns_;
  const size_t most_;
  Fd notices_, mountinfo_, wake_;
  std::mutex work_;  // guards the next two, and the queue of notices: who has it has read them all when he lets go
  Files recent_;     // front: executed last
  std::map<Key, Files::iterator> files_;
  std::unordered_map<uint64_t, int64_t> looked_;  // mount namespace -> when. The constructor's, then thread_'s
  mutable std::mutex mutex_;                      // guards the next two; held for moments only
  ExecutedStats stats_;
  std::vector<uint32_t> asked_;  // processes whose mounts are to be looked through
  ExecutedStats told_;           // the worker's
  std::atomic<bool> stopping_{false};
  std::thread thread_;  // last: it uses all of the above
};

}  // namespace sysmon
