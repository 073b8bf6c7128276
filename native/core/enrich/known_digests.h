// Digests of files at one state of their content, the last that were of use. Thread-safe.
#pragma once
#include <sys/stat.h>

#include <cstdint>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

namespace sysmon {

// A file at one state of its content. Its owner can set the modification time as he likes, the change time nobody.
struct FileState {
  uint64_t ino, size, mtime_sec, ctime;  // ctime: ns
  uint32_t mtime_nsec, dev;
  uint64_t file_system, super_block;  // as in the record of the exec; 0: not known
  uint64_t generation = 0;            // of the inode; 0: it is told apart by its change time
  bool operator==(const FileState&) const = default;
};

struct FileStateHash {
  size_t operator()(const FileState& s) const {
    return (s.ino * 0x9e3779b97f4a7c15u) ^ s.ctime ^ s.size << 20 ^ s.dev ^ s.file_system << 32;
  }
};

// The device of a file as records have it.
uint32_t device_of(const struct stat& st);

class KnownDigests {
 public:
  std::optional<std::string> look_up(const FileState& s);
  void remember(const FileState& s, const std::string& text);

 private:
  struct Known {
    FileState state;
    std::string text;
    int64_t since;  // CLOCK_MONOTONIC ns
  };
  static constexpr size_t kMost = 8192;

  bool is_stale(const Known& k) const;

  std::mutex mutex_;         // guards the rest
  std::list<Known> recent_;  // front: used last
  std::unordered_map<FileState, std::list<Known>::iterator, FileStateHash> by_state_;
};

}  // namespace sysmon
