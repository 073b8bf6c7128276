#include "process/scope.h"

#include <cerrno>
#include <string>
#include <unordered_set>

#include "base/failure.h"

namespace sysmon {

static bool descends(const Process* p, uint32_t pid, uint64_t start) {
  for (; p; p = p->parent)
    if (p->key.pid == pid && p->key.start == start) return true;
  return false;
}

void find_members(const BpfObject& object, const ProcessTable& table, uint32_t root,
                  const std::function<void()>& consume) {
  const Process* top = table.current(root);
  if (!top || top->ended)
    throw Failure("OPTION", "look up process " + std::to_string(root), ESRCH,
                  "option scope.pid: there is no process " + std::to_string(root) +
                      ". A scope begins with a process that lives when the sensor starts.");
  // Whoever is told by now is followed. A child that was made before is on the ring, until nobody new is found there.
  const uint64_t start = top->key.start;
  std::unordered_set<const Process*> told;
  for (size_t before = SIZE_MAX; before != told.size(); consume()) {
    before = told.size();
    table.each([&](const Process* p) {
      if (p->ended || told.count(p) != 0 || !descends(p, root, start)) return;
      object.add_member(p->key.pid, p->key.start);
      told.insert(p);
    });
  }
}

}  // namespace sysmon
