// Bytes of the kernel to text that every consumer can carry.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sysmon {

// Appends `bytes` as UTF-8; each byte that is not part of a valid sequence becomes \xHH. Returns false if there was
// one.
bool append_text(std::string_view bytes, std::string* out);

// True if append_text() would change nothing.
bool is_text(std::string_view bytes);

// "ls/bin/usr/" -> "/usr/bin/ls". A path that was cut starts with "+/", as Sysmon writes it.
std::string path_of(std::string_view components, bool cut, bool pseudo);

struct CommandLine {
  std::string text;            // arguments joined by spaces
  std::vector<uint32_t> ends;  // where each argument ends in `text`, in UTF-16 units
  bool clean = true;           // false: some bytes were not UTF-8
};

// Arguments ended by NULs. A missing last NUL (cut, or rewritten by the process) is fine.
CommandLine command_line_of(std::string_view argv);

// The text of that alone.
void append_command_line(std::string_view argv, std::string* out);

// An address of 16 bytes: IPv4 that is mapped into IPv6 with dots, IPv6 in eight groups without leading zeros, none
// left out.
void append_address(const uint8_t* bytes, std::string* out);
bool is_ipv6(const uint8_t* bytes);

// UTC of a time since the epoch: as Sysmon writes it (2026-11-24 08:15:45.804), and as ISO 8601
// (2026-11-24T08:15:45.804123Z).
// "-" where no calendar reaches.
std::string utc_text(int64_t sec, uint32_t nsec);
std::string iso_text(int64_t sec, uint32_t nsec);

// Letters of what taints a kernel, bit by bit, as the kernel itself writes them.
inline constexpr std::string_view kTaints = "PFSRMBUDAWCIOELKXTNJ";

std::string base64(std::string_view bytes);

// Appends `text` (valid UTF-8) as a JSON string with its quotes.
void append_json(std::string_view text, std::string* out);
std::string json_string(std::string_view text);

// The values of all members `key` in JSON that was made here: objects of strings and whole numbers, without white
// space.
std::vector<std::string> json_values(std::string_view json, std::string_view key);

}  // namespace sysmon
