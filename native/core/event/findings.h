// What an event waits for: found out on the pool, after its record came.
#pragma once
#include <string>

#include "archive/kept.h"
#include "enrich/hashes.h"

namespace sysmon {

struct Findings {
  Digest digest;
  Kept kept;
  std::string birth;  // of a file, as Sysmon writes times; empty: not known
};

}  // namespace sysmon
