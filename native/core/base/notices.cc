#include "base/notices.h"

#include <sys/fanotify.h>

#include <cerrno>

namespace sysmon {

LostNotices read_notices(int queue, const std::function<void(Fd)>& take) {
  LostNotices lost;
  alignas(fanotify_event_metadata) char buffer[16 << 10];
  for (;;) {
    ssize_t left = read(queue, buffer, sizeof buffer);
    // A notice whose file cannot be opened (too many are open) is lost, and the next one can be read.
    if (left < 0 && (errno == EMFILE || errno == ENFILE || errno == ENXIO || errno == EACCES || errno == ETXTBSY ||
                     errno == ENODEV)) {
      lost.failed++;
      continue;
    }
    if (left <= 0) return lost;
    for (auto* m = reinterpret_cast<fanotify_event_metadata*>(buffer); FAN_EVENT_OK(m, left);
         m = FAN_EVENT_NEXT(m, left)) {
      if (m->mask & FAN_Q_OVERFLOW) lost.overflows++;
      if (m->fd >= 0) take(Fd(m->fd));
    }
  }
}

}  // namespace sysmon
