#include "rules/pushdown.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <optional>

#include "rules/condition.h"

namespace sysmon::rules {

namespace {

constexpr size_t at(Dimension d) { return static_cast<size_t>(d); }
constexpr size_t kMostFactors = 256;  // of several clauses each, that are multiplied

bool is_ascii(std::string_view s) {
  return std::all_of(s.begin(), s.end(), [](char c) { return static_cast<signed char>(c) >= 0; });
}

std::string backwards(std::string_view s) { return {s.rbegin(), s.rend()}; }

// "10.", "192.168.": what a dotted quad begins with and no other text does.
std::optional<Network> octets(std::string_view text) {
  std::string whole(text);
  const auto count = std::count(text.begin(), text.end(), '.');
  if (text.empty() || text.back() != '.' || count > 3) return std::nullopt;
  for (auto i = count; i < 4; i++) whole += i < 3 ? "0." : "0";
  Network n{};
  if (!parse_address(whole, n.address) || n.address.v6) return std::nullopt;
  n.bits = static_cast<uint8_t>(8 * count);
  return n;
}

// The network whose addresses a condition holds for; nothing: it cannot be told by that.
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

// The number that a condition compares with, as a whole number of 16 bits; nothing: it is none.
std::optional<uint32_t> port_of(const Atom& atom, std::string_view folded) {
  uint32_t port = 0;
  const auto r = std::from_chars(folded.data(), folded.data() + folded.size(), port);
  if (r.ec != std::errc() || r.ptr != folded.data() + folded.size() || port > 0xffff) return std::nullopt;
  const bool same_text = std::to_string(port) == folded;
  if (atom.op == Op::Equal && !same_text) return std::nullopt;
  return atom.op == Op::Equal || atom.op == Op::Eq || atom.op == Op::Ne ? std::optional(port) : std::nullopt;
}

// As the kernel side has it: 128 bits, IPv4 mapped.
PushTables::Prefix prefix_of(uint32_t what, const Network& n) {
  PushTables::Prefix p{what, std::string(reinterpret_cast<const char*>(n.address.bytes), 16), n.bits};
  if (!n.address.v6) {
    p.bits += 96;
    p.text[10] = p.text[11] = static_cast<char>(0xff);
  }
  // The bits behind count for nothing, but a table takes two networks that differ in them for two.
  for (uint32_t bit = p.bits; bit < 128; bit++)
    p.text[bit / 8] = static_cast<char>(static_cast<uint8_t>(p.text[bit / 8]) & ~(0x80 >> bit % 8));
  return p;
}

bool fits(const PushTables::Prefix& p, std::string_view text) {
  if (text.size() * 8 < p.bits) return false;
  if (text.compare(0, p.bits / 8, p.text, 0, p.bits / 8) != 0) return false;
  const uint32_t rest = p.bits % 8;
  return rest == 0 ||
         static_cast<uint8_t>(text[p.bits / 8] ^ p.text[p.bits / 8]) >> (8 - rest) == 0;
}

}  // namespace

struct Pushdown::Condition {
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

// Makes clauses of expressions. None at all: never certain. One that asks for nothing: always.
struct Pushdown::Builder {
  const Engine& engine;
  const Knowledge& knowledge;
  const uint32_t event;

  const Plan& plan() const { return engine.plan(); }

