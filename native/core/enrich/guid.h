// Identities, laid out as Sysmon lays them out.
#pragma once
#include <cstdint>
#include <string>

namespace sysmon {

// First 8 hex digits of /etc/machine-id as a number; 0 without one.
uint32_t machine_id();
std::string boot_id();

// u32 machine | u32 seconds | u64 key, each little-endian, printed as a GUID.
std::string guid(uint32_t machine, uint32_t seconds, uint64_t key);

}  // namespace sysmon
