#include "hashes.h"

#include <fcntl.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <vector>

#include "../fd.h"
#include "digest.h"

namespace sysmon {

static constexpr uint32_t kBtrfsMagic = 0x9123683e, kOverlayMagic = 0x794c7630;

bool same_device(const sm_file& f, dev_t dev) { return f.magic == kBtrfsMagic || f.magic == kOverlayMagic || dev == makedev(f.dev >> 20, f.dev & 0xfffff); }

bool same_file(const sm_file& f, const struct stat& st) { return f.magic == kOverlayMagic || (st.st_ino == f.ino && same_device(f, st.st_dev)); }

bool same_state(const sm_file& f, const struct stat& st) {
  return static_cast<uint64_t>(st.st_size) == f.size && static_cast<uint64_t>(st.st_mtim.tv_sec) == f.mtime_sec &&
         static_cast<uint32_t>(st.st_mtim.tv_nsec) == f.mtime_nsec && same_file(f, st);
}

bool Hasher::available() { return Digester::available(); }

const std::string* Hasher::cached(const FileState& s) {
  const auto it = cache_.find(s);
  if (it == cache_.end()) return nullptr;
  recent_.splice(recent_.begin(), recent_, it->second);
  return &it->second->second;
}

bool Hasher::request(HashRequest r, std::function<void(const Digest&)> done) {
  const FileState s = state_of(r.file);
  auto& queue = waiting_[s];
  queue.push_back(std::move(done));
  if (queue.size() > 1) return true;
  const bool accepted = pool_->submit([this, r = std::move(r), s]() -> Pool::Done {
    Digest d = compute(r);
    return [this, s, d = std::move(d)] {
      computed_++;
      if (!d.text.empty()) {
        recent_.emplace_front(s, d.text);
        cache_[s] = recent_.begin();
        if (recent_.size() > kMaxCached) {
          cache_.erase(recent_.back().first);
          recent_.pop_back();
        }
      }
      auto node = waiting_.extract(s);
      for (auto& f : node.mapped()) f(d);
    };
  });
  if (!accepted) waiting_.erase(s);
  return accepted;
}

const char* open_regular(const std::vector<std::string>& paths, const std::function<bool(const struct stat&)>& is_it, Fd* out) {
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

Digest digest_of(int fd, uint32_t algorithms, const Pool& pool, const std::function<bool()>& is_unchanged) {
  Digester digester(algorithms);
  if (!digester.any()) return {"", "unavailable"};
  std::vector<unsigned char> buffer(256 << 10);
  for (off_t at = 0;;) {
    const ssize_t n = pread(fd, buffer.data(), buffer.size(), at);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return {"", "unreadable"};
    if (n == 0) break;
    if (pool.stopping()) return {"", "timeout"};
    digester.update(buffer.data(), static_cast<size_t>(n));
    at += n;
  }
  if (!is_unchanged()) return {"", "changed"};
  if (!digester.finish()) return {"", "unavailable"};
  return {digester.text(algorithms), ""};
}

Digest Hasher::compute(const HashRequest& r) const {
  if (!available()) return {"", "unavailable"};
  const auto is_it = [&r](const struct stat& st) { return same_state(r.file, st); };
  Fd fd;
  if (const char* why = open_regular(r.paths, is_it, &fd); *why) return {"", why};
  return digest_of(fd.get(), algorithms_, *pool_, [&] {
    struct stat st;
    return fstat(fd.get(), &st) == 0 && is_it(st);
  });
}

}  // namespace sysmon
