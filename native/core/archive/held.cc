#include "archive/held.h"

#include <fcntl.h>
#include <linux/mount.h>
#include <poll.h>
#include <pthread.h>
#include <sys/eventfd.h>
#include <sys/fanotify.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/vfs.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <climits>
#include <cstdlib>
#include <cstring>

#include "archive/file_handle.h"
#include "base/clock.h"
#include "base/failure.h"
#include "base/notices.h"

namespace sysmon {

static constexpr int64_t kSecond = 1000000000;
// Whoever wants the content of a file that has no name left asks soon after it was deleted.
static constexpr int64_t kNamelessNs = 10 * kSecond;
static constexpr int kSweepMs = 1000;

static Failure refuse(const std::string& path, int error, const std::string& text) {
  return {error == EPERM ? "PERMISSION" : "OPTION", "archive.hold", error, "archive.hold '" + path + "': " + text};
}

static std::string real_path(const std::string& path) {
  char real[PATH_MAX];
  return realpath(path.c_str(), real) ? real : "";
}

static bool is_inside(const std::string& path, const std::string& directory) {
  if (directory == "/") return true;
  return path.size() > directory.size() && path.compare(0, directory.size(), directory) == 0 &&
         path[directory.size()] == '/';
}

Held::Held(const ArchiveSettings& settings, const std::string& archive)
    : settings_(settings),
      notices_(
          fanotify_init(FAN_CLASS_NOTIF | FAN_CLOEXEC | FAN_NONBLOCK, O_RDONLY | O_LARGEFILE | O_CLOEXEC | O_NOATIME)),
      mountinfo_(open("/proc/self/mountinfo", O_RDONLY | O_CLOEXEC)),
      wake_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (!notices_)
    throw refuse(settings.hold.front(), errno,
                 errno == EPERM    ? "holding files needs CAP_SYS_ADMIN, for fanotify(7)"
                 : errno == ENOSYS ? "holding files needs fanotify(7), which this kernel was built without"
                                   : std::string("fanotify_init: ") + strerror(errno));
  for (const auto& path : settings.hold) {
    const std::string real = real_path(path);
    struct stat st;
    if (real.empty() || stat(real.c_str(), &st) != 0) throw refuse(path, errno, strerror(errno));
    if (!S_ISDIR(st.st_mode)) throw refuse(path, ENOTDIR, "is no directory");
    if (is_inside(archive, real) || archive == real)
      throw refuse(path, 0, "holds the archive, whose files would be held for ever. Put one of them elsewhere");
    places_.push_back({.path = real, .mount = Fd()});
    errno = 0;
    if (!settle(&places_.back()))
      throw refuse(path, errno,
                   errno == EPERM ? "holding files needs CAP_SYS_ADMIN and CAP_DAC_READ_SEARCH"
                                  : std::string("its files cannot be held: ") + strerror(errno));
  }
  thread_ = std::thread([this] { run(); });
}

Held::~Held() {
  stopping_ = true;
  const uint64_t one = 1;
  [[maybe_unused]] const ssize_t n = write(wake_.get(), &one, sizeof one);
  if (thread_.joinable()) thread_.join();
}

HeldStats Held::stats() const {
  const std::lock_guard lock(mutex_);
  return stats_;
}

