#include "archive/search.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <cctype>
#include <cerrno>
#include <memory>
#include <string>

namespace sysmon {

namespace {
constexpr size_t kMaxNames = 65536, kFewNames = 4096;  // the few take less than the descriptors of all processes
constexpr int kOpen = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;

using Dir = std::unique_ptr<DIR, decltype([](DIR* d) { closedir(d); })>;

// Its own descriptor: reading moves the position that all duplicates share.
Dir read_directory(int at, const char* name) {
  const int fd = openat(at, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  DIR* dir = fd >= 0 ? fdopendir(fd) : nullptr;
  if (!dir && fd >= 0) close(fd);
  return Dir(dir);
}

bool is_dots(const char* name) { return name[0] == '.' && (!name[1] || (name[1] == '.' && !name[2])); }

Refusal reason(int error) {
  switch (error) {
    case ESTALE:
    case ENOENT:
      return Refusal::kGone;
    case EPERM:
    case EACCES:
      return Refusal::kPermission;
    case EOPNOTSUPP:
      return Refusal::kFilesystem;
  }
  return Refusal::kUnreadable;
}
}  // namespace

// Calls `open(directory, name)` for all that a process has open and what it runs, until it succeeds.
template <typename Open>
static Fd try_descriptors(const std::string& process, const Open& open) {
  const std::string at = "/proc/" + process;
  if (Fd fd = open(AT_FDCWD, (at + "/exe").c_str())) return fd;
  const Dir descriptors = read_directory(AT_FDCWD, (at + "/fd").c_str());
  while (const dirent* d = descriptors ? readdir(descriptors.get()) : nullptr) {
    if (is_dots(d->d_name)) continue;
    if (Fd fd = open(dirfd(descriptors.get()), d->d_name)) return fd;
  }
  return Fd();
}

static Fd open_by_descriptor_of(const std::string& process, const sm_file& f) {
  return try_descriptors(process, [&f](int at, const char* name) {
    // Looks before it opens: opening a device has effects.
    struct stat st;
    if (fstatat(at, name, &st, 0) != 0 || st.st_ino != f.ino || !S_ISREG(st.st_mode) || kernel_dev(st.st_dev) != f.dev)
      return Fd();
    Fd fd(openat(at, name, kOpen));
    return fd && is_file_of(fd.get(), f) ? std::move(fd) : Fd();
  });
}

Fd open_by_last_name(const std::string& path, uint32_t pid) {
  return try_descriptors(std::to_string(pid), [&path](int at, const char* name) {
    struct stat st;
    if (link_at(at, name) != path + kDeleted || fstatat(at, name, &st, 0) != 0 || !S_ISREG(st.st_mode) ||
        st.st_nlink != 0)
      return Fd();
    return Fd(openat(at, name, kOpen));
  });
}

Fd open_by_descriptor(const sm_file& f, uint32_t pid) { return open_by_descriptor_of(std::to_string(pid), f); }

Fd open_by_any_descriptor(const sm_file& f) {
  const Dir processes = read_directory(AT_FDCWD, "/proc");
  while (const dirent* p = processes ? readdir(processes.get()) : nullptr) {
    if (!isdigit(static_cast<unsigned char>(p->d_name[0]))) continue;
    if (Fd fd = open_by_descriptor_of(p->d_name, f)) return fd;
  }
  return Fd();
}

Fd open_by_name(int directory, const sm_file& f, size_t most) {
  std::vector<Dir> levels;
  if (Dir top = read_directory(directory, ".")) levels.push_back(std::move(top));
  while (!levels.empty()) {
    DIR* dir = levels.back().get();
    const dirent* e = readdir(dir);
    if (!e) {
      levels.pop_back();
      continue;
    }
    if (is_dots(e->d_name)) continue;
    if (most-- == 0) return Fd();
    if (e->d_type == DT_REG && e->d_ino == f.ino) {
      Fd fd(openat(dirfd(dir), e->d_name, kOpen | O_NOFOLLOW));
      if (fd && is_file_of(fd.get(), f)) return fd;
    }
    if (e->d_type != DT_DIR) continue;
    Dir below = read_directory(dirfd(dir), e->d_name);
    struct stat st;
    // What is mounted in it is another file system's.
    if (below && fstat(dirfd(below.get()), &st) == 0 && kernel_dev(st.st_dev) == f.dev)
      levels.push_back(std::move(below));
  }
  return Fd();
}

// Nothing but the name is known. What the kernel says was called so, and has lost its last name, is that file.
static Fd open_unknown(Held* held, const Lost& lost, Refusal* why) {
  *why = Refusal::kUnknown;
  if (!lost.same_mounts || lost.path.empty()) return Fd();
  if (held)
    if (Fd fd = held->find(lost.path)) return fd;
  return lost.pids.empty() ? Fd() : open_by_last_name(lost.path, lost.pids.front());
}

Fd open_deleted(Mounts* mounts, Held* held, const Lost& lost, Refusal* why) {
  if (!lost.file) return open_unknown(held, lost, why);
  const sm_file& f = *lost.file;
  if (!has_handles(f.magic)) return *why = Refusal::kFilesystem, Fd();
  const Fd mount = mounts->open(f.dev, lost.pids);
  *why = Refusal::kMount;
  if (mount) {
    if (Fd fd = open_by_identity(mount.get(), f)) {
      if (is_file_of(fd.get(), f)) return fd;
      errno = EOPNOTSUPP;  // a kernel that reads handles otherwise than we write them
    }
    *why = reason(errno);
  }
  if (held)
    if (Fd fd = held->find(f)) return fd;
  // A tmpfs knows only those files by their handles that somebody asked for a handle before. Their descriptors and
  // other names are looked for, where the kernel says that there are some: that takes long, so the likely and cheap
  // comes first.
  if (*why != Refusal::kGone || finds_all(f.magic) || f.references == 0) return Fd();
  const auto by_name = [&](size_t most) { return f.nlink > 0 ? open_by_name(mount.get(), f, most) : Fd(); };
  if (!lost.pids.empty())
    if (Fd fd = open_by_descriptor(f, lost.pids.front())) return fd;
  if (Fd fd = by_name(kFewNames)) return fd;
  if (Fd fd = open_by_any_descriptor(f)) return fd;
  if (Fd fd = by_name(kMaxNames)) return fd;
  return *why = Refusal::kHidden, Fd();
}

}  // namespace sysmon
