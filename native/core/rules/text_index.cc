#include "rules/text_index.h"

#include <algorithm>

namespace sysmon::rules {
namespace {

size_t table_size(size_t n) {
  size_t size = 8;
  while (size < 2 * n) size *= 2;
  return size;
}

}  // namespace

void ExactSet::build() {
  if (items_.empty()) return;
  std::sort(items_.begin(), items_.end(),
            [](const Item& a, const Item& b) { return a.hash != b.hash ? a.hash < b.hash : a.text < b.text; });
  slots_.assign(table_size(items_.size()), kNone);
  mask_ = slots_.size() - 1;
  for (uint32_t i = 0; i < items_.size(); i++) {
    if (i > 0 && items_[i].hash == items_[i - 1].hash && items_[i].text == items_[i - 1].text) continue;
    size_t at = items_[i].hash & mask_;
    while (slots_[at] != kNone) at = (at + 1) & mask_;
    slots_[at] = i;
  }
}

void AffixTrie::add(std::string_view pattern, uint32_t id) {
  std::string text(pattern);
  if (reverse_) std::reverse(text.begin(), text.end());
  patterns_.emplace_back(std::move(text), id);
}

void AffixTrie::build() {
  if (patterns_.empty()) return;
  std::sort(patterns_.begin(), patterns_.end());
  struct Node {
    uint32_t from, to, depth;
  };
  std::vector<Node> nodes{{0, static_cast<uint32_t>(patterns_.size()), 0}};
  std::vector<Slot> edges;
  for (uint32_t s = 0; s < nodes.size(); s++) {
    const Node node = nodes[s];
    ends_first_.push_back(static_cast<uint32_t>(ends_.size()));
    uint32_t i = node.from;
    while (i < node.to && patterns_[i].first.size() == node.depth) ends_.push_back(patterns_[i++].second);
    while (i < node.to) {
      const auto c = static_cast<unsigned char>(patterns_[i].first[node.depth]);
      uint32_t j = i;
      while (j < node.to && static_cast<unsigned char>(patterns_[j].first[node.depth]) == c) j++;
      const auto next = static_cast<uint32_t>(nodes.size());
      if (s == 0) root_[c] = next;
      edges.push_back({(uint64_t{s} << 8 | c) + 1, next});
      nodes.push_back({i, j, node.depth + 1});
      i = j;
    }
  }
  ends_first_.push_back(static_cast<uint32_t>(ends_.size()));
  slots_.assign(table_size(edges.size()), Slot{0, 0});
  mask_ = slots_.size() - 1;
  for (const Slot& e : edges) {
    size_t at = spread(e.key) & mask_;
    while (slots_[at].key != 0) at = (at + 1) & mask_;
    slots_[at] = e;
  }
  patterns_.clear();
  patterns_.shrink_to_fit();
}

bool TextIndex::can(Op op, std::string_view pattern) {
  switch (op) {
    case Op::Equal:
    case Op::BaseName:
    case Op::FileName:
      return true;
    case Op::Contains:
    case Op::Prefix:
    case Op::Suffix:
      return !pattern.empty();
    default:
      return false;
  }
}

void TextIndex::add(Op op, std::string_view pattern, uint32_t id) {
  switch (op) {
    case Op::Equal:
      return equal_.add(pattern, id);
    case Op::BaseName:
      has_base_ = true;
      return base_.add(pattern, id);
    case Op::FileName:
      has_file_ = true;
      return file_.add(pattern, id);
    case Op::Prefix:
      return prefix_.add(pattern, id);
    case Op::Suffix:
      return suffix_.add(pattern, id);
    case Op::Contains:
      has_contains_ = true;
      return contains_.add(pattern, id);
    default:
      return;
  }
}

void TextIndex::build(size_t& dense_budget) {
  equal_.build();
  base_.build();
  file_.build();
  prefix_.build();
  suffix_.build();
  if (has_contains_) contains_.build(dense_budget);
}

}  // namespace sysmon::rules
