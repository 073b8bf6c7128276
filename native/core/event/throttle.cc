#include "event/throttle.h"

#include <algorithm>
#include <iterator>

namespace sysmon {

void Throttle::set(const ThrottleSettings& settings) {
  settings_ = settings;
  std::fill(std::begin(throttled_), std::end(throttled_), false);
  for (const uint16_t id : settings.events)
    if (id < std::size(throttled_)) throttled_[id] = true;
  counts_.clear();
}

Throttle::Key Throttle::key_of(const schema::Event& e, const Process& p) const {
  switch (settings_.by) {
    case ThrottleSettings::kProcess:
      return {p.key.start, p.key.pid};
    case ThrottleSettings::kCgroup:
      return {p.task.cgroup_id, 0};
    case ThrottleSettings::kType:
      return {e.id, 0};
  }
  return {};
}

bool Throttle::passes(const schema::Event& e, const Process& p, uint64_t boot_ns) {
  if (settings_.per_second == 0 || !throttled_[e.id & 0xff]) return true;
  // What comes late counts as of now.
  if (const uint64_t second = boot_ns / 1000000000; second > second_) {
    second_ = second;
    counts_.clear();
  }
  Key key = key_of(e, p);
  if (counts_.size() >= kMost && !counts_.contains(key)) key = {UINT64_MAX, UINT64_MAX};
  uint32_t& count = counts_[key];
  if (count < settings_.per_second) {
    count++;
    return true;
  }
  suppress(e, p);
  return false;
}

void Throttle::suppress(const schema::Event& e, const Process& p) {
  auto key = std::make_tuple(e.id, p.key.start, p.key.pid);
  if (untold_.size() >= kMost && !untold_.contains(key)) key = {e.id, 0, 0};
  untold_[key]++;
}

std::vector<Suppressed> Throttle::take() {
  std::vector<Suppressed> all;
  for (const auto& [key, count] : untold_) {
    const auto& [event, start, pid] = key;
    all.push_back({event, start, pid, count});
  }
  untold_.clear();
  return all;
}

}  // namespace sysmon
