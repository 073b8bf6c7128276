#include "kernel/untrusted.h"

#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <linux/bpf.h>

#include <cstring>
#include <iterator>

#include "base/failure.h"
#include "base/fd.h"

namespace sysmon {

namespace {
constexpr bpf_insn set(uint8_t reg, int32_t value) { return {BPF_ALU64 | BPF_MOV | BPF_K, reg, 0, 0, value}; }

// Where programs are not compiled (net.core.bpf_jit_enable) none of them may call a function of the kernel.
bool is_taken(int32_t type, const bpf_insn& call) {
  const bpf_insn trial[] = {
      set(BPF_REG_1, 0), set(BPF_REG_2, type), call, set(BPF_REG_0, 0), {BPF_JMP | BPF_EXIT, 0, 0, 0, 0}};
  return static_cast<bool>(
      Fd(bpf_prog_load(BPF_PROG_TYPE_RAW_TRACEPOINT, "sm_trial", "GPL", trial, std::size(trial), nullptr)));
}
}  // namespace

std::vector<unsigned char> with_untrusted(const unsigned char* object, size_t size, const btf* kernel) {
  const int function = btf__find_by_name_kind(kernel, "bpf_rdonly_cast", BTF_KIND_FUNC);  // since 6.2
  if (function < 0) return {};
  struct {
    const int32_t placeholder;
    const int32_t type;
    size_t replaced = 0;
  } marks[] = {{0x53594d10, btf__find_by_name_kind(kernel, "task_struct", BTF_KIND_STRUCT)},
               {0x53594d11, btf__find_by_name_kind(kernel, "inode", BTF_KIND_STRUCT)}};
  const bpf_insn call{BPF_JMP | BPF_CALL, 0, BPF_PSEUDO_KFUNC_CALL, 0, function};
  const bpf_insn copy{BPF_ALU64 | BPF_MOV | BPF_X, BPF_REG_0, BPF_REG_1, 0, 0};
  if (!is_taken(marks[0].type, call)) return {};
  // In the file, for libbpf shows only the code of programs and not that of the functions that they call. Sections of
  // code are aligned to an instruction.
  std::vector<unsigned char> made(object, object + size);
  for (size_t at = 0; at + 2 * sizeof(bpf_insn) <= size; at += sizeof(bpf_insn)) {
    for (auto& mark : marks) {
      const bpf_insn marked[] = {set(BPF_REG_2, mark.placeholder), copy}, cast[] = {set(BPF_REG_2, mark.type), call};
      if (std::memcmp(&made[at], marked, sizeof marked) != 0) continue;
      std::memcpy(&made[at], cast, sizeof cast);
      mark.replaced++;
    }
  }
  for (const auto& mark : marks)
    if (mark.replaced == 0)
      throw Failure("LOAD", "mark pointers", 0,
                    "the BPF object has no pointer that is marked as untrusted: the build is inconsistent");
  return made;
}

}  // namespace sysmon
