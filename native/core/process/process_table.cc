#include "process/process_table.h"

namespace sysmon {

ProcessTable::ProcessTable(std::function<void(const Process&)> retired) : retired_(std::move(retired)) {}
ProcessTable::~ProcessTable() = default;

Process* ProcessTable::find(const Key& key) const {
  const auto it = by_key_.find(key);
  return it == by_key_.end() ? nullptr : it->second.get();
}

Process* ProcessTable::current(uint32_t pid) const {
  const auto it = current_.find(pid);
  return it == current_.end() ? nullptr : it->second;
}

Process* ProcessTable::nearest(const Key& key) const {
  if (Process* p = find(key)) return p;
  Process* p = current(key.pid);
  return p && p->key.start == key.start ? p : nullptr;
}

void ProcessTable::set_parent(Process* p, Process* parent) {
  // A line that leads back to itself would be walked for ever. Only one that has children can close such a loop.
  if (p == parent) return;
  if (p->holds != 0)
    for (const Process* a = parent; a; a = a->parent)
      if (a == p) return;
  if (parent) hold(parent);
  if (p->parent) unhold(p->parent);
  p->parent = parent;
  p->depth = parent ? parent->depth + 1 : 0;
  if (p->depth <= kMaxDepth) return;
  // Cut the line half way up; the depths below only ever serve this comparison.
  Process* a = p;
  for (int i = 0; i < kMaxDepth / 2 && a->parent; i++) a = a->parent;
  if (Process* above = a->parent) {
    a->parent = nullptr;
    unhold(above);
  }
  p->depth = kMaxDepth / 2;
}

Process* ProcessTable::insert(const Key& key, Process* parent) {
  auto& slot = by_key_[key];
  if (slot) return slot.get();  // children and waiting events point to it
  slot = std::make_unique<Process>();
  Process* p = slot.get();
  p->key = key;
  if (free_refs_.empty()) {
    p->ref = next_ref_++;
  } else {
    p->ref = free_refs_.back();
    free_refs_.pop_back();
  }
  set_parent(p, parent);
  Process*& latest = current_[key.pid];
  if (!latest || latest->key.start < key.start || (latest->key.start == key.start && latest->key.exec_id < key.exec_id))
    latest = p;
  return p;
}

void ProcessTable::end(Process* p, uint64_t boot_ns) {
  if (p->ended) return;
  p->ended = boot_ns ? boot_ns : 1;
  ended_.push_back(p);
}

void ProcessTable::unhold(Process* p) {
  if (--p->holds == 0 && p->expired) free(p);
}

void ProcessTable::free(Process* p) {
  // Upwards by a loop: a chain of the dead may be long.
  while (p) {
    Process* parent = p->parent;
    if (const auto it = current_.find(p->key.pid); it != current_.end() && it->second == p) current_.erase(it);
    if (p->defined) retired_(*p);
    free_refs_.push_back(p->ref);
    by_key_.erase(Key(p->key));
    if (!parent || --parent->holds != 0 || !parent->expired) return;
    p = parent;
  }
}

void ProcessTable::expire(uint64_t now) {
  while (!ended_.empty() && (ended_.size() > kKeepEnded || ended_.front()->ended + kKeepNs < now)) {
    Process* p = ended_.front();
    ended_.pop_front();
    p->expired = true;
    if (p->holds == 0) free(p);
  }
}

void ProcessTable::each(const std::function<void(Process*)>& f) const {
  for (const auto& [key, p] : by_key_) f(p.get());
}

}  // namespace sysmon
