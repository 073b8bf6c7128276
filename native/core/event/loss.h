// What was produced and not handed over, from the counters of the kernel side.
#pragma once
#include <cstdint>
#include <cstring>
#include <functional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "dns/exchanges.h"
#include "event/batcher.h"
#include "event/throttle.h"
#include "kernel/bpf_object.h"
#include "schema.gen.h"

namespace sysmon {

class LossReporter {
 public:
  static constexpr size_t kMostProcesses = 5;  // that one loss names

  // Path of what a process executes; empty: not known.
  using ImageOf = std::function<std::string(uint64_t start, uint32_t pid)>;

  // `events`: ids of those that somebody wants.
  LossReporter(const std::vector<uint16_t>& events, ImageOf image_of);

  // From now on these are wanted as well: what was is told to the end.
  void add_events(const std::vector<uint16_t>& events);

  // Whether more was dropped than at the last report.
  bool has_lost(const LossCounters& now) const {
    return std::memcmp(now.dropped, last_.dropped, sizeof now.dropped) != 0;
  }
  // Writes an entry for each (stage, type) that has lost something since the last report. `losses`: taken before the
  // counters were read, so that nobody is said to have lost more than was lost. Returns true if life-cycle records are
  // among it: then the process table cannot be trusted.
  // `suppressed`: by the throttle.
  bool report(const std::vector<LossesOf>& losses, const std::vector<Suppressed>& suppressed, const LossCounters& now,
              const dns::Stats& dns, const WallClock& clock, Batcher* batch);

 private:
  struct Loss {
    const char* stage;
    std::string type, unit{}, processes{};  // unit: empty: events. processes: JSON; empty: not known
    uint64_t count;
  };
  std::vector<Loss> dropped(const schema::Record& r, int reason, uint64_t count,
                            const std::vector<LossesOf>& losses) const;
  std::vector<Loss> throttled(const std::vector<Suppressed>& suppressed) const;
  struct Loser {
    uint64_t start;
    uint32_t pid;
    uint64_t count;
  };
  std::string processes_of(std::vector<Loser> losers) const;

  bool wanted_[256] = {};
  const ImageOf image_of_;
  LossCounters last_;
  dns::Stats last_dns_;
  uint64_t since_boot_ns_ = static_cast<uint64_t>(now_ns(CLOCK_BOOTTIME));
};

}  // namespace sysmon
