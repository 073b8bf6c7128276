#include "enrich/guid.h"

#include <cinttypes>
#include <cstdio>
#include <cstdlib>

#include "base/files.h"

namespace sysmon {

static std::string first_line(const char* path) {
  const std::string all = read_file(path, 4096);
  return all.substr(0, all.find('\n'));
}

uint32_t machine_id() {
  return static_cast<uint32_t>(std::strtoul(first_line("/etc/machine-id").substr(0, 8).c_str(), nullptr, 16));
}

std::string boot_id() { return first_line("/proc/sys/kernel/random/boot_id"); }

std::string strong_id(const std::string& boot, uint64_t start_ns, uint32_t pid, uint64_t exec_id) {
  return boot + ':' + std::to_string(start_ns) + ':' + std::to_string(pid) + ':' + std::to_string(exec_id);
}

bool parse_strong_id(const std::string& boot, const std::string& id, uint64_t* start_ns, uint32_t* pid,
                     uint64_t* exec_id) {
  if (id.compare(0, boot.size(), boot) != 0) return false;
  if (std::sscanf(id.c_str() + boot.size(), ":%" SCNu64 ":%" SCNu32 ":%" SCNu64, start_ns, pid, exec_id) != 3)
    return false;
  return strong_id(boot, *start_ns, *pid, *exec_id) == id;  // nothing else that reads the same
}

std::string logon_guid(uint32_t machine, uint32_t login, uint32_t uid, uint32_t tty) {
  if (uid == UINT32_MAX) return guid(0, 0, 0);  // nobody knows whose login it is
  return guid(machine, login, uint64_t{uid} | uint64_t{tty} << 32);
}

std::string guid(uint32_t machine, uint32_t seconds, uint64_t key) {
  char out[40];
  std::snprintf(out, sizeof out, "{%08x-%04x-%04x-%02x%02x-%02x%02x%02x%02x%02x%02x}", machine, seconds & 0xffff,
                seconds >> 16, static_cast<unsigned>(key & 255), static_cast<unsigned>(key >> 8 & 255),
                static_cast<unsigned>(key >> 16 & 255), static_cast<unsigned>(key >> 24 & 255),
                static_cast<unsigned>(key >> 32 & 255), static_cast<unsigned>(key >> 40 & 255),
                static_cast<unsigned>(key >> 48 & 255), static_cast<unsigned>(key >> 56 & 255));
  return out;
}

}  // namespace sysmon
