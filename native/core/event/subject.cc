#include "event/subject.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "base/text.h"
#include "enrich/hashes.h"
#include "event/extra.h"
#include "event/location.h"

namespace sysmon {

std::vector<std::string> paths_to(const Record& r, const Process& p, uint64_t own_mnt_ns) {
  const bool same_mounts = p.task.ns[0] == own_mnt_ns;
  if (r.header->type == SM_EXEC) return same_mounts ? std::vector{p.program->image} : std::vector<std::string>{};
  if (r.header->type != SM_FILE_CREATE && r.header->type != SM_FILE_MODIFY) return {};
  const bool created = r.header->type == SM_FILE_CREATE;
  const std::string path =
      path_of_location(r, created ? r.as<sm_file_create_record>().target : r.as<sm_file_modify_record>().target);
  if (path.empty()) return {};
  return {same_mounts ? path : "/proc/" + std::to_string(p.key.pid) + "/root" + path};
}

Subject subject_of(const schema::Event& e, const Record& r, const Process& p) {
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
      if (s.has_hashes && p.program->exe.ino) s.content = &p.program->exe;
      break;
    case SM_FILE_DELETE:
      if (s.file ? S_ISREG(s.file->mode) : !r.as<sm_file_delete_record>().directory) s.why = "gone";
      break;
    case SM_FILE_MODIFY:
      if (s.has_hashes && s.file) s.content = s.file;
      s.is_written = true;
      s.why = "gone";
      break;
    case SM_FILE_CREATE:  // Sysmon's has no field for them: `extra` has
      s.has_hashes = true;
      s.is_written = true;
      if (s.file && S_ISREG(s.file->mode)) s.content = s.file;
      break;
    case SM_RAW_ACCESS:
    case SM_PIPE_CREATE:
    case SM_PIPE_CONNECT:
    case SM_FILE_TIME:
    case SM_URING:
    case SM_FORK:
    case SM_EXIT:
    case SM_ALIVE:
    case SM_NETWORK:
    case SM_DNS_PACKET:
    case SM_DNS_QUERY:
      break;
  }
  return s;
}

std::string birth_of(const sm_file& file, const std::vector<std::string>& paths) {
  for (const auto& path : paths) {
    struct statx x;
    if (statx(AT_FDCWD, path.c_str(), AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT, STATX_BTIME | STATX_INO, &x) != 0)
      continue;
    if (!(x.stx_mask & STATX_BTIME) || x.stx_ino != file.ino ||
        !same_device(file, makedev(x.stx_dev_major, x.stx_dev_minor)))
      continue;
    return utc_text(x.stx_btime.tv_sec, x.stx_btime.tv_nsec);
  }
  return "";
}

}  // namespace sysmon
