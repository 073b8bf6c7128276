#include "kernel/platform.h"

#include <linux/capability.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "base/files.h"
#include "enrich/cgroups.h"
#include "enrich/hashes.h"

namespace sysmon {

static constexpr unsigned kCapPerfmon = 38, kCapBpf = 39, kCapSysAdmin = 21, kCapSysPtrace = 19, kCapDacReadSearch = 2,
                          kCapSysResource = 24, kCapNetAdmin = 12;

static uint64_t effective_capabilities() {
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  __user_cap_data_struct data[2] = {};
  if (syscall(SYS_capget, &header, data) != 0) return 0;
  return uint64_t{data[0].effective} | uint64_t{data[1].effective} << 32;
}

static std::string lockdown_mode() {
  const std::string line = read_file("/sys/kernel/security/lockdown");  // none [integrity] confidentiality
  const size_t a = line.find('['), b = line.find(']');
  return a == std::string::npos || b == std::string::npos ? "" : line.substr(a + 1, b - a - 1);
}

int perf_event_paranoid() {
  const std::string text = read_file("/proc/sys/kernel/perf_event_paranoid");
  int level = -1;
  return sscanf(text.c_str(), "%d", &level) == 1 ? level : -1;
}

static bool at_least(const char* release, unsigned major, unsigned minor) {
  unsigned a = 0, b = 0;
  return sscanf(release, "%u.%u", &a, &b) == 2 && (a > major || (a == major && b >= minor));
}

bool kernel_at_least(unsigned major, unsigned minor) {
  utsname u{};
  uname(&u);
  return at_least(u.release, major, minor);
}

Platform inspect_platform() {
  Platform p;
  utsname u{};
  uname(&u);
  p.kernel = u.release;
  p.btf = access("/sys/kernel/btf/vmlinux", R_OK) == 0;
  p.ring_buffer = at_least(u.release, 5, 8);
  p.memory_by_cgroup = at_least(u.release, 5, 11);
  p.lockdown = lockdown_mode();
  p.cgroup2 = cgroup2_mount();
  p.hashing = Hasher::available();
  const uint64_t caps = effective_capabilities();
  const auto has = [caps](unsigned c) { return (caps >> c & 1) != 0; };
  const bool admin = has(kCapSysAdmin);
  p.privileges = {
      {"CAP_BPF", admin || has(kCapBpf), "loading eBPF programs (CAP_SYS_ADMIN includes it)"},
      {"CAP_PERFMON", admin || has(kCapPerfmon),
       "attaching them to the kernel's tracepoints and reading its memory (CAP_SYS_ADMIN includes it)"},
      {"CAP_SYS_PTRACE", has(kCapSysPtrace),
       "arguments of other users' processes that are older than the sensor, and hashes through /proc/PID/exe"},
      {"CAP_DAC_READ_SEARCH", has(kCapDacReadSearch),
       "paths of control groups, hashes of executables that only their owner may read, and content of deleted files "
       "for the archive"},
      {"CAP_NET_ADMIN", admin || has(kCapNetAdmin),
       "packets: attaching programs to the root of the control groups (CAP_SYS_ADMIN includes it)"},
      {"CAP_SYS_ADMIN", admin, "archive.hold: holding files open from when they are written (fanotify)"},
  };
  if (!p.memory_by_cgroup)
    p.privileges.push_back({"CAP_SYS_RESOURCE", has(kCapSysResource),
                            "raising the limit on locked memory (ulimit -l), which bounds eBPF on this kernel"});
  return p;
}

CgroupRoot cgroup_root() {
  constexpr ino_t kRoot = 1;
  const uint64_t caps = effective_capabilities();
  if (!(caps >> kCapNetAdmin & 1) && !(caps >> kCapSysAdmin & 1))
    return {"",
            "no packets are seen: missing privilege CAP_NET_ADMIN, needed for attaching programs to the root of the "
            "control groups"};
  const std::string path = cgroup2_mount();
  struct stat st;
  if (path.empty())
    return {"",
            "no packets are seen: cgroup2 is not mounted. Mount it, for example: mkdir /run/cgroup2; mount -t cgroup2 "
            "none /run/cgroup2"};
  if (stat(path.c_str(), &st) != 0) return {"", "no packets are seen: " + path + ": " + strerror(errno)};
  if (st.st_ino == kRoot) return {path, ""};
  return {path, "only the processes of one control group and those below it are seen: " + path +
                    " is not the root of the control groups. Run the sensor in the cgroup namespace of the host"};
}

void check_platform(const std::string& btf_path) {
  const Platform p = inspect_platform();
  if (!p.ring_buffer)
    throw Failure(
        "KERNEL", "uname", 0,
        "kernel " + p.kernel +
            " is too old: the sensor needs 5.8 or later (ring buffer and iterators of eBPF); 5.10 or later is tested");
  for (const auto& c : p.privileges) {
    if (!c.held && (strcmp(c.name, "CAP_BPF") == 0 || strcmp(c.name, "CAP_PERFMON") == 0))
      throw Failure("PERMISSION", "capget", EPERM,
                    std::string("missing privilege ") + c.name + ", needed for " + c.needed_for +
                        ". Run as root, or give the process CAP_BPF and CAP_PERFMON (for example AmbientCapabilities= "
                        "in a systemd unit)");
  }
  if (p.lockdown == "confidentiality")
    throw Failure("LOCKDOWN", "/sys/kernel/security/lockdown", EPERM,
                  "the kernel is locked down to confidentiality: eBPF may not read kernel memory, so no sensor can "
                  "work. Boot with lockdown=integrity or none");
  if (!p.btf)
    throw Failure("NO_BTF", "/sys/kernel/btf/vmlinux", ENOENT,
                  "the kernel offers no type information at /sys/kernel/btf/vmlinux (CONFIG_DEBUG_INFO_BTF). Use a "
                  "distribution kernel that has it; where it "
                  "is hidden, as in some containers, make /sys/kernel/btf visible. The programs attach by it, so the "
                  "option btfPath cannot stand in for it");
  if (!btf_path.empty() && access(btf_path.c_str(), R_OK) != 0) {
    const int error = errno;
    throw Failure("NO_BTF", "open " + btf_path, error, "cannot read the BTF file " + btf_path + ": " + strerror(error));
  }
}

Failure explain(const std::string& operation, int error, const std::string& log) {
  std::string text = operation + " failed: " + strerror(error);
  std::string code = "LOAD";
  const auto said = [&log](const char* what) { return log.find(what) != std::string::npos; };
  const Platform p = inspect_platform();
  // libbpf falls back from bpf_probe_read_kernel to bpf_probe_read, which is refused as well.
  if (said("unknown func bpf_probe_read") || said("cannot use helper bpf_probe_read")) {
    // Seen without /sys/kernel/security, where the mode could have been read beforehand.
    code = "LOCKDOWN";
    text +=
        ". The kernel lets eBPF read no kernel memory: it is probably locked down to confidentiality. Boot with "
        "lockdown=integrity or none";
  } else if (said("END PROG LOAD LOG")) {
    // The verifier refused, which it says with EACCES, EINVAL and others.
    text += ". This kernel's verifier refused a program";
  } else if (error == EPERM && said("failed to create") && !p.memory_by_cgroup) {
    code = "PERMISSION";
    text +=
        ". Kernels before 5.11 count eBPF memory against the limit on locked memory: raise it (LimitMEMLOCK=infinity "
        "in a systemd unit, ulimit -l unlimited), "
        "or give the process CAP_SYS_RESOURCE";
  } else if (error == EPERM || error == EACCES) {
    code = "PERMISSION";
    text +=
        ". Run as root, or with CAP_BPF and CAP_PERFMON of the initial user namespace; a container also needs a "
        "seccomp profile that allows bpf(2)";
  } else if (error == ENOMEM) {
    text += ". Not enough memory for the ring: choose a smaller ringBytes";
  } else if (error == ESRCH || error == EINVAL || error == ENOENT) {
    text += ". This kernel lacks something that the probe needs";
  }
  if (!log.empty()) {
    constexpr size_t kTail = 1500;
    text += "\n" + (log.size() > kTail ? "… " + log.substr(log.size() - kTail) : log);
  }
  return {code, operation, error, text};
}

}  // namespace sysmon
