// Which of many patterns hold for one field: equality by hash, prefix and suffix by order, contained by one automaton.
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "rules/automaton.h"
#include "rules/plan.h"

namespace sysmon::rules {

inline uint64_t hash_text(std::string_view s) {
  uint64_t h = 0x9E3779B97F4A7C15ull ^ s.size();
  size_t i = 0;
  const auto mix = [&h](uint64_t v) {
    h = (h ^ v) * 0xD6E8FEB86659FD93ull;
    h ^= h >> 32;
  };
  for (; i + 8 <= s.size(); i += 8) {
    uint64_t v;
    __builtin_memcpy(&v, s.data() + i, 8);
    mix(v);
  }
  uint64_t tail = 0;
  if (i < s.size()) __builtin_memcpy(&tail, s.data() + i, s.size() - i);
  mix(tail);
  return h;
}

// Patterns that the whole text must equal.
class ExactSet {
 public:
  void add(std::string_view pattern, uint32_t id) { items_.push_back({hash_text(pattern), pattern, id}); }
  void build();

  template <typename F>
  void find(std::string_view text, F&& hit) const {
    if (slots_.empty()) return;
    const uint64_t h = hash_text(text);
    for (size_t at = h & mask_; slots_[at] != kNone; at = (at + 1) & mask_) {
      const Item& first = items_[slots_[at]];
      if (first.hash != h || first.text != text) continue;
      for (size_t i = slots_[at]; i < items_.size() && items_[i].hash == h && items_[i].text == text; i++)
        hit(items_[i].id);
      return;
    }
  }

 private:
  struct Item {
    uint64_t hash;
    std::string_view text;  // points into the owner's folded patterns
    uint32_t id;
  };
  std::vector<Item> items_;      // sorted: equal texts are neighbours
  std::vector<uint32_t> slots_;  // open addressing: index of the first of each run
  size_t mask_ = 0;
};

// Patterns that the text must begin with, or, in reverse, end with. They are sorted, and each knows the longest other
// one that it begins with itself: what a text begins with is on the chain of the last pattern that is not after it.
class AffixSet {
 public:
  explicit AffixSet(bool reverse) : reverse_(reverse) {}
  void add(std::string_view pattern, uint32_t id) { items_.push_back({pattern, id, kNone}); }
  void build();

  template <typename F>
  void find(std::string_view text, F&& hit) const {
    if (items_.empty() || text.empty()) return;
    const unsigned char c = byte(text, 0);
    uint32_t low = first_[c], high = first_[c + 1];
    const uint32_t start = low;
    // All patterns between the two have as many bytes in common with the text as both of them.
    size_t low_common = 1, high_common = 1;
    while (low < high) {
      const uint32_t middle = low + (high - low) / 2;
      const std::string_view pattern = items_[middle].text;
      const size_t same = common(pattern, text, low_common < high_common ? low_common : high_common);
      if (same == pattern.size() || (same < text.size() && byte(pattern, same) < byte(text, same))) {
        low = middle + 1;
        low_common = same;
      } else {
        high = middle;
        high_common = same;
      }
    }
    // What was compared last before `low` is the pattern before it.
    for (uint32_t at = low > start ? low - 1 : kNone; at != kNone; at = items_[at].shorter)
      if (items_[at].text.size() <= low_common) hit(items_[at].id);
  }

 private:
  struct Item {
    std::string_view text;  // points into the owner's folded patterns
    uint32_t id;
    uint32_t shorter;  // the next on the chain: the same text, or the longest that this one begins with
  };
  unsigned char byte(std::string_view s, size_t i) const {
    return static_cast<unsigned char>(reverse_ ? s[s.size() - 1 - i] : s[i]);
  }
  // How many bytes two texts have in common at the beginning, of which `known` are known.
  size_t common(std::string_view a, std::string_view b, size_t known) const {
    const size_t most = a.size() < b.size() ? a.size() : b.size();
    while (known < most && byte(a, known) == byte(b, known)) known++;
    return known;
  }
  bool before(std::string_view a, std::string_view b) const;

  bool reverse_;
  std::vector<Item> items_;
  uint32_t first_[257] = {};  // by first byte: most texts differ there
};

// Index of one field.
class TextIndex {
 public:
  // True if patterns of this kind can be indexed. Empty ones cannot: they say something about the value's emptiness.
  static bool can(Op op, std::string_view pattern);
  void add(Op op, std::string_view folded_pattern, uint32_t id);
  void build(size_t& dense_budget);

  template <typename F>
  void find(std::string_view folded, F&& hit) const {
    equal_.find(folded, hit);
    prefix_.find(folded, hit);
    suffix_.find(folded, hit);
    if (has_base_) base_.find(base_name(folded), hit);
    if (has_file_) file_.find(file_name(folded), hit);
    if (has_contains_) contains_.scan(folded, hit);
  }

  static std::string_view base_name(std::string_view s) {
    const size_t at = s.rfind('\\');
    return at == std::string_view::npos ? s : s.substr(at + 1);
  }
  static std::string_view file_name(std::string_view s) {
    const size_t at = s.find_last_of("\\/");
    return at == std::string_view::npos ? s : s.substr(at + 1);
  }

 private:
  ExactSet equal_, base_, file_;
  AffixSet prefix_{false}, suffix_{true};
  Automaton contains_;
  bool has_base_ = false, has_file_ = false, has_contains_ = false;
};

}  // namespace sysmon::rules
