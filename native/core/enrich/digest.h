// Several digests of one stream of bytes, by libcrypto.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace sysmon {

class Digester {
 public:
  // False where neither the process nor the system has a libcrypto.
  static bool available();

  // `algorithms`: HashAlgorithm. One that libcrypto forbids (MD5 and SHA1 under FIPS) is left out.
  explicit Digester(uint32_t algorithms);
  bool any() const { return !running_.empty(); }
  void update(const void* data, size_t size);
  // Ends all. False: libcrypto failed.
  bool finish();
  // Hexadecimal; empty: it is not among them.
  std::string hex(uint32_t algorithm) const;
  // "SHA1=…,MD5=…,SHA256=…" of these, in Sysmon's order.
  std::string text(uint32_t algorithms) const;

 private:
  struct Running {
    uint32_t bit;
    const char* name;
    std::unique_ptr<void, void (*)(void*)> context;
    std::string hex;
  };
  std::vector<Running> running_;
};

}  // namespace sysmon
