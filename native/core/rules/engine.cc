#include "rules/engine.h"

#include <re2/filtered_re2.h>
#include <re2/re2.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <unordered_map>

#include "rules/evaluation.h"
#include "rules/fold.h"

namespace sysmon::rules {
namespace {

constexpr size_t kDenseCells = size_t{16} << 20;  // 64 MB for the direct transitions of all automata together

// How much an atom in an index costs: how often it will be found without the rule holding. Long patterns are rare in
// text.
uint64_t atom_cost(Op op, size_t length) {
  const uint64_t base = op == Op::Equal || op == Op::BaseName || op == Op::FileName ? 1 : op == Op::Contains ? 8 : 4;
  return base + (length < 8 ? 8 - length : 0) * base;
}

// Digests: a worker that has none yet can tell by whether they were asked for that a verdict stands without them.
bool is_late(std::string_view field) { return field == "Hashes" || field == "Hash"; }
constexpr uint64_t kLateCost = 1 << 20;

// Lower-case texts one of which is in every text that the expression matches, as long as can be had; none if there are
// none.
std::vector<std::string> required_literals(std::string_view pattern, const re2::RE2::Options& options) {
  for (const int length : {8, 6, 4, 3, 2}) {
    re2::FilteredRE2 filtered(length);
    int id = 0;
    if (filtered.Add(re2::StringPiece(pattern.data(), pattern.size()), options, &id) != re2::RE2::NoError) return {};
    std::vector<std::string> atoms;
    filtered.Compile(&atoms);
    std::vector<int> possible;
    filtered.AllPotentials({}, &possible);
    // The condition over the atoms is monotone: if it fails without any of them, a match has at least one.
    if (possible.empty() && !atoms.empty() && atoms.size() <= 64) return atoms;
  }
  return {};
}

}  // namespace

Engine::~Engine() = default;

std::unique_ptr<Engine> Engine::create(const uint8_t* data, size_t size, std::string& error) {
  std::unique_ptr<Engine> engine(new Engine());
  if (!load_plan(data, size, engine->plan_, error)) return nullptr;
  if (!engine->build(error)) return nullptr;
  return engine;
}

bool Engine::build(std::string& error) {
  static std::atomic<uint64_t> next{1};
  id_ = next++;
  if (!prepare_patterns(error)) return false;
  number_names();
  for (const Field& f : plan_.fields) late_.push_back(is_late(f.name));
  indexed_.assign(plan_.atoms.size(), false);
  size_t dense_budget = kDenseCells;
  uint32_t last = 0;
  for (const Event& e : plan_.events) last = std::max(last, e.id);
  program_of_.assign(size_t{last} + 1, 0);
  std::vector<std::pair<uint32_t, uint32_t>> guarded;  // atom, alternative
  for (const Event& e : plan_.events) {
    programs_.emplace_back();
    EventProgram& program = programs_.back();
    program.event = &e;
    program_of_[e.id] = static_cast<uint16_t>(programs_.size());
    std::vector<uint32_t> atoms;
    for (uint32_t b = e.first; b < e.first + e.count; b++) {
      const Block& block = plan_.blocks[b];
      BlockProgram bp{&block, static_cast<uint32_t>(alternatives_.size()), 0, {}, false};
      if (block.all) {
        alternatives_.push_back({block.expr, kNone});
      } else {
        for (uint32_t i = 0; i < block.count; i++)
          alternatives_.push_back({plan_.entries[block.first + i].expr, block.first + i});
      }
      bp.count = static_cast<uint32_t>(alternatives_.size()) - bp.first;
      for (uint32_t a = bp.first; a < bp.first + bp.count; a++) {
        std::vector<uint32_t> found;
        uint64_t cost = 0;
        if (!guards(alternatives_[a].expr, found, cost)) {
          bp.always.push_back(a);
          continue;
        }
        for (const uint32_t atom : found) {
          guarded.emplace_back(atom, a);
          atoms.push_back(atom);
          bp.late = bp.late || late_[plan_.atoms[atom].field];
        }
      }
      program.blocks.push_back(std::move(bp));
    }
    std::sort(atoms.begin(), atoms.end());
    atoms.erase(std::unique(atoms.begin(), atoms.end()), atoms.end());
    std::vector<uint32_t> place(plan_.fields.size(), kNone);  // by field: its program in its list
    for (const uint32_t atom : atoms) {
      indexed_[atom] = true;
      const uint32_t field = plan_.atoms[atom].field;
      auto& list = late_[field] ? program.late : program.fields;
      if (place[field] == kNone) {
        place[field] = static_cast<uint32_t>(list.size());
        list.push_back({field, {}, {}});
      }
      FieldProgram& f = list[place[field]];
      if (literals_[atom]) {
        f.regexes.push_back(atom);
        for (const std::string& literal : *literals_[atom]) f.index.add(Op::Contains, literal, atom | kPossible);
      } else {
        f.index.add(plan_.atoms[atom].op, folded_[atom], atom);
      }
    }
    for (FieldProgram& f : program.fields) f.index.build(dense_budget);
    for (FieldProgram& f : program.late) f.index.build(dense_budget);
  }
  std::sort(guarded.begin(), guarded.end());
  guarded.erase(std::unique(guarded.begin(), guarded.end()), guarded.end());
  guard_first_.assign(plan_.atoms.size() + 1, 0);
  for (const auto& [atom, alternative] : guarded) {
    guard_first_[atom + 1]++;
    guarded_.push_back(alternative);
  }
  for (size_t i = 1; i < guard_first_.size(); i++) guard_first_[i] += guard_first_[i - 1];
  return true;
}

void Engine::number_names() {
  std::unordered_map<std::string_view, uint32_t> numbers;
  for (const Entry& e : plan_.entries)
    name_of_.push_back(e.name.empty() ? kNone
                                      : numbers.emplace(e.name, static_cast<uint32_t>(numbers.size())).first->second);
  name_count_ = static_cast<uint32_t>(numbers.size());
}

bool Engine::prepare_patterns(std::string& error) {
  folded_.resize(plan_.atoms.size());
  regexes_.resize(plan_.atoms.size());
  networks_.resize(plan_.atoms.size());
  literals_.resize(plan_.atoms.size());
  struct Compiled {
    std::shared_ptr<re2::RE2> regex;
    std::shared_ptr<const std::vector<std::string>> literals;
  };
  std::map<std::string_view, Compiled> compiled;
  for (size_t i = 0; i < plan_.atoms.size(); i++) {
    const Atom& atom = plan_.atoms[i];
    if (atom.op == Op::Regex) {
      auto& [regex, literals] = compiled[atom.pattern];
      if (!regex) {
        if (compiled.size() > kMaxPlanRegexes) {
          error = "plan: too many regular expressions";
          return false;
        }
        re2::RE2::Options options;
        options.set_log_errors(false);
        options.set_case_sensitive(false);
        options.set_dot_nl(true);
        options.set_max_mem(1 << 20);
        regex = std::make_shared<re2::RE2>(re2::StringPiece(atom.pattern.data(), atom.pattern.size()), options);
        if (!regex->ok()) {
          error = "regular expression '" + std::string(atom.pattern.substr(0, 200)) + "': " + regex->error();
          return false;
        }
        auto found = required_literals(atom.pattern, options);
        if (!found.empty()) literals = std::make_shared<const std::vector<std::string>>(std::move(found));
      }
      regexes_[i] = regex;
      literals_[i] = literals;
    } else if (atom.op == Op::Cidr) {
      if (!parse_network(atom.pattern, networks_[i])) {
        error = "'" + std::string(atom.pattern.substr(0, 200)) + "' is no network";
        return false;
      }
    } else {
      fold_append(atom.pattern, folded_[i], letters());
    }
  }
  return true;
}

bool Engine::guards(uint32_t at, std::vector<uint32_t>& out, uint64_t& cost) const {
  const Expr& e = plan_.exprs[at];
  switch (e.kind) {
    case ExprKind::False:
      return true;
    case ExprKind::Atom: {
      const Atom& atom = plan_.atoms[e.a];
      if (late_[atom.field]) cost += kLateCost;
      if (literals_[e.a]) {
        // Dearer than any text of the same length: what is found must still be matched.
        for (const std::string& literal : *literals_[e.a]) cost += 20 + atom_cost(Op::Contains, literal.size());
        out.push_back(e.a);
        return true;
      }
      if (!TextIndex::can(atom.op, folded_[e.a])) return false;
      cost += atom_cost(atom.op, folded_[e.a].size());
      out.push_back(e.a);
      return true;
    }
    case ExprKind::And: {
      std::vector<uint32_t> best;
      uint64_t best_cost = ~uint64_t{0};
      for (uint32_t i = 0; i < e.b; i++) {
        std::vector<uint32_t> found;
        uint64_t c = 0;
        if (guards(plan_.children[e.a + i], found, c) && c < best_cost) {
          best = std::move(found);
          best_cost = c;
        }
      }
      if (best_cost == ~uint64_t{0}) return false;
      cost += best_cost;
      out.insert(out.end(), best.begin(), best.end());
      return true;
    }
    case ExprKind::Or:
      for (uint32_t i = 0; i < e.b; i++)
        if (!guards(plan_.children[e.a + i], out, cost)) return false;
      return true;
    case ExprKind::True:
    case ExprKind::Not:
    case ExprKind::Count:
      break;
  }
  return false;
}

const Event* Engine::event(uint32_t event_id) const {
  if (event_id >= program_of_.size() || program_of_[event_id] == 0) return nullptr;
  return programs_[program_of_[event_id] - 1].event;
}

bool Engine::has_rules(uint32_t event_id) const {
  const Event* e = event(event_id);
  return e && e->count > 0;
}

bool Engine::holds(uint32_t index, std::string_view value) const { return holds(index, value, fold(value, letters())); }

// A field with several values meets a condition if one of them does.
bool Engine::holds(uint32_t index, std::string_view raw, std::string_view folded) const {
  const Atom& a = plan_.atoms[index];
  const auto part_holds = [&](std::string_view part) {
    if (a.op == Op::Regex) return re2::RE2::PartialMatch(re2::StringPiece(part.data(), part.size()), *regexes_[index]);
    if (a.op != Op::Cidr) return rules::holds(a.op, part, folded_[index]);
    Address address;
    return parse_address(part, address) && contains(networks_[index], address);
  };
  std::string_view text = a.op == Op::Regex || a.op == Op::Cidr ? raw : folded;
  if (!plan_.fields[a.field].multi) return part_holds(text);
  for (;;) {
    const size_t end = text.find('\0');
    if (part_holds(text.substr(0, end))) return true;
    if (end == std::string_view::npos) return false;
    text.remove_prefix(end + 1);
  }
}

Verdict Engine::evaluate(uint32_t event_id, const FieldSource& source, Scratch& scratch,
                         std::vector<std::string_view>* names) const {
  if (names) names->clear();
  if (event_id >= program_of_.size() || program_of_[event_id] == 0) return {};
  const EventProgram& program = programs_[program_of_[event_id] - 1];
  if (program.event->count == 0) return {program.event->default_log, Reason::Default, {}};
  return Evaluation(*this, program, source, scratch).run(names);
}

}  // namespace sysmon::rules
