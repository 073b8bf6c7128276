// What the running system offers and what it lacks, in words that say what to do.
#pragma once
#include <string>
#include <vector>

#include "base/failure.h"

namespace sysmon {

struct Platform {
  std::string kernel;             // release
  bool btf = false;               // /sys/kernel/btf/vmlinux
  bool ring_buffer = false;       // kernel >= 5.8
  bool memory_by_cgroup = false;  // kernel >= 5.11: eBPF memory counts for the control group, not for RLIMIT_MEMLOCK
  std::string lockdown;           // "none", "integrity", "confidentiality"; empty: no such thing
  std::string cgroup2;            // mount point; empty: none
  bool hashing = false;           // a libcrypto was found
  struct Privilege {
    const char* name;  // CAP_…
    bool held;
    const char* needed_for;
  };
  std::vector<Privilege> privileges;
};

Platform inspect_platform();

// Where programs are attached that see the packets of all control groups.
struct CgroupRoot {
  std::string path;   // empty: nothing can be attached
  std::string limit;  // what is not seen, and what to do; empty: everything is seen
};

CgroupRoot cgroup_root();

// Throws the Failure that names the first thing that makes a sensor impossible. `btf_path`: BTF given by the user.
void check_platform(const std::string& btf_path);

bool kernel_at_least(unsigned major, unsigned minor);

// The sysctl of that name; -1 if there is none.
int perf_event_paranoid();

// The Failure for an errno of libbpf, with what it means here. `log`: what libbpf and the verifier printed.
Failure explain(const std::string& operation, int error, const std::string& log);

}  // namespace sysmon
