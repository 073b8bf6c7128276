// Finds all patterns of a set that occur in a text, in one pass (Aho and Corasick, 1975).
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sysmon::rules {

class Automaton {
 public:
  // `pattern` must not be empty. `id` is reported for each occurrence.
  void add(std::string_view pattern, uint32_t id) { patterns_.emplace_back(pattern, id); }

  // Once, after the last add. `dense_budget`: table cells that may be spent on direct transitions; what is used is
  // subtracted.
  void build(size_t& dense_budget);

  bool empty() const { return patterns_.empty() && states_ <= 1; }

  template <typename F>
  void scan(std::string_view text, F&& hit) const {
    uint32_t state = 0;
    for (const char ch : text) {
      state = step(state, classes_[static_cast<unsigned char>(ch)]);
      for (uint32_t o = report_[state]; o != 0; o = report_[link_[o]]) {
        for (uint32_t i = out_first_[o]; i < out_first_[o + 1]; i++) hit(out_[i]);
      }
    }
  }

 private:
  uint32_t step(uint32_t state, uint32_t cls) const {
    for (;;) {
      if (state < dense_states_) return dense_[size_t{state} * class_count_ + cls];
      for (uint32_t e = edge_first_[state]; e < edge_first_[state + 1]; e++)
        if (edges_[e].first == cls) return edges_[e].second;
      state = link_[state];
    }
  }

  std::vector<std::pair<std::string, uint32_t>> patterns_;
  uint16_t classes_[256] = {};  // bytes that no pattern contains share class 0
  uint32_t class_count_ = 1;
  uint32_t states_ = 1;
  // States are numbered by depth: the shallow ones, where nearly all time is spent, have full rows.
  uint32_t dense_states_ = 0;
  std::vector<uint32_t> dense_;
  std::vector<uint32_t> edge_first_;
  std::vector<std::pair<uint32_t, uint32_t>> edges_;
  std::vector<uint32_t> link_;    // longest proper suffix that is a state
  std::vector<uint32_t> report_;  // nearest state along links, itself included, with patterns that end there; 0: none
  std::vector<uint32_t> out_first_;
  std::vector<uint32_t> out_;
};

}  // namespace sysmon::rules
