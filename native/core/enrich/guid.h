// Identities, laid out as Sysmon lays them out.
#pragma once
#include <cstdint>
#include <string>

namespace sysmon {

// First 8 hex digits of /etc/machine-id as a number; 0 without one.
uint32_t machine_id();
std::string boot_id();

// "boot:start:pid:exec count"
std::string strong_id(const std::string& boot, uint64_t start_ns, uint32_t pid, uint64_t exec_id);
bool parse_strong_id(const std::string& boot, const std::string& id, uint64_t* start_ns, uint32_t* pid,
                     uint64_t* exec_id);
// LogonGuid; `login`: second of the login, 0 if unknown. `tty`: index of the terminal, 0 without one.
std::string logon_guid(uint32_t machine, uint32_t login, uint32_t uid, uint32_t tty);

// u32 machine | u32 seconds | u64 key, each little-endian, printed as a GUID.
std::string guid(uint32_t machine, uint32_t seconds, uint64_t key);

}  // namespace sysmon