  std::optional<Dimension> dimension_of(uint32_t index) const {
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
    return static_cast<size_t>(std::find_if(c.begin(), c.end(), [](const auto& x) { return x != nullptr; }) -
                               c.begin());
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

  // All of them.
  static Clauses product(const std::vector<Clauses>& of) {
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
  Clauses certain(uint32_t index, bool holds) const {
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

  Clauses block(const Block& b, bool holds) const {
    if (b.all) return certain(b.expr, holds);
    std::vector<Clauses> entries;
    entries.reserve(b.count);
    for (uint32_t i = 0; i < b.count; i++) entries.push_back(certain(plan().entries[b.first + i].expr, holds));
    return holds ? sum(entries) : product(entries);
  }

  // When it is certain that the event is dropped. The first block that matches decides.
  Clauses dropped() const {
    const Event* e = engine.event(event);
    if (!e || e->count == 0) return {};
    Clauses drop = e->unmatched_log ? Clauses{} : always();
    for (uint32_t i = e->first + e->count; i-- > e->first;) {
      const Block& b = plan().blocks[i];
      drop = b.include ? product({block(b, false), drop}) : sum({block(b, true), drop});
    }
    return drop;
  }

  std::string why_not(uint32_t index, std::set<uint32_t>* seen) const {
    const Expr& e = plan().exprs[index];
    if (e.kind == ExprKind::Atom) {
      seen->insert(e.a);
      if (dimension_of(e.a)) return {};
      const std::string field(plan().fields[plan().atoms[e.a].field].name);
      if (knowledge.of(event, plan().atoms[e.a].field) == KnownAs::Nothing)
        return field + " is known to the worker only";
      return "the kernel has no table for this condition on " + field;
    }
    if (e.kind == ExprKind::Not) return why_not(e.a, seen);
    if (e.kind != ExprKind::And && e.kind != ExprKind::Or) return {};
    std::string why;
    for (uint32_t i = 0; i < e.b; i++)
      if (std::string w = why_not(plan().children[e.a + i], seen); why.empty()) why = std::move(w);
    return why;
  }
};

Pushdown::Pushdown(const Engine* engine, const std::vector<Record>& records, const Knowledge& knowledge)
    : engine_(engine), knowledge_(knowledge) {
  for (const Record& r : records) {
    std::vector<Clauses> of;
    for (const uint32_t id : r.events) {
      event_types_[id] = r.type;
      of.push_back(engine ? Builder{*engine, knowledge_, id}.dropped() : Clauses{});
    }
    Clauses clauses = Builder::product(of);  // without any event that is wanted: always
    if (clauses.size() > kMostClauses) clauses.resize(kMostClauses);
    fill(r.type, clauses);
  }
}

void Pushdown::fill(uint32_t type, const Clauses& all) {
  Clauses clauses = all;
  for (const Dimension d :
       {Dimension::SourcePort, Dimension::DestinationPort, Dimension::Source, Dimension::Destination, Dimension::Head,
        Dimension::Tail}) {
    const bool is_number = d == Dimension::SourcePort || d == Dimension::DestinationPort;
    const bool is_text = d == Dimension::Head || d == Dimension::Tail;
    if (is_number   ? fill_numbers(type, d, clauses)
        : is_text ? fill_texts(type, d, clauses)
                    : fill_networks(type, d, clauses))
      continue;
    // More values than a table holds: clauses that ask for them are left to the worker, and all begins anew.
    const auto of_type = [type](const auto& entry) { return (entry & 0xffff) == type; };
    for (auto i = tables_.numbers.begin(); i != tables_.numbers.end();)
      i = of_type(i->first.first) ? tables_.numbers.erase(i) : std::next(i);
    for (auto* table : {&tables_.networks, &tables_.texts})
      for (auto i = table->begin(); i != table->end();) i = of_type(i->first.what) ? table->erase(i) : std::next(i);
    clauses.erase(std::remove_if(clauses.begin(), clauses.end(), [d](const Clause& c) { return c[at(d)] != nullptr; }),
                  clauses.end());
    return fill(type, clauses);
  }
  if (clauses.empty()) return;
  fill_kinds(type, clauses);
  PushTables::Type& t = tables_.types[type];
  for (size_t i = 0; i < clauses.size(); i++) {
    const uint64_t bit = uint64_t{1} << i;
    t.all |= bit;
    bool process_only = true;
    for (size_t d = 0; d < kDimensions; d++) {
      if (!clauses[i][d]) {
        t.unknown[d] |= bit;
        continue;
      }
      t.asked |= 1u << d;
      process_only = process_only && d == at(Dimension::Process);
      clauses[i][d]->atoms(&used_[type]);
    }
    if (process_only) t.process_only |= bit;
    // A value that no table has meets no condition on a port, a network or an end.
    const auto none = [&](uint32_t atom) { return engine_->plan().atoms[atom].op == Op::Ne; };
    for (size_t d = 0; d < kDimensions; d++) {
      const bool tabled = d != at(Dimension::Process) && d != at(Dimension::Kind);
      if (!clauses[i][d] || (tabled && clauses[i][d]->holds(none))) t.other[d] |= bit;
    }
  }
  clauses_[type] = std::move(clauses);
}

namespace {
template <typename C, typename F>
uint64_t mask_of(const C& clauses, size_t d, const F& atom_holds) {
  uint64_t mask = 0;
  for (size_t i = 0; i < clauses.size(); i++)
    if (!clauses[i][d] || clauses[i][d]->holds(atom_holds)) mask |= uint64_t{1} << i;
  return mask;
}

template <typename C>
std::set<uint32_t> atoms_of(const C& clauses, size_t d) {
  std::set<uint32_t> atoms;
  for (const auto& c : clauses)
    if (c[d]) c[d]->atoms(&atoms);
  return atoms;
}
}  // namespace

bool Pushdown::fill_numbers(uint32_t type, Dimension d, const Clauses& clauses) {
  const auto atoms = atoms_of(clauses, at(d));
  std::map<uint32_t, uint32_t> port;  // by atom
  std::set<uint32_t> values;
  for (const uint32_t a : atoms) values.insert(port[a] = *port_of(engine_->plan().atoms[a], engine_->pattern(a)));
  if (tables_.numbers.size() + values.size() > kNumbers) return false;
  for (const uint32_t value : values)
    tables_.numbers[{push_what(type, d), value}] = mask_of(clauses, at(d), [&](uint32_t a) {
      return (port[a] == value) != (engine_->plan().atoms[a].op == Op::Ne);
    });
  return true;
}

void Pushdown::fill_kinds(uint32_t type, const Clauses& clauses) {
  const auto atoms = atoms_of(clauses, at(Dimension::Kind));
  if (atoms.empty()) return;
  for (const auto& [protocol, name] : knowledge_.protocols)
    for (uint32_t flags = 0; flags < 8; flags++) {
      const auto text = [&, name = std::string_view(name)](uint32_t atom) -> std::string_view {
        const auto flag = [flags](uint32_t bit) { return flags >> bit & 1 ? "true" : "false"; };
        for (const auto& [event, of] : event_types_) {
          if (of != type) continue;
          switch (knowledge_.of(event, engine_->plan().atoms[atom].field)) {
            case KnownAs::Protocol:
              return name;
            case KnownAs::Initiated:
              return flag(0);
            case KnownAs::SourceIsIpv6:
              return flag(1);
            case KnownAs::DestinationIsIpv6:
              return flag(2);
            default:
              break;
          }
        }
        return "-";
      };
      tables_.numbers[{push_what(type, Dimension::Kind), protocol | flags << 8}] =
          mask_of(clauses, at(Dimension::Kind), [&](uint32_t a) { return engine_->holds(a, text(a)); });
    }
}

bool Pushdown::fill_networks(uint32_t type, Dimension d, const Clauses& clauses) {
  const auto atoms = atoms_of(clauses, at(d));
  if (atoms.empty()) return true;
  std::map<uint32_t, Network> networks;  // by atom
  std::map<PushTables::Prefix, Network> nodes;
  Network mapped{};
  nodes[prefix_of(push_what(type, d), mapped)] = mapped;  // networks of IPv6 around it have no address of IPv4
  for (const uint32_t a : atoms) {
    const Network n = *network_of(engine_->plan().atoms[a], engine_->pattern(a));
    networks[a] = n;
    nodes[prefix_of(push_what(type, d), n)] = n;
  }
  if (tables_.networks.size() + nodes.size() > kNetworks) return false;
  for (const auto& [prefix, node] : nodes)
    tables_.networks[prefix] = mask_of(clauses, at(d), [&, node = node](uint32_t a) {
      return networks[a].bits <= node.bits && contains(networks[a], node.address);
    });
  return true;
}

bool Pushdown::fill_texts(uint32_t type, Dimension d, const Clauses& clauses) {
  // The directories of a path stand from the leaf to the root: what "/a/b/" begins is what ends with "/b/a/".
  const auto key = [&](uint32_t atom) {
    const std::string_view pattern = engine_->pattern(atom);
    if (d == Dimension::Tail) return backwards(pattern);
    std::string turned = "/";
    for (size_t end = pattern.size() - 1; end > 0;) {
      const size_t slash = pattern.rfind('/', end - 1);
      turned.append(pattern.substr(slash + 1, end - slash - 1)).append("/");
      end = slash;
    }
    return backwards(turned);
  };
  const auto atoms = atoms_of(clauses, at(d));
  std::map<uint32_t, std::string> keys;  // by atom
  std::set<std::string> nodes;
  for (const uint32_t a : atoms) nodes.insert(keys[a] = key(a));
  if (tables_.texts.size() + nodes.size() > kTexts) return false;
  for (const std::string& node : nodes)
    tables_.texts[{push_what(type, d), node, static_cast<uint32_t>(8 * node.size())}] =
        mask_of(clauses, at(d), [&](uint32_t a) { return node.compare(0, keys[a].size(), keys[a]) == 0; });
  return true;
}

bool Pushdown::asks_process(uint32_t type) const {
  const auto t = tables_.types.find(type);
  return t != tables_.types.end() && t->second.asked & 1u << at(Dimension::Process);
}

uint64_t Pushdown::of_process(uint32_t type, const std::function<std::string_view(uint32_t)>& value) const {
  const auto c = clauses_.find(type);
  if (c == clauses_.end()) return 0;
  return mask_of(c->second, at(Dimension::Process),
                 [&](uint32_t a) { return engine_->holds(a, value(engine_->plan().atoms[a].field)); });
}

std::vector<Pushdown::Decided> Pushdown::explain(uint32_t id) const {
  std::vector<Decided> out;
  const Event* e = engine_ ? engine_->event(id) : nullptr;
  const auto type = event_types_.find(id);
  if (!e) return out;
  static const std::set<uint32_t> kNoAtoms;
  const auto used_of = used_.find(type == event_types_.end() ? kNone : type->second);
  const std::set<uint32_t>& used = used_of == used_.end() ? kNoAtoms : used_of->second;
  const Builder builder{*engine_, knowledge_, id};
  const auto decide = [&](uint32_t block, uint32_t entry, uint32_t expr) {
    std::set<uint32_t> atoms;
    Decided d{block, entry, false, false, builder.why_not(expr, &atoms)};
    if (type == event_types_.end()) d.why = "events of this type are always told to the worker";
    const bool takes_part = !atoms.empty() && std::all_of(atoms.begin(), atoms.end(),
                                                          [&](uint32_t a) { return used.count(a) != 0; });
    if (d.why.empty() && !takes_part)
      d.why = "another rule, or another event of the same record, decides first and is left to the worker";
    d.pushed = d.why.empty();
    d.by_process = d.pushed && std::any_of(atoms.begin(), atoms.end(), [&](uint32_t a) {
                     return builder.dimension_of(a) == Dimension::Process;
                   });
    out.push_back(std::move(d));
  };
  for (uint32_t b = e->first; b < e->first + e->count; b++) {
    const Block& block = engine_->plan().blocks[b];
    if (block.all) {
      decide(b, kNone, block.expr);
      continue;
    }
    for (uint32_t i = block.first; i < block.first + block.count; i++) decide(b, i, engine_->plan().entries[i].expr);
  }
  return out;
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
      left &= longest(tables.networks, push_what(r.type, d), {reinterpret_cast<const char*>(address), 16},
                      t.other[at(d)]);
  };
  const auto text = [&](Dimension d, std::string_view all) {
    if (!asked(d)) return;
    std::string key = backwards(all).substr(0, kPushTextBytes);
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
  for (const Dimension d : {Dimension::Kind, Dimension::SourcePort, Dimension::DestinationPort, Dimension::Source,
                            Dimension::Destination})
    left &= t.unknown[at(d)];
  return left != 0;
}

}  // namespace sysmon::rules
