#include "kernel/variables.h"

#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>

#include "base/failure.h"

namespace sysmon {

namespace {
constexpr size_t kNowhere = SIZE_MAX;

// Offset of a variable in its section; kNowhere: the object has none of that name and size.
size_t offset_of(const bpf_object* object, const char* section_name, const char* name, size_t size) {
  const btf* types = bpf_object__btf(object);
  const int section_id = types ? btf__find_by_name_kind(types, section_name, BTF_KIND_DATASEC) : -1;
  if (section_id <= 0) return kNowhere;
  const btf_type* section = btf__type_by_id(types, static_cast<uint32_t>(section_id));
  const btf_var_secinfo* v = btf_var_secinfos(section);
  for (int i = 0; i < btf_vlen(section); i++) {
    const btf_type* variable = btf__type_by_id(types, v[i].type);
    if (strcmp(btf__name_by_offset(types, variable->name_off), name) == 0)
      return v[i].size == size ? v[i].offset : kNowhere;
  }
  return kNowhere;
}

[[noreturn]] void fail_missing(const char* kind, const char* name) {
  throw Failure(
      "LOAD", std::string("set ") + name, 0,
      std::string("the BPF object has no ") + kind + " " + name + " of the expected size: the build is inconsistent");
}
}  // namespace

void set_constant(bpf_object* object, const char* name, const void* value, size_t size) {
  const size_t offset = offset_of(object, ".rodata", name, size);
  bpf_map* map = bpf_object__find_map_by_name(object, ".rodata");
  size_t bytes = 0;
  auto* memory = map ? static_cast<uint8_t*>(const_cast<void*>(bpf_map__initial_value(map, &bytes))) : nullptr;
  if (!memory || offset == kNowhere || offset + size > bytes) fail_missing("constant", name);
  std::memcpy(memory + offset, value, size);
}

Variable::Variable(bpf_object* object, const char* name) {
  const size_t offset = offset_of(object, ".bss", name, sizeof *value_);
  const bpf_map* map = bpf_object__find_map_by_name(object, ".bss");
  if (!map || offset == kNowhere || offset + sizeof *value_ > bpf_map__value_size(map)) fail_missing("variable", name);
  const auto page = static_cast<size_t>(sysconf(_SC_PAGESIZE));
  bytes_ = (bpf_map__value_size(map) + page - 1) / page * page;
  memory_ = mmap(nullptr, bytes_, PROT_READ | PROT_WRITE, MAP_SHARED, bpf_map__fd(map), 0);
  if (memory_ == MAP_FAILED)
    throw Failure("LOAD", std::string("mmap ") + name, errno,
                  std::string("the variables of the BPF object cannot be mapped: ") + strerror(errno));
  value_ = reinterpret_cast<uint32_t*>(static_cast<uint8_t*>(memory_) + offset);
}

Variable::~Variable() { munmap(memory_, bytes_); }

}  // namespace sysmon
