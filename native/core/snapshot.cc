#include "snapshot.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>

namespace sysmon {

// Up to `limit` bytes of a file of /proc; empty if it cannot be read.
static std::string slurp(const std::string& path, size_t limit) {
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return {};
  std::string out(limit, '\0');
  size_t have = 0;
  while (have < limit) {
    const ssize_t n = read(fd, out.data() + have, limit - have);
    if (n <= 0) break;
    have += static_cast<size_t>(n);
  }
  close(fd);
  out.resize(have);
  return out;
}

// True if the pid still belongs to the process that began at `start`: /proc counts in clock ticks.
static bool same_start(const std::string& proc, uint64_t start) {
  const std::string stat = slurp(proc + "stat", 4096);
  size_t at = stat.rfind(')');  // the name may hold anything, also ')'
  for (int field = 2; field < 22 && at != std::string::npos; field++) at = stat.find(' ', at + 1);
  if (at == std::string::npos) return false;
  const uint64_t ticks = std::strtoull(stat.c_str() + at, nullptr, 10);
  const uint64_t ns_per_tick = 1000000000ull / static_cast<uint64_t>(sysconf(_SC_CLK_TCK));
  const uint64_t expected = start / ns_per_tick;
  return ticks + 1 >= expected && ticks <= expected + 1;
}

void take_snapshot(const BpfObject& object, Pipeline* pipeline, bool resync) {
  const auto since = static_cast<uint64_t>(now_ns(CLOCK_BOOTTIME));
  object.iterate([&](const void* data, size_t size) {
    Record r;
    if (decode(data, size, &r) != DecodeError::kNone) return;
    const std::string proc = "/proc/" + std::to_string(r.header->pid) + "/";
    // The same bytes that bpf_copy_from_user_task would bring, on every kernel; 5.10 does not have it.
    std::string argv = slurp(proc + "cmdline", 32768);
    std::string env = pipeline->env_names().empty() ? "" : slurp(proc + "environ", 128 << 10);
    if ((!argv.empty() || !env.empty()) && !same_start(proc, r.header->start)) {
      argv.clear();
      env.clear();
    }
    pipeline->on_alive(r, argv, env, resync);
  });
  pipeline->alive_done(since);
}

}  // namespace sysmon
