#include "kernel/own_objects.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include <cstring>
#include <mutex>
#include <set>

#include "base/wire.h"

namespace sysmon {

namespace {
std::mutex mutex;  // guards what follows
std::set<uint64_t>& all() {
  static std::set<uint64_t> keys;
  return keys;
}
}  // namespace

OwnObjects::~OwnObjects() {
  const std::lock_guard lock(mutex);
  for (const uint64_t key : keys_) all().erase(key);
}

// Before 5.15 a program of system calls is at a perf event, which has no number.
void OwnObjects::note(sm_bpf_sort sort, int fd) {
  union {
    bpf_prog_info program;
    bpf_map_info map;
    bpf_link_info link;
  } info;
  std::memset(&info, 0, sizeof info);
  uint32_t size = sizeof info.link;
  if (sort == SM_BPF_PROGRAM) size = sizeof info.program;
  if (sort == SM_BPF_MAP) size = sizeof info.map;
  if (fd < 0 || bpf_obj_get_info_by_fd(fd, &info, &size) != 0) return;
  const uint32_t id = sort == SM_BPF_PROGRAM ? info.program.id : sort == SM_BPF_MAP ? info.map.id : info.link.id;
  keys_.push_back(uint64_t{sort} << 32 | id);
}

void OwnObjects::add(const bpf_object* object, const std::vector<bpf_link*>& links) {
  bpf_program* p;
  bpf_object__for_each_program(p, object) if (bpf_program__autoload(p)) note(SM_BPF_PROGRAM, bpf_program__fd(p));
  bpf_map* m;
  bpf_object__for_each_map(m, object) if (bpf_map__autocreate(m)) note(SM_BPF_MAP, bpf_map__fd(m));
  for (const bpf_link* l : links) note(SM_BPF_LINK, bpf_link__fd(l));
  const std::lock_guard lock(mutex);
  all().insert(keys_.begin(), keys_.end());
}

std::vector<uint64_t> OwnObjects::of_process() {
  const std::lock_guard lock(mutex);
  return {all().begin(), all().end()};
}

}  // namespace sysmon
