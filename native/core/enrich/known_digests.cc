#include "enrich/known_digests.h"

#include <sys/sysmacros.h>

#include "base/clock.h"

namespace sysmon {

// Where the file system cannot be told from the next one that is mounted there.
static constexpr int64_t kUnsureNs = 10'000'000'000;

uint32_t device_of(const struct stat& st) { return static_cast<uint32_t>(major(st.st_dev) << 20 | minor(st.st_dev)); }

// Nobody unmounts the root.
bool KnownDigests::is_stale(const Known& k) const {
  static const uint32_t root = [] {
    struct stat st;
    return stat("/", &st) == 0 ? device_of(st) : 0;
  }();
  return !k.state.file_system && !k.state.generation && k.state.dev != root &&
         now_ns(CLOCK_MONOTONIC) - k.since > kUnsureNs;
}

std::optional<std::string> KnownDigests::look_up(const FileState& s) {
  std::lock_guard lock(mutex_);
  const auto it = by_state_.find(s);
  if (it == by_state_.end() || is_stale(*it->second)) return std::nullopt;
  recent_.splice(recent_.begin(), recent_, it->second);
  return it->second->text;
}

void KnownDigests::remember(const FileState& s, const std::string& text) {
  std::lock_guard lock(mutex_);
  if (const auto it = by_state_.find(s); it != by_state_.end()) {
    *it->second = {s, text, now_ns(CLOCK_MONOTONIC)};
    return;
  }
  recent_.push_front({s, text, now_ns(CLOCK_MONOTONIC)});
  by_state_[s] = recent_.begin();
  if (recent_.size() <= kMost) return;
  by_state_.erase(recent_.back().state);
  recent_.pop_back();
}

}  // namespace sysmon
