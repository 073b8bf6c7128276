// Digests of files, of the very file that the kernel recorded or none.
#pragma once
#include <sys/stat.h>

#include <cstdint>
#include <functional>
#include <list>
#include <string>
#include <unordered_map>
#include <vector>

#include "../fd.h"
#include "../wire.h"
#include "pool.h"

namespace sysmon {

// A file at one state of its content.
struct FileState {
  uint64_t ino, size, mtime_sec;
  uint32_t mtime_nsec, dev;
  bool operator==(const FileState&) const = default;
};
inline FileState state_of(const sm_file& f) { return {f.ino, f.size, f.mtime_sec, f.mtime_nsec, f.dev}; }

// True if `st` is the file that the kernel recorded, and if it is unchanged. Overlay and btrfs answer stat(2) with other device (and
// overlay with other inode) numbers than their inodes have: there only the rest is compared.
bool same_file(const sm_file& f, const struct stat& st);
bool same_state(const sm_file& f, const struct stat& st);
bool same_device(const sm_file& f, dev_t dev);

struct Digest {
  std::string text;      // "SHA1=…,MD5=…,SHA256=…"; empty on failure
  const char* why = "";  // gone, changed, unreadable, open, timeout, busy, unavailable
};

// Where the file may be opened: the first path that leads to the same file is taken.
struct HashRequest {
  sm_file file;
  std::vector<std::string> paths;
};

// Opens the first of the paths that leads to the regular file that is meant. Returns Digest::why; empty: it is open.
const char* open_regular(const std::vector<std::string>& paths, const std::function<bool(const struct stat&)>& is_it, Fd* out);

// Pool thread. `is_unchanged` is asked when all was read.
Digest digest_of(int fd, uint32_t algorithms, const Pool& pool, const std::function<bool()>& is_unchanged);

class Hasher {
 public:
  Hasher(Pool* pool, uint32_t algorithms) : pool_(pool), algorithms_(algorithms) {}

  bool enabled() const { return algorithms_ != 0; }
  // False where neither the process nor the system has a libcrypto.
  static bool available();
  // The digest, if it is known. Valid until the next call.
  const std::string* cached(const FileState& s);
  // Computes it on the pool; `done` runs on the worker. Requests for one file at a time share one reading.
  // False: too much is waiting already.
  bool request(HashRequest r, std::function<void(const Digest&)> done);
  uint64_t computed() const { return computed_; }

 private:
  struct Hash {
    size_t operator()(const FileState& s) const { return (s.ino * 0x9e3779b97f4a7c15u) ^ s.mtime_nsec ^ s.size << 20 ^ s.dev; }
  };
  static constexpr size_t kMaxCached = 8192;

  Digest compute(const HashRequest& r) const;  // pool thread

  Pool* const pool_;
  const uint32_t algorithms_;
  uint64_t computed_ = 0;
  std::list<std::pair<FileState, std::string>> recent_;  // front: used last
  std::unordered_map<FileState, std::list<std::pair<FileState, std::string>>::iterator, Hash> cache_;
  std::unordered_map<FileState, std::vector<std::function<void(const Digest&)>>, Hash> waiting_;
};

}  // namespace sysmon
