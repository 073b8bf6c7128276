#include "process/proc_fs.h"

#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>

#include "base/fd.h"
#include "base/files.h"
#include "process/program.h"

namespace sysmon {

static constexpr size_t kMaxArgv = 32768, kMaxEnv = 128 << 10;

static std::string folder(uint32_t pid) { return "/proc/" + std::to_string(pid) + "/"; }

static std::string link_target(const std::string& path) {
  char target[4096];
  const ssize_t n = readlink(path.c_str(), target, sizeof target);
  return n > 0 ? std::string(target, static_cast<size_t>(n)) : std::string();
}

// Field of /proc/PID/stat by its number in proc(5), from 3 on. The name in field 2 may hold anything, also ')'.
static uint64_t stat_field(const std::string& stat, int number) {
  size_t at = stat.rfind(')');
  for (int field = 2; field < number && at != std::string::npos; field++) at = stat.find(' ', at + 1);
  return at == std::string::npos ? 0 : std::strtoull(stat.c_str() + at, nullptr, 10);
}

// True if the pid still belongs to the process that began then: /proc counts in clock ticks.
static bool same_start(const std::string& stat, uint64_t start_boot_ns) {
  const uint64_t ticks = stat_field(stat, 22),
                 expected = start_boot_ns / (1000000000ull / static_cast<uint64_t>(sysconf(_SC_CLK_TCK)));
  return !stat.empty() && ticks + 1 >= expected && ticks <= expected + 1;
}

// The n-th value of a line of /proc/PID/status.
static uint64_t status_value(const std::string& status, const char* name, int n, int base) {
  size_t at = status.find("\n" + std::string(name) + ":");
  if (at == std::string::npos) return 0;
  const char* p = status.c_str() + at + strlen(name) + 2;
  uint64_t value = 0;
  for (int i = 0; i <= n; i++) {
    char* end;
    value = std::strtoull(p, &end, base);
    p = end;
  }
  return value;
}

// The last number of the line NSpid: in the process's own pid namespace.
static uint32_t innermost_pid(const std::string& status) {
  const size_t at = status.find("\nNSpid:"), eol = status.find('\n', at + 1);
  if (at == std::string::npos || eol == std::string::npos) return UINT32_MAX;
  return static_cast<uint32_t>(std::strtoul(status.c_str() + status.find_last_of("\t:", eol) + 1, nullptr, 10));
}

ProcMemory proc_memory(uint32_t pid, uint32_t tid, uint64_t start_boot_ns, bool want_env) {
  // A leader that has exited has no memory; its threads show that of the process.
  const std::string proc = folder(pid) + "task/" + std::to_string(tid) + "/";
  ProcMemory m{read_file(proc + "cmdline", kMaxArgv), want_env ? read_file(proc + "environ", kMaxEnv) : ""};
  if ((!m.argv.empty() || !m.env.empty()) && !same_start(read_file(folder(pid) + "stat", 4096), start_boot_ns))
    return {};
  return m;
}

bool proc_alive(uint32_t pid, uint64_t start_boot_ns) {
  const std::string stat = read_file(folder(pid) + "stat", 4096);
  if (!same_start(stat, start_boot_ns)) return false;
  // One that waits to be reaped is dead; unless only its leader is, and other threads go on.
  const size_t name_end = stat.rfind(')');
  const char state = name_end != std::string::npos && name_end + 2 < stat.size() ? stat[name_end + 2] : 'X';
  return (state != 'Z' && state != 'X') || stat_field(stat, 20) > 1;
}

int proc_kill(uint32_t pid, uint64_t start_boot_ns) {
  // The descriptor first: it stays that of the process that is looked at next, whoever gets the number meanwhile.
  const Fd process(static_cast<int>(syscall(SYS_pidfd_open, pid, 0)));
  if (!process) return errno;
  if (!proc_alive(pid, start_boot_ns)) return ESRCH;
  return syscall(SYS_pidfd_send_signal, process.get(), SIGKILL, nullptr, 0) == 0 ? 0 : errno;
}

bool proc_process(uint32_t pid, uint64_t start_boot_ns, const std::vector<std::string>& env_names, sm_task* t,
                  Program* p) {
  const std::string proc = folder(pid), stat = read_file(proc + "stat", 4096),
                    status = read_file(proc + "status", 16384);
  if (!same_start(stat, start_boot_ns)) return false;
  *t = unknown_task();
  t->ppid = static_cast<uint32_t>(stat_field(stat, 4));
  t->pgid = static_cast<uint32_t>(stat_field(stat, 5));
  t->sid = static_cast<uint32_t>(stat_field(stat, 6));
  t->end_code = stat_field(stat, 27);
  const auto id = [&status](const char* name, int n) {
    return static_cast<uint32_t>(status_value(status, name, n, 10));
  };
  if (!status.empty()) {  // else it ended meanwhile
    t->uid = id("Uid", 0);
    t->euid = id("Uid", 1);
    t->suid = id("Uid", 2);
    t->gid = id("Gid", 0);
    t->egid = id("Gid", 1);
    t->sgid = id("Gid", 2);
    t->cap_permitted = status_value(status, "CapPrm", 0, 16);
    t->cap_effective = status_value(status, "CapEff", 0, 16);
    t->ns_pid = innermost_pid(status);
  }
  const auto audit = [&proc](const char* file) {
    const std::string s = read_file(proc + file, 32);
    return s.empty() ? UINT32_MAX : static_cast<uint32_t>(std::strtoul(s.c_str(), nullptr, 10));
  };
  t->login_uid = audit("loginuid");
  t->audit_session = audit("sessionid");
  static constexpr const char* kNamespaces[] = {"mnt", "pid", "net", "uts", "ipc", "cgroup", "user", "time"};
  for (int i = 0; i < 8; i++) {
    struct stat st;
    if (::stat((proc + "ns/" + kNamespaces[i]).c_str(), &st) == 0) t->ns[i] = static_cast<uint32_t>(st.st_ino);
  }
  const ProcMemory memory = proc_memory(pid, pid, start_boot_ns, !env_names.empty());
  // The links name what was deleted by a suffix that no other source of paths has.
  std::string exe = link_target(proc + "exe");
  static constexpr std::string_view kDeleted = " (deleted)";
  if (exe.size() > kDeleted.size() && exe.compare(exe.size() - kDeleted.size(), kDeleted.size(), kDeleted) == 0) {
    exe.resize(exe.size() - kDeleted.size());
    p->deleted = true;
  }
  if (!exe.empty()) {
    p->image.clear();
    append_text(exe, &p->image);
    p->memfd = exe.rfind("/memfd:", 0) == 0;
  }
  if (const std::string cwd = link_target(proc + "cwd"); !cwd.empty()) {
    p->cwd.clear();
    append_text(cwd, &p->cwd);
  }
  if (const std::string root = link_target(proc + "root"); root.size() > 1) append_text(root, &p->root);
  set_arguments(p, memory.argv);
  p->env = env_json(memory.env, env_names);
  p->snapshot = true;
  return true;
}

// Threads of the kernel are in the first pid namespace only, and in it 2 is the one that begins all others.
bool proc_shows_all() {
  constexpr uint64_t kKernelThread = 0x00200000;  // PF_KTHREAD
  return stat_field(read_file(folder(2) + "stat", 4096), 9) & kKernelThread;
}

}  // namespace sysmon
