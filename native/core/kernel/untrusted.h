// Pointers that programs only follow, as bpf/read/untrusted.h marks them.
#pragma once
#include <cstddef>
#include <vector>

struct btf;

namespace sysmon {

// The object with a call of bpf_rdonly_cast() wherever a pointer is marked; empty: this kernel has no such function, or
// refuses it. `kernel`: the BTF of the running kernel, and no file that stands in for it, which numbers types
// otherwise. Throws Failure if nothing is marked.
std::vector<unsigned char> with_untrusted(const unsigned char* object, size_t size, const btf* kernel);

}  // namespace sysmon
