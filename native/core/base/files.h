// Small files of the system, and words in them. Not by streams: what those bring along of locales is a sixth of a
// released binary.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace sysmon {

// Enough for what an administrator writes, and for tables of /proc.
constexpr size_t kMostOfFile = 64 << 20;

// At most `limit` bytes of a file; empty if it cannot be read.
std::string read_file(const std::string& path, size_t limit = kMostOfFile);

// Takes the next line off the text, without its end. False: there is none.
bool next_line(std::string_view* text, std::string_view* line);

// Takes the next word off the text, between white space; empty: there is none.
std::string_view next_word(std::string_view* text);

}  // namespace sysmon
