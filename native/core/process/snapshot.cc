#include "process/snapshot.h"

#include "event/decoder.h"
#include "process/proc_fs.h"

namespace sysmon {

void take_snapshot(const BpfObject& object, Lifecycle* lifecycle, bool resync) {
  const auto since = static_cast<uint64_t>(now_ns(CLOCK_BOOTTIME));
  object.iterate([&](const void* data, size_t size) {
    Record r;
    if (decode(data, size, &r) != DecodeError::kNone) return;
    if (lifecycle->already_knows(r.as<sm_alive_record>()))
      return;  // nothing of it is needed, least of all three files of /proc
    // /proc has the same bytes that bpf_copy_from_user_task would bring, on every kernel; 5.10 does not have that
    // helper.
    const ProcMemory m = proc_memory(r.header->pid, r.header->tid, r.header->start, !lifecycle->env_names().empty());
    lifecycle->on_alive(r, m.argv, m.env, resync);
  });
  lifecycle->alive_done(since);
}

}  // namespace sysmon
