// Holds files of some directories open, from when they have been written, so that their content outlives their names.
//
// The kernel queues a notice of each file that was open for writing and is closed (fanotify), and the notice itself keeps
// the file until it is read: a file that is made, written, closed and deleted at once is there all the same.
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

#include "../fd.h"
#include "../settings.h"

namespace sysmon {

struct HeldStats {
  uint64_t files = 0, bytes = 0;  // now
  uint64_t taken = 0;
  uint64_t evicted = 0;     // to make room for others
  uint64_t unmounted = 0;   // released because their file system was unmounted
  uint64_t low_space = 0;   // released because their file system had too little room
  uint64_t failed = 0;      // could not be held
  uint64_t overflows = 0;   // of the kernel's queue of notices
};

class Held {
 public:
  // Begins. `archive`: path of the archive, which must not lie in one of the directories. Throws Failure.
  Held(const ArchiveSettings& settings, const std::string& archive);
  ~Held();
  HeldStats stats() const;  // any thread

 private:
  // A directory whose files are held. `mount` is a mount of its file system that no name leads to: descriptors opened by it
  // do not keep anybody from unmounting the one that has a name.
  struct Place {
    std::string path;
    dev_t dev = 0;
    Fd mount;
  };
  using Key = std::pair<dev_t, ino_t>;  // of an open file: nobody else can get it
  struct File {
    Key key;
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
  void release_all(dev_t dev, uint64_t HeldStats::*count);

  const ArchiveSettings settings_;
  std::vector<Place> places_;
  Fd notices_, mountinfo_, wake_;
  std::list<File> recent_;  // front: written last
  std::map<Key, std::list<File>::iterator> files_;
  mutable std::mutex mutex_;  // guards stats_
  HeldStats stats_;
  std::atomic<bool> stopping_{false};
  std::thread thread_;  // last: it uses all of the above
};

}  // namespace sysmon
