// Which of many patterns hold for one field: equality by hash, prefix and suffix by trie, contained by one automaton.
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

// Patterns that the text must begin with, or, in reverse, end with.
class AffixTrie {
 public:
  explicit AffixTrie(bool reverse) : reverse_(reverse) {}
  void add(std::string_view pattern, uint32_t id);
  void build();

  template <typename F>
  void find(std::string_view text, F&& hit) const {
    if (slots_.empty()) return;
    uint32_t node = 0;
    for (size_t i = 0; i < text.size(); i++) {
      const auto c = static_cast<unsigned char>(reverse_ ? text[text.size() - 1 - i] : text[i]);
      node = child(node, c);
      if (node == 0) return;
      for (uint32_t k = ends_first_[node]; k < ends_first_[node + 1]; k++) hit(ends_[k]);
    }
  }

 private:
  struct Slot {
    uint64_t key;  // node << 8 | byte, plus 1: 0 is free
    uint32_t child;
  };
  static size_t spread(uint64_t key) { return static_cast<size_t>((key * 0x9E3779B97F4A7C15ull) >> 20); }
  uint32_t child(uint32_t node, unsigned char c) const {
    if (node == 0) return root_[c];
    const uint64_t key = (uint64_t{node} << 8 | c) + 1;
    for (size_t at = spread(key) & mask_; slots_[at].key != 0; at = (at + 1) & mask_)
      if (slots_[at].key == key) return slots_[at].child;
    return 0;
  }

  bool reverse_;
  std::vector<std::pair<std::string, uint32_t>> patterns_;
  uint32_t root_[256] = {};  // most texts differ at the first byte
  std::vector<Slot> slots_;
  size_t mask_ = 0;
  std::vector<uint32_t> ends_first_;
  std::vector<uint32_t> ends_;
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
  AffixTrie prefix_{false}, suffix_{true};
  Automaton contains_;
  bool has_base_ = false, has_file_ = false, has_contains_ = false;
};

}  // namespace sysmon::rules
