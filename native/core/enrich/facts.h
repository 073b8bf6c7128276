// What the worker knows beside the records themselves. One of it is shared by all that look at events.
#pragma once
#include <cstdint>
#include <string>

#include "base/clock.h"
#include "enrich/cgroups.h"
#include "enrich/containers.h"
#include "enrich/hostnames.h"
#include "enrich/services.h"
#include "enrich/users.h"

namespace sysmon {

// Not thread-safe: the worker's, or whoever holds the pipeline's lock.
struct Facts {
  Facts();
  // Before the records that have come meanwhile are looked at. A clock read for each event would cost more than what it
  // is for.
  void begin_drain() {
    clock.anchor();
    now = now_ns(CLOCK_MONOTONIC);
  }

  WallClock clock;
  int64_t now;  // CLOCK_MONOTONIC ns, of the drain
  Users users;
  Logons logons;
  Cgroups cgroups;
  Containers containers{&cgroups};
  Hostnames hostnames;
  Services services;
  const uint32_t machine_id;
  const std::string boot_id;
  const uint64_t own_mnt_ns;  // 0: not known
};

}  // namespace sysmon
