// What tells a (process, exec) apart from all others.
#pragma once
#include <cstdint>

#include "base/wire.h"

namespace sysmon {

struct Key {
  uint64_t start;    // CLOCK_BOOTTIME, ns
  uint64_t exec_id;  // the kernel's exec count
  uint32_t pid;
  bool operator==(const Key&) const = default;
};
inline Key key_of(const sm_header& h) { return {h.start, h.exec_id, h.pid}; }

}  // namespace sysmon
