#include "base/mounts.h"

#include <cstdio>
#include <string_view>

#include "base/files.h"

namespace sysmon {

namespace {
// mountinfo writes blanks and the like as \040.
std::string unescape(std::string_view s) {
  std::string out;
  for (size_t i = 0; i < s.size(); i++) {
    if (s[i] == '\\' && i + 3 < s.size()) {
      out += static_cast<char>((s[i + 1] - '0') << 6 | (s[i + 2] - '0') << 3 | (s[i + 3] - '0'));
      i += 3;
    } else {
      out += s[i];
    }
  }
  return out;
}
}  // namespace

// id parent major:minor root mount-point options … - type source …
std::vector<MountPoint> mounts_in(const std::string& mountinfo) {
  std::vector<MountPoint> out;
  const std::string all = read_file(mountinfo);
  std::string_view rest = all;
  for (std::string_view line; next_line(&rest, &line);) {
    std::string_view words[5];
    for (auto& w : words) w = next_word(&line);
    unsigned major, minor;
    if (words[4].empty() || std::sscanf(std::string(words[2]).c_str(), "%u:%u", &major, &minor) != 2) continue;
    while (!line.empty() && next_word(&line) != "-") continue;
    out.push_back({major << 20 | minor, unescape(words[4]), std::string(next_word(&line))});
  }
  return out;
}

}  // namespace sysmon
