// Finds a file that has lost a name, as long as the kernel still has it.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "archive/file_handle.h"
#include "archive/held.h"
#include "archive/kept.h"
#include "base/fd.h"
#include "base/wire.h"

namespace sysmon {

// A file that has just lost a name.
struct Lost {
  std::optional<sm_file> file;  // empty: the record does not say which it was
  std::string path;             // that was its name
  std::vector<uint32_t> pids;   // who took it, and others whose mounts may be looked through
  bool same_mounts;             // as ours: its paths are ours
};

// Opens the very file. `held`: may be null. On failure the reason. Not for a thread that may not wait.
Fd open_deleted(Mounts* mounts, Held* held, const Lost& lost, Refusal* why);

// By a descriptor that this process has, or as the program that it runs.
Fd open_by_descriptor(const sm_file& f, uint32_t pid);
// Likewise, of all processes.
Fd open_by_any_descriptor(const sm_file& f);
// What this process has open or runs, and the kernel says was called so when it was deleted.
Fd open_by_last_name(const std::string& path, uint32_t pid);
// By a name below a directory, of at most so many names.
Fd open_by_name(int directory, const sm_file& f, size_t most);

}  // namespace sysmon
