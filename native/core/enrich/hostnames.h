// Names of addresses as DNS answers gave them. Nothing is ever looked up for it: a sensor must not cause traffic about
// what it sees.
#pragma once
#include <array>
#include <cstdint>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>

namespace sysmon {

// IPv6, or IPv4 mapped into it (::ffff:a.b.c.d): one form, so that equal addresses are equal bytes.
using Address = std::array<uint8_t, 16>;

// The host's form of 4 or 16 bytes in network order.
Address address_of(const void* bytes, bool ipv6);

// Not thread-safe: the worker's. Times are CLOCK_MONOTONIC, ns.
class Hostnames {
 public:
  static constexpr size_t kMax = 65536;
  // Programs keep addresses longer than the answer allows: a name that lives for seconds would be gone before the
  // connection is made.
  static constexpr uint32_t kLeastSeconds = 300, kMostSeconds = 86400;
  static constexpr size_t kLongestName = 255;

  explicit Hostnames(size_t max = kMax) : max_(max) {}
  // An answer: `name` has `address`, for `ttl` seconds. `name` is the one that was asked for, not the last of a chain
  // of aliases.
  void learn(const Address& address, std::string_view name, uint32_t ttl, int64_t now_ns);
  // Null if no answer named it, or too long ago. Valid until the next call of learn().
  const std::string* find(const Address& address, int64_t now_ns) const;
  size_t size() const { return known_.size(); }

 private:
  struct Entry {
    Address address;
    std::string name;
    int64_t until_ns;
  };
  struct Hash {
    size_t operator()(const Address& a) const {
      return std::hash<std::string_view>()({reinterpret_cast<const char*>(a.data()), a.size()});
    }
  };
  const size_t max_;
  std::list<Entry> order_;  // learned last stands last
  std::unordered_map<Address, std::list<Entry>::iterator, Hash> known_;
};

}  // namespace sysmon
