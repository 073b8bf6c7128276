// Case folding. Sysmon compares UTF-16 unit by unit, so no character above the basic plane folds. Sysmon for Linux
// folds A-Z alone, Sysmon for Windows every letter.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace sysmon::rules {

// Simple lower case of one code point; itself if it has none or lies above the basic plane.
uint32_t fold_char(uint32_t c);

// Which letters have a case.
enum class Letters { All, Ascii };

// Appends the folded text. Bytes that are not UTF-8 stay as they are.
void fold_append(std::string_view text, std::string& out, Letters letters = Letters::All);

inline std::string fold(std::string_view text, Letters letters = Letters::All) {
  std::string out;
  fold_append(text, out, letters);
  return out;
}

// Order of two folded texts by UTF-16 units: <0, 0, >0. It differs from the order of UTF-8 bytes only where a character
// above the basic plane (surrogates from D800) meets one of E000-FFFF. `capitals`: with a-z in the place of A-Z, which
// lies before [ \ ] ^ _ and the grave accent, as the peer orders texts.
int compare_utf16(std::string_view a, std::string_view b, bool capitals = false);

}  // namespace sysmon::rules
