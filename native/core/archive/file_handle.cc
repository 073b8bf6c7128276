#include "archive/file_handle.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include <cerrno>
#include <climits>
#include <cstring>

#include "base/mounts.h"

namespace sysmon {

namespace {
constexpr uint32_t kExtMagic = 0xef53, kTmpfsMagic = 0x01021994, kXfsMagic = 0x58465342;
constexpr int kIno32 = 1;     // ino32, generation; tmpfs: generation, ino, ino >> 32
constexpr int kIno64 = 0x81;  // xfs: ino64, generation
constexpr size_t kMaxKnown = 256;
constexpr int kTries = 20, kPauseUs = 500;

static_assert(offsetof(Handle, data) == offsetof(file_handle, f_handle) && sizeof(Handle::data) >= MAX_HANDLE_SZ);

bool make_handle(const sm_file& f, Handle* h) {
  const auto low = static_cast<uint32_t>(f.ino), high = static_cast<uint32_t>(f.ino >> 32);
  const auto words = [h](int type, std::initializer_list<uint32_t> list) {
    h->type = type;
    h->bytes = static_cast<unsigned>(list.size() * 4);
    std::memcpy(h->data, list.begin(), h->bytes);
    return true;
  };
  switch (f.magic) {
    case kExtMagic:
      return words(kIno32, {low, f.generation});
    case kTmpfsMagic:
      return words(kIno32, {f.generation, low, high});
    case kXfsMagic:
      return words(kIno64, {low, high, f.generation});
    default:
      return false;
  }
}

// Looks before it opens: what stands at the path now may be anything, and opening a device has effects.
Fd open_if_of(uint32_t dev, const std::string& path) {
  const Fd at(open(path.c_str(), O_PATH | O_CLOEXEC));
  struct stat st;
  if (!at || fstat(at.get(), &st) != 0 || kernel_dev(st.st_dev) != dev) return Fd();
  if (!S_ISDIR(st.st_mode) && !S_ISREG(st.st_mode)) return Fd();
  return Fd(open(("/proc/self/fd/" + std::to_string(at.get())).c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
}
}  // namespace

uint32_t kernel_dev(uint64_t st_dev) { return major(st_dev) << 20 | minor(st_dev); }

bool finds_all(uint32_t magic) { return magic != kTmpfsMagic; }

bool has_handles(uint32_t magic) { return magic == kExtMagic || magic == kTmpfsMagic || magic == kXfsMagic; }

uint32_t Handle::generation() const {
  // ext4, xfs with small numbers: ino, generation; tmpfs: generation, ino, ino >> 32; xfs: ino, ino >> 32, generation.
  const size_t word = type == kIno64 ? 2 : bytes == 8 ? 1 : 0;
  uint32_t value;
  std::memcpy(&value, data + word * 4, sizeof value);
  return value;
}

bool handle_of(int fd, Handle* out) {
  int mount_id;
  *out = {.bytes = MAX_HANDLE_SZ};
  if (name_to_handle_at(fd, "", reinterpret_cast<file_handle*>(out), &mount_id, AT_EMPTY_PATH) != 0) return false;
  if ((out->type == kIno32 && (out->bytes == 8 || out->bytes == 12)) || (out->type == kIno64 && out->bytes == 12))
    return true;
  errno = EOPNOTSUPP;
  return false;
}

Fd open_handle(int mount, Handle* handle) {
  auto* h = reinterpret_cast<file_handle*>(handle);
  constexpr int kFlags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;
  // Reading leaves no trace in the file, where we may ask for that (owner or CAP_FOWNER).
  Fd fd(open_by_handle_at(mount, h, kFlags | O_NOATIME));
  if (!fd && errno == EPERM) fd = Fd(open_by_handle_at(mount, h, kFlags));
  return fd;
}

Fd open_by_identity(int mount, const sm_file& f) {
  Handle h;
  if (!make_handle(f, &h)) {
    errno = EOPNOTSUPP;
    return Fd();
  }
  // ext4 says ENOMEM while a new file is being made of the number of the one that is gone: soon after, it says ESTALE.
  for (int tries = 0;; tries++) {
    Fd fd = open_handle(mount, &h);
    if (fd || errno != ENOMEM || tries == kTries) return fd;
    usleep(kPauseUs);
  }
}

std::string link_at(int directory, const char* name) {
  char text[PATH_MAX];
  const ssize_t n = readlinkat(directory, name, text, sizeof text);
  return n > 0 ? std::string(text, static_cast<size_t>(n)) : "";
}

bool is_file_of(int fd, const sm_file& f) {
  struct stat st;
  Handle h;
  return fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_ino == f.ino && kernel_dev(st.st_dev) == f.dev &&
         handle_of(fd, &h) && h.generation() == f.generation;
}

std::vector<std::string> mounts_of(const std::string& mountinfo, uint32_t dev) {
  std::vector<std::string> out;
  for (MountPoint& m : mounts_in(mountinfo))
    if (m.dev == dev) out.push_back(std::move(m.path));
  return out;
}

Fd Mounts::open(uint32_t dev, const std::vector<uint32_t>& pids) {
  if (const auto it = known_.find(dev); it != known_.end()) {
    if (Fd fd = open_if_of(dev, it->second)) return fd;
    known_.erase(it);
  }
  const auto search = [&](const std::string& mountinfo, const std::string& root) {
    for (const auto& path : mounts_of(mountinfo, dev)) {
      Fd fd = open_if_of(dev, root + path);
      if (!fd) continue;
      if (known_.size() >= kMaxKnown) known_.clear();
      known_[dev] = root + path;
      return fd;
    }
    return Fd();
  };
  if (Fd fd = search("/proc/self/mountinfo", "")) return fd;
  for (const uint32_t pid : pids) {
    const std::string process = "/proc/" + std::to_string(pid);
    if (Fd fd = search(process + "/mountinfo", process + "/root")) return fd;
  }
  return Fd();
}

}  // namespace sysmon
