#include "event/mount_options.h"

#include <array>

namespace sysmon {

// By bit. Empty: it says nothing to a person, or belongs to the kernel.
static constexpr std::array<std::string_view, 32> kFlags = {
    "ro",      "nosuid",  "nodev",      "noexec",   "sync", "remount",  "mand",        "dirsync",  "nosymfollow",
    "",        "noatime", "nodiratime", "bind",     "move", "rec",      "silent",      "",         "unbindable",
    "private", "slave",   "shared",     "relatime", "",     "iversion", "strictatime", "lazytime", "force",
    "detach",  "expire",  "nofollow",   "",         ""};

std::string mount_options(uint32_t flags, std::string_view options) {
  std::string out;
  const auto add = [&out](std::string_view word) {
    if (word.empty()) return;
    if (!out.empty()) out += ',';
    out += word;
  };
  for (size_t bit = 0; bit < kFlags.size(); bit++)
    if (flags >> bit & 1) add(kFlags[bit]);
  add(options);
  return out;
}

}  // namespace sysmon
