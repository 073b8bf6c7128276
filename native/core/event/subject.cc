#include "event/subject.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include <cstring>

#include "base/text.h"
#include "enrich/hashes.h"
#include "event/extra.h"
#include "event/location.h"

namespace sysmon {

using schema::Content;

std::string path_of_target(const schema::Event& e, const Record& r) {
  const schema::Field* f = e.locations[0];
  if (!f) return "";
  sm_location l;
  std::memcpy(&l, reinterpret_cast<const uint8_t*>(r.header) + f->wire_offset, sizeof l);
  return path_of_location(r, l);
}

std::vector<std::string> paths_to(const schema::Event& e, const Record& r, const Process& p, uint64_t own_mnt_ns) {
  const bool same_mounts = p.task.ns[0] == own_mnt_ns;
  switch (e.content) {
    case Content::Program:
      return same_mounts ? std::vector{p.program->image} : std::vector<std::string>{};
    case Content::Created:
    case Content::Image:
    case Content::Modified: {
      const std::string path = path_of_target(e, r);
      if (path.empty()) return {};
      return {same_mounts ? path : "/proc/" + std::to_string(p.key.pid) + "/root" + path};
    }
    case Content::None:
    case Content::Deleted:
      return {};
  }
  return {};
}

// What there is to be hashed, or why there is nothing.
static void find_content(const schema::Event& e, const Process& p, Subject* s) {
  switch (e.content) {
    case Content::Program:
      if (s->has_hashes && p.program->exe.ino) s->content = &p.program->exe;
      return;
    case Content::Image:
      if (s->has_hashes) s->content = s->file;
      return;
    case Content::Modified:
      if (s->has_hashes && s->file) s->content = s->file;
      s->is_written = true;
      s->why = "gone";
      return;
    case Content::Created:
      s->is_written = true;
      if (s->file && S_ISREG(s->file->mode)) s->content = s->file;
      return;
    case Content::Deleted:
      s->is_deleted = true;
      if (!s->file)
        s->why = s->is_directory ? "" : "unknown";
      else if (S_ISREG(s->file->mode))
        s->why = s->file->nlink ? "hidden" : "gone";
      return;
    case Content::None:
      return;
  }
}

Subject subject_of(const schema::Event& e, const Record& r, const Process& p) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(r.header);
  Subject s;
  s.uid = p.task.uid;
  if (e.uid_offset) std::memcpy(&s.uid, bytes + e.uid_offset, sizeof s.uid);
  s.other_uid = s.uid;
  if (e.other_uid_offset) std::memcpy(&s.other_uid, bytes + e.other_uid_offset, sizeof s.other_uid);
  s.file = file_of(e, r);
  s.has_hashes = e.has_hashes;
  s.has_archived = e.has_archived;
  s.has_birth = e.birth_offset && bytes[e.birth_offset] && s.file;
  s.is_directory = e.directory_offset && bytes[e.directory_offset];
  find_content(e, p, &s);
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
