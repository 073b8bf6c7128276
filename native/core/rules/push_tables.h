// Tables by which whoever makes records finds out whether the rules drop what they tell; see pushdown.h.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <utility>

namespace sysmon::rules {

// As enum sm_push_dimension.
enum class Dimension : uint8_t { Process, Kind, SourcePort, DestinationPort, Source, Destination, Head, Tail, Count };
constexpr size_t kDimensions = static_cast<size_t>(Dimension::Count);
constexpr size_t kMostClauses = 64;  // bits of a set of clauses
constexpr size_t kPushTextBytes = 48;

// Tables for all kinds of records, whose numbers are the caller's.
struct PushTables {
  using Clauses = uint64_t;
  struct Type {
    Clauses all = 0;
    Clauses process_only = 0;
    std::array<Clauses, kDimensions> unknown{};  // those that do not ask for it
    std::array<Clauses, kDimensions> other{};    // left by a value that is in no table
    uint32_t asked = 0;                          // bits of the dimensions that are asked for
  };
  struct Prefix {
    uint32_t what;     // type | dimension << 16
    std::string text;  // bytes; of a text: backwards, in small letters
    uint32_t bits;     // of it, that count
    bool operator<(const Prefix& o) const { return std::tie(what, text, bits) < std::tie(o.what, o.text, o.bits); }
  };
  std::map<uint32_t, Type> types;
  std::map<std::pair<uint32_t, uint32_t>, Clauses> numbers;  // (what, value)
  std::map<Prefix, Clauses> networks, texts;                 // the longest that fits counts
};

constexpr uint32_t push_what(uint32_t type, Dimension d) { return type | static_cast<uint32_t>(d) << 16; }

// What the kernel side does with the tables, for tests: the same look-ups in the same order.
struct PushedRecord {
  uint32_t type = 0;
  bool process_known = false;
  uint64_t process = 0;  // clauses, as of_process() gave them
  uint8_t protocol = 0;
  bool initiated = false;
  uint16_t source_port = 0, destination_port = 0;
  uint8_t source[16] = {}, destination[16] = {};  // IPv4 as ::ffff:a.b.c.d
  bool network = false;
  bool path_known = false;
  std::string path;  // components from the leaf to the root, each followed by '/'
};
bool pushed_down(const PushTables& tables, const PushedRecord& record);

}  // namespace sysmon::rules
