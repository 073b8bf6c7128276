#include "subject.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <ctime>

#include "enrich/hashes.h"
#include "extra.h"
#include "location.h"

namespace sysmon {

// Paths by which the sensor may reach a file of the process. Whoever opens one of them compares what it finds.
static std::vector<std::string> paths_of(const Process& p, const std::string& path, uint64_t own_mnt_ns) {
  if (path.empty()) return {};
  if (p.task.ns[0] == own_mnt_ns) return {path};
  return {"/proc/" + std::to_string(p.key.pid) + "/root" + path};
}

Subject subject_of(const schema::Event& e, const Record& r, const Process& p, uint64_t own_mnt_ns) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(r.header);
  Subject s;
  s.uid = p.task.uid;
  s.file = file_of(e, r);
  for (uint16_t i = 0; i < e.carried_count; i++) {
    const schema::Field& f = e.fields[e.carried[i]];
    s.has_hashes |= f.op == schema::Op::Hashes;
    s.has_archived |= f.op == schema::Op::Archived;
    if (f.op == schema::Op::User) std::memcpy(&s.uid, bytes + f.wire_offset, sizeof s.uid);
    if (f.op == schema::Op::Created) s.has_birth = bytes[f.wire_offset] != 0 && s.file;
  }
  switch (static_cast<sm_type>(r.header->type)) {
    case SM_EXEC:
      if (!s.has_hashes || !p.program->exe.ino) break;
      s.content = &p.program->exe;
      s.paths = {"/proc/" + std::to_string(p.key.pid) + "/exe"};
      if (p.task.ns[0] == own_mnt_ns) s.paths.push_back(p.program->image);
      break;
    case SM_FILE_CREATE:
      if (s.has_birth) s.paths = paths_of(p, path_of_location(r, r.as<sm_file_create_record>().target), own_mnt_ns);
      break;
    case SM_FILE_DELETE:
      s.why = "gone";
      break;
    case SM_FILE_MODIFY:
      s.why = "open";
      break;
    case SM_RAW_ACCESS:
    case SM_PIPE_CREATE:
    case SM_PIPE_CONNECT:
    case SM_FILE_TIME:
    case SM_FORK:
    case SM_EXIT:
    case SM_ALIVE:
      break;
  }
  return s;
}

std::string birth_of(const sm_file& file, const std::vector<std::string>& paths) {
  for (const auto& path : paths) {
    struct statx x;
    if (statx(AT_FDCWD, path.c_str(), AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT, STATX_BTIME | STATX_INO, &x) != 0) continue;
    if (x.stx_ino != file.ino || !(x.stx_mask & STATX_BTIME)) continue;
    const time_t sec = x.stx_btime.tv_sec;
    tm utc;
    gmtime_r(&sec, &utc);
    char out[40];
    const size_t n = strftime(out, sizeof out, "%Y-%m-%d %H:%M:%S", &utc);
    std::snprintf(out + n, sizeof out - n, ".%03u", x.stx_btime.tv_nsec / 1000000);
    return out;
  }
  return "";
}

}  // namespace sysmon
