// Global variables of a BPF object, by name.
#pragma once
#include <cstddef>
#include <cstdint>

struct bpf_object;

namespace sysmon {

// Before the object is loaded. Throws Failure.
void set_constant(bpf_object* object, const char* name, const void* value, size_t size);

// A variable of .bss of a loaded object, in the kernel's own memory: programs that run see what is written. (libbpf's
// bpf_map__initial_value() is that memory since 1.6 only; before, what is written there after the load reaches nobody.)
class Variable {
 public:
  // A __u32. Throws Failure.
  Variable(bpf_object* object, const char* name);
  ~Variable();
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;

  uint32_t get() const { return __atomic_load_n(value_, __ATOMIC_SEQ_CST); }
  void set(uint32_t value) { __atomic_store_n(value_, value, __ATOMIC_SEQ_CST); }

 private:
  size_t bytes_ = 0;
  void* memory_ = nullptr;
  uint32_t* value_ = nullptr;
};

}  // namespace sysmon
