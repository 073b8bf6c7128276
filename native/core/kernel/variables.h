// Global variables of a BPF object, by name.
#pragma once
#include <cstddef>

struct bpf_object;

namespace sysmon {

// Memory of a global variable; null if the object has none of that name and size. `section`: ".rodata", ".bss".
void* find_variable(bpf_object* object, const char* section, const char* name, size_t size);

// Before the object is loaded. Throws Failure.
void set_constant(bpf_object* object, const char* name, const void* value, size_t size);

}  // namespace sysmon
