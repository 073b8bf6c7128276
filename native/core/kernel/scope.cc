#include "kernel/scope.h"

#include <bpf/bpf.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <sys/vfs.h>

#include <cerrno>

#include "base/fd.h"
#include "enrich/cgroups.h"

namespace sysmon {

static bool is_cgroup2(int fd) {
  struct statfs about;
  return fstatfs(fd, &about) == 0 && about.f_type == CGROUP2_SUPER_MAGIC;
}

// How far the group of a directory is from the root, plus 1; 0: it is no control group, or cannot be asked.
static uint32_t make_scope(int program, int directory) {
  uint64_t arguments[] = {static_cast<uint64_t>(directory)};
  bpf_test_run_opts run{};
  run.sz = sizeof run;
  run.ctx_in = arguments;
  run.ctx_size_in = sizeof arguments;
  return bpf_prog_test_run_opts(program, &run) == 0 ? run.retval : 0;
}

void set_scope_cgroup(int program, const std::string& cgroup) {
  // The same text may be both: the directory is what was named.
  for (const std::string& path : {cgroup, cgroup2_mount() + cgroup}) {
    const Fd directory(open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (directory && is_cgroup2(directory.get()) && make_scope(program, directory.get()) > 0) return;
  }
  throw Failure("OPTION", "open " + cgroup, ENOENT,
                "option scope.cgroup: " + cgroup +
                    " is no control group of version 2. Name its directory, below the place where cgroup2 is mounted, "
                    "or its path as process.cgroup of an event has it.");
}

}  // namespace sysmon
