// A walk of a BPF iterator over all tasks, or all their files.
#pragma once
#include <sys/types.h>

#include <memory>
#include <string>

struct bpf_link;
struct bpf_program;

namespace sysmon {

class Iterator {
 public:
  // `log`: what libbpf prints meanwhile. Throws Failure.
  Iterator(bpf_program* program, const std::string& log);
  ~Iterator();
  Iterator(const Iterator&) = delete;
  Iterator& operator=(const Iterator&) = delete;

  // Runs the program until the buffer has something. Returns bytes; 0: all was walked. Throws Failure.
  size_t read(void* buffer, size_t size);

 private:
  struct Free {
    void operator()(bpf_link* l) const;
  };
  const std::string name_;
  const std::string& log_;
  std::unique_ptr<bpf_link, Free> link_;
  int fd_ = -1;
};

}  // namespace sysmon
