// Programs, maps and links of the sensors in this process, by the numbers that the kernel gave them.
#pragma once
#include <cstdint>
#include <vector>

#include "base/wire.h"

struct bpf_link;
struct bpf_object;

namespace sysmon {

// Those of one sensor, which all sensors of the process know of while this lives.
class OwnObjects {
 public:
  OwnObjects() = default;
  ~OwnObjects();
  OwnObjects(const OwnObjects&) = delete;
  OwnObjects& operator=(const OwnObjects&) = delete;

  // Of a loaded object; what was added before stays.
  void add(const bpf_object* object, const std::vector<bpf_link*>& links);

  // Of all sensors, as the kernel side has them: sort << 32 | id. Any thread.
  static std::vector<uint64_t> of_process();

 private:
  void note(sm_bpf_sort sort, int fd);

  std::vector<uint64_t> keys_;
};

}  // namespace sysmon
