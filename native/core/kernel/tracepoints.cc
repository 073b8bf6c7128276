#include "kernel/tracepoints.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <fcntl.h>
#include <linux/perf_event.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

#include "base/failure.h"

namespace sysmon {

// Numbers of linux/mount.h, which libc may not have yet: fsopen(2) and its companions are there since 5.2.
#ifndef SYS_fsopen
#define SYS_fsopen 430
#define SYS_fsconfig 431
#define SYS_fsmount 432
#endif
static constexpr unsigned kCloseOnExec = 1, kConfigCreate = 6;

static int open_events_unmounted() {
  const long context = syscall(SYS_fsopen, "tracefs", kCloseOnExec);
  if (context < 0) return -1;
  long mount = syscall(SYS_fsconfig, context, kConfigCreate, nullptr, nullptr, 0);
  if (mount == 0) mount = syscall(SYS_fsmount, context, kCloseOnExec, 0);
  int error = errno;
  close(static_cast<int>(context));
  int events = -1;
  if (mount >= 0) {
    events = openat(static_cast<int>(mount), "events", O_PATH | O_DIRECTORY | O_CLOEXEC);
    error = errno;
    close(static_cast<int>(mount));
  }
  errno = error;
  return events;
}

// The folder `events` of tracefs. Throws Failure.
static int open_events() {
  bool closed = false;
  for (const char* path : {"/sys/kernel/tracing/events", "/sys/kernel/debug/tracing/events"}) {
    const int events = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (events >= 0) return events;
    closed = closed || errno == EACCES;
  }
  const int events = open_events_unmounted();
  if (events >= 0) return events;
  const int error = errno;
  if (closed)
    throw Failure("PERMISSION", "open tracefs", EACCES,
                  "the events that follow system calls need tracefs, which only root may read here: run as root, or "
                  "give the process CAP_DAC_READ_SEARCH");
  if (error == EPERM || error == EACCES)
    throw Failure("PERMISSION", "open tracefs", error,
                  "the events that follow system calls need tracefs, which is not mounted, and CAP_SYS_ADMIN is "
                  "missing to open it. Mount it "
                  "(mount -t tracefs tracefs /sys/kernel/tracing), or run as root");
  throw Failure(
      "KERNEL", "open tracefs", error,
      "the events that follow system calls need tracefs, which this kernel does not offer (CONFIG_FTRACE_SYSCALLS)");
}

static constexpr uint32_t kMostEvents = 256;

Tracepoints::Tracepoints()
    : events_(open_events()),
      held_(bpf_map_create(BPF_MAP_TYPE_PERF_EVENT_ARRAY, "sysmon_calls", sizeof(uint32_t), sizeof(uint32_t),
                           kMostEvents, nullptr)) {}

std::optional<int> Tracepoints::id(const std::string& name) const {
  const int fd = openat(events_.get(), (name + "/id").c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0 && errno == ENOENT) {
    struct stat s;  // access() would ask without the capability that makes tracefs readable
    if (fstatat(events_.get(), "syscalls", &s, 0) == 0) return std::nullopt;
    throw Failure("KERNEL", "open tracefs", ENOENT,
                  "the kernel has no tracepoints of system calls (CONFIG_FTRACE_SYSCALLS), which file events need");
  }
  char text[16] = "";
  const ssize_t n = fd < 0 ? -1 : read(fd, text, sizeof text - 1);
  const int error = errno;
  if (fd >= 0) close(fd);
  const int id = n > 0 ? atoi(text) : 0;
  if (id > 0) return id;
  throw Failure(error == EACCES || error == EPERM ? "PERMISSION" : "KERNEL", "read " + name + "/id of tracefs", error,
                "the number of the tracepoint " + name +
                    " cannot be read from tracefs: run as root, or give the process CAP_DAC_READ_SEARCH");
}

std::vector<std::string> tracepoint_names(std::string_view section) {
  constexpr std::string_view kPrefix = "tracepoint/";
  if (section.substr(0, kPrefix.size()) == kPrefix) section.remove_prefix(kPrefix.size());
  const size_t open = section.find('{');
  if (open == std::string_view::npos) return {std::string(section)};
  std::vector<std::string> out;
  const std::string head(section.substr(0, open));
  std::string_view list = section.substr(open + 1, section.find('}') - open - 1);
  while (!list.empty()) {
    const std::string_view one = list.substr(0, list.find(','));
    out.push_back(head + std::string(one));
    list.remove_prefix(std::min(list.size(), one.size() + 1));
  }
  return out;
}

bpf_link* Tracepoints::attach(bpf_program* program, int id) {
  perf_event_attr attr{};
  attr.size = sizeof attr;
  attr.type = PERF_TYPE_TRACEPOINT;
  attr.config = static_cast<uint64_t>(id);
  // One CPU is named because the interface wants one: the program runs on all.
  const int fd = static_cast<int>(syscall(SYS_perf_event_open, &attr, -1, 0, -1, PERF_FLAG_FD_CLOEXEC));
  if (fd < 0) return nullptr;
  bpf_link* link = bpf_program__attach_perf_event(program, fd);
  if (!link) {
    const int error = errno;
    close(fd);
    errno = error;
    return nullptr;
  }
  if (held_ && bpf_map_update_elem(held_.get(), &count_, &fd, BPF_ANY) == 0) count_++;
  return link;
}

}  // namespace sysmon
