// Opens an inode by its identity alone: no name is needed, as long as the kernel still has it.
#pragma once
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/fd.h"
#include "base/wire.h"

namespace sysmon {

// What the kernel calls a file by, and we as well: see has_handles().
struct Handle {
  unsigned bytes = 0;
  int type = 0;
  unsigned char data[128] = {};  // as large as they come
  uint32_t generation() const;
};

// Of an open file. False, and errno: its file system has none, or none that we know.
bool handle_of(int fd, Handle* out);
// By any file or directory of the file system. Sets errno.
Fd open_handle(int mount, Handle* handle);

// True if we know how this type of file system (linux/magic.h) names an inode in a handle.
bool has_handles(uint32_t magic);
// True if it finds every inode that it has by its handle. A tmpfs finds those only that somebody asked for their
// handles before.
bool finds_all(uint32_t magic);

// The file of this inode number and generation, on the file system that `mount` is a file of. Sets errno.
Fd open_by_identity(int mount, const sm_file& f);
// Whether an open file is the one of the record.
bool is_file_of(int fd, const sm_file& f);

// Finds mounts by the device of their file system. Not thread-safe.
class Mounts {
 public:
  // An open file or directory of the file system, by a mount of our namespace or else of one of these processes'.
  Fd open(uint32_t dev, const std::vector<uint32_t>& pids);

 private:
  std::unordered_map<uint32_t, std::string> known_;  // where it was last; looked at before it is believed
};

// What a symbolic link, or a magic one of /proc, says; empty on failure. Of a file whose last name is gone the kernel
// says that name and kDeleted.
std::string link_at(int directory, const char* name);
inline constexpr const char* kDeleted = " (deleted)";

// Paths of the mounts of a device that a mountinfo file lists.
std::vector<std::string> mounts_of(const std::string& mountinfo, uint32_t dev);

// As in records, from stat(2).
uint32_t kernel_dev(uint64_t st_dev);

}  // namespace sysmon
