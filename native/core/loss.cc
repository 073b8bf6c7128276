#include "loss.h"

#include <cstring>

#include "schema.gen.h"

namespace sysmon {

// Events go by their name in Sysmon; a fork is none and goes by the name of its record.
static std::string type_name(const schema::Record& r) {
  for (const auto& e : schema::kEvents)
    if (e.wire_type == r.type) return e.name;
  return r.type == SM_FORK ? "ProcessFork" : r.name;
}

bool LossReporter::report(const LossCounters& now, const WallClock& clock, Batcher* batch) {
  bool lifecycle = false;
  const auto boot = static_cast<uint64_t>(now_ns(CLOCK_BOOTTIME));
  for (const auto& r : schema::kRecords) {
    for (int reason = 0; reason < SM_DROP_REASONS; reason++) {
      const uint64_t count = now.dropped[r.type][reason] - last_.dropped[r.type][reason];
      if (count == 0) continue;
      lifecycle |= r.lifecycle;
      batch->prepare();
      const uint32_t stage = batch->intern(schema::kDropReasons[reason]), type = batch->intern(type_name(r));
      const WallTime since = clock.wall(since_boot_ns_), until = clock.wall(boot);
      uint32_t* w = batch->begin(static_cast<uint32_t>(schema::Entry::kLoss), 10);
      w[2] = stage;
      w[3] = type;
      w[4] = static_cast<uint32_t>(count);
      w[5] = static_cast<uint32_t>(count >> 32);
      w[6] = since.sec;
      w[7] = since.usec;
      w[8] = until.sec;
      w[9] = until.usec;
      batch->end();
    }
  }
  last_ = now;
  since_boot_ns_ = boot;
  return lifecycle;
}

}  // namespace sysmon
