// What of a plan can be decided before there is an event: for each kind of record the clauses that suffice to drop it,
// and tables by which whoever makes records (the kernel side) finds out whether one of them holds.
//
// A clause asks for values that are known there exactly, one condition for each dimension. It stands only for what is
// certain: whatever a rule asks besides counts as undecided, so that an event is dropped only if every answer to that
// would drop it. To leave out a clause is never wrong.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "rules/clauses.h"

namespace sysmon::rules {

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
  void fill(uint32_t type, const Clauses& clauses);
  bool fill_numbers(uint32_t type, Dimension d, const Clauses& clauses);
  bool fill_networks(uint32_t type, Dimension d, const Clauses& clauses);
  bool fill_texts(uint32_t type, Dimension d, const Clauses& clauses);
  void fill_kinds(uint32_t type, const Clauses& clauses);

  const Engine* const engine_;
  const Knowledge knowledge_;
  std::map<uint32_t, Clauses> clauses_;          // by type
  std::map<uint32_t, uint32_t> event_types_;     // by event
  std::map<uint32_t, std::set<uint32_t>> used_;  // by type: atoms that clauses ask for
  PushTables tables_;
};

}  // namespace sysmon::rules
