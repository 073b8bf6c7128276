// The wire records, as the probes write them.
#pragma once
#include <linux/types.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "../../../bpf/wire.gen.h"

namespace sysmon {

// A record on the ring whose bounds have been checked by decode(): every text lies inside it.
struct Record {
  const sm_header* header;

  template <typename T>
  const T& as() const {
    return *reinterpret_cast<const T*>(header);
  }
  std::string_view text(const sm_text& t) const { return {reinterpret_cast<const char*>(header) + t.off, t.len}; }
};

}  // namespace sysmon
