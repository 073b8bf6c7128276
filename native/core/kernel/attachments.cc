#include "kernel/attachments.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <thread>

#include "kernel/iterator.h"
#include "kernel/platform.h"
#include "kernel/setup.h"
#include "kernel/tracepoints.h"

namespace sysmon {

Attachments::Attachments(const std::string& log) : log_(log) {}

Attachments::~Attachments() { detach(); }

void Attachments::attach(bpf_object* object) {
  std::vector<bpf_program*> cgroup_programs;
  bpf_program* p;
  bpf_object__for_each_program(p, object) {
    // The iterators are attached when they are read, and what has no hook is called.
    if (!bpf_program__autoload(p) || bpf_program__expected_attach_type(p) == BPF_TRACE_ITER ||
        bpf_program__type(p) == BPF_PROG_TYPE_RAW_TRACEPOINT)
      continue;
    if (of_cgroups(p)) {
      cgroup_programs.push_back(p);
      continue;
    }
    if (bpf_program__type(p) == BPF_PROG_TYPE_TRACEPOINT) {
      attach_to_calls(p, object);
      continue;
    }
    bpf_link* link = bpf_program__attach(p);
    if (!link) throw explain(std::string("bpf_program__attach ") + bpf_program__name(p), errno, log_);
    links_.push_back(link);
  }
  find_existing(object);  // before the programs that would take what it finds for new
  if (!cgroup_programs.empty()) attach_to_cgroups(cgroup_programs);
}

// Connections that are older than the sensor: an iterator notes them in a table and writes nothing.
void Attachments::find_existing(bpf_object* object) const {
  bpf_program* program = bpf_object__find_program_by_name(object, program_for(schema::Role::Existing));
  if (!bpf_program__autoload(program)) return;
  Iterator all(program, log_);
  char nothing[64];
  while (all.read(nothing, sizeof nothing) > 0) continue;
}

// Links go with this process, and leave room for those of others.
void Attachments::attach_to_cgroups(const std::vector<bpf_program*>& programs) {
  const std::string path = cgroup_root().path;
  const int fd = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  int error = fd < 0 ? errno : 0;
  for (bpf_program* p : programs) {
    if (error) break;
    bpf_link* link = bpf_program__attach_cgroup(p, fd);
    if (link) {
      of_cgroup_.push_back({p, links_.size(), false});
      links_.push_back(link);
    } else {
      error = errno;
    }
  }
  if (fd >= 0) close(fd);
  if (error) limit_ = "not all packets are seen: programs cannot be attached to " + path + ": " + strerror(error);
}

static bool is_attached(const bpf_link* link) {
  bpf_link_info info{};
  uint32_t size = sizeof info;
  return bpf_obj_get_info_by_fd(bpf_link__fd(link), &info, &size) != 0 || info.cgroup.cgroup_id != 0;
}

std::vector<std::string> Attachments::mend() {
  std::vector<std::string> told;
  for (OfCgroup& of : of_cgroup_) {
    if (is_attached(links_[of.link])) continue;
    const std::string path = cgroup_root().path;
    const int fd = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bpf_link* again = fd < 0 ? nullptr : bpf_program__attach_cgroup(of.program, fd);
    const int error = errno;
    if (fd >= 0) close(fd);
    const std::string what = std::string("Another process has taken ") + bpf_program__name(of.program) + " off " + path;
    if (again) {
      bpf_link__destroy(links_[of.link]);
      links_[of.link] = again;
      told.push_back(what + ": it is attached again; packets since the last second were not seen");
    } else if (!of.off) {
      told.push_back(what + ": its packets are not seen. It cannot be attached again (" + strerror(error) +
                     "), which is tried once a second");
    }
    of.off = !again;
  }
  return told;
}

void Attachments::attach_to_calls(bpf_program* p, bpf_object* object) {
  if (!tracepoints_) tracepoints_ = std::make_unique<Tracepoints>();
  for (const std::string& name : tracepoint_names(bpf_program__section_name(p))) {
    const std::optional<int> id = tracepoints_->id(name);
    if (!id) continue;  // arm64 has no open, creat, unlink and the like: nothing goes unseen
    bpf_link* link = tracepoints_->attach(p, *id);
    if (!link) {
      const int error = errno;
      const std::string operation = "attach " + std::string(bpf_program__name(p)) + " to " + name;
      // Debian's and Ubuntu's kernels have levels above 2, which mainline does not.
      if ((error == EACCES || error == EPERM) && perf_event_paranoid() > 2)
        throw Failure("PERMISSION", operation, error,
                      operation + " failed: " + strerror(error) +
                          ". kernel.perf_event_paranoid is above 2, and this kernel then lets only root "
                          "(CAP_SYS_ADMIN) follow system calls: set it to 2 "
                          "(sysctl kernel.perf_event_paranoid=2), run as root, or leave out the events that follow "
                          "them: " +
                          events_of_calls(object));
      throw explain(operation, error, log_);
    }
    links_.push_back(link);
  }
}

void Attachments::detach() {
  // The kernel lets some of these calls wait for a grace period. Those that wait at the same time share one.
  std::atomic<size_t> next{0};
  const auto destroy = [&] {
    for (size_t i; (i = next++) < links_.size();) bpf_link__destroy(links_[i]);
  };
  std::vector<std::thread> threads;
  try {
    while (threads.size() + 1 < links_.size()) threads.emplace_back(destroy);
  } catch (const std::system_error&) {
    // No more threads to be had: those that there are take longer.
  }
  destroy();
  for (std::thread& t : threads) t.join();
  links_.clear();
  of_cgroup_.clear();
  tracepoints_.reset();
}

}  // namespace sysmon
