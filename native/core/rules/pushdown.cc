#include "rules/pushdown.h"

#include <algorithm>

#include "rules/condition.h"

namespace sysmon::rules {

namespace {

constexpr size_t at(Dimension d) { return static_cast<size_t>(d); }

std::string backwards(std::string_view s) { return {s.rbegin(), s.rend()}; }

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

}  // namespace

Pushdown::Pushdown(const Engine* engine, const std::vector<Record>& records, const Knowledge& knowledge)
    : engine_(engine), knowledge_(knowledge) {
  for (const Record& r : records) {
    std::vector<Clauses> of;
    for (const uint32_t id : r.events) {
      event_types_[id] = r.type;
      of.push_back(engine ? ClauseBuilder{*engine, knowledge_, id}.dropped() : Clauses{});
    }
    Clauses clauses = ClauseBuilder::product(of);  // without any event that is wanted: always
    if (clauses.size() > kMostClauses) clauses.resize(kMostClauses);
    fill(r.type, clauses);
  }
}

void Pushdown::fill(uint32_t type, const Clauses& all) {
  Clauses clauses = all;
  for (const Dimension d : {Dimension::SourcePort, Dimension::DestinationPort, Dimension::Source,
                            Dimension::Destination, Dimension::Head, Dimension::Tail}) {
    const bool is_number = d == Dimension::SourcePort || d == Dimension::DestinationPort;
    const bool is_text = d == Dimension::Head || d == Dimension::Tail;
    if (is_number ? fill_numbers(type, d, clauses)
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
    tables_.numbers[{push_what(type, d), value}] = mask_of(
        clauses, at(d), [&](uint32_t a) { return (port[a] == value) != (engine_->plan().atoms[a].op == Op::Ne); });
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
  const ClauseBuilder builder{*engine_, knowledge_, id};
  const auto decide = [&](uint32_t block, uint32_t entry, uint32_t expr) {
    std::set<uint32_t> atoms;
    Decided d{block, entry, false, false, builder.why_not(expr, &atoms)};
    if (type == event_types_.end()) d.why = "events of this type are always told to the worker";
    const bool takes_part =
        !atoms.empty() && std::all_of(atoms.begin(), atoms.end(), [&](uint32_t a) { return used.count(a) != 0; });
    if (d.why.empty() && !takes_part)
      d.why = "another rule, or another event of the same record, decides first and is left to the worker";
    d.pushed = d.why.empty();
    d.by_process = d.pushed && std::any_of(atoms.begin(), atoms.end(),
                                           [&](uint32_t a) { return builder.dimension_of(a) == Dimension::Process; });
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

}  // namespace sysmon::rules
