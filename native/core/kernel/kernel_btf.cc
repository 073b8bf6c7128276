#include "kernel/kernel_btf.h"

#include <bpf/btf.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

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

namespace {
// Without the flavour, which is the same structure on another kernel.
std::string_view essential_name(const btf* types, const btf_type* t) {
  const std::string_view name = btf__name_by_offset(types, t->name_off);
  return name.substr(0, name.find("___"));
}

constexpr unsigned kNeverExecuted = 8;  // MFD_NOEXEC_SEAL: a system may want it said

// A copy of some types, with what they consist of. What they only point to is left out: an access to it is one of its
// own, which begins at its own structure.
class Reduction {
 public:
  explicit Reduction(const btf* kernel) : kernel_(kernel), made_(btf__new_empty()) {}

  // The id in the copy; negative: no memory.
  int take(uint32_t id) {
    if (id == 0) return 0;
    if (const auto known = ids_.find(id); known != ids_.end()) return known->second;
    const btf_type* t = btf__type_by_id(kernel_, id);
    const int copy = btf__add_type(made_.get(), kernel_, t);
    if (copy < 0) return copy;
    ids_.emplace(id, copy);
    // Each call below adds types, which may move those that there are: so the copy is looked up again for each write.
    const auto at = [&] { return const_cast<btf_type*>(btf__type_by_id(made_.get(), static_cast<uint32_t>(copy))); };
    if (btf_is_ptr(t)) {
      at()->type = 0;
    } else if (btf_is_composite(t)) {
      for (uint16_t i = 0; i < btf_vlen(t); i++) {
        const int member = take(btf_members(t)[i].type);
        if (member < 0) return member;
        btf_members(at())[i].type = static_cast<uint32_t>(member);
      }
    } else if (btf_is_array(t)) {
      const int element = take(btf_array(t)->type), index = take(btf_array(t)->index_type);
      if (element < 0 || index < 0) return -ENOMEM;
      btf_array(at())->type = static_cast<uint32_t>(element);
      btf_array(at())->index_type = static_cast<uint32_t>(index);
    } else if (btf_is_mod(t) || btf_is_typedef(t)) {
      const int of = take(t->type);
      if (of < 0) return of;
      at()->type = static_cast<uint32_t>(of);
    }
    return copy;
  }
  const btf* made() const { return made_.get(); }

 private:
  const btf* const kernel_;
  Btf made_;
  std::unordered_map<uint32_t, int> ids_;
};
}  // namespace

ReducedBtf::ReducedBtf(const btf* kernel, const btf* object) {
  std::unordered_set<std::string_view> wanted;
  for (uint32_t id = 1; id < btf__type_cnt(object); id++)
    if (const std::string_view name = essential_name(object, btf__type_by_id(object, id)); !name.empty())
      wanted.insert(name);
  Reduction few(kernel);
  for (uint32_t id = 1; id < btf__type_cnt(kernel); id++) {
    const btf_type* t = btf__type_by_id(kernel, id);
    const bool kind = btf_is_composite(t) || btf_is_any_enum(t) || btf_is_typedef(t) || btf_is_int(t);
    if (kind && wanted.count(essential_name(kernel, t)) && few.take(id) < 0) return;
  }
  uint32_t size = 0;
  const auto* data = few.made() ? static_cast<const char*>(btf__raw_data(few.made(), &size)) : nullptr;
  file_ = Fd(memfd_create("sysmon-btf", MFD_CLOEXEC | kNeverExecuted));
  if (!file_) file_ = Fd(memfd_create("sysmon-btf", MFD_CLOEXEC));  // before 6.3
  if (!data || !file_) return;
  for (uint32_t done = 0; done < size;) {
    const ssize_t n = write(file_.get(), data + done, size - done);
    if (n <= 0) return;
    done += static_cast<uint32_t>(n);
  }
  const std::string path = "/proc/self/fd/" + std::to_string(file_.get());
  if (access(path.c_str(), R_OK) == 0) path_ = path;
}

}  // namespace sysmon
