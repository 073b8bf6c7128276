// Variables of an object in the kernel. Needs root.
#include "kernel/variables.h"

#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstring>
#include <memory>
#include <vector>

#include "base/failure.h"
#include "base/wire.h"

extern "C" const unsigned char sysmon_bpf_start[], sysmon_bpf_end[];

namespace sysmon {

struct Close {
  void operator()(bpf_object* o) const { bpf_object__close(o); }
};
using Object = std::unique_ptr<bpf_object, Close>;

// With its maps and without programs.
static Object loaded() {
  bpf_object_open_opts options{};
  options.sz = sizeof options;
  Object object(
      bpf_object__open_mem(sysmon_bpf_start, static_cast<size_t>(sysmon_bpf_end - sysmon_bpf_start), &options));
  bpf_program* p;
  bpf_object__for_each_program(p, object.get()) bpf_program__set_autoload(p, false);
  return bpf_object__load(object.get()) == 0 ? std::move(object) : nullptr;
}

// What a program would read: by bpf(2), and by nothing that the writer uses.
static uint32_t in_kernel(const bpf_object* object, const char* name) {
  const bpf_map* map = bpf_object__find_map_by_name(object, ".bss");
  std::vector<uint8_t> all(bpf_map__value_size(map));
  const uint32_t first = 0;
  EXPECT_EQ(bpf_map_lookup_elem(bpf_map__fd(map), &first, all.data()), 0);
  const btf* types = bpf_object__btf(object);
  const btf_type* section =
      btf__type_by_id(types, static_cast<uint32_t>(btf__find_by_name_kind(types, ".bss", BTF_KIND_DATASEC)));
  uint32_t value = UINT32_MAX;
  for (int i = 0; i < btf_vlen(section); i++) {
    const btf_var_secinfo& v = btf_var_secinfos(section)[i];
    if (std::strcmp(btf__name_by_offset(types, btf__type_by_id(types, v.type)->name_off), name) == 0)
      std::memcpy(&value, all.data() + v.offset, sizeof value);
  }
  return value;
}

TEST(Variables, ReachTheKernel) {
  if (geteuid() != 0) GTEST_SKIP() << "needs root";
  const Object object = loaded();
  ASSERT_TRUE(object);
  EXPECT_EQ(in_kernel(object.get(), "sm_phase"), uint32_t{SM_STARTING});
  Variable phase(object.get(), "sm_phase");
  for (const uint32_t value : {SM_RUNNING, SM_STOPPED}) {
    phase.set(value);
    EXPECT_EQ(in_kernel(object.get(), "sm_phase"), value);
  }
  EXPECT_EQ(in_kernel(object.get(), "sm_ioctls"), 0u) << "no other variable is written";
}

TEST(Variables, AreFoundOrNamed) {
  if (geteuid() != 0) GTEST_SKIP() << "needs root";
  const Object object = loaded();
  ASSERT_TRUE(object);
  for (const char* name : {"sm_no_such", "sm_uring_swept"}) {  // the latter has eight bytes
    try {
      const Variable v(object.get(), name);
      ADD_FAILURE() << name << " was taken";
    } catch (const Failure& f) {
      EXPECT_NE(std::string(f.what()).find(name), std::string::npos);
    }
  }
}

}  // namespace sysmon
