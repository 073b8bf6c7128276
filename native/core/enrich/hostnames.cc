#include "enrich/hostnames.h"

#include <algorithm>
#include <cstring>

namespace sysmon {

Address address_of(const void* bytes, bool ipv6) {
  Address a{};
  if (ipv6) {
    std::memcpy(a.data(), bytes, 16);
  } else {
    a[10] = a[11] = 0xff;
    std::memcpy(a.data() + 12, bytes, 4);
  }
  return a;
}

void Hostnames::learn(const Address& address, std::string_view name, uint32_t ttl, int64_t now_ns) {
  if (name.empty() || name.size() > kLongestName) return;
  const int64_t until = now_ns + int64_t{std::clamp(ttl, kLeastSeconds, kMostSeconds)} * 1000000000;
  if (const auto it = known_.find(address); it != known_.end()) {
    it->second->name = name;
    it->second->until_ns = until;
    order_.splice(order_.end(), order_, it->second);
    return;
  }
  if (known_.size() >= max_) {
    known_.erase(order_.front().address);
    order_.pop_front();
  }
  known_[address] = order_.insert(order_.end(), {address, std::string(name), until});
}

const std::string* Hostnames::find(const Address& address, int64_t now_ns) const {
  const auto it = known_.find(address);
  return it != known_.end() && it->second->until_ns > now_ns ? &it->second->name : nullptr;
}

}  // namespace sysmon
