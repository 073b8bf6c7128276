// Who is in a scope that is a process with all that descends from it.
#pragma once
#include <cstdint>
#include <functional>

#include "kernel/bpf_object.h"
#include "process/lifecycle.h"

namespace sysmon {

// Tells the kernel side who of the living is in the scope. From then on it follows them by itself. `consume` takes what
// is on the ring: the forks of those who had not been told yet. Throws Failure if there is no such process.
void find_members(const BpfObject& object, const ProcessTable& table, uint32_t root,
                  const std::function<void()>& consume);

}  // namespace sysmon
