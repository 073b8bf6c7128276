// Tracepoints of system calls: found by their number in tracefs, attached through a perf event.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/fd.h"

struct bpf_link;
struct bpf_program;

namespace sysmon {

// "tracepoint/syscalls/sys_enter_{a,b}" -> "syscalls/sys_enter_a", "syscalls/sys_enter_b"
std::vector<std::string> tracepoint_names(std::string_view section);

class Tracepoints {
 public:
  // Opens tracefs where it is mounted; where it is not, an instance of it that has no place in the tree of files, so
  // that nobody else sees it and nothing is left of it. Throws Failure.
  Tracepoints();
  Tracepoints(const Tracepoints&) = delete;
  Tracepoints& operator=(const Tracepoints&) = delete;

  // Nothing: there is no such tracepoint. Throws Failure if that cannot be known.
  std::optional<int> id(const std::string& name) const;
  // Null on failure, with errno.
  bpf_link* attach(bpf_program* program, int id);

 private:
  const Fd events_;  // the folder `events`
  // A table of the kernel with all the perf events. To close one for the last time takes a grace period, and the next
  // begins when that is over: seconds for all of them. What only this table still holds is closed by the kernel's own
  // threads, and whoever closes the table waits for none of it. Without one (no memory) we wait.
  const Fd held_;
  uint32_t count_ = 0;
};

}  // namespace sysmon
