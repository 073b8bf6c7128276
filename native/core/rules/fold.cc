#include "rules/fold.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "rules/case_fold.gen.h"

namespace sysmon::rules {
namespace {

// Length of the well-formed sequence at p, and its code point; 0 if there is none.
size_t decode(const unsigned char* p, size_t left, uint32_t& out) {
  const unsigned char c = p[0];
  if (c < 0x80) {
    out = c;
    return 1;
  }
  size_t n = c >= 0xF0 && c < 0xF5 ? 4 : c >= 0xE0 ? 3 : c >= 0xC2 ? 2 : 0;
  if (c >= 0xF5 || n == 0 || n > left) return 0;
  uint32_t v = c & (0xFFu >> (n + 1));
  for (size_t i = 1; i < n; i++) {
    if ((p[i] & 0xC0) != 0x80) return 0;
    v = v << 6 | (p[i] & 0x3F);
  }
  if ((n == 3 && (v < 0x800 || (v >= 0xD800 && v < 0xE000))) || (n == 4 && (v < 0x10000 || v > 0x10FFFF))) return 0;
  out = v;
  return n;
}

void encode(uint32_t c, std::string& out) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | c >> 6);
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    out += static_cast<char>(0xE0 | c >> 12);
    out += static_cast<char>(0x80 | (c >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  }
}

constexpr auto kAscii = [] {
  std::array<unsigned char, 256> t{};
  for (int i = 0; i < 256; i++) t[i] = static_cast<unsigned char>(i >= 'A' && i <= 'Z' ? i + 32 : i);
  return t;
}();

}  // namespace

uint32_t fold_char(uint32_t c) {
  if (c < 0x80) return kAscii[c];
  if (c > 0xFFFF) return c;
  const auto* end = std::end(kCaseRanges);
  const auto* r =
      std::upper_bound(std::begin(kCaseRanges), end, c, [](uint32_t v, const CaseRange& x) { return v < x.first; });
  if (r == std::begin(kCaseRanges)) return c;
  --r;
  if (c > r->last || (c - r->first) % r->step != 0) return c;
  return static_cast<uint32_t>(static_cast<int32_t>(c) + r->delta);
}

void fold_append(std::string_view text, std::string& out, Letters letters) {
  const auto* p = reinterpret_cast<const unsigned char*>(text.data());
  size_t i = 0;
  const size_t n = text.size();
  // Nearly all text is ASCII: one pass without branches, then look whether that was right.
  const size_t start = out.size();
  out.resize(start + n);
  unsigned char any = 0;
  for (; i < n; i++) {
    any |= p[i];
    out[start + i] = static_cast<char>(kAscii[p[i]]);
  }
  if (any < 0x80 || letters == Letters::Ascii) return;
  out.resize(start);
  for (i = 0; i < n;) {
    uint32_t c = 0;
    const size_t len = decode(p + i, n - i, c);
    if (len == 0) {
      out += static_cast<char>(p[i++]);
    } else {
      const uint32_t lower = fold_char(c);
      if (lower == c)
        out.append(text.data() + i, len);
      else
        encode(lower, out);
      i += len;
    }
  }
}

int compare_utf16(std::string_view a, std::string_view b, bool capitals) {
  const size_t n = std::min(a.size(), b.size());
  const auto unit = [capitals](char c) {
    return static_cast<unsigned char>(capitals && c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
  };
  for (size_t i = 0; i < n; i++) {
    const unsigned char x = unit(a[i]), y = unit(b[i]);
    if (x == y) continue;
    // Lead bytes F0.. are surrogate pairs, which sort below EE and EF (U+E000-FFFF).
    if (x >= 0xF0 && (y == 0xEE || y == 0xEF)) return -1;
    if (y >= 0xF0 && (x == 0xEE || x == 0xEF)) return 1;
    return x < y ? -1 : 1;
  }
  return a.size() == b.size() ? 0 : a.size() < b.size() ? -1 : 1;
}

}  // namespace sysmon::rules
