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

bool AffixSet::before(std::string_view a, std::string_view b) const {
  const size_t same = common(a, b, 0);
  return same < b.size() && (same == a.size() || byte(a, same) < byte(b, same));
}

void AffixSet::build() {
  std::sort(items_.begin(), items_.end(), [this](const Item& a, const Item& b) { return before(a.text, b.text); });
  std::vector<uint32_t> chain;
  for (uint32_t i = 0; i < items_.size(); i++) {
    const std::string_view text = items_[i].text;
    first_[byte(text, 0) + 1]++;
    while (!chain.empty() && common(items_[chain.back()].text, text, 0) < items_[chain.back()].text.size())
      chain.pop_back();
    if (!chain.empty()) items_[i].shorter = chain.back();
    chain.push_back(i);
  }
  for (int c = 0; c < 256; c++) first_[c + 1] += first_[c];
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
