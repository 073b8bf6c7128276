// The scope of a sensor on the kernel side: a control group, or the processes of a tree.
#pragma once
#include <string>

#include "base/failure.h"

namespace sysmon {

// Makes a control group the scope: `cgroup` is its directory, or its path from the root. `program`: descriptor of the
// loaded program that is for this. Throws Failure.
void set_scope_cgroup(int program, const std::string& cgroup);

}  // namespace sysmon
