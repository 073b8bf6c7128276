#include "enrich/facts.h"

#include <sys/stat.h>

#include "enrich/guid.h"

namespace sysmon {

static uint64_t own_mount_namespace() {
  struct stat st;
  return stat("/proc/self/ns/mnt", &st) == 0 ? st.st_ino : 0;
}

Facts::Facts()
    : now(now_ns(CLOCK_MONOTONIC)),
      machine_id(sysmon::machine_id()),
      boot_id(sysmon::boot_id()),
      own_mnt_ns(own_mount_namespace()) {}

}  // namespace sysmon
