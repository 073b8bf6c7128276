// Digests of files, of the very file that the kernel recorded or none.
#pragma once
#include <sys/stat.h>

#include <cstdint>
#include <functional>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/clock.h"
#include "base/fd.h"
#include "base/pool.h"
#include "base/wire.h"

namespace sysmon {

// A file at one state of its content. Its owner can set the modification time as he likes, the change time nobody.
struct FileState {
  uint64_t ino, size, mtime_sec, ctime;  // ctime: ns
  uint32_t mtime_nsec, dev;
  uint64_t file_system, super_block;  // as in the record of the exec
  bool operator==(const FileState&) const = default;
};

// Overlay and btrfs answer stat(2) with other device (and overlay with other inode) numbers than their inodes have:
// there only the rest is compared.
bool same_device(const sm_file& f, dev_t dev);
bool same_file(const sm_file& f, const struct stat& st);
// Also the same size and modification time. A new name, or one less, changes neither, but the change time.
bool same_content(const sm_file& f, const struct stat& st);
bool same_content(const struct stat& a, const struct stat& b);

struct Digest {
  std::string text;      // "SHA1=…,MD5=…,SHA256=…"; empty on failure
  const char* why = "";  // of a failure: gone, changed, unreadable, large, open, timeout, busy, unavailable. Of a
                         // digest: touched, or nothing
};

// Opens the first of the paths that leads to the regular file that is meant. Returns Digest::why; empty: it is open.
const char* open_regular(const std::vector<std::string>& paths, const std::function<bool(const struct stat&)>& is_it,
                         Fd* out);

// Files beyond this are for the pool of the large ones; and those beyond the other are not read at all.
constexpr uint64_t kSmallFile = 16 << 20, kLargestFile = 1 << 30;

// Pool thread. `unchanged` is asked when all was read; nothing is read any more once `enough` says so.
struct Reading {
  std::function<bool(const struct stat& before, const struct stat& after)> unchanged;
  std::function<bool()> enough;
};
Digest digest_of(int fd, uint32_t algorithms, const Reading& reading);

// What was executed, or loaded, as it was then.
struct Executed {
  sm_file file;
  sm_process process;        // that runs it
  uint64_t clock;            // whatever happened to the file later bears this time or a later one
  uint64_t file_system = 0;  // a number that only this one has; 0: not known
  uint64_t super_block = 0;  // its address
};
Executed executed_of(const sm_exec_record& r, const WallClock& clock);
Executed executed_of(const sm_image_load_record& r, const WallClock& clock);

// Where the file may be opened: the first path that leads to the same file is taken.
struct HashRequest {
  Executed what;
  std::string running;             // leads to it as long as somebody runs it; empty: none
  std::vector<std::string> paths;  // its names
};

// Asks the kernel about a file that we have open, and about a process (a pidfd; negative: none): SM_SAME_INODE,
// SM_STILL_RUNS. Called on pool threads.
using AskRuns = std::function<uint32_t(int fd, int pidfd, const sm_file& file, const sm_process& process)>;

class Hasher {
 public:
  Hasher(Pools* pools, uint32_t algorithms);

  bool enabled() const { return algorithms_ != 0; }
  // False where neither the process nor the system has a libcrypto.
  static bool available();
  // Before the first request; null: what only the kernel knows is taken for unknown.
  void set_runs(AskRuns runs) { runs_ = std::move(runs); }
  // The digest, if it is known.
  std::optional<std::string> cached(const Executed& e);
  // Computes it on a pool; `done` runs on the worker. Requests for one file at a time share one
  // reading, if what it gives must be the same for all.
  // False: too much is waiting already.
  bool request(HashRequest r, std::function<void(const Digest&)> done);
  uint64_t computed() const { return computed_; }

 private:
  struct Hash {
    size_t operator()(const FileState& s) const {
      return (s.ino * 0x9e3779b97f4a7c15u) ^ s.ctime ^ s.size << 20 ^ s.dev ^ s.file_system << 32;
    }
  };
  struct Found {
    Digest digest;
    std::optional<FileState> state;  // what the digest is known of from now on
    bool computed = false;
  };
  struct Known {
    FileState state;
    std::string text;
    int64_t since;  // CLOCK_MONOTONIC ns
  };
  using Done = std::function<void(const Digest&)>;
  static constexpr size_t kMaxCached = 8192;

  Found find(const HashRequest& r);                        // pool thread
  bool is_that(int fd, const Executed& e) const;           // pool thread
  bool still_runs(int fd, const Executed& e) const;        // pool thread
  std::optional<std::string> look_up(const FileState& s);  // any thread
  void remember(const FileState& s, const std::string& text);
  bool is_stale(const Known& k) const;
  bool submit(HashRequest r, Done done);

  Pools* const pools_;
  const uint32_t algorithms_;
  AskRuns runs_;
  const uint32_t root_dev_;
  uint64_t computed_ = 0;
  std::mutex mutex_;         // guards recent_ and cache_
  std::list<Known> recent_;  // front: used last
  std::unordered_map<FileState, std::list<Known>::iterator, Hash> cache_;
  std::unordered_map<FileState, std::vector<Done>, Hash> waiting_;
};

}  // namespace sysmon
