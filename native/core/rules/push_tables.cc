#include "rules/push_tables.h"

#include <algorithm>
#include <cstring>
#include <string_view>

namespace sysmon::rules {

static constexpr size_t at(Dimension d) { return static_cast<size_t>(d); }

static bool is_ascii(std::string_view s) {
  return std::all_of(s.begin(), s.end(), [](char c) { return static_cast<signed char>(c) >= 0; });
}

static bool fits(const PushTables::Prefix& p, std::string_view text) {
  if (text.size() * 8 < p.bits) return false;
  if (text.compare(0, p.bits / 8, p.text, 0, p.bits / 8) != 0) return false;
  const uint32_t rest = p.bits % 8;
  return rest == 0 || static_cast<uint8_t>(text[p.bits / 8] ^ p.text[p.bits / 8]) >> (8 - rest) == 0;
}

namespace {
uint64_t longest(const std::map<PushTables::Prefix, uint64_t>& table, uint32_t what, std::string_view text,
                 uint64_t other) {
  uint64_t mask = other;
  int64_t best = -1;
  for (const auto& [prefix, clauses] : table)
    if (prefix.what == what && int64_t{prefix.bits} > best && fits(prefix, text)) {
      best = prefix.bits;
      mask = clauses;
    }
  return mask;
}
}  // namespace

bool pushed_down(const PushTables& tables, const PushedRecord& r) {
  const auto found = tables.types.find(r.type);
  if (found == tables.types.end()) return false;
  const PushTables::Type& t = found->second;
  uint64_t left = r.process_known ? r.process : t.other[at(Dimension::Process)];
  if (left & t.process_only) return true;
  const auto asked = [&](Dimension d) { return (t.asked & 1u << at(d)) != 0; };
  const auto number = [&](Dimension d, uint32_t value) {
    if (!asked(d)) return;
    const auto n = tables.numbers.find({push_what(r.type, d), value});
    left &= n == tables.numbers.end() ? t.other[at(d)] : n->second;
  };
  const auto network = [&](Dimension d, const uint8_t* address) {
    if (asked(d))
      left &=
          longest(tables.networks, push_what(r.type, d), {reinterpret_cast<const char*>(address), 16}, t.other[at(d)]);
  };
  const auto text = [&](Dimension d, std::string_view all) {
    if (!asked(d)) return;
    std::string key = std::string(all.rbegin(), all.rend()).substr(0, kPushTextBytes);
    if (key.empty() || !is_ascii(key)) {
      left &= t.unknown[at(d)];
      return;
    }
    for (char& c : key)
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    left &= longest(tables.texts, push_what(r.type, d), key, t.other[at(d)]);
  };
  if (r.network) {
    static constexpr uint8_t kMapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    const uint32_t flags = uint32_t{r.initiated} | uint32_t{std::memcmp(r.source, kMapped, 12) != 0} << 1 |
                           uint32_t{std::memcmp(r.destination, kMapped, 12) != 0} << 2;
    number(Dimension::Kind, r.protocol | flags << 8);
    number(Dimension::SourcePort, r.source_port);
    number(Dimension::DestinationPort, r.destination_port);
    network(Dimension::Source, r.source);
    network(Dimension::Destination, r.destination);
    return left != 0;
  }
  if (!r.path_known || r.path.empty())
    left &= t.unknown[at(Dimension::Head)] & t.unknown[at(Dimension::Tail)];
  else {
    text(Dimension::Head, r.path);
    text(Dimension::Tail, std::string_view(r.path).substr(0, r.path.find('/')));
  }
  // What else its clauses ask for is not known of such a record.
  for (const Dimension d :
       {Dimension::Kind, Dimension::SourcePort, Dimension::DestinationPort, Dimension::Source, Dimension::Destination})
    left &= t.unknown[at(d)];
  return left != 0;
}

}  // namespace sysmon::rules
