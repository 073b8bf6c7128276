#include "rules/automaton.h"

#include <algorithm>

namespace sysmon::rules {

void Automaton::build(size_t& dense_budget) {
  bool used[256] = {};
  for (const auto& [text, id] : patterns_)
    for (const char c : text) used[static_cast<unsigned char>(c)] = true;
  for (int b = 0; b < 256; b++)
    if (used[b]) classes_[b] = static_cast<uint16_t>(class_count_++);

  // Sorted patterns make a trie whose nodes can be numbered level by level without a map.
  std::sort(patterns_.begin(), patterns_.end());
  struct Node {
    uint32_t from, to;  // range of patterns that share this prefix
    uint32_t depth;
  };
  std::vector<Node> nodes{{0, static_cast<uint32_t>(patterns_.size()), 0}};
  link_.assign(1, 0);
  out_first_.clear();
  for (uint32_t s = 0; s < nodes.size(); s++) {
    const Node node = nodes[s];
    edge_first_.push_back(static_cast<uint32_t>(edges_.size()));
    out_first_.push_back(static_cast<uint32_t>(out_.size()));
    uint32_t i = node.from;
    while (i < node.to && patterns_[i].first.size() == node.depth) out_.push_back(patterns_[i++].second);
    while (i < node.to) {
      const auto c = static_cast<unsigned char>(patterns_[i].first[node.depth]);
      uint32_t j = i;
      while (j < node.to && static_cast<unsigned char>(patterns_[j].first[node.depth]) == c) j++;
      edges_.emplace_back(classes_[c], static_cast<uint32_t>(nodes.size()));
      nodes.push_back({i, j, node.depth + 1});
      i = j;
    }
  }
  edge_first_.push_back(static_cast<uint32_t>(edges_.size()));
  out_first_.push_back(static_cast<uint32_t>(out_.size()));
  states_ = static_cast<uint32_t>(nodes.size());

  link_.assign(states_, 0);
  report_.assign(states_, 0);
  dense_states_ = static_cast<uint32_t>(std::min<size_t>(states_, std::max<size_t>(1, dense_budget / class_count_)));
  dense_budget -= std::min(dense_budget, size_t{dense_states_} * class_count_);
  dense_.assign(size_t{dense_states_} * class_count_, 0);
  // States are in order of depth, and a link goes to a lesser depth: one pass completes links and rows together.
  for (uint32_t s = 0; s < states_; s++) {
    report_[s] = out_first_[s + 1] > out_first_[s] ? s : s == 0 ? 0 : report_[link_[s]];
    if (s < dense_states_ && s > 0) {
      for (uint32_t c = 0; c < class_count_; c++)
        dense_[size_t{s} * class_count_ + c] = dense_[size_t{link_[s]} * class_count_ + c];
    }
    for (uint32_t e = edge_first_[s]; e < edge_first_[s + 1]; e++) {
      const auto [cls, child] = edges_[e];
      link_[child] = s == 0 ? 0 : step(link_[s], cls);
      if (s < dense_states_) dense_[size_t{s} * class_count_ + cls] = child;
    }
  }
  patterns_.clear();
  patterns_.shrink_to_fit();
}

}  // namespace sysmon::rules
