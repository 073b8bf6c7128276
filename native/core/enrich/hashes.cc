#include "enrich/hashes.h"

#include <fcntl.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <vector>

#include "base/clock.h"
#include "base/fd.h"
#include "enrich/digest.h"

namespace sysmon {

static constexpr uint64_t kSecondNs = 1'000'000'000;
static constexpr uint32_t kBtrfsMagic = 0x9123683e, kOverlayMagic = 0x794c7630;

bool same_device(const sm_file& f, dev_t dev) {
  return f.magic == kBtrfsMagic || f.magic == kOverlayMagic || dev == makedev(f.dev >> 20, f.dev & 0xfffff);
}

bool same_file(const sm_file& f, const struct stat& st) {
  return f.magic == kOverlayMagic || (st.st_ino == f.ino && same_device(f, st.st_dev));
}

bool same_content(const sm_file& f, const struct stat& st) {
  return static_cast<uint64_t>(st.st_size) == f.size && static_cast<uint64_t>(st.st_mtim.tv_sec) == f.mtime_sec &&
         static_cast<uint32_t>(st.st_mtim.tv_nsec) == f.mtime_nsec && same_file(f, st);
}

bool same_content(const struct stat& a, const struct stat& b) {
  return a.st_size == b.st_size && a.st_mtim.tv_sec == b.st_mtim.tv_sec && a.st_mtim.tv_nsec == b.st_mtim.tv_nsec;
}

uint64_t change_time(const struct stat& st) {
  return static_cast<uint64_t>(st.st_ctim.tv_sec) * kSecondNs + static_cast<uint64_t>(st.st_ctim.tv_nsec);
}

FileState state_of(const sm_file& f) { return {f.ino, f.size, f.mtime_sec, f.ctime, f.mtime_nsec, f.dev}; }

FileState state_of(const struct stat& st) {
  return {st.st_ino,
          static_cast<uint64_t>(st.st_size),
          static_cast<uint64_t>(st.st_mtim.tv_sec),
          change_time(st),
          static_cast<uint32_t>(st.st_mtim.tv_nsec),
          static_cast<uint32_t>(major(st.st_dev) << 20 | minor(st.st_dev))};
}

// What is written within one tick of the kernel's clock has one change time: that of a file says nothing before it lies
// that far back. Some file systems count whole seconds.
static bool is_settled(const struct stat& st) {
  const uint64_t window = st.st_ctim.tv_nsec == 0 ? 2 * kSecondNs : 20'000'000;
  return static_cast<uint64_t>(now_ns(CLOCK_REALTIME)) > change_time(st) + window;
}

bool Hasher::available() { return Digester::available(); }

// The inode of an overlay does not learn of what is written to the file below it through memory: only stat(2) says.
static bool is_overlay(const sm_file& f) { return f.magic == kOverlayMagic; }

std::optional<std::string> Hasher::look_up(const FileState& s) {
  std::lock_guard lock(mutex_);
  const auto it = cache_.find(s);
  if (it == cache_.end()) return std::nullopt;
  recent_.splice(recent_.begin(), recent_, it->second);
  return it->second->second;
}

std::optional<std::string> Hasher::cached(const sm_file& f) {
  return is_overlay(f) ? std::nullopt : look_up(state_of(f));
}

void Hasher::remember(const FileState& s, const std::string& text) {
  std::lock_guard lock(mutex_);
  if (cache_.contains(s)) return;
  recent_.emplace_front(s, text);
  cache_[s] = recent_.begin();
  if (recent_.size() <= kMaxCached) return;
  cache_.erase(recent_.back().first);
  recent_.pop_back();
}

bool Hasher::request(HashRequest r, std::function<void(const Digest&)> done) {
  const FileState s = state_of(r.file);
  auto& queue = waiting_[s];
  queue.push_back(std::move(done));
  if (queue.size() > 1) return true;
  Pool& pool = r.file.size > kSmallFile ? pools_->large : pools_->files;
  const bool accepted = pool.submit([this, r = std::move(r), s]() -> Pool::Done {
    Found found = find(r);
    return [this, s, found = std::move(found)] {
      computed_ += found.computed;
      if (found.state && !found.digest.text.empty()) remember(*found.state, found.digest.text);
      auto node = waiting_.extract(s);
      for (auto& f : node.mapped()) f(found.digest);
    };
  });
  if (!accepted) waiting_.erase(s);
  return accepted;
}

const char* open_regular(const std::vector<std::string>& paths, const std::function<bool(const struct stat&)>& is_it,
                         Fd* out) {
  bool other = false, denied = false;
  for (const std::string& path : paths) {
    // O_NONBLOCK: what stands at the path now may be a FIFO.
    Fd fd(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    struct stat st;
    if (!fd || fstat(fd.get(), &st) != 0) {
      denied |= errno != ENOENT && errno != ESRCH;
      continue;
    }
    if (!S_ISREG(st.st_mode) || !is_it(st)) {
      other = true;
      continue;
    }
    *out = std::move(fd);
    return "";
  }
  return denied ? "unreadable" : other ? "changed" : "gone";
}

Digest digest_of(int fd, uint32_t algorithms, const Reading& reading) {
  Digester digester(algorithms);
  if (!digester.any()) return {"", "unavailable"};
  struct stat before, after;
  if (fstat(fd, &before) != 0) return {"", "unreadable"};
  std::vector<unsigned char> buffer(256 << 10);
  for (uint64_t at = 0;;) {
    if (std::max(at, static_cast<uint64_t>(before.st_size)) > kLargestFile) return {"", "large"};
    const ssize_t n = pread(fd, buffer.data(), buffer.size(), static_cast<off_t>(at));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return {"", "unreadable"};
    if (n == 0) break;
    if (reading.enough()) return {"", "timeout"};
    digester.update(buffer.data(), static_cast<size_t>(n));
    at += static_cast<uint64_t>(n);
  }
  if (fstat(fd, &after) != 0 || !reading.unchanged(before, after)) return {"", "changed"};
  if (!digester.finish()) return {"", "unavailable"};
  return {digester.text(algorithms), ""};
}

// Nobody can write to a file while somebody runs it. What was opened as that is what was executed, though its names and
// permissions may have changed since: then it is marked, for between two executions the content can have changed as
// well. What was opened by a name is so only if nothing at all has happened to it.
Hasher::Found Hasher::find(const HashRequest& r) {
  if (!available()) return {{"", "unavailable"}, {}};
  const bool overlay = is_overlay(r.file);
  const auto is_content = [&r](const struct stat& st) { return same_content(r.file, st); };
  const auto is_untouched = [&](const struct stat& st) { return change_time(st) == r.file.ctime; };
  Fd fd;
  const char* why = r.running.empty() ? "gone" : open_regular({r.running}, is_content, &fd);
  if (*why) {
    const char* by_name = open_regular(
        r.paths, [&](const struct stat& st) { return is_content(st) && is_untouched(st); }, &fd);
    if (std::string_view(by_name) != "gone") why = by_name;
    if (*why) return {{"", why}, {}};
  }

  const Pool& pool = r.file.size > kSmallFile ? pools_->large : pools_->files;
  for (int tries = 0;; tries++) {
    struct stat st;
    if (fstat(fd.get(), &st) != 0) return {{"", "unreadable"}, {}};
    const bool untouched = is_untouched(st), known_later = (overlay || untouched) && is_settled(st);
    const char* mark = untouched ? "" : "touched";
    const FileState state = overlay ? state_of(st) : state_of(r.file);
    if (const auto known = known_later ? look_up(state) : std::nullopt) return {{*known, mark}, {}};
    const auto unchanged = [&](const struct stat& before, const struct stat& after) {
      return is_content(after) && change_time(after) == change_time(before) && change_time(before) == change_time(st);
    };
    Digest d = digest_of(fd.get(), algorithms_, {unchanged, [&pool] { return pool.stopping(); }});
    // A name that comes or goes meanwhile is no change of the content; only reading it again shows that.
    if (std::string_view(d.why) == "changed" && tries < 2 && fstat(fd.get(), &st) == 0 && is_content(st)) continue;
    if (!d.text.empty()) d.why = mark;
    return {d, known_later ? std::optional(state) : std::nullopt, true};
  }
}

}  // namespace sysmon
