// What /proc knows of a process. Used for the arguments of those older than the sensor, and for those that no record
// and no iterator has shown: it tells what a process is now, not what it was.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "process/process_table.h"

namespace sysmon {

struct ProcMemory {
  std::string argv, env;  // as in the process's memory; empty if the pid belongs to another process by now
};
ProcMemory proc_memory(uint32_t pid, uint32_t tid, uint64_t start_boot_ns, bool want_env);

// True if the process that began then is still there and not merely waiting to be reaped.
bool proc_alive(uint32_t pid, uint64_t start_boot_ns);

// Sends SIGKILL to the process that began then, and to no other that may have its number by now. 0, or an error number;
// ESRCH: it is not there any more.
int proc_kill(uint32_t pid, uint64_t start_boot_ns);

// Fills `task` and `program` as far as /proc goes (no control group, no descriptors). False: no such process any more.
bool proc_process(uint32_t pid, uint64_t start_boot_ns, const std::vector<std::string>& env_names, sm_task* task,
                  Program* program);

// Whether /proc shows the processes of the whole machine: not if it is that of another pid namespace than the first, or
// if it hides what others run.
bool proc_shows_all();

}  // namespace sysmon
