#include "kernel/kernel_btf.h"

#include <bpf/btf.h>

#include <cerrno>
#include <cstring>

#include "base/failure.h"

namespace sysmon {

void FreeBtf::operator()(btf* b) const { btf__free(b); }

// Size of a structure, 0 if there is none.
static uint32_t size_of(const btf* types, const std::string& name) {
  const int id = btf__find_by_name_kind(types, name.c_str(), BTF_KIND_STRUCT);
  return id > 0 ? btf__type_by_id(types, static_cast<uint32_t>(id))->size : 0;
}

static void check_fits(const btf* file, const btf* kernel, const btf* object, const std::string& path) {
  const auto refuse = [&path](const std::string& what) {
    throw Failure(
        "NO_BTF", "read " + path, EINVAL,
        "the BTF file " + path + " was not made for the running kernel: " + what +
            ". Make it from this kernel's image (pahole -J, or bpftool btf dump), or leave out the option btfPath");
  };
  for (uint32_t id = 1; id < btf__type_cnt(object); id++) {
    const btf_type* t = btf__type_by_id(object, id);
    if (!btf_is_struct(t)) continue;
    std::string name = btf__name_by_offset(object, t->name_off);
    name = name.substr(0, name.find("___"));  // a flavour is the same structure on another kernel
    const uint32_t real = name.empty() ? 0 : size_of(kernel, name);
    if (real == 0) continue;  // our own, or of other kernels
    const uint32_t given = size_of(file, name);
    if (given == 0) refuse("it has no struct " + name);
    if (given != real)
      refuse("its struct " + name + " has " + std::to_string(given) + " bytes, the kernel's has " +
             std::to_string(real));
  }
}

Btf load_kernel_btf(const std::string& path, const btf* object) {
  Btf kernel(btf__load_vmlinux_btf());
  if (!kernel) {
    const int error = errno;
    throw Failure("NO_BTF", "btf__load_vmlinux_btf", error,
                  std::string("the kernel's own type information cannot be read (/sys/kernel/btf/vmlinux): ") +
                      strerror(error) +
                      ". The programs attach by it, so the option btfPath cannot stand in for it. If it is hidden, as "
                      "in some containers, make /sys/kernel/btf "
                      "visible; if the kernel has none (CONFIG_DEBUG_INFO_BTF), use one that has");
  }
  if (path.empty()) return kernel;
  Btf file(btf__parse(path.c_str(), nullptr));
  if (!file)
    throw Failure(
        "NO_BTF", "read " + path, EINVAL,
        path + " is no BTF file: expected the format of /sys/kernel/btf/vmlinux, or an ELF file with a section .BTF");
  check_fits(file.get(), kernel.get(), object, path);
  return file;
}

}  // namespace sysmon
