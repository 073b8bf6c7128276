#include "event/file_attribute.h"

#include <string_view>

namespace sysmon {

namespace {
constexpr uint32_t kMode = 0, kOwner = 1, kFlags = 4;  // SM_ATTRIBUTE_* of bpf/events/file-attribute.bpf.c
constexpr uint32_t kAppend = 4, kImmutable = 8;        // S_APPEND, S_IMMUTABLE

void add(std::string& out, std::string_view word) {
  if (!out.empty()) out += ',';
  out += word;
}

// As chmod(1) takes it, and in words what makes a mode special: `04755,setuid`.
std::string mode_text(uint32_t mode) {
  std::string out = "0";
  if (mode & 07000) out += static_cast<char>('0' + (mode >> 9 & 7));
  for (const int shift : {6, 3, 0}) out += static_cast<char>('0' + (mode >> shift & 7));
  if (mode & 04000) add(out, "setuid");
  if (mode & 02000) add(out, "setgid");
  if (mode & 01000) add(out, "sticky");
  return out;
}
}  // namespace

std::string file_attribute(uint32_t what, const uint32_t values[2]) {
  if (values[0] == UINT32_MAX) {
    // Of an owner, -1 leaves the user as he is.
    return what == kOwner && values[1] != 0 && values[1] != UINT32_MAX ? "-:" + std::to_string(values[1]) : "";
  }
  if (what == kMode) return mode_text(values[0]);
  if (what == kOwner)
    return std::to_string(values[0]) + ':' + (values[1] == UINT32_MAX ? "-" : std::to_string(values[1]));
  if (what != kFlags) return "";
  std::string out;
  if (values[0] & kImmutable) add(out, "immutable");
  if (values[0] & kAppend) add(out, "append");
  return out.empty() ? "none" : out;
}

}  // namespace sysmon
