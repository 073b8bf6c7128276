#include "enrich/executed_files.h"

#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <sys/eventfd.h>
#include <sys/fanotify.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <string_view>

#include "archive/file_handle.h"
#include "base/clock.h"
#include "base/failure.h"
#include "base/mounts.h"
#include "base/notices.h"
#include "enrich/stamps.h"

namespace sysmon {

namespace {
constexpr int64_t kMs = 1000000, kLookAgainNs = 1000 * kMs;
constexpr size_t kMostFiles = 2048, kMostNamespaces = 1024, kMostAsked = 64;
constexpr int kSweepMs = 250;

// Those that only the kernel puts files into, and those that a name in them would mount.
constexpr std::string_view kNothingToRun[] = {
    "proc",   "sysfs",  "cgroup",   "cgroup2", "devpts",      "autofs", "securityfs", "debugfs",    "tracefs",   "bpf",
    "mqueue", "pstore", "configfs", "fusectl", "binfmt_misc", "nsfs",   "efivarfs",   "rpc_pipefs", "selinuxfs",
};
// Whoever serves these may never answer.
constexpr std::string_view kServed[] = {
    "nfs",  "nfs4",  "cifs",   "smb3",   "9p",   "ceph",     "afs",    "coda", "virtiofs", "vboxsf",
    "gfs2", "ocfs2", "lustre", "beegfs", "gpfs", "orangefs", "hostfs", "fuse", "fuseblk",
};

template <size_t N>
bool holds(const std::string_view (&list)[N], std::string_view word) {
  return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

bool is_served(const MountPoint& m) { return holds(kServed, m.type) || m.type.rfind("fuse.", 0) == 0; }

bool is_below(const std::string& path, const std::string& directory) {
  return directory == "/" || (path.size() > directory.size() && path.compare(0, directory.size(), directory) == 0 &&
                              path[directory.size()] == '/');
}

// The host needs descriptors as well.
size_t most_files() {
  rlimit limit;
  return getrlimit(RLIMIT_NOFILE, &limit) != 0 ? kMostFiles : std::min<size_t>(kMostFiles, limit.rlim_cur / 4);
}

Failure refuse(int error, const std::string& text) {
  return {error == EPERM ? "PERMISSION" : error == EMFILE ? "LOAD" : "KERNEL", "hash.source", error, text};
}
}  // namespace

ExecutedFiles::ExecutedFiles(uint32_t hold_ms)
    : hold_ns_(hold_ms * kMs),
      most_(most_files()),
      notices_(fanotify_init(FAN_CLASS_NOTIF | FAN_CLOEXEC | FAN_NONBLOCK | FAN_UNLIMITED_MARKS,
                             O_RDONLY | O_LARGEFILE | O_CLOEXEC | O_NOATIME)),
      mountinfo_(open("/proc/self/mountinfo", O_RDONLY | O_CLOEXEC)),
      wake_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (!notices_)
    throw refuse(errno, errno == EPERM    ? "needs CAP_SYS_ADMIN in the initial user namespace, for fanotify(7)"
                        : errno == ENOSYS ? "needs fanotify(7), which this kernel was built without"
                                          : std::string("fanotify_init: ") + strerror(errno));
  if (fanotify_mark(notices_.get(), FAN_MARK_ADD | FAN_MARK_FILESYSTEM, FAN_OPEN_EXEC, AT_FDCWD, "/") != 0)
    throw refuse(errno, std::string("fanotify_mark of the file system at /: ") + strerror(errno));
  mark("/proc/self", true);
  thread_ = std::thread([this] { run(); });
}

ExecutedFiles::~ExecutedFiles() {
  stopping_ = true;
  const uint64_t one = 1;
  [[maybe_unused]] const ssize_t n = write(wake_.get(), &one, sizeof one);
  if (thread_.joinable()) thread_.join();
}

ExecutedStats ExecutedFiles::stats() const {
  const std::lock_guard lock(mutex_);
  return stats_;
}

std::vector<std::string> ExecutedFiles::troubles() {
  const ExecutedStats now = stats();
  std::vector<std::string> out;
  const auto look = [&](uint64_t ExecutedStats::*what, const char* text) {
    if (const uint64_t n = now.*what - told_.*what; n > 0)
      out.push_back("hash.source: " + std::to_string(n) + ' ' + text);
  };
  look(&ExecutedStats::overflows, "times the kernel's queue of executed files was full: some are hashed by path.");
  look(&ExecutedStats::failed, "executed files could not be held, for want of descriptors: they are hashed by path.");
  told_ = now;
  return out;
}

void ExecutedFiles::run() {
  pthread_setname_np(pthread_self(), "sysmon-exec");
  mark_living();
  while (!stopping_) {
    const bool holds_some = stats().files > 0;
    // The kernel flags a change of the mounts as an error of the file that lists them.
    pollfd fds[] = {{wake_.get(), POLLIN, 0}, {notices_.get(), POLLIN, 0}, {mountinfo_.get(), POLLPRI, 0}};
    if (poll(fds, 3, holds_some ? kSweepMs : -1) < 0) {
      if (errno != EINTR) std::this_thread::sleep_for(std::chrono::milliseconds(kSweepMs));
      continue;
    }
    if (fds[2].revents & (POLLPRI | POLLERR)) mark("/proc/self", true);
    if (fds[0].revents & POLLIN) mark_asked();
    const std::lock_guard lock(work_);
    drain();
    sweep();
  }
}

void ExecutedFiles::drain() {
  const LostNotices lost = read_notices(notices_.get(), [this](Fd fd) { take(std::move(fd)); });
  if (lost.failed) count(&ExecutedStats::failed, lost.failed);
  if (lost.overflows) count(&ExecutedStats::overflows, lost.overflows);
}

void ExecutedFiles::take(Fd fd) {
  struct stat st;
  if (fstat(fd.get(), &st) != 0 || !S_ISREG(st.st_mode)) return;
  const Key key{kernel_dev(st.st_dev), st.st_ino};
  const int64_t now = now_ns(CLOCK_MONOTONIC);
  count(&ExecutedStats::taken);
  if (const auto it = files_.find(key); it != files_.end()) {
    recent_.splice(recent_.begin(), recent_, it->second);
    it->second->since = now;
    it->second->notices++;
    return;
  }
  recent_.push_front({key, std::move(fd), now, 1});
  files_[key] = recent_.begin();
  count(&ExecutedStats::files);
  if (recent_.size() <= most_) return;
  drop(std::prev(recent_.end()));
  count(&ExecutedStats::evicted);
}

void ExecutedFiles::drop(Files::iterator file) {
  files_.erase(file->key);
  recent_.erase(file);
  count(&ExecutedStats::files, -uint64_t{1});
}

// What was asked for as often as it was executed is held no longer: nobody shall be kept from unmounting.
Fd ExecutedFiles::hand_out(Files::iterator file) {
  Fd fd(fcntl(file->fd.get(), F_DUPFD_CLOEXEC, 0));
  if (file->notices <= 1)
    drop(file);
  else
    file->notices--;
  return fd;
}

Fd ExecutedFiles::find(const sm_file& f, uint32_t pid, const std::function<bool(int fd)>& is_it) {
  {
    const std::lock_guard lock(work_);
    drain();
    auto file = recent_.end();
    if (!is_renumbered(f)) {
      if (const auto it = files_.find({f.dev, f.ino}); it != files_.end() && is_it(it->second->fd.get()))
        file = it->second;
    } else {
      file = std::find_if(recent_.begin(), recent_.end(), [&](const File& h) { return is_it(h.fd.get()); });
    }
    if (file != recent_.end()) {
      count(&ExecutedStats::found);
      return hand_out(file);
    }
  }
  const std::lock_guard lock(mutex_);
  stats_.missed++;
  if (asked_.size() < kMostAsked) asked_.push_back(pid);
  const uint64_t one = 1;
  [[maybe_unused]] const ssize_t n = write(wake_.get(), &one, sizeof one);
  return Fd();
}

void ExecutedFiles::sweep() {
  const int64_t now = now_ns(CLOCK_MONOTONIC);
  while (!recent_.empty() && now - recent_.back().since > hold_ns_) drop(std::prev(recent_.end()));
}

// Asks for notices of all file systems that are mounted where a process is. That they were asked for before does no
// harm: whatever was unmounted meanwhile has forgotten it.
void ExecutedFiles::mark(const std::string& process, bool ours) {
  struct stat ns;
  if (stat((process + "/ns/mnt").c_str(), &ns) != 0) return;
  const int64_t now = now_ns(CLOCK_MONOTONIC);
  if (looked_.size() >= kMostNamespaces) looked_.clear();
  if (int64_t& last = looked_[ns.st_ino]; !ours && last && now - last < kLookAgainNs)
    return;
  else
    last = now;
  const std::vector<MountPoint> all = mounts_in(process + "/mountinfo");
  uint64_t unmarked = 0;
  for (const MountPoint& m : all) {
    if (stopping_) return;
    // Of what somebody serves no name is looked up, but for the root that we live in.
    const bool avoid = std::any_of(all.begin(), all.end(), [&](const MountPoint& s) {
      return is_served(s) && !(ours && s.path == "/") && (m.path == s.path || is_below(m.path, s.path));
    });
    if (holds(kNothingToRun, m.type)) continue;
    const std::string path = (ours ? "" : process + "/root") + m.path;
    if (avoid || (fanotify_mark(notices_.get(), FAN_MARK_ADD | FAN_MARK_FILESYSTEM, FAN_OPEN_EXEC, AT_FDCWD,
                                path.c_str()) != 0 &&
                  errno != ENOENT))
      unmarked++;
  }
  if (!ours) return;
  const std::lock_guard lock(mutex_);
  stats_.unmarked = unmarked;
}

// Of each mount namespace that somebody lives in.
void ExecutedFiles::mark_living() {
  DIR* proc = opendir("/proc");
  if (!proc) return;
  while (const dirent* e = readdir(proc))
    if (e->d_name[0] >= '1' && e->d_name[0] <= '9' && !stopping_) mark(std::string("/proc/") + e->d_name, false);
  closedir(proc);
}

void ExecutedFiles::mark_asked() {
  uint64_t n;
  [[maybe_unused]] const ssize_t got = read(wake_.get(), &n, sizeof n);
  std::vector<uint32_t> pids;
  {
    const std::lock_guard lock(mutex_);
    pids.swap(asked_);
  }
  for (const uint32_t pid : pids) mark("/proc/" + std::to_string(pid), false);
}

void ExecutedFiles::count(uint64_t ExecutedStats::*what, uint64_t n) {
  const std::lock_guard lock(mutex_);
  stats_.*what += n;
}

}  // namespace sysmon
