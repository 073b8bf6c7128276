#include "archive/store.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <climits>
#include <cstdlib>
#include <cstring>
#include <vector>

#include "base/clock.h"
#include "base/failure.h"

namespace sysmon {

static constexpr std::string_view kDraft = ".draft-";
static constexpr int64_t kRecountNs = 60ll * 1000000000;

// Many small files fill a disk as well.
static uint64_t accounted(uint64_t bytes) { return bytes < 4096 ? 4096 : (bytes + 4095) & ~uint64_t{4095}; }

static Failure refuse(const std::string& path, int error, const std::string& text) {
  return {"OPTION", "archiveDirectory", error, "archiveDirectory '" + path + "': " + text};
}

// A name that a draft has where there is no O_TMPFILE, to the letter.
static bool is_draft(std::string_view name) {
  if (name.substr(0, kDraft.size()) != kDraft) return false;
  name.remove_prefix(kDraft.size());
  uint64_t number = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
  return error == std::errc() && std::to_string(number) == name;
}

Store::Store(const std::string& path, const StoreLimits& limits) : limits_(limits) {
  std::string plain = path;
  while (plain.size() > 1 && plain.back() == '/')
    plain.pop_back();  // with it, open(2) would follow a link in spite of O_NOFOLLOW
  if (plain.size() < 2 || plain[0] != '/') throw refuse(path, 0, "expected an absolute path of a directory of its own");
  if (mkdir(plain.c_str(), 0700) != 0 && errno != EEXIST)
    throw refuse(path, errno,
                 std::string("cannot be made: ") + strerror(errno) +
                     (errno == ENOENT ? ". The directory above it must exist" : ""));
  directory_ = Fd(open(plain.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  if (!directory_)
    throw refuse(path, errno,
                 errno == ELOOP || errno == ENOTDIR ? std::string("is no directory (a symbolic link is not followed)")
                                                    : std::string("cannot be opened: ") + strerror(errno));
  struct stat st;
  if (fstat(directory_.get(), &st) != 0) throw refuse(path, errno, strerror(errno));
  if (st.st_uid != geteuid())
    throw refuse(path, 0,
                 "belongs to user " + std::to_string(st.st_uid) + ", but must belong to the sensor's, " +
                     std::to_string(geteuid()));
  if (st.st_mode & 077)
    throw refuse(path, 0,
                 "is open to others. It holds content of files that only their owners could read: chmod 0700 it");
  if (faccessat(directory_.get(), ".", W_OK | X_OK, AT_EACCESS) != 0)
    throw refuse(path, errno, std::string("cannot be written to: ") + strerror(errno));
  // Of the directory itself: it leaves no file behind, and ends with the last descriptor, however this process ends.
  if (flock(directory_.get(), LOCK_EX | LOCK_NB) != 0)
    throw refuse(path, errno,
                 errno == EWOULDBLOCK ? std::string("another sensor has it, in this process or in another. Stop that "
                                                    "one, or name a directory of its own for each")
                                      : std::string("cannot be locked: ") + strerror(errno));
  char real[PATH_MAX];
  const ssize_t n = readlink(("/proc/self/fd/" + std::to_string(directory_.get())).c_str(), real, sizeof real);
  path_ = n > 0 ? std::string(real, static_cast<size_t>(n)) : plain;
  remove_leftovers(path);
  if (!recount()) throw refuse(path, errno, std::string("cannot be listed: ") + strerror(errno));
}

// By hand: a process that is forked at this moment has the descriptor as well until it runs its program.
Store::~Store() { flock(directory_.get(), LOCK_UN); }

// Calls `look` for each regular file. False, and errno: it cannot be listed.
bool Store::each_file(const std::function<void(const char*, const struct stat&)>& look) const {
  const int fd = openat(directory_.get(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR* dir = fd >= 0 ? fdopendir(fd) : nullptr;
  if (!dir) {
    const int error = errno;
    if (fd >= 0) close(fd);
    errno = error;
    return false;
  }
  while (const dirent* e = readdir(dir)) {
    struct stat st;
    if (fstatat(directory_.get(), e->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(st.st_mode)) look(e->d_name, st);
  }
  closedir(dir);
  return true;
}

// Lock held, or nobody else there yet. False, and errno: what was counted before stands.
bool Store::recount() {
  counted_ = now_ns(CLOCK_MONOTONIC);
  uint64_t total = 0;
  const bool listed = each_file([&total](const char* name, const struct stat& st) {
    // Drafts count as reserved.
    if (!is_draft(name) || st.st_uid != geteuid()) total += accounted(static_cast<uint64_t>(st.st_size));
  });
  if (listed) total_ = total;
  return listed;
}

// Drafts of a sensor that crashed. Ours alone can be in use, and there are none yet.
void Store::remove_leftovers(const std::string& given) {
  std::vector<std::string> names;
  each_file([&names](const char* name, const struct stat& st) {
    if (is_draft(name) && st.st_uid == geteuid()) names.push_back(name);
  });
  for (const auto& name : names)
    if (unlinkat(directory_.get(), name.c_str(), 0) != 0 && errno != ENOENT)
      throw refuse(given, errno, "what a crash has left in it, '" + name + "', cannot be removed: " + strerror(errno));
}

bool Store::reserve(uint64_t bytes) {
  const std::lock_guard lock(mutex_);
  // Somebody may have cleared up.
  if (total_ + reserved_ + bytes > limits_.total_bytes && now_ns(CLOCK_MONOTONIC) - counted_ > kRecountNs) recount();
  if (total_ + reserved_ + bytes > limits_.total_bytes) return false;
  reserved_ += bytes;
  return true;
}

Store::Draft::~Draft() {
  if (!name_.empty()) unlinkat(store_->directory_.get(), name_.c_str(), 0);
  const std::lock_guard lock(store_->mutex_);
  store_->reserved_ -= reserved_;
}

Store::Draft Store::begin(uint64_t bytes, Refusal* why) {
  const uint64_t needed = accounted(bytes);
  if (!reserve(needed)) {
    *why = Refusal::kFull;
    return {this, 0};
  }
  Draft draft(this, needed);
  struct statvfs fs;
  if (fstatvfs(directory_.get(), &fs) == 0) {
    const double free =
        static_cast<double>(fs.f_bavail) * static_cast<double>(fs.f_frsize) - static_cast<double>(needed);
    if (free < static_cast<double>(fs.f_blocks) * static_cast<double>(fs.f_frsize) * limits_.min_free_percent / 100) {
      *why = Refusal::kSpace;
      return draft;
    }
  }
  draft.fd = Fd(openat(directory_.get(), ".", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
  if (!draft.fd && (errno == EOPNOTSUPP || errno == EISDIR || errno == ENOENT)) {
    uint64_t random = 0;
    if (getrandom(&random, sizeof random, 0) == sizeof random) {
      std::string name = std::string(kDraft) + std::to_string(random);
      draft.fd = Fd(openat(directory_.get(), name.c_str(), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
      if (draft.fd) draft.name_ = std::move(name);
    }
  }
  if (!draft.fd) *why = errno == ENOSPC || errno == EDQUOT ? Refusal::kSpace : Refusal::kUnwritable;
  return draft;
}

Refusal Store::keep(Draft draft, const std::string& name, uint64_t bytes, bool* fresh) {
  const int dir = directory_.get();
  const std::lock_guard lock(mutex_);
  int failed;
  // A file without a name is given one by its descriptor, which ends with ENOENT without CAP_DAC_READ_SEARCH.
  if (!draft.name_.empty())
    failed = linkat(dir, draft.name_.c_str(), dir, name.c_str(), 0);
  else if ((failed = linkat(draft.fd.get(), "", dir, name.c_str(), AT_EMPTY_PATH)) != 0 && errno == ENOENT)
    failed = linkat(AT_FDCWD, ("/proc/self/fd/" + std::to_string(draft.fd.get())).c_str(), dir, name.c_str(),
                    AT_SYMLINK_FOLLOW);
  *fresh = failed == 0;
  if (failed && errno != EEXIST) return errno == ENOSPC || errno == EDQUOT ? Refusal::kSpace : Refusal::kUnwritable;
  if (failed) {
    struct stat st;
    if (fstatat(dir, name.c_str(), &st, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG(st.st_mode) ||
        static_cast<uint64_t>(st.st_size) != bytes || st.st_uid != geteuid())
      return Refusal::kOccupied;
  }
  Claim& claim = claims_[name];
  if (claim.open++ == 0) claim.wanted = !*fresh;
  claim.bytes = accounted(bytes);
  if (*fresh) total_ += claim.bytes;
  return Refusal::kNone;
}

void Store::settle(const std::string& name, bool wanted) {
  const std::lock_guard lock(mutex_);
  const auto it = claims_.find(name);
  if (it == claims_.end()) return;
  Claim& claim = it->second;
  claim.wanted |= wanted;
  if (--claim.open > 0) return;
  if (!claim.wanted && unlinkat(directory_.get(), name.c_str(), 0) == 0) total_ -= std::min(total_, claim.bytes);
  claims_.erase(it);
}

bool Store::contains(const std::string& path) const {
  return path.size() > path_.size() && path.compare(0, path_.size(), path_) == 0 && path[path_.size()] == '/';
}

uint64_t Store::total_bytes() const {
  const std::lock_guard lock(mutex_);
  return total_;
}

}  // namespace sysmon
