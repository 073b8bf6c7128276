#include "event/location.h"

#include <algorithm>

#include "base/text.h"

namespace sysmon {

std::string join_path(const std::string& base, std::string_view name) {
  std::string out;
  const auto add = [&out](std::string_view path) {
    while (!path.empty()) {
      const std::string_view part = path.substr(0, path.find('/'));
      path.remove_prefix(std::min(path.size(), part.size() + 1));
      if (part.empty() || part == ".") continue;
      if (part == "..") {
        const size_t last = out.rfind('/');
        out.resize(last == std::string::npos ? 0 : last);
        continue;
      }
      out.append("/").append(part);
    }
  };
  add(base);
  add(name);
  return out.empty() ? "/" : out;
}

// It starts nowhere: the name of a socket that is no file.
static bool is_no_path(const sm_location& l) { return !l.base.len && !(l.marks & SM_LOCATION_CUT); }

std::string path_of_location(const Record& r, const sm_location& l) {
  const bool cut = l.marks & SM_LOCATION_CUT;
  if (l.path.len) return path_of(r.text(l.path), cut, false);
  if (!l.name.len) return "";
  if (is_no_path(l)) return std::string(r.text(l.name));
  // The mark of what was cut is where it was.
  const std::string path = join_path(path_of(r.text(l.base), false, false), r.text(l.name));
  if (l.marks & SM_LOCATION_CUT_END) return path + '+';
  return cut ? '+' + path : path;
}

bool is_exposed(const Record& r, const sm_location& l) {
  if (l.marks & SM_LOCATION_EXPOSED) return true;
  if (l.path.len || is_no_path(l)) return false;
  std::string_view name = r.text(l.name);
  bool below = false;  // a directory was entered that is not above where the path starts
  while (!name.empty()) {
    const std::string_view part = name.substr(0, name.find('/'));
    name.remove_prefix(std::min(name.size(), part.size() + 1));
    if (part.empty() || part == "." || (part == ".." && !below)) continue;
    if (below) return true;
    below = true;
  }
  return false;
}

std::string stamp_text(const sm_stamp& t) { return t.known ? utc_text(static_cast<int64_t>(t.sec), t.nsec) : "-"; }

}  // namespace sysmon
