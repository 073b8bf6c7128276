#include "rules/clauses.h"

#include <algorithm>
#include <charconv>

#include "rules/condition.h"

namespace sysmon::rules {

static constexpr size_t kMostFactors = 256;  // of several clauses each, that are multiplied

static constexpr size_t at(Dimension d) { return static_cast<size_t>(d); }

static bool is_ascii(std::string_view s) {
  return std::all_of(s.begin(), s.end(), [](char c) { return static_cast<signed char>(c) >= 0; });
}

// "10.", "192.168.": what a dotted quad begins with and no other text does.
static std::optional<Network> octets(std::string_view text) {
  std::string whole(text);
  const auto count = std::count(text.begin(), text.end(), '.');
  if (text.empty() || text.back() != '.' || count > 3) return std::nullopt;
  for (auto i = count; i < 4; i++) whole += i < 3 ? "0." : "0";
  Network n{};
  if (!parse_address(whole, n.address) || n.address.v6) return std::nullopt;
  n.bits = static_cast<uint8_t>(8 * count);
  return n;
}

std::optional<Network> network_of(const Atom& atom, std::string_view folded) {
  Network n{};
  if (atom.op == Op::Cidr) return parse_network(atom.pattern, n) ? std::optional(n) : std::nullopt;
  if (atom.op == Op::Prefix) return octets(folded);
  // inet_pton(3) takes a dotted quad in no other form than events have it.
  if (atom.op != Op::Equal || !parse_address(folded, n.address) || n.address.v6 || folded.find(':') != folded.npos)
    return std::nullopt;
  n.bits = 32;
  return n;
}

std::optional<uint32_t> port_of(const Atom& atom, std::string_view folded) {
  uint32_t port = 0;
  const auto r = std::from_chars(folded.data(), folded.data() + folded.size(), port);
  if (r.ec != std::errc() || r.ptr != folded.data() + folded.size() || port > 0xffff) return std::nullopt;
  const bool same_text = std::to_string(port) == folded;
  if (atom.op == Op::Equal && !same_text) return std::nullopt;
  return atom.op == Op::Equal || atom.op == Op::Eq || atom.op == Op::Ne ? std::optional(port) : std::nullopt;
}

std::optional<Dimension> ClauseBuilder::dimension_of(uint32_t index) const {
  const Atom& atom = plan().atoms[index];
  const std::string_view folded = engine.pattern(index);
  const auto if_port = [&](Dimension d) { return port_of(atom, folded) ? std::optional(d) : std::nullopt; };
  const auto if_network = [&](Dimension d) { return network_of(atom, folded) ? std::optional(d) : std::nullopt; };
  switch (knowledge.of(event, atom.field)) {
    case KnownAs::Process:
      return Dimension::Process;
    case KnownAs::Protocol:
    case KnownAs::Initiated:
    case KnownAs::SourceIsIpv6:
    case KnownAs::DestinationIsIpv6:
      return Dimension::Kind;
    case KnownAs::SourcePort:
      return if_port(Dimension::SourcePort);
    case KnownAs::DestinationPort:
      return if_port(Dimension::DestinationPort);
    case KnownAs::Source:
      return if_network(Dimension::Source);
    case KnownAs::Destination:
      return if_network(Dimension::Destination);
    case KnownAs::Path:
      if (plan().fields[atom.field].multi || folded.empty() || folded.size() > kPushTextBytes || !is_ascii(folded))
        return std::nullopt;
      if (atom.op == Op::Prefix && folded.size() > 1 && folded.front() == '/' && folded.back() == '/' &&
          folded.find("//") == folded.npos)
        return Dimension::Head;
      if (atom.op == Op::Suffix && folded.find('/') == folded.npos) return Dimension::Tail;
      return std::nullopt;
    case KnownAs::Nothing:
      break;
  }
  return std::nullopt;
}

static Clauses always() { return {Clause{}}; }

static size_t asked(const Clause& c) {
  return static_cast<size_t>(std::count_if(c.begin(), c.end(), [](const auto& x) { return x != nullptr; }));
}

static size_t only(const Clause& c) {
  return static_cast<size_t>(std::find_if(c.begin(), c.end(), [](const auto& x) { return x != nullptr; }) - c.begin());
}

// One of them. Clauses that ask for one dimension alone, the same, are one.
static Clauses sum(const std::vector<Clauses>& of) {
  std::array<std::vector<ConditionPtr>, kDimensions> single;
  Clauses rest, out;
  for (const Clauses& clauses : of)
    for (const Clause& c : clauses) {
      if (asked(c) == 0) return always();
      if (asked(c) == 1)
        single[only(c)].push_back(c[only(c)]);
      else
        rest.push_back(c);
    }
  for (size_t d = 0; d < kDimensions; d++) {
    if (single[d].empty()) continue;
    Clause c{};
    c[d] = Condition::join(Condition::kAny, std::move(single[d]));
    out.push_back(std::move(c));
  }
  std::stable_sort(rest.begin(), rest.end(), [](const auto& a, const auto& b) { return asked(a) < asked(b); });
  for (Clause& c : rest)
    if (out.size() < kMostClauses) out.push_back(std::move(c));
  return out;
}

Clauses ClauseBuilder::product(const std::vector<Clauses>& of) {
  std::array<std::vector<ConditionPtr>, kDimensions> single;
  std::vector<const Clauses*> factors;
  for (const Clauses& clauses : of) {
    if (clauses.empty()) return {};
    if (clauses.size() > 1) {
      factors.push_back(&clauses);
      continue;
    }
    for (size_t d = 0; d < kDimensions; d++)
      if (clauses[0][d]) single[d].push_back(clauses[0][d]);
  }
  if (factors.size() > kMostFactors) return {};
  Clause first{};
  for (size_t d = 0; d < kDimensions; d++)
    if (!single[d].empty()) first[d] = Condition::join(Condition::kAll, std::move(single[d]));
  Clauses out{first};
  for (const Clauses* factor : factors) {
    std::vector<Clauses> products;
    for (const Clause& a : out)
      for (const Clause& b : *factor) {
        Clause c = a;
        for (size_t d = 0; d < kDimensions; d++)
          if (b[d]) c[d] = c[d] ? Condition::join(Condition::kAll, {c[d], b[d]}) : b[d];
        products.push_back({std::move(c)});
      }
    out = sum(products);
  }
  return out;
}

// When it is certain that an expression holds, or that it does not.
Clauses ClauseBuilder::certain(uint32_t index, bool holds) const {
  const Expr& e = plan().exprs[index];
  switch (e.kind) {
    case ExprKind::True:
      return holds ? always() : Clauses{};
    case ExprKind::False:
      return holds ? Clauses{} : always();
    case ExprKind::Not:
      return certain(e.a, !holds);
    case ExprKind::Atom: {
      const auto d = dimension_of(e.a);
      if (!d) return {};
      auto condition = std::make_shared<Condition>();
      condition->atom = e.a;
      condition->negated = !holds;
      Clause c{};
      c[at(*d)] = std::move(condition);
      return {std::move(c)};
    }
    case ExprKind::And:
    case ExprKind::Or: {
      std::vector<Clauses> children;
      children.reserve(e.b);
      for (uint32_t i = 0; i < e.b; i++) children.push_back(certain(plan().children[e.a + i], holds));
      return (e.kind == ExprKind::And) == holds ? product(children) : sum(children);
    }
    case ExprKind::Count:
      break;
  }
  return {};
}

Clauses ClauseBuilder::block(const Block& b, bool holds) const {
  if (b.all) return certain(b.expr, holds);
  std::vector<Clauses> entries;
  entries.reserve(b.count);
  for (uint32_t i = 0; i < b.count; i++) entries.push_back(certain(plan().entries[b.first + i].expr, holds));
  return holds ? sum(entries) : product(entries);
}

// The first block that matches decides.
Clauses ClauseBuilder::dropped() const {
  const Event* e = engine.event(event);
  if (!e || e->count == 0) return {};
  Clauses drop = e->unmatched_log ? Clauses{} : always();
  for (uint32_t i = e->first + e->count; i-- > e->first;) {
    const Block& b = plan().blocks[i];
    drop = b.include ? product({block(b, false), drop}) : sum({block(b, true), drop});
  }
  return drop;
}

std::string ClauseBuilder::why_not(uint32_t index, std::set<uint32_t>* seen) const {
  const Expr& e = plan().exprs[index];
  if (e.kind == ExprKind::Atom) {
    seen->insert(e.a);
    if (dimension_of(e.a)) return {};
    const std::string field(plan().fields[plan().atoms[e.a].field].name);
    if (knowledge.of(event, plan().atoms[e.a].field) == KnownAs::Nothing) return field + " is known to the worker only";
    return "the kernel has no table for this condition on " + field;
  }
  if (e.kind == ExprKind::Not) return why_not(e.a, seen);
  if (e.kind != ExprKind::And && e.kind != ExprKind::Or) return {};
  std::string why;
  for (uint32_t i = 0; i < e.b; i++)
    if (std::string w = why_not(plan().children[e.a + i], seen); why.empty()) why = std::move(w);
  return why;
}

}  // namespace sysmon::rules
