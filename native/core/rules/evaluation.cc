#include "rules/evaluation.h"

#include <algorithm>

#include "rules/fold.h"

namespace sysmon::rules {

Evaluation::Evaluation(const Engine& engine, const Engine::EventProgram& program, const FieldSource& source,
                       Scratch& scratch)
    : engine_(engine), plan_(engine.plan_), program_(program), source_(source), scratch_(scratch) {
  if (scratch.engine_ != engine.id_ || scratch.epoch_ == 0xFFFFFFFF) {
    // Another engine, or the counter would wrap and make old marks valid again.
    scratch.engine_ = engine.id_;
    scratch.epoch_ = 0;
    scratch.values_.assign(plan_.fields.size(), {});
    scratch.atom_epoch_.assign(plan_.atoms.size(), 0);
    scratch.atom_holds_.assign(plan_.atoms.size(), 0);
    scratch.found_epoch_.assign(plan_.atoms.size(), 0);
    scratch.candidate_epoch_.assign(engine.alternatives_.size(), 0);
    scratch.name_epoch_.assign(engine.name_count_, 0);
  }
  scratch.epoch_++;
  scratch.candidates_.clear();
}

Scratch::Value& Evaluation::value(uint32_t field) {
  Scratch::Value& v = scratch_.values_[field];
  if (v.epoch != scratch_.epoch_) {
    v.epoch = scratch_.epoch_;
    v.folded = false;
    v.raw = source_.field(field);
  }
  return v;
}

std::string_view Evaluation::folded(Scratch::Value& v) {
  if (!v.folded) {
    v.folded = true;
    v.text.clear();
    fold_append(v.raw, v.text, engine_.letters());
  }
  return v.text;
}

namespace {

template <typename F>
void each_part(std::string_view text, bool multi, F&& visit) {
  if (!multi) return visit(text);
  for (;;) {
    const size_t end = text.find('\0');
    visit(text.substr(0, end));
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + 1);
  }
}

}  // namespace

void Evaluation::search(const std::vector<Engine::FieldProgram>& fields) {
  const uint32_t epoch = scratch_.epoch_;
  const auto hit = [&](uint32_t id) {
    const uint32_t atom = id & ~kPossible;
    if (scratch_.found_epoch_[atom] == epoch) return;
    scratch_.found_epoch_[atom] = epoch;
    if (!(id & kPossible)) {
      scratch_.atom_epoch_[atom] = epoch;
      scratch_.atom_holds_[atom] = 1;
    }
    for (uint32_t i = engine_.guard_first_[atom]; i < engine_.guard_first_[atom + 1]; i++) {
      const uint32_t alternative = engine_.guarded_[i];
      if (scratch_.candidate_epoch_[alternative] == epoch) continue;
      scratch_.candidate_epoch_[alternative] = epoch;
      scratch_.candidates_.push_back(alternative);
    }
  };
  for (const auto& f : fields) {
    const std::string_view text = folded(value(f.field));
    each_part(text, plan_.fields[f.field].multi, [&](std::string_view part) { f.index.find(part, hit); });
    // RE2 folds more than lower case (U+017F is an s to it): its literals can be trusted in ASCII only.
    if (!f.regexes.empty() &&
        std::any_of(text.begin(), text.end(), [](char c) { return static_cast<signed char>(c) < 0; }))
      for (const uint32_t atom : f.regexes) hit(atom | kPossible);
  }
  std::sort(scratch_.candidates_.begin(), scratch_.candidates_.end());
}

void Evaluation::search_late() {
  if (late_) return;
  late_ = true;
  if (!program_.late.empty()) search(program_.late);
}

bool Evaluation::atom(uint32_t index) {
  if (scratch_.atom_epoch_[index] == scratch_.epoch_) return scratch_.atom_holds_[index];
  // Not found means false, if it was searched for. A late one may be met inside a rule that something else guards,
  // before that.
  if (engine_.indexed_[index] && scratch_.found_epoch_[index] != scratch_.epoch_ &&
      (late_ || !engine_.late_[plan_.atoms[index].field]))
    return false;
  const bool result = judge(index);
  scratch_.atom_epoch_[index] = scratch_.epoch_;
  scratch_.atom_holds_[index] = result;
  return result;
}

bool Evaluation::judge(uint32_t index) {
  const Atom& a = plan_.atoms[index];
  Scratch::Value& v = value(a.field);
  const bool raw = a.op == Op::Regex || a.op == Op::Cidr;
  return engine_.holds(index, v.raw, raw ? std::string_view() : folded(v));
}

bool Evaluation::expr(uint32_t index) {
  const Expr& e = plan_.exprs[index];
  switch (e.kind) {
    case ExprKind::True:
      return true;
    case ExprKind::Atom:
      return atom(e.a);
    case ExprKind::Not:
      return !expr(e.a);
    case ExprKind::And:
      for (uint32_t i = 0; i < e.b; i++)
        if (!expr(plan_.children[e.a + i])) return false;
      return true;
    case ExprKind::Or:
      for (uint32_t i = 0; i < e.b; i++)
        if (expr(plan_.children[e.a + i])) return true;
      return false;
    case ExprKind::False:
    case ExprKind::Count:
      break;
  }
  return false;
}

