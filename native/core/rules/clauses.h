// What of a plan is certain before there is an event: clauses, each a condition on some dimensions of what is known
// then.
#pragma once
#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rules/condition.h"
#include "rules/engine.h"
#include "rules/push_tables.h"

namespace sysmon::rules {

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

struct Condition;
using ConditionPtr = std::shared_ptr<const Condition>;
using Clause = std::array<ConditionPtr, kDimensions>;  // null: not asked
// One of them holds. None at all: never certain. One that asks for nothing: always.
using Clauses = std::vector<Clause>;

struct Condition {
  enum Kind { kAtom, kAll, kAny } kind = kAtom;
  uint32_t atom = 0;
  bool negated = false;
  std::vector<ConditionPtr> of;

  template <typename F>
  bool holds(const F& atom_holds) const {
    if (kind == kAtom) return atom_holds(atom) != negated;
    for (const auto& c : of)
      if (c->holds(atom_holds) != (kind == kAll)) return kind == kAny;
    return kind == kAll;
  }
  void atoms(std::set<uint32_t>* out) const {
    if (kind == kAtom) out->insert(atom);
    for (const auto& c : of) c->atoms(out);
  }
  static ConditionPtr join(Kind kind, std::vector<ConditionPtr> of) {
    if (of.size() == 1) return of[0];
    auto c = std::make_shared<Condition>();
    c->kind = kind;
    c->of = std::move(of);
    return c;
  }
};

// Makes clauses of the rules of one event.
struct ClauseBuilder {
  const Engine& engine;
  const Knowledge& knowledge;
  const uint32_t event;

  // By what it can be told whether an atom holds; nothing: it cannot.
  std::optional<Dimension> dimension_of(uint32_t atom) const;
  // When it is certain that the event is dropped.
  Clauses dropped() const;
  // Why an expression is left to the worker; empty: it is not. `seen`: its atoms.
  std::string why_not(uint32_t expr, std::set<uint32_t>* seen) const;
  // All of them.
  static Clauses product(const std::vector<Clauses>& of);

 private:
  const Plan& plan() const { return engine.plan(); }
  Clauses certain(uint32_t expr, bool holds) const;
  Clauses block(const Block& b, bool holds) const;
};

// The network whose addresses a condition holds for; nothing: it cannot be told by that.
std::optional<Network> network_of(const Atom& atom, std::string_view folded);
// The number of 16 bits that a condition compares with; nothing: it cannot be told by that.
std::optional<uint32_t> port_of(const Atom& atom, std::string_view folded);

}  // namespace sysmon::rules
