// What a sensor is told. Plain data: checked in TypeScript, rechecked where safety asks for it.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace sysmon {

enum HashAlgorithm : uint32_t { kSha1 = 1, kMd5 = 2, kSha256 = 4 };

struct Settings {
  std::vector<uint16_t> events;  // Sysmon's ids
  std::vector<std::string> env;  // names of environment variables
  std::vector<uint8_t> plan;     // of the rules (native/core/rules/plan.h); empty: no rules
  std::string btf_path;          // empty: the kernel's own
  uint64_t ring_bytes = 8u << 20;
  uint32_t hash_algorithms = kSha256;
  uint32_t hash_timeout_ms = 250;
  uint32_t flush_interval_ms = 1;
  uint32_t flow_seconds = 1800;  // a UDP flow is reported once in so long
  bool failed_connects = true;
  bool mdns = false;  // port 5353 as well
};

}  // namespace sysmon
