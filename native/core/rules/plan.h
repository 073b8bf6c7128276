// The flat plan: what TypeScript compiles a rule set to, and the only thing this engine reads. Little endian, all words
// 32 bits.
//
//   header    magic 'SMRP', version u16 | flags u16 (1: exact), total bytes, then (offset, count) of each section in
//   this order: text      bytes that strings point into                 (count: bytes) strings   offset in text, length
//   fields    string (name), flags (1: several values, separated by NUL)
//   atoms     field, op, string
//   exprs     kind, a, b                                    children come before their parent; each is the child of one
//   parent at most children  expr entries   kind, expr, string (name or NONE), field or NONE, first, count    for
//   names; children come before their parent blocks    action, combination, expr, first entry, count in the order of
//   evaluation events    id, default, first block, count, verdict if no block matches
//
// The loader trusts nothing: every offset, index and size is checked, and what it accepts costs time and memory in
// proportion to its size.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "rules/plan.gen.h"

namespace sysmon::rules {

constexpr uint32_t kPlanMagic = 0x50524D53;  // "SMRP"
constexpr uint32_t kNone = 0xFFFFFFFF;

struct Field {
  std::string_view name;
  bool multi;
};

struct Atom {
  uint32_t field;
  Op op;
  std::string_view pattern;
};

struct Expr {
  ExprKind kind;
  uint32_t a;
  uint32_t b;
};

struct Entry {
  EntryKind kind;
  uint32_t expr;
  std::string_view name;  // empty: none
  uint32_t field;
  uint32_t first;
  uint32_t count;
};

struct Block {
  bool include;
  bool all;  // entries are and-ed
  uint32_t expr;
  uint32_t first;
  uint32_t count;
};

struct Event {
  uint32_t id;
  bool default_log;
  uint32_t first;
  uint32_t count;
  bool unmatched_log;
};

// Not movable: its views point into its own text.
struct Plan {
  Plan() = default;
  Plan(const Plan&) = delete;
  Plan& operator=(const Plan&) = delete;

  bool exact = false;
  std::string text;
  std::vector<Field> fields;
  std::vector<Atom> atoms;
  std::vector<Expr> exprs;
  std::vector<uint32_t> children;
  std::vector<Entry> entries;
  std::vector<Block> blocks;
  std::vector<Event> events;
};

// Reads a plan. On failure: false, `error` says what is wrong, `out` is unspecified. `out` must be new.
bool load_plan(const uint8_t* data, size_t size, Plan& out, std::string& error);

}  // namespace sysmon::rules
