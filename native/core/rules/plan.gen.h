// Generated from lib/schema/operators.ts by `npm run generate`. Do not edit.
#pragma once
#include <cstddef>
#include <cstdint>

namespace sysmon::rules {

constexpr uint16_t kPlanVersion = 2;
constexpr size_t kMaxPlanBytes = 134217728;
constexpr size_t kMaxPlanPatternBytes = 33554432;
constexpr size_t kMaxPlanFields = 4096;
constexpr size_t kMaxPlanDepth = 128;
constexpr size_t kMaxPlanRegexes = 10000;

enum class Op : uint32_t {
  Equal,  // equal to the whole value
  BaseName,  // equal to the part after the last backslash
  FileName,  // equal to the part after the last slash or backslash
  Contains,  // in the value; an empty pattern: any value that is not empty
  Prefix,  // the value begins with it
  Suffix,  // the value ends with it
  Less,  // as text, by UTF-16 units, a-z as A-Z
  More,  // as text, by UTF-16 units, a-z as A-Z
  LessAuto,  // as numbers if both sides are, else as text
  MoreAuto,  // as numbers if both sides are, else as text
  Eq,  // as numbers; false if the value is none
  Ne,  // as numbers; false if the value is none
  Lt,  // as numbers; false if the value is none
  Le,  // as numbers; false if the value is none
  Gt,  // as numbers; false if the value is none
  Ge,  // as numbers; false if the value is none
  Regex,  // found anywhere, ignoring case
  Cidr,  // an address of the network
  Count
};

enum class ExprKind : uint32_t {
  False,
  True,
  Atom,
  Not,
  And,
  Or,
  Count
};

enum class EntryKind : uint32_t {
  Line,
  Any,
  All,
  Not,
  Count
};

}  // namespace sysmon::rules
