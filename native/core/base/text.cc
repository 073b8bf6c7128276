#include "base/text.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <ctime>

namespace sysmon {

// Length of the valid UTF-8 sequence at p, 0 if there is none. Rejects overlong forms, surrogates and what is above
// U+10FFFF.
static size_t sequence(const uint8_t* p, size_t left) {
  const uint8_t c = p[0];
  if (c < 0x80) return 1;
  const size_t n = c >= 0xc2 && c <= 0xdf ? 2 : (c & 0xf0) == 0xe0 ? 3 : c >= 0xf0 && c <= 0xf4 ? 4 : 0;
  if (n == 0 || n > left) return 0;
  for (size_t i = 1; i < n; i++)
    if ((p[i] & 0xc0) != 0x80) return 0;
  if (c == 0xe0 && p[1] < 0xa0) return 0;
  if (c == 0xed && p[1] > 0x9f) return 0;
  if (c == 0xf0 && p[1] < 0x90) return 0;
  if (c == 0xf4 && p[1] > 0x8f) return 0;
  return n;
}

static size_t ascii_prefix(std::string_view s) {
  size_t i = 0;
  for (; i + 8 <= s.size(); i += 8) {
    uint64_t w;
    std::memcpy(&w, s.data() + i, 8);
    if (w & 0x8080808080808080u) break;
  }
  while (i < s.size() && !(s[i] & 0x80)) i++;
  return i;
}

static constexpr char kHex[] = "0123456789abcdef";

bool append_text(std::string_view bytes, std::string* out) {
  bool clean = true;
  while (!bytes.empty()) {
    const size_t plain = ascii_prefix(bytes);
    out->append(bytes.data(), plain);
    bytes.remove_prefix(plain);
    if (bytes.empty()) break;
    const auto* p = reinterpret_cast<const uint8_t*>(bytes.data());
    const size_t n = sequence(p, bytes.size());
    if (n) {
      out->append(bytes.data(), n);
      bytes.remove_prefix(n);
    } else {
      clean = false;
      const char escaped[] = {'\\', 'x', kHex[*p >> 4], kHex[*p & 15]};
      out->append(escaped, sizeof escaped);
      bytes.remove_prefix(1);
    }
  }
  return clean;
}

bool is_text(std::string_view bytes) {
  for (;;) {
    bytes.remove_prefix(ascii_prefix(bytes));
    if (bytes.empty()) return true;
    const size_t n = sequence(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size());
    if (!n) return false;
    bytes.remove_prefix(n);
  }
}

std::string path_of(std::string_view components, bool cut, bool pseudo) {
  std::string out;
  out.reserve(components.size() + 2);
  if (cut) out += '+';
  if (components == "/") return out + "/";
  // Backwards over the components, each of which ends with '/'.
  size_t end = components.size();
  while (end > 0) {
    const size_t start = end >= 2 ? components.rfind('/', end - 2) : std::string_view::npos;
    const size_t from = start == std::string_view::npos ? 0 : start + 1;
    // A pseudo file is the root of its own tree; its name may be "/" or start with one.
    if (!(pseudo && out.empty() && components[from] == '/')) out += '/';
    out.append(components.substr(from, end - 1 - from));
    end = from;
  }
  return out;
}

static uint32_t utf16_length(std::string_view utf8) {
  uint32_t n = 0;
  for (const char c : utf8) n += (c & 0xc0) != 0x80 ? ((static_cast<uint8_t>(c) >= 0xf0) ? 2 : 1) : 0;
  return n;
}

static std::string_view without_last_nul(std::string_view argv) {
  if (!argv.empty() && argv.back() == '\0') argv.remove_suffix(1);
  return argv;
}

// A NUL is never part of a sequence, so the whole can be converted at once.
void append_command_line(std::string_view argv, std::string* out) {
  const size_t before = out->size();
  append_text(without_last_nul(argv), out);
  std::replace(out->data() + before, out->data() + out->size(), '\0', ' ');
}

CommandLine command_line_of(std::string_view argv) {
  CommandLine c;
  if (argv.empty()) return c;
  argv = without_last_nul(argv);
  c.text.reserve(argv.size());
  c.clean = append_text(argv, &c.text);
  uint32_t at = 0;
  for (size_t start = 0;;) {
    const size_t nul = c.text.find('\0', start);
    at += utf16_length(std::string_view(c.text).substr(start, nul - start));
    c.ends.push_back(at);
    if (nul == std::string::npos) return c;
    c.text[nul] = ' ';
    at++;
    start = nul + 1;
  }
}

bool is_ipv6(const uint8_t* bytes) {
  static constexpr uint8_t kMapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  return std::memcmp(bytes, kMapped, sizeof kMapped) != 0;
}

// Two for each connection: printf would take a third of all that a connection costs the worker.
void append_address(const uint8_t* bytes, std::string* out) {
  char text[40];
  char* at = text;
  const auto add = [&](unsigned number, int base, char before) {
    if (at != text) *at++ = before;
    at = std::to_chars(at, std::end(text), number, base).ptr;
  };
  if (is_ipv6(bytes))
    for (int i = 0; i < 16; i += 2) add(unsigned{bytes[i]} << 8 | bytes[i + 1], 16, ':');
  else
    for (int i = 12; i < 16; i++) add(bytes[i], 10, '.');
  out->append(text, at);
}

static std::string calendar_text(int64_t sec, const char* format, const char* fraction_format, uint32_t fraction) {
  const time_t t = sec;
  tm utc;
  if (!gmtime_r(&t, &utc)) return "-";
  char out[64];
  const size_t n = strftime(out, sizeof out, format, &utc);
  std::snprintf(out + n, sizeof out - n, fraction_format, fraction);
  return out;
}

std::string utc_text(int64_t sec, uint32_t nsec) {
  return calendar_text(sec, "%Y-%m-%d %H:%M:%S", ".%03u", nsec / 1000000);
}
std::string iso_text(int64_t sec, uint32_t nsec) {
  return calendar_text(sec, "%Y-%m-%dT%H:%M:%S", ".%06uZ", nsec / 1000);
}

std::string base64(std::string_view bytes) {
  static constexpr char kDigits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (size_t i = 0; i < bytes.size(); i += 3) {
    const size_t n = std::min<size_t>(3, bytes.size() - i);
    uint32_t v = 0;
    for (size_t j = 0; j < 3; j++) v = v << 8 | (j < n ? static_cast<uint8_t>(bytes[i + j]) : 0);
    for (size_t j = 0; j < 4; j++) out += j <= n ? kDigits[v >> (18 - 6 * j) & 63] : '=';
  }
  return out;
}

void append_json(std::string_view text, std::string* out) {
  *out += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      *out += '\\';
      *out += c;
    } else if (static_cast<uint8_t>(c) < 0x20) {
      const char escaped[] = {'\\', 'u', '0', '0', kHex[c >> 4 & 15], kHex[c & 15]};
      out->append(escaped, sizeof escaped);
    } else {
      *out += c;
    }
  }
  *out += '"';
}

// Inside a string every quote has a backslash before it, so that `"key":` can only be the key itself.
std::vector<std::string> json_values(std::string_view json, std::string_view key) {
  std::vector<std::string> out;
  const std::string needle = json_string(key) + ':';
  for (size_t at = json.find(needle); at != std::string_view::npos; at = json.find(needle, at)) {
    at += needle.size();
    std::string& value = out.emplace_back();
    if (json[at] != '"') {
      while (at < json.size() && json[at] != ',' && json[at] != '}') value += json[at++];
      continue;
    }
    for (at++; at < json.size() && json[at] != '"'; at++) {
      if (json[at] != '\\') {
        value += json[at];
      } else if (json[++at] == 'u') {
        value += static_cast<char>(std::stoi(std::string(json.substr(at + 1, 4)), nullptr, 16));
        at += 4;
      } else {
        value += json[at];
      }
    }
  }
  return out;
}

std::string json_string(std::string_view text) {
  std::string out;
  append_json(text, &out);
  return out;
}

}  // namespace sysmon
