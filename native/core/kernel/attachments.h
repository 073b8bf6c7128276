// The programs of a loaded BPF object at their hooks.
#pragma once
#include <memory>
#include <string>
#include <vector>

struct bpf_link;
struct bpf_object;
struct bpf_program;

namespace sysmon {

class Tracepoints;

class Attachments {
 public:
  // `log`: what libbpf prints meanwhile.
  explicit Attachments(const std::string& log);
  ~Attachments();
  Attachments(const Attachments&) = delete;
  Attachments& operator=(const Attachments&) = delete;

  // Throws Failure; what is attached by then stays so until detach().
  void attach(bpf_object* object);
  // When it returns, no program is attached any more. (Before 5.15 those of system calls are, while the kernel closes
  // their perf events: for some seconds, in which they do nothing if the object has been stopped.)
  void detach();
  // Attaches again what somebody else has taken off. Returns what the host should be told of.
  std::vector<std::string> mend();
  const std::vector<bpf_link*>& links() const { return links_; }
  // What is not seen although its programs were loaded, and why; empty: nothing.
  const std::string& limit() const { return limit_; }

 private:
  void find_existing(bpf_object* object) const;
  void attach_to_cgroups(const std::vector<bpf_program*>& programs);
  void attach_to_calls(bpf_program* p, bpf_object* object);

  const std::string& log_;
  std::unique_ptr<Tracepoints> tracepoints_;  // made when the first is asked for
  std::vector<bpf_link*> links_;
  // Those to control groups are the only ones that others can take off (BPF_LINK_DETACH).
  struct OfCgroup {
    bpf_program* program;
    size_t link;  // in links_
    bool off;     // it could not be attached again
  };
  std::vector<OfCgroup> of_cgroup_;
  std::string limit_;
};

}  // namespace sysmon
