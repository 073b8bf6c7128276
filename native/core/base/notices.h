// What the kernel has queued of what happened to files: fanotify(7).
#pragma once
#include <cstdint>
#include <functional>

#include "base/fd.h"

namespace sysmon {

struct LostNotices {
  uint64_t failed = 0;     // whose file could not be opened
  uint64_t overflows = 0;  // times the queue was full
};

// Takes everything off the queue, which does not block. `take` is given the very file of each notice.
LostNotices read_notices(int queue, const std::function<void(Fd)>& take);

}  // namespace sysmon