// Asks for notices of the file system that a place is on now. False, and errno: it cannot be.
bool Held::settle(Place* place) {
  const Fd tree(
      static_cast<int>(syscall(SYS_open_tree, AT_FDCWD, place->path.c_str(), OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC)));
  if (!tree) return false;
  Fd mount(openat(tree.get(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  struct stat st;
  struct statfs fs;
  if (!mount || fstat(mount.get(), &st) != 0 || fstatfs(mount.get(), &fs) != 0) return false;
  if (!has_handles(static_cast<uint32_t>(fs.f_type))) {
    errno = EOPNOTSUPP;
    return false;
  }
  // Of the whole file system, whichever mount a file is written by, and without a gap for directories that are new.
  if (fanotify_mark(notices_.get(), FAN_MARK_ADD | FAN_MARK_FILESYSTEM, FAN_CLOSE_WRITE, tree.get(), ".") != 0)
    return false;
  place->dev = kernel_dev(st.st_dev);
  place->full = false;
  place->mount = std::move(mount);
  return true;
}

void Held::run() {
  pthread_setname_np(pthread_self(), "sysmon-hold");
  int64_t swept = 0;
  while (!stopping_) {
    // The kernel flags a change of the mounts as an error of the file that lists them.
    pollfd fds[] = {{wake_.get(), POLLIN, 0}, {notices_.get(), POLLIN, 0}, {mountinfo_.get(), POLLPRI, 0}};
    if (poll(fds, 3, kSweepMs) < 0) {
      if (errno == EINTR) continue;
      count(&HeldStats::failed);
      std::this_thread::sleep_for(std::chrono::milliseconds(kSweepMs));
      continue;
    }
    const std::lock_guard lock(work_);
    if (fds[2].revents & (POLLPRI | POLLERR)) arrange();
    if (fds[1].revents & POLLIN) read_notices();
    const int64_t now = now_ns(CLOCK_MONOTONIC);
    if (now - swept >= kSecond) {
      swept = now;
      sweep();
    }
  }
}

// The mounts have changed: nothing of a file system that is not mounted any more is kept, and a place may be on
// another.
void Held::arrange() {
  for (Place& place : places_) {
    struct stat st;
    const bool there = stat(place.path.c_str(), &st) == 0 && S_ISDIR(st.st_mode);
    if (there && place.mount && kernel_dev(st.st_dev) == place.dev &&
        !mounts_of("/proc/self/mountinfo", place.dev).empty())
      continue;
    const uint32_t before = place.dev;
    place.mount = Fd();
    place.dev = 0;
    if (there && !settle(&place)) count(&HeldStats::failed);  // on what is mounted there now
    const auto on = [before](const Place& p) { return p.dev == before; };
    if (before && std::none_of(places_.begin(), places_.end(), on)) release_all(before, &HeldStats::unmounted);
  }
}

void Held::read_notices() {
  const LostNotices lost = sysmon::read_notices(notices_.get(), [this](const Fd& fd) { take(fd.get()); });
  if (lost.failed) count(&HeldStats::failed, lost.failed);
  if (lost.overflows) count(&HeldStats::overflows, lost.overflows);
}

// Holds the file of a notice, if it is in one of the places, by the place's own mount.
void Held::take(int fd) {
  struct stat st;
  if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) return;
  const uint32_t dev = kernel_dev(st.st_dev);
  const auto on = [dev](const Place& p) { return p.mount && p.dev == dev; };
  if (std::none_of(places_.begin(), places_.end(), on)) return;
  const std::string name = link_at(AT_FDCWD, ("/proc/self/fd/" + std::to_string(fd)).c_str());
  const auto place =
      std::find_if(places_.begin(), places_.end(), [&](const Place& p) { return on(p) && is_inside(name, p.path); });
  if (place == places_.end()) return;

  const Key key{dev, st.st_ino};
  const auto bytes = static_cast<uint64_t>(st.st_size);
  if (const auto it = files_.find(key); it != files_.end()) {
    recent_.splice(recent_.begin(), recent_, it->second);
    count(&HeldStats::bytes, bytes - std::exchange(it->second->bytes, bytes));
  } else if (bytes > 0 && bytes <= std::min(settings_.max_file_bytes, settings_.hold_bytes)) {
    if (place->full) return count(&HeldStats::low_space);
    Handle handle;
    Fd own;
    if (handle_of(fd, &handle)) own = open_handle(place->mount.get(), &handle);
    if (!own) return count(&HeldStats::failed);
    recent_.push_front({key, &*place, handle.generation(), std::move(own), bytes, 0});
    files_[key] = recent_.begin();
    count(&HeldStats::taken);
    count(&HeldStats::files);
    count(&HeldStats::bytes, bytes);
  }
  while (stats_.files > settings_.hold_files || stats_.bytes > settings_.hold_bytes) {
    release(std::prev(recent_.end()));
    count(&HeldStats::evicted);
  }
}

Fd Held::find(const sm_file& f) {
  const std::lock_guard lock(work_);
  read_notices();
  const auto it = files_.find({f.dev, f.ino});
  if (it == files_.end() || it->second->generation != f.generation) return Fd();
  Fd fd(fcntl(it->second->fd.get(), F_DUPFD_CLOEXEC, 0));
  struct stat st;
  if (fd && fstat(fd.get(), &st) == 0 && st.st_nlink == 0) release(it->second);
  return fd;
}

Fd Held::find(const std::string& last_name) {
  const std::lock_guard lock(work_);
  read_notices();
  for (auto it = recent_.end(); it != recent_.begin();) {
    --it;
    if (!is_inside(last_name, it->place->path)) continue;
    struct stat st;
    if (fstat(it->fd.get(), &st) != 0 || st.st_nlink != 0) continue;
    // The mount that it was opened by begins at the place.
    const std::string below = it->place->path == "/" ? last_name : last_name.substr(it->place->path.size());
    if (link_at(AT_FDCWD, ("/proc/self/fd/" + std::to_string(it->fd.get())).c_str()) != below + kDeleted) continue;
    Fd fd(fcntl(it->fd.get(), F_DUPFD_CLOEXEC, 0));
    release(it);
    return fd;
  }
  return Fd();
}

// What has no name left has been asked for by now, and a file system that fills up needs its room.
void Held::sweep() {
  const int64_t now = now_ns(CLOCK_MONOTONIC);
  for (Place& place : places_) {
    struct statvfs fs;
    if (!place.mount || fstatvfs(place.mount.get(), &fs) != 0) continue;
    place.full = fs.f_bavail * 100 < fs.f_blocks * settings_.min_free_percent;
    if (place.full) release_all(place.dev, &HeldStats::low_space);
  }
  for (auto next = recent_.begin(); next != recent_.end();) {
    const auto file = next++;
    struct stat st;
    if (fstat(file->fd.get(), &st) != 0 || st.st_nlink > 0)
      file->nameless = 0;
    else if (file->nameless == 0)
      file->nameless = now;
    else if (now - file->nameless > kNamelessNs)
      release(file);
  }
}

void Held::release(std::list<File>::iterator file) {
  count(&HeldStats::files, -uint64_t{1});
  count(&HeldStats::bytes, -file->bytes);
  files_.erase(file->key);
  recent_.erase(file);
}

void Held::release_all(uint32_t dev, uint64_t HeldStats::*why) {
  for (auto next = recent_.begin(); next != recent_.end();) {
    const auto file = next++;
    if (file->key.first != dev) continue;
    release(file);
    count(why);
  }
}

void Held::count(uint64_t HeldStats::*what, uint64_t n) {
  const std::lock_guard lock(mutex_);
  stats_.*what += n;
}

}  // namespace sysmon
