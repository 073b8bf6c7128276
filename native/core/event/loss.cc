#include "event/loss.h"

#include <algorithm>

#include "base/text.h"

namespace sysmon {

LossReporter::LossReporter(const std::vector<uint16_t>& events, ImageOf image_of) : image_of_(std::move(image_of)) {
  add_events(events);
}

void LossReporter::add_events(const std::vector<uint16_t>& events) {
  for (const uint16_t id : events)
    if (id < std::size(wanted_)) wanted_[id] = true;
}

// Those that lost most of this, the greatest first: [{"pid":1,"image":"/bin/x","count":2}].
std::string LossReporter::processes_of(std::vector<Loser> of) const {
  const size_t n = std::min(of.size(), kMostProcesses);
  std::partial_sort(of.begin(), of.begin() + static_cast<ptrdiff_t>(n), of.end(),
                    [](const auto& a, const auto& b) { return a.count > b.count; });
  std::string json;
  for (size_t i = 0; i < n; i++) {
    const std::string image = image_of_(of[i].start, of[i].pid);
    json += (json.empty() ? "[{\"pid\":" : ",{\"pid\":") + std::to_string(of[i].pid);
    if (!image.empty()) json += ",\"image\":" + json_string(image);
    json += ",\"count\":" + std::to_string(of[i].count) + '}';
  }
  return json.empty() ? json : json + ']';
}

// A record may stand for several events, of which each was lost, if it was wanted.
std::vector<LossReporter::Loss> LossReporter::dropped(const schema::Record& r, int reason, uint64_t count,
                                                      const std::vector<LossesOf>& losses) const {
  std::vector<Loser> losers;
  for (const auto& l : losses)
    if (l.what.type == r.type && l.what.reason == reason) losers.push_back({l.what.start, l.what.pid, l.count});
  Loss loss{.stage = schema::kDropReasons[reason],
            .type = *r.event ? r.event : r.name,
            .unit = r.unit,
            .processes = processes_of(std::move(losers)),
            .count = count};
  // The kernel does not say whether a run that it skipped would have made a record.
  if (reason == SM_DROP_SKIPPED) loss.unit = "runs";
  std::vector<Loss> out;
  const char* unwanted = nullptr;
  for (const auto& e : schema::kEvents) {
    if (e.wire_type != r.type) continue;
    if (!wanted_[e.id]) {
      unwanted = unwanted ? unwanted : e.name;
      continue;
    }
    loss.type = e.name;
    out.push_back(loss);
    if (!loss.unit.empty()) break;
  }
  if (!out.empty()) return out;
  if (unwanted) loss.type = unwanted;  // without the life of processes no event has a process
  return {loss};
}

// What was suppressed on purpose is told as what was lost is.
std::vector<LossReporter::Loss> LossReporter::throttled(const std::vector<Suppressed>& suppressed) const {
  std::vector<Loss> out;
  for (const auto& e : schema::kEvents) {
    std::vector<Loser> losers;
    uint64_t count = 0;
    for (const auto& s : suppressed) {
      if (s.event != e.id) continue;
      count += s.count;
      if (s.pid) losers.push_back({s.start, s.pid, s.count});
    }
    if (count == 0) continue;
    out.push_back(
        {.stage = "filter-rate", .type = e.name, .processes = processes_of(std::move(losers)), .count = count});
  }
  return out;
}

bool LossReporter::report(const std::vector<LossesOf>& losses, const std::vector<Suppressed>& suppressed,
                          const LossCounters& now, const dns::Stats& dns, const WallClock& clock, Batcher* batch) {
  bool lifecycle = false;
  const auto boot = static_cast<uint64_t>(now_ns(CLOCK_BOOTTIME));
  std::vector<Loss> all;
  for (const auto& r : schema::kRecords) {
    for (int reason = 0; reason < SM_DROP_REASONS; reason++) {
      const uint64_t count = now.dropped[r.type][reason] - last_.dropped[r.type][reason];
      if (count == 0) continue;
      lifecycle |= r.lifecycle;
      for (Loss& l : dropped(r, reason, count, losses)) all.push_back(std::move(l));
    }
  }
  if (!suppressed.empty())
    for (Loss& l : throttled(suppressed)) all.push_back(std::move(l));
  // What never became an event, because too much was open or because nobody knows whose it is.
  all.push_back({.stage = "table", .type = "DnsQuery", .count = dns.overflow - last_dns_.overflow});
  all.push_back({.stage = "table",
                 .type = "DnsConnection",
                 .unit = "connections",
                 .count = dns.unfollowed - last_dns_.unfollowed});
  all.push_back({.stage = "owner", .type = "DnsQuery", .count = dns.unowned - last_dns_.unowned});
  const WallTime since = clock.wall(since_boot_ns_), until = clock.wall(boot);
  for (const Loss& l : all) {
    if (l.count == 0) continue;
    batch->prepare();
    const uint32_t stage = batch->intern(l.stage), type = batch->intern(l.type);
    const uint32_t unit = l.unit.empty() ? 0 : batch->intern(l.unit);
    uint32_t* w = batch->begin(static_cast<uint32_t>(schema::Entry::kLoss), 12);
    w[2] = stage;
    w[3] = type;
    w[4] = static_cast<uint32_t>(l.count);
    w[5] = static_cast<uint32_t>(l.count >> 32);
    w[6] = since.sec;
    w[7] = since.usec;
    w[8] = until.sec;
    w[9] = until.usec;
    w[10] = unit;
    w[11] = l.processes.empty() ? 0 : batch->add_text(l.processes);
    batch->end();
  }
  last_ = now;
  last_dns_ = dns;
  since_boot_ns_ = boot;
  return lifecycle;
}

}  // namespace sysmon
