#include "kernel/iterator.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <unistd.h>

#include <cerrno>

#include "kernel/platform.h"

namespace sysmon {

void Iterator::Free::operator()(bpf_link* l) const { bpf_link__destroy(l); }

Iterator::Iterator(bpf_program* program, const std::string& log)
    : name_(bpf_program__name(program)), log_(log), link_(bpf_program__attach_iter(program, nullptr)) {
  if (!link_) throw explain("bpf_program__attach_iter " + name_, errno, log_);
  fd_ = bpf_iter_create(bpf_link__fd(link_.get()));
  if (fd_ < 0) throw explain("bpf_iter_create " + name_, errno, log_);
}

Iterator::~Iterator() { close(fd_); }

size_t Iterator::read(void* buffer, size_t size) {
  for (;;) {
    const ssize_t n = ::read(fd_, buffer, size);
    if (n >= 0) return static_cast<size_t>(n);
    if (errno != EINTR && errno != EAGAIN) throw explain("read of the iterator " + name_, errno, log_);
  }
}

}  // namespace sysmon
