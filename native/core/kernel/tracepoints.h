// Tracepoints of system calls: found by their number in tracefs, attached through a perf event.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

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
  ~Tracepoints();
  Tracepoints(const Tracepoints&) = delete;
  Tracepoints& operator=(const Tracepoints&) = delete;

  // Nothing: there is no such tracepoint. Throws Failure if that cannot be known.
  std::optional<int> id(const std::string& name) const;

 private:
  int events_;  // the folder `events`
};

// Null on failure, with errno.
bpf_link* attach_tracepoint(bpf_program* program, int id);

}  // namespace sysmon
