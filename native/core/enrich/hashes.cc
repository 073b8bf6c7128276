#include "hashes.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <vector>

#include "../settings.h"

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

// libcrypto's EVP interface. Node exports its own copy for addons to use; where it does not, the system's is taken. Bound
// at run time, so that one binary serves every build of node.
namespace {
struct Crypto {
  using Md = const void* (*)();
  void* (*md_ctx_new)();
  void (*md_ctx_free)(void*);
  int (*init)(void*, const void*, void*);
  int (*update)(void*, const void*, size_t);
  int (*final)(void*, unsigned char*, unsigned*);
  Md sha1, md5, sha256;

  static const Crypto* get() {
    static const std::unique_ptr<Crypto> found = load();
    return found.get();
  }

 private:
  static std::unique_ptr<Crypto> load() {
    for (const char* name : {"", "libcrypto.so.3", "libcrypto.so.1.1"}) {
      void* lib = *name ? dlopen(name, RTLD_NOW | RTLD_LOCAL) : RTLD_DEFAULT;
      if (*name && !lib) continue;
      auto c = std::make_unique<Crypto>();
      const auto bind = [lib](auto* f, const char* symbol) {
        return (*f = reinterpret_cast<std::remove_pointer_t<decltype(f)>>(dlsym(lib, symbol))) != nullptr;
      };
      if (bind(&c->md_ctx_new, "EVP_MD_CTX_new") && bind(&c->md_ctx_free, "EVP_MD_CTX_free") && bind(&c->init, "EVP_DigestInit_ex") &&
          bind(&c->update, "EVP_DigestUpdate") && bind(&c->final, "EVP_DigestFinal_ex") && bind(&c->sha1, "EVP_sha1") && bind(&c->md5, "EVP_md5") &&
          bind(&c->sha256, "EVP_sha256"))
        return c;
    }
    return nullptr;
  }
};

struct Fd {
  int fd;
  ~Fd() {
    if (fd >= 0) close(fd);
  }
};
}  // namespace

bool Hasher::available() { return Crypto::get() != nullptr; }

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
    Fd fd{open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)};
    struct stat st;
    if (fd.fd < 0 || fstat(fd.fd, &st) != 0) {
      denied |= errno != ENOENT && errno != ESRCH;
      continue;
    }
    if (!S_ISREG(st.st_mode) || !same_state(r.file, st)) {
      other = true;
      continue;
    }
    std::swap(out->fd, fd.fd);
    return {"ok", ""};
  }
  return {"", denied ? "unreadable" : other ? "changed" : "gone"};
}

Digest Hasher::compute(const HashRequest& r) const {
  const Crypto* c = Crypto::get();
  if (!c) return {"", "unavailable"};
  Fd fd{-1};
  if (Digest d = open_same(r, &fd); d.text.empty()) return d;

  struct Algorithm {
    uint32_t bit;
    const char* name;
    Crypto::Md md;
  };
  const Algorithm all[] = {{kSha1, "SHA1", c->sha1}, {kMd5, "MD5", c->md5}, {kSha256, "SHA256", c->sha256}};  // Sysmon's order
  std::vector<std::pair<const char*, std::unique_ptr<void, void (*)(void*)>>> running;
  for (const auto& a : all) {
    if (!(algorithms_ & a.bit)) continue;
    std::unique_ptr<void, void (*)(void*)> ctx(c->md_ctx_new(), c->md_ctx_free);
    // MD5 and SHA1 may be forbidden (FIPS): then that digest is left out.
    if (ctx && c->init(ctx.get(), a.md(), nullptr) == 1) running.emplace_back(a.name, std::move(ctx));
  }
  if (running.empty()) return {"", "unavailable"};

  std::vector<unsigned char> buffer(256 << 10);
  for (;;) {
    const ssize_t n = read(fd.fd, buffer.data(), buffer.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return {"", "unreadable"};
    if (n == 0) break;
    if (pool_->stopping()) return {"", "timeout"};
    for (auto& [name, ctx] : running) c->update(ctx.get(), buffer.data(), static_cast<size_t>(n));
  }
  struct stat st;
  if (fstat(fd.fd, &st) != 0 || !same_state(r.file, st)) return {"", "changed"};

  Digest d;
  for (auto& [name, ctx] : running) {
    unsigned char sum[64];
    unsigned length = 0;
    if (c->final(ctx.get(), sum, &length) != 1) return {"", "unavailable"};
    if (!d.text.empty()) d.text += ',';
    d.text += name;
    d.text += '=';
    for (unsigned i = 0; i < length; i++) {
      d.text += "0123456789abcdef"[sum[i] >> 4];
      d.text += "0123456789abcdef"[sum[i] & 15];
    }
  }
  return d;
}

}  // namespace sysmon
