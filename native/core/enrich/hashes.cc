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

bool same_state(const sm_file& f, const struct stat& st) {
  if (static_cast<uint64_t>(st.st_size) != f.size || static_cast<uint64_t>(st.st_mtim.tv_sec) != f.mtime_sec ||
      static_cast<uint32_t>(st.st_mtim.tv_nsec) != f.mtime_nsec)
    return false;
  if (f.magic == kOverlayMagic) return true;
  if (st.st_ino != f.ino) return false;
  return same_device(f, st.st_dev);
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

// Opens the file if it is the one that was recorded.
static Digest open_same(const HashRequest& r, Fd* out) {
  bool other = false, denied = false;
  for (const std::string& path : r.paths) {
    // O_NONBLOCK: what stands at the path now may be a FIFO.
    Fd fd(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    struct stat st;
    if (!fd || fstat(fd.get(), &st) != 0) {
      denied |= errno != ENOENT && errno != ESRCH;
      continue;
    }
    if (!S_ISREG(st.st_mode) || !same_state(r.file, st)) {
      other = true;
      continue;
    }
    *out = std::move(fd);
    return {"ok", ""};
  }
  return {"", denied ? "unreadable" : other ? "changed" : "gone"};
}

Digest Hasher::compute(const HashRequest& r) const {
  if (!available()) return {"", "unavailable"};
  Fd fd;
  if (Digest d = open_same(r, &fd); d.text.empty()) return d;
  Digester digester(algorithms_);
  if (!digester.any()) return {"", "unavailable"};

  std::vector<unsigned char> buffer(256 << 10);
  for (;;) {
    const ssize_t n = read(fd.get(), buffer.data(), buffer.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return {"", "unreadable"};
    if (n == 0) break;
    if (pool_->stopping()) return {"", "timeout"};
    digester.update(buffer.data(), static_cast<size_t>(n));
  }
  struct stat st;
  if (fstat(fd.get(), &st) != 0 || !same_state(r.file, st)) return {"", "changed"};
  if (!digester.finish()) return {"", "unavailable"};
  return {digester.text(algorithms_), ""};
}

}  // namespace sysmon
