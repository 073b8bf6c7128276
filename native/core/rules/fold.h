// Case folding. Sysmon compares UTF-16 with towlower, unit by unit: so the characters of the basic plane fold, the
// others do not.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace sysmon::rules {

// Simple lower case of one code point; itself if it has none or lies above the basic plane.
uint32_t fold_char(uint32_t c);

// Appends the folded text. Bytes that are not UTF-8 stay as they are.
void fold_append(std::string_view text, std::string& out);

inline std::string fold(std::string_view text) {
  std::string out;
  fold_append(text, out);
  return out;
}

// Order of two folded texts by UTF-16 units, as the peer's comparison has it: <0, 0, >0. It differs from the order of
// UTF-8 bytes only where a character above the basic plane (surrogates from D800) meets one of E000-FFFF.
int compare_utf16(std::string_view a, std::string_view b);

}  // namespace sysmon::rules
