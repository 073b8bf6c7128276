#include "rules/plan.h"

#include <cstring>

namespace sysmon::rules {
namespace {

enum Section { kText, kStrings, kFields, kAtoms, kExprs, kChildren, kEntries, kBlocks, kEvents, kSections };
constexpr uint32_t kRowBytes[kSections] = {1, 8, 8, 12, 12, 4, 24, 20, 20};
constexpr size_t kHeaderBytes = 12 + 8 * kSections;

class Reader {
 public:
  Reader(const uint8_t* data, size_t size, Plan& out, std::string& error)
      : data_(data), size_(size), out_(out), error_(error) {}

  bool run() {
    return header() && strings() && fields() && atoms() && exprs() && entries() && blocks() && events() && ownership();
  }

 private:
  uint32_t word(size_t offset) const {
    uint32_t v;
    std::memcpy(&v, data_ + offset, 4);
    return v;
  }
  uint32_t cell(Section s, uint32_t row, uint32_t column) const {
    return word(offset_[s] + size_t{row} * kRowBytes[s] + 4 * column);
  }

  bool fail(const char* what) {
    error_ = what;
    return false;
  }

  bool header() {
    if (size_ < kHeaderBytes || size_ > kMaxPlanBytes) return fail("plan: size");
    if (word(0) != kPlanMagic) return fail("plan: magic");
    if ((word(4) & 0xFFFF) != kPlanVersion) return fail("plan: version");
    out_.exact = (word(4) >> 16) & 1;
    if (word(8) != size_) return fail("plan: total size");
    for (int s = 0; s < kSections; s++) {
      offset_[s] = word(12 + 8 * s);
      count_[s] = word(16 + 8 * s);
      if (offset_[s] % 4 != 0 || offset_[s] > size_ || (size_ - offset_[s]) / kRowBytes[s] < count_[s])
        return fail("plan: section out of bounds");
    }
    return true;
  }

  bool strings() {
    out_.text.assign(reinterpret_cast<const char*>(data_ + offset_[kText]), count_[kText]);
    strings_.reserve(count_[kStrings]);
    for (uint32_t i = 0; i < count_[kStrings]; i++) {
      const uint32_t at = cell(kStrings, i, 0), length = cell(kStrings, i, 1);
      if (at > out_.text.size() || length > out_.text.size() - at) return fail("plan: string out of bounds");
      strings_.push_back(std::string_view(out_.text).substr(at, length));
    }
    return true;
  }

  bool string(uint32_t index, std::string_view& out) {
    if (index >= strings_.size()) return fail("plan: no such string");
    out = strings_[index];
    return true;
  }

  bool fields() {
    if (count_[kFields] > kMaxPlanFields) return fail("plan: too many fields");
    out_.fields.resize(count_[kFields]);
    for (uint32_t i = 0; i < count_[kFields]; i++) {
      if (!string(cell(kFields, i, 0), out_.fields[i].name)) return false;
      out_.fields[i].multi = cell(kFields, i, 1) & 1;
    }
    return true;
  }

  bool atoms() {
    out_.atoms.resize(count_[kAtoms]);
    size_t pattern_bytes = 0;
    for (uint32_t i = 0; i < count_[kAtoms]; i++) {
      Atom& a = out_.atoms[i];
      a.field = cell(kAtoms, i, 0);
      if (a.field >= out_.fields.size()) return fail("plan: no such field");
      if (cell(kAtoms, i, 1) >= static_cast<uint32_t>(Op::Count)) return fail("plan: no such condition");
      a.op = static_cast<Op>(cell(kAtoms, i, 1));
      if (!string(cell(kAtoms, i, 2), a.pattern)) return false;
      // Many atoms may share one long string, and each of them becomes states of an automaton.
      pattern_bytes += a.pattern.size();
      if (pattern_bytes > kMaxPlanPatternBytes) return fail("plan: patterns too long");
    }
    return true;
  }

  bool exprs() {
    out_.children.resize(count_[kChildren]);
    for (uint32_t i = 0; i < count_[kChildren]; i++) out_.children[i] = cell(kChildren, i, 0);
    out_.exprs.resize(count_[kExprs]);
    depth_.assign(count_[kExprs], 1);
    std::vector<bool> taken(count_[kExprs]);
    // A child has one parent at most: evaluating shared children anew at each level would take exponential time.
    const auto adopt = [&](uint32_t child, uint32_t parent) {
      if (child >= parent) return fail("plan: child after its parent");
      if (taken[child]) return fail("plan: child of two parents");
      taken[child] = true;
      if (depth_[child] >= kMaxPlanDepth) return fail("plan: nested too deeply");
      if (depth_[parent] <= depth_[child]) depth_[parent] = depth_[child] + 1;
      return true;
    };
    for (uint32_t i = 0; i < count_[kExprs]; i++) {
      Expr& e = out_.exprs[i];
      if (cell(kExprs, i, 0) >= static_cast<uint32_t>(ExprKind::Count)) return fail("plan: no such expression");
      e = {static_cast<ExprKind>(cell(kExprs, i, 0)), cell(kExprs, i, 1), cell(kExprs, i, 2)};
      switch (e.kind) {
        case ExprKind::Atom:
          if (e.a >= out_.atoms.size()) return fail("plan: no such atom");
          break;
        case ExprKind::Not:
          if (!adopt(e.a, i)) return false;
          break;
        case ExprKind::And:
        case ExprKind::Or:
          if (e.a > out_.children.size() || e.b > out_.children.size() - e.a)
            return fail("plan: children out of bounds");
          for (uint32_t c = 0; c < e.b; c++)
            if (!adopt(out_.children[e.a + c], i)) return false;
          break;
        case ExprKind::False:
        case ExprKind::True:
        case ExprKind::Count:
          break;
      }
    }
    return true;
  }