template <typename F>
void Evaluation::each_candidate(const BlockProgram& block, F&& visit) {
  const auto& all = scratch_.candidates_;
  auto found = std::lower_bound(all.begin(), all.end(), block.first);
  auto always = block.always.begin();
  const uint32_t end = block.first + block.count;
  for (;;) {
    const bool more = found != all.end() && *found < end;
    if (!more && always == block.always.end()) return;
    const uint32_t next = more && (always == block.always.end() || *found < *always) ? *found++ : *always++;
    if (!visit(next)) return;
  }
}

bool Evaluation::first_match(const BlockProgram& block, uint32_t& alternative) {
  bool matched = false;
  each_candidate(block, [&](uint32_t a) {
    if (!expr(engine_.alternatives_[a].expr)) return true;
    alternative = a;
    matched = true;
    return false;
  });
  return matched;
}

Verdict Evaluation::run(std::vector<std::string_view>* names) {
  search(program_.fields);
  for (size_t i = 0; i < program_.blocks.size(); i++) {
    const BlockProgram& bp = program_.blocks[i];
    if (bp.late) search_late();
    uint32_t alternative = 0;
    if (!first_match(bp, alternative)) continue;
    const bool log = bp.block->include;
    const Verdict verdict{log, log ? Reason::Include : Reason::Exclude, name(i, alternative)};
    if (!log || names == nullptr) return verdict;
    search_late();
    // Blocks run in reverse order of the file; names are wanted in its order.
    for (size_t b = program_.blocks.size(); b-- > 0;) {
      const BlockProgram& other = program_.blocks[b];
      if (!other.block->include) continue;
      each_candidate(other, [&](uint32_t a) {
        const auto& alt = engine_.alternatives_[a];
        if (!expr(alt.expr)) return true;
        if (alt.entry != kNone) {
          collect(plan_.entries[alt.entry], *names);
        } else {
          for (uint32_t c = 0; c < other.block->count; c++) {
            const Entry& entry = plan_.entries[other.block->first + c];
            if (expr(entry.expr)) collect(entry, *names);
          }
        }
        return true;
      });
    }
    return verdict;
  }
  return {program_.event->unmatched_log, Reason::Unmatched, {}};
}

// The name that the peer gives: of the last line that held and has one, on the way to the match.
std::string_view Evaluation::name(size_t block_index, uint32_t alternative) {
  std::string_view name;
  const Block& block = *program_.blocks[block_index].block;
  const auto& alt = engine_.alternatives_[alternative];
  if (alt.entry != kNone)
    walk_entry(plan_.entries[alt.entry], name);
  else
    walk_block(block, name);
  if (!name.empty() || !plan_.exact) return name;
  // Nothing on the match itself is named. The peer then shows the name of a line that held in a rule or block that did
  // not: it never forgets one.
  for (size_t b = 0; b <= block_index; b++) walk_block(*program_.blocks[b].block, name);
  return name;
}

bool Evaluation::walk_block(const Block& block, std::string_view& name) {
  if (!block.all) {
    for (uint32_t i = 0; i < block.count; i++)
      if (walk_entry(plan_.entries[block.first + i], name)) return true;
    return false;
  }
  // Lines of one field are alternatives: how many are still to come, and whether one of them held. The others are
  // skipped then.
  std::vector<uint32_t> to_come(plan_.fields.size(), 0);
  std::vector<bool> met(plan_.fields.size());
  const auto line = [&](const Entry& e) { return e.kind == EntryKind::Line && e.field < to_come.size(); };
  for (uint32_t i = 0; i < block.count; i++) {
    const Entry& e = plan_.entries[block.first + i];
    if (line(e)) to_come[e.field]++;
  }
  for (uint32_t i = 0; i < block.count; i++) {
    const Entry& e = plan_.entries[block.first + i];
    const bool one_of_field = line(e);
    if (one_of_field) to_come[e.field]--;
    if (one_of_field && met[e.field]) continue;
    if (walk_entry(e, name)) {
      if (one_of_field) met[e.field] = true;
    } else if (!one_of_field || to_come[e.field] == 0) {
      return false;
    }
  }
  return block.count > 0;
}

bool Evaluation::walk_entry(const Entry& e, std::string_view& name) {
  const std::string_view before = name;
  bool result = false;
  switch (e.kind) {
    case EntryKind::Line:
      result = expr(e.expr);
      if (result && !e.name.empty()) name = e.name;
      return result;
    case EntryKind::Not:
      result = expr(e.expr);
      if (result && !e.name.empty()) name = e.name;
      return result;
    case EntryKind::Any:
      for (uint32_t c = e.first; c < e.first + e.count && !result; c++) result = walk_entry(plan_.entries[c], name);
      break;
    case EntryKind::All:
      result = e.count > 0;
      for (uint32_t c = e.first; c < e.first + e.count && result; c++) result = walk_entry(plan_.entries[c], name);
      break;
    case EntryKind::Count:
      break;
  }
  if (!result && !plan_.exact) name = before;
  return result;
}

void Evaluation::collect(const Entry& e, std::vector<std::string_view>& names) {
  const uint32_t number = engine_.name_of_[static_cast<size_t>(&e - plan_.entries.data())];
  if (number != kNone && scratch_.name_epoch_[number] != scratch_.epoch_) {
    scratch_.name_epoch_[number] = scratch_.epoch_;
    names.push_back(e.name);
  }
  if (e.kind != EntryKind::Any && e.kind != EntryKind::All) return;
  for (uint32_t c = e.first; c < e.first + e.count; c++)
    if (expr(plan_.entries[c].expr)) collect(plan_.entries[c], names);
}

}  // namespace sysmon::rules
