// Holds files of some directories open, from when they have been written, so that their content outlives their names.
//
// The kernel queues a notice of each file that was open for writing and is closed (fanotify), and the notice itself
// keeps the file until it is read: a file that is made, written, closed and deleted at once is there all the same.
#pragma once
#include <sys/types.h>

#include <atomic>
#include <cstdint>
#include <list>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "base/fd.h"
#include "base/wire.h"
#include "settings.h"

namespace sysmon {

struct HeldStats {
  uint64_t files = 0, bytes = 0;  // now
  uint64_t taken = 0;
  uint64_t evicted = 0;    // to make room for others
  uint64_t unmounted = 0;  // released because their file system was unmounted
  uint64_t low_space = 0;  // released or not held because their file system had too little room
  uint64_t failed = 0;     // could not be held
  uint64_t overflows = 0;  // of the kernel's queue of notices
};

class Held {
 public:
  // Begins. `archive`: path of the archive, which must not lie in one of the directories. Throws Failure.
  Held(const ArchiveSettings& settings, const std::string& archive);
  ~Held();
  // Any thread but the one that may not wait. A descriptor of the very file, if it is held or its notice has been
  // queued. Without a name there is nobody else who could ask for it: it is held no longer.
  Fd find(const sm_file& f);
  // The same of a file of which only the last name is known. Of several the one that was written first.
  Fd find(const std::string& last_name);
  HeldStats stats() const;  // any thread, at once

 private:
  // A directory whose files are held. `mount` is a mount of its file system that no name leads to: descriptors opened
  // by it do not keep anybody from unmounting the one that has a name.
  struct Place {
    std::string path;
    uint32_t dev = 0;   // as in records
    bool full = false;  // there is too little room to hold anything
    Fd mount;
  };
  using Key = std::pair<uint32_t, uint64_t>;  // device and inode of an open file: nobody else can get them
  struct File {
    Key key;
    const Place* place;
    uint32_t generation;
    Fd fd;
    uint64_t bytes;
    int64_t nameless;  // CLOCK_MONOTONIC ns since when it has no name; 0: it has one
  };

  void run();
  void arrange();
  bool settle(Place* place);
  void read_notices();
  void take(int fd);
  void sweep();
  void release(std::list<File>::iterator file);
  void release_all(uint32_t dev, uint64_t HeldStats::*why);
  void count(uint64_t HeldStats::*what, uint64_t n = 1);

  const ArchiveSettings settings_;
  Fd notices_, mountinfo_, wake_;
  std::mutex work_;  // guards the next three, and the queue of notices: who has it has read them all when he lets go
  std::vector<Place> places_;
  std::list<File> recent_;  // front: written last
  std::map<Key, std::list<File>::iterator> files_;
  mutable std::mutex mutex_;  // guards stats_; held for moments only. Written under work_
  HeldStats stats_;
  std::atomic<bool> stopping_{false};
  std::thread thread_;  // last: it uses all of the above
};

}  // namespace sysmon