  bool entries() {
    out_.entries.resize(count_[kEntries]);
    entry_taken_.assign(count_[kEntries], false);
    std::vector<uint32_t> depth(count_[kEntries], 1);
    for (uint32_t i = 0; i < count_[kEntries]; i++) {
      Entry& e = out_.entries[i];
      if (cell(kEntries, i, 0) >= static_cast<uint32_t>(EntryKind::Count)) return fail("plan: no such entry");
      e.kind = static_cast<EntryKind>(cell(kEntries, i, 0));
      e.expr = cell(kEntries, i, 1);
      if (e.expr >= out_.exprs.size()) return fail("plan: entry without expression");
      if (cell(kEntries, i, 2) != kNone && !string(cell(kEntries, i, 2), e.name)) return false;
      e.field = cell(kEntries, i, 3);
      e.first = cell(kEntries, i, 4);
      e.count = cell(kEntries, i, 5);
      if (e.first > i || e.count > i - e.first) return fail("plan: entries out of bounds");
      for (uint32_t c = e.first; c < e.first + e.count; c++) {
        if (entry_taken_[c]) return fail("plan: entry of two parents");
        entry_taken_[c] = true;
        if (depth[c] >= kMaxPlanDepth) return fail("plan: entries nested too deeply");
        if (depth[i] <= depth[c]) depth[i] = depth[c] + 1;
      }
    }
    return true;
  }

  bool blocks() {
    out_.blocks.resize(count_[kBlocks]);
    for (uint32_t i = 0; i < count_[kBlocks]; i++) {
      Block& b = out_.blocks[i];
      b = {cell(kBlocks, i, 0) != 0, cell(kBlocks, i, 1) != 0, cell(kBlocks, i, 2), cell(kBlocks, i, 3),
           cell(kBlocks, i, 4)};
      if (b.expr >= out_.exprs.size()) return fail("plan: block without expression");
      if (b.first > out_.entries.size() || b.count > out_.entries.size() - b.first)
        return fail("plan: block out of bounds");
      for (uint32_t c = b.first; c < b.first + b.count; c++) {
        if (entry_taken_[c]) return fail("plan: entry of two parents");
        entry_taken_[c] = true;
      }
    }
    return true;
  }

  bool events() {
    out_.events.resize(count_[kEvents]);
    for (uint32_t i = 0; i < count_[kEvents]; i++) {
      Event& e = out_.events[i];
      e = {cell(kEvents, i, 0), cell(kEvents, i, 1) != 0, cell(kEvents, i, 2), cell(kEvents, i, 3),
           cell(kEvents, i, 4) != 0};
      if (e.id > 0xFFFF) return fail("plan: event id");
      for (uint32_t j = 0; j < i; j++)
        if (out_.events[j].id == e.id) return fail("plan: event twice");
      if (i >= 1024) return fail("plan: too many events");
      if (e.first > out_.blocks.size() || e.count > out_.blocks.size() - e.first)
        return fail("plan: event out of bounds");
    }
    return true;
  }

  // An atom belongs to one event, for the index of an event says of every atom in it whether it holds; a block to one
  // event.
  bool ownership() {
    std::vector<uint32_t> owner(out_.atoms.size(), kNone);
    std::vector<bool> block_taken(out_.blocks.size());
    std::vector<uint32_t> seen(out_.exprs.size(), kNone);
    for (uint32_t i = 0; i < out_.events.size(); i++) {
      const Event& e = out_.events[i];
      for (uint32_t b = e.first; b < e.first + e.count; b++) {
        if (block_taken[b]) return fail("plan: block of two events");
        block_taken[b] = true;
        std::vector<uint32_t> todo{out_.blocks[b].expr};
        std::vector<uint32_t> rows;
        for (uint32_t c = out_.blocks[b].first; c < out_.blocks[b].first + out_.blocks[b].count; c++) rows.push_back(c);
        while (!rows.empty()) {
          const Entry& row = out_.entries[rows.back()];
          rows.pop_back();
          todo.push_back(row.expr);
          for (uint32_t c = row.first; c < row.first + row.count; c++) rows.push_back(c);
        }
        while (!todo.empty()) {
          const uint32_t at = todo.back();
          todo.pop_back();
          if (seen[at] == i) continue;
          if (seen[at] != kNone) return fail("plan: expression of two events");
          seen[at] = i;
          const Expr& x = out_.exprs[at];
          if (x.kind == ExprKind::Atom) {
            if (owner[x.a] != kNone && owner[x.a] != i) return fail("plan: atom of two events");
            owner[x.a] = i;
          } else if (x.kind == ExprKind::Not) {
            todo.push_back(x.a);
          } else if (x.kind == ExprKind::And || x.kind == ExprKind::Or) {
            for (uint32_t c = 0; c < x.b; c++) todo.push_back(out_.children[x.a + c]);
          }
        }
      }
    }
    return true;
  }

  const uint8_t* data_;
  size_t size_;
  Plan& out_;
  std::string& error_;
  uint32_t offset_[kSections] = {};
  uint32_t count_[kSections] = {};
  std::vector<std::string_view> strings_;
  std::vector<uint32_t> depth_;
  std::vector<bool> entry_taken_;
};

}  // namespace

bool load_plan(const uint8_t* data, size_t size, Plan& out, std::string& error) {
  return Reader(data, size, out, error).run();
}

}  // namespace sysmon::rules
