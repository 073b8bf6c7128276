// From the boot clock of the kernel's records to wall time.
#pragma once
#include <ctime>

#include <cstdint>

namespace sysmon {

inline int64_t now_ns(clockid_t id) {
  timespec t;
  clock_gettime(id, &t);
  return int64_t{t.tv_sec} * 1000000000 + t.tv_nsec;
}

struct WallTime {
  uint32_t sec;  // since the epoch
  uint32_t usec;
};

// CLOCK_BOOTTIME goes on through suspend; the distance to CLOCK_REALTIME changes when somebody sets the clock, so it is
// taken anew before every drain. Anchoring once at start, as others do, is wrong after the first step.
class WallClock {
 public:
  WallClock() { anchor(); }
  void anchor() {
    // The wall clock between two readings of the boot clock: a preemption in between would skew the result.
    int64_t best = INT64_MAX;
    for (int i = 0; i < 3; i++) {
      const int64_t a = now_ns(CLOCK_BOOTTIME), wall = now_ns(CLOCK_REALTIME), b = now_ns(CLOCK_BOOTTIME);
      if (b - a >= best) continue;
      best = b - a;
      offset_ = wall - (a + b) / 2;
      if (best < 2000) break;
    }
  }
  // Unsigned, for a broken record may carry any time: then the result is wrong, but defined.
  int64_t wall_ns(uint64_t boot_ns) const { return static_cast<int64_t>(boot_ns + static_cast<uint64_t>(offset_)); }
  WallTime wall(uint64_t boot_ns) const {
    const int64_t ns = wall_ns(boot_ns), us = ns < 0 ? 0 : ns / 1000;
    return {static_cast<uint32_t>(us / 1000000), static_cast<uint32_t>(us % 1000000)};
  }

 private:
  int64_t offset_ = 0;
};

}  // namespace sysmon
