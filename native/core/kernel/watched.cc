#include "kernel/watched.h"

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>

#include "kernel/variables.h"

namespace sysmon {

namespace {
// As in bpf/settings.h and bpf/read/watched.h.
constexpr size_t kEntries = 128, kBytes = 128, kKeys = 4096;
constexpr uint8_t kFile = 1, kParent = 2, kAbove = 4, kLevels = 16;
constexpr size_t kShown = 4096;  // as many as the kernel side keeps

struct WatchEntry {
  char text[kBytes];
};

std::vector<std::string_view> components(std::string_view path) {
  std::vector<std::string_view> out;
  while (!path.empty()) {
    const std::string_view part = path.substr(0, path.find('/'));
    path.remove_prefix(std::min(path.size(), part.size() + 1));
    if (!part.empty()) out.push_back(part);
  }
  return out;
}

bool has_star(std::string_view part) { return part.find('*') != std::string_view::npos; }

// sm_watch_key()
size_t key_of(std::string_view name) {
  uint64_t start = 0;
  std::memcpy(&start, name.data(), std::min(name.size(), sizeof start));
  return ((start ^ name.size()) * 0x9e3779b97f4a7c15ull) >> 52;
}

bool fits(std::string_view pattern, std::string_view name) {
  size_t at = 0, text = 0, star = std::string_view::npos, taken = 0;
  while (text < name.size()) {
    if (at < pattern.size() && pattern[at] == '*') {
      star = ++at;
      taken = text;
    } else if (at < pattern.size() && pattern[at] == name[text]) {
      at++, text++;
    } else if (star != std::string_view::npos) {
      at = star;
      text = ++taken;
    } else {
      return false;
    }
  }
  while (at < pattern.size() && pattern[at] == '*') at++;
  return at == pattern.size();
}

void show(const std::string& folder, const std::vector<std::string_view>& parts, size_t at, size_t& left) {
  if (left == 0) return;
  const bool last = at + 1 == parts.size();
  const auto go = [&](std::string_view name) {
    const std::string path = folder + '/' + std::string(name);
    if (!last) return show(path, parts, at + 1, left);
    const int fd = open(path.c_str(), O_PATH | O_CLOEXEC);
    if (fd < 0) return;
    close(fd);
    left--;
  };
  if (!has_star(parts[at])) return go(parts[at]);
  const std::unique_ptr<DIR, int (*)(DIR*)> entries(opendir(folder.empty() ? "/" : folder.c_str()), closedir);
  if (!entries) return;
  while (const dirent* e = readdir(entries.get())) {
    const std::string_view name = e->d_name;
    if (name != "." && name != ".." && fits(parts[at], name)) go(name);
  }
}
}  // namespace

void set_watched(bpf_object* object, const std::vector<std::string>& entries) {
  const auto texts = std::make_unique<WatchEntry[]>(kEntries);
  uint8_t keys[kKeys] = {}, levels = 0;
  uint32_t count = 0;
  for (const std::string& entry : entries) {
    const auto parts = components(entry);
    if (count == kEntries || entry.size() >= kBytes) break;  // the SDK has checked it
    std::string text;
    for (auto part = parts.rbegin(); part != parts.rend(); ++part) text.append(*part).append("/");
    std::memcpy(texts[count++].text, text.data(), std::min(text.size(), kBytes - 1));
    const auto plain = std::find_if_not(parts.rbegin(), parts.rend(), has_star);
    if (plain == parts.rend()) continue;
    const auto above = static_cast<uint8_t>(std::min<ptrdiff_t>(plain - parts.rbegin(), kLevels));
    const bool deep = parts.back() == "**";
    keys[key_of(*plain)] |= above == 0 ? kFile : above == 1 && !deep ? kParent : kAbove;
    levels = std::max(levels, deep ? kLevels : above);
  }
  set_constant(object, "sm_watch_count", &count, sizeof count);
  set_constant(object, "sm_watch_entries", texts.get(), kEntries * sizeof(WatchEntry));
  set_constant(object, "sm_watch_keys", keys, sizeof keys);
  set_constant(object, "sm_watch_levels", &levels, sizeof levels);
}

void show_watched(const std::vector<std::string>& entries) {
  size_t left = kShown;
  for (const std::string& entry : entries) {
    const auto parts = components(entry);
    // Files of /proc come and go with their processes, and below two stars there may be any number.
    if (parts.empty() || parts.front() == "proc" || parts.back() == "**") continue;
    show("", parts, 0, left);
  }
}

}  // namespace sysmon
