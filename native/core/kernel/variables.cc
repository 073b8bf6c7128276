#include "kernel/variables.h"

#include <bpf/btf.h>
#include <bpf/libbpf.h>

#include <cstdint>
#include <cstring>
#include <string>

#include "base/failure.h"

namespace sysmon {

void* find_variable(bpf_object* object, const char* section_name, const char* name, size_t size) {
  const btf* types = object ? bpf_object__btf(object) : nullptr;
  if (!types) return nullptr;
  const int section_id = btf__find_by_name_kind(types, section_name, BTF_KIND_DATASEC);
  bpf_map* map = bpf_object__find_map_by_name(object, section_name);
  size_t bytes = 0;
  auto* memory = map ? static_cast<uint8_t*>(const_cast<void*>(bpf_map__initial_value(map, &bytes))) : nullptr;
  if (section_id > 0 && memory) {
    const btf_type* section = btf__type_by_id(types, static_cast<uint32_t>(section_id));
    const btf_var_secinfo* v = btf_var_secinfos(section);
    for (int i = 0; i < btf_vlen(section); i++) {
      const btf_type* variable = btf__type_by_id(types, v[i].type);
      if (strcmp(btf__name_by_offset(types, variable->name_off), name) != 0) continue;
      return v[i].size == size && v[i].offset + size <= bytes ? memory + v[i].offset : nullptr;
    }
  }
  return nullptr;
}

void set_constant(bpf_object* object, const char* name, const void* value, size_t size) {
  if (void* memory = find_variable(object, ".rodata", name, size)) {
    std::memcpy(memory, value, size);
    return;
  }
  throw Failure(
      "LOAD", std::string("set ") + name, 0,
      std::string("the BPF object has no constant ") + name + " of the expected size: the build is inconsistent");
}

}  // namespace sysmon
