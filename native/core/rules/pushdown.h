// What of a plan can be decided before there is an event: for each kind of record the clauses that suffice to drop it,
// and tables by which whoever makes records (the kernel side) finds out whether one of them holds.
//
// A clause asks for values that are known there exactly, one condition for each dimension. It stands only for what is
// certain: whatever a rule asks besides counts as undecided, so that an event is dropped only if every answer to that
// would drop it. To leave out a clause is never wrong.
#pragma once
#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "rules/engine.h"

namespace sysmon::rules {

// As enum sm_push_dimension.
enum class Dimension : uint8_t { Process, Kind, SourcePort, DestinationPort, Source, Destination, Head, Tail, Count };
constexpr size_t kDimensions = static_cast<size_t>(Dimension::Count);
constexpr size_t kMostClauses = 64;  // bits of a set of clauses
constexpr size_t kPushTextBytes = 48;

// Where a field of an event comes from, as far as that is known before there is an event.
enum class KnownAs : uint8_t {
  Nothing,
  Process,  // it is the same for all events of a process between two execs
  Protocol,
  Initiated,
  SourceIsIpv6,
  DestinationIsIpv6,
  SourcePort,
  DestinationPort,
  Source,
  Destination,
  Path,
};

struct Knowledge {
  std::function<KnownAs(uint32_t event_id, uint32_t field)> of;
  std::vector<std::pair<uint8_t, std::string>> protocols;  // numbers, and as rules see them
};

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

class Pushdown {
 public:
  // Limits of the tables.
  static constexpr size_t kNumbers = 4096, kNetworks = 2048, kTexts = 2048;

  // One kind of record: the events that it is and that somebody wants, each judged by its own rules.
  struct Record {
    uint32_t type;
    std::vector<uint32_t> events;
  };

  // `engine`: null, no rules. It outlives this.
  Pushdown(const Engine* engine, const std::vector<Record>& records, const Knowledge& knowledge);

  const PushTables& tables() const { return tables_; }
  // The clauses of a type that a process leaves possible. `value`: of a field of the plan; its texts stay valid until
  // this returns.
  uint64_t of_process(uint32_t type, const std::function<std::string_view(uint32_t field)>& value) const;
  bool asks_process(uint32_t type) const;

  // Where the rules of an event are decided, in the order of evaluation.
  struct Decided {
    uint32_t block, entry;  // of the plan; the entry is kNone if the block is one rule
    bool pushed;            // it takes part in what is decided before there is an event
    bool by_process;        // once the worker has looked at the process
    std::string why;        // not; empty: it is
  };
  std::vector<Decided> explain(uint32_t event_id) const;

 private:
  struct Condition;
  using ConditionPtr = std::shared_ptr<const Condition>;
  using Clause = std::array<ConditionPtr, kDimensions>;  // null: not asked
  using Clauses = std::vector<Clause>;
  struct Builder;

  void fill(uint32_t type, const Clauses& clauses);
  bool fill_numbers(uint32_t type, Dimension d, const Clauses& clauses);
  bool fill_networks(uint32_t type, Dimension d, const Clauses& clauses);
  bool fill_texts(uint32_t type, Dimension d, const Clauses& clauses);
  void fill_kinds(uint32_t type, const Clauses& clauses);

  const Engine* const engine_;
  const Knowledge knowledge_;
  std::map<uint32_t, Clauses> clauses_;       // by type
  std::map<uint32_t, uint32_t> event_types_;  // by event
  std::map<uint32_t, std::set<uint32_t>> used_;  // by type: atoms that clauses ask for
  PushTables tables_;
};

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
