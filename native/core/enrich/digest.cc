#include "enrich/digest.h"

#include <dlfcn.h>

#include "settings.h"

namespace sysmon {

// libcrypto's EVP interface. Node exports its own copy for addons to use; where it does not, the system's is taken.
// Bound at run time, so that one binary serves every build of node.
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
      if (bind(&c->md_ctx_new, "EVP_MD_CTX_new") && bind(&c->md_ctx_free, "EVP_MD_CTX_free") &&
          bind(&c->init, "EVP_DigestInit_ex") && bind(&c->update, "EVP_DigestUpdate") &&
          bind(&c->final, "EVP_DigestFinal_ex") && bind(&c->sha1, "EVP_sha1") && bind(&c->md5, "EVP_md5") &&
          bind(&c->sha256, "EVP_sha256"))
        return c;
    }
    return nullptr;
  }
};
}  // namespace

bool Digester::available() { return Crypto::get() != nullptr; }

Digester::Digester(uint32_t algorithms) {
  const Crypto* c = Crypto::get();
  if (!c) return;
  const struct {
    uint32_t bit;
    const char* name;
    Crypto::Md md;
  } all[] = {{kSha1, "SHA1", c->sha1}, {kMd5, "MD5", c->md5}, {kSha256, "SHA256", c->sha256}};  // Sysmon's order
  for (const auto& a : all) {
    if (!(algorithms & a.bit)) continue;
    std::unique_ptr<void, void (*)(void*)> context(c->md_ctx_new(), c->md_ctx_free);
    if (context && c->init(context.get(), a.md(), nullptr) == 1)
      running_.push_back({a.bit, a.name, std::move(context), ""});
  }
}

void Digester::update(const void* data, size_t size) {
  for (auto& r : running_) Crypto::get()->update(r.context.get(), data, size);
}

bool Digester::finish() {
  for (auto& r : running_) {
    unsigned char sum[64];
    unsigned length = 0;
    if (Crypto::get()->final(r.context.get(), sum, &length) != 1) return false;
    for (unsigned i = 0; i < length; i++) {
      r.hex += "0123456789abcdef"[sum[i] >> 4];
      r.hex += "0123456789abcdef"[sum[i] & 15];
    }
  }
  return true;
}

std::string Digester::hex(uint32_t algorithm) const {
  for (const auto& r : running_)
    if (r.bit == algorithm) return r.hex;
  return "";
}

std::string Digester::text(uint32_t algorithms) const {
  std::string out;
  for (const auto& r : running_) {
    if (!(r.bit & algorithms)) continue;
    out += (out.empty() ? "" : ",") + std::string(r.name) + '=' + r.hex;
  }
  return out;
}

}  // namespace sysmon
