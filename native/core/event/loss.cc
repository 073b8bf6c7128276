#include "event/loss.h"

#include "schema.gen.h"

namespace sysmon {

// Events go by their name in Sysmon; a fork is none and goes by the name of its record.
static std::string type_name(const schema::Record& r) {
  for (const auto& e : schema::kEvents)
    if (e.wire_type == r.type) return e.name;
  if (*r.event) return r.event;
  return r.type == SM_FORK ? "ProcessFork" : r.name;
}

void LossReporter::write(const char* stage, const std::string& type, uint64_t count, uint64_t until_boot_ns,
                         const WallClock& clock, Batcher* batch) const {
  if (count == 0) return;
  batch->prepare();
  const uint32_t stage_text = batch->intern(stage), type_text = batch->intern(type);
  const WallTime since = clock.wall(since_boot_ns_), until = clock.wall(until_boot_ns);
  uint32_t* w = batch->begin(static_cast<uint32_t>(schema::Entry::kLoss), 10);
  w[2] = stage_text;
  w[3] = type_text;
  w[4] = static_cast<uint32_t>(count);
  w[5] = static_cast<uint32_t>(count >> 32);
  w[6] = since.sec;
  w[7] = since.usec;
  w[8] = until.sec;
  w[9] = until.usec;
  batch->end();
}

bool LossReporter::report(const LossCounters& now, const dns::Stats& dns, const WallClock& clock, Batcher* batch) {
  bool lifecycle = false;
  const auto boot = static_cast<uint64_t>(now_ns(CLOCK_BOOTTIME));
  for (const auto& r : schema::kRecords) {
    for (int reason = 0; reason < SM_DROP_REASONS; reason++) {
      const uint64_t count = now.dropped[r.type][reason] - last_.dropped[r.type][reason];
      lifecycle |= r.lifecycle && count != 0;
      write(schema::kDropReasons[reason], type_name(r), count, boot, clock, batch);
    }
  }
  // What never became an event, because too much was open or because nobody knows whose it is.
  write("table", "DnsQuery", dns.overflow - last_dns_.overflow, boot, clock, batch);
  write("owner", "DnsQuery", dns.unowned - last_dns_.unowned, boot, clock, batch);
  last_ = now;
  last_dns_ = dns;
  since_boot_ns_ = boot;
  return lifecycle;
}

}  // namespace sysmon
