#include "kernel/modules.h"

#include <bpf/bpf.h>

#include <array>
#include <charconv>
#include <cstring>
#include <iterator>

#include "base/clock.h"
#include "base/files.h"
#include "base/text.h"
#include "base/wire.h"

namespace sysmon {

std::vector<KernelModule> modules_of(std::string_view list) {
  std::vector<KernelModule> modules;
  std::string_view line;
  while (next_line(&list, &line)) {
    KernelModule m;
    m.name = next_word(&line);
    const std::string_view size = next_word(&line);
    std::from_chars(size.data(), size.data() + size.size(), m.size);
    next_word(&line);  // how many use it
    next_word(&line);  // and who
    m.live = next_word(&line) == "Live";
    next_word(&line);  // its address
    for (const char c : next_word(&line))
      if (const size_t bit = kTaints.find(c); bit != kTaints.npos) m.taints |= 1u << bit;
    if (!m.name.empty()) modules.push_back(std::move(m));
  }
  return modules;
}

namespace {
class LoadedInMap : public LoadedModules {
 public:
  explicit LoadedInMap(int map) : map_(map) {}

  std::set<std::string> names() const override {
    std::set<std::string> names;
    Name name, next;
    // An element that is removed meanwhile begins the walk anew.
    size_t steps = 0;
    for (const Name* last = nullptr; bpf_map_get_next_key(map_, last, &next) == 0 && steps++ < 4 * Modules::kMost;
         last = &name) {
      name = next;
      names.emplace(name.data(), strnlen(name.data(), name.size()));
    }
    return names;
  }
  void add(const std::string& name) override {
    const uint32_t there = 1;
    bpf_map_update_elem(map_, name_of(name).data(), &there, BPF_ANY);
  }
  void remove(const std::string& name) override { bpf_map_delete_elem(map_, name_of(name).data()); }

 private:
  using Name = std::array<char, 56>;  // SM_MODULE_NAME of the kernel side
  static Name name_of(const std::string& name) {
    Name n{};
    name.copy(n.data(), n.size() - 1);
    return n;
  }
  const int map_;
};
}  // namespace

std::unique_ptr<LoadedModules> loaded_in(int map) { return std::make_unique<LoadedInMap>(map); }

// What the kernel says of one that was there before: no more than its list does.
static void tell(const KernelModule& m, bool hidden, const Modules::Found& found) {
  const size_t size = (sizeof(sm_module_load_record) + m.name.size() + 7) / 8 * 8;
  std::vector<uint64_t> bytes(size / 8);
  auto* r = reinterpret_cast<sm_module_load_record*>(bytes.data());
  r->hdr.size = static_cast<uint32_t>(size);
  r->hdr.type = SM_MODULE_LOAD;
  r->hdr.time = static_cast<uint64_t>(now_ns(CLOCK_BOOTTIME));
  r->hook = SM_HOOK_MODULE_LOAD_PROC_MODULES;
  r->size = m.size;
  r->taints = m.taints;
  // That it accepted a signature is said nowhere: who has no `E` may be of a kernel that checks none.
  r->signature = m.taints >> kTaints.find('E') & 1;
  r->existing = !hidden;
  r->hidden = hidden;
  r->name.off = sizeof *r;
  r->name.len = static_cast<uint32_t>(m.name.size());
  std::memcpy(r + 1, m.name.data(), m.name.size());
  found(r, size);
}

void Modules::list(const Found& found) {
  for (KernelModule& m : modules_of(read_file(list_))) {
    if (!m.live) continue;  // it is told when its call ends
    loaded_->add(m.name);
    tell(m, false, found);
    known_[m.name] = std::move(m);
  }
  // What was taken out before its name was noted is not in the list any more, and would be called hidden.
  std::set<std::string> gone;
  for (const auto& [name, m] : known_) gone.insert(name);
  for (const KernelModule& m : modules_of(read_file(list_))) gone.erase(m.name);
  for (const auto& name : gone) loaded_->remove(name);
}

std::string Modules::look(const Found& found) {
  std::set<std::string> loaded = loaded_->names();
  const std::vector<KernelModule> list = modules_of(read_file(list_));
  // A kernel with modules and an empty list, or one that cannot be read, says nothing of any.
  if (!list.empty()) {
    const std::set<std::string> still = loaded_->names();
    for (const KernelModule& m : list) {
      loaded.erase(m.name);
      known_[m.name] = m;
    }
    // The list is read in pieces, of which each begins so many modules further on: while others come and go one may be
    // skipped. Twice in a row it is not.
    std::set<std::string> missing;
    for (const auto& name : loaded)
      if (still.count(name)) missing.insert(name);
    for (const auto& name : missing) {
      if (!missing_.count(name) || !told_.insert(name).second) continue;
      const auto known = known_.find(name);
      tell(known != known_.end() ? known->second : KernelModule{name}, true, found);
    }
    missing_ = std::move(missing);
    // One that shows itself again, or is loaded again, may hide again.
    for (auto it = told_.begin(); it != told_.end();) it = missing_.count(*it) ? std::next(it) : told_.erase(it);
    for (auto it = known_.begin(); it != known_.end();) it = still.count(it->first) ? std::next(it) : known_.erase(it);
  }
  if (full_ || loaded_->names().size() < kMost) return {};
  full_ = true;
  return "The kernel has more modules than are looked after (" + std::to_string(kMost) +
         "): of the others it is not seen if they vanish from its list";
}

}  // namespace sysmon
