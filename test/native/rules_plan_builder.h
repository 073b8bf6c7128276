// Makes plans for tests, by hand.
#pragma once
#include <cstdint>
#include <cstring>
#include <map>
#include <string>
#include <vector>

#include "rules/engine.h"
#include "rules/plan.h"

namespace sysmon::rules::test {

class PlanBuilder {
 public:
  uint32_t string(const std::string& s) {
    const auto offset = static_cast<uint32_t>(text.size());
    text += s;
    rows[1].insert(rows[1].end(), {offset, static_cast<uint32_t>(s.size())});
    return static_cast<uint32_t>(rows[1].size() / 2 - 1);
  }
  uint32_t field(const std::string& name, bool multi = false) { return row(2, {string(name), multi}); }
  uint32_t atom(uint32_t f, Op op, const std::string& pattern) {
    return row(4, {2, row(3, {f, static_cast<uint32_t>(op), string(pattern)}), 0});
  }
  uint32_t logic(ExprKind kind, const std::vector<uint32_t>& of) {
    const auto first = static_cast<uint32_t>(rows[5].size());
    for (const uint32_t e : of) rows[5].push_back(e);
    return row(4, {static_cast<uint32_t>(kind), first, static_cast<uint32_t>(of.size())});
  }
  uint32_t negate(uint32_t e) { return row(4, {3, e, 0}); }
  uint32_t line(uint32_t expr, const std::string& name = "") {
    return row(6, {0, expr, name.empty() ? kNone : string(name), kNone, 0, 0});
  }
  // Entries [first, first + count) become one include block, or-ed, of event 1.
  void event(uint32_t first, uint32_t count, uint32_t expr, bool include = true) {
    row(7, {include, 0, expr, first, count});
    row(8, {1, 1, static_cast<uint32_t>(rows[7].size() / 5 - 1), 1, 0});
  }
  std::vector<uint8_t> bytes() const {
    static constexpr uint32_t kWidth[9] = {1, 2, 2, 3, 3, 1, 6, 5, 5};
    std::vector<uint32_t> head{kPlanMagic, kPlanVersion | (exact ? 1u << 16 : 0), 0};
    std::string padded = text;
    while (padded.size() % 4) padded += '\0';
    uint32_t offset = 12 + 8 * 9;
    head.insert(head.end(), {offset, static_cast<uint32_t>(text.size())});
    offset += static_cast<uint32_t>(padded.size());
    for (int s = 1; s < 9; s++) {
      head.insert(head.end(), {offset, static_cast<uint32_t>(rows[s].size() / kWidth[s])});
      offset += static_cast<uint32_t>(4 * rows[s].size());
    }
    head[2] = offset;
    std::vector<uint8_t> out(offset);
    size_t at = 0;
    const auto put = [&](const void* p, size_t n) {
      if (n) std::memcpy(out.data() + at, p, n);
      at += n;
    };
    put(head.data(), 4 * head.size());
    put(padded.data(), padded.size());
    for (int s = 1; s < 9; s++) put(rows[s].data(), 4 * rows[s].size());
    return out;
  }

  uint32_t row(int section, std::vector<uint32_t> cells) {
    rows[section].insert(rows[section].end(), cells.begin(), cells.end());
    return static_cast<uint32_t>(rows[section].size() / cells.size() - 1);
  }
  bool exact = false;
  std::string text;
  std::vector<uint32_t> rows[9];
};

class MapSource : public FieldSource {
 public:
  explicit MapSource(std::vector<std::string> values) : values_(std::move(values)) {}
  std::string_view field(uint32_t i) const override {
    asked++;
    return values_.at(i);
  }
  mutable int asked = 0;

 private:
  std::vector<std::string> values_;
};

}  // namespace sysmon::rules::test
