// Finds a file that has lost a name, as long as the kernel still has it.
#pragma once
#include <cstdint>
#include <vector>

#include "../fd.h"
#include "../wire.h"
#include "file_handle.h"
#include "held.h"
#include "kept.h"

namespace sysmon {

// Opens the very file of the record. `held`: may be null. `pids`: that took the name, and others whose mounts may be looked
// through. On failure the reason. Not for a thread that may not wait.
Fd open_deleted(Mounts* mounts, Held* held, const sm_file& f, const std::vector<uint32_t>& pids, Refusal* why);

// By a descriptor that some process has, or as the program that it runs; this one is asked first.
Fd open_by_descriptor(const sm_file& f, uint32_t pid);
// By a name below a directory, of at most so many names.
Fd open_by_name(int directory, const sm_file& f, size_t most);

}  // namespace sysmon
