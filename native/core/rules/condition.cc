#include "rules/condition.h"

#include <arpa/inet.h>

#include <charconv>
#include <cstring>
#include <string>

#include "rules/fold.h"
#include "rules/text_index.h"

namespace sysmon::rules {

bool parse_number(std::string_view text, double& out) {
  if (text.size() > 2 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X')) {
    uint64_t v = 0;
    const auto r = std::from_chars(text.data() + 2, text.data() + text.size(), v, 16);
    if (r.ec != std::errc() || r.ptr != text.data() + text.size()) return false;
    out = static_cast<double>(v);
    return true;
  }
  size_t i = 0;
  if (i < text.size() && (text[i] == '-' || text[i] == '+')) i++;
  const size_t digits = i;
  while (i < text.size() && text[i] >= '0' && text[i] <= '9') i++;
  if (i == digits || i - digits > 300) return false;
  if (i < text.size()) {
    if (text[i] != '.' || i + 1 == text.size() || text.size() - i > 300) return false;
    for (size_t j = i + 1; j < text.size(); j++)
      if (text[j] < '0' || text[j] > '9') return false;
  }
  const char* from = text.data() + (text[0] == '+' ? 1 : 0);
  return std::from_chars(from, text.data() + text.size(), out).ec == std::errc();
}

bool parse_address(std::string_view text, Address& out) {
  char buffer[INET6_ADDRSTRLEN];
  if (text.empty() || text.size() >= sizeof(buffer)) return false;
  std::memcpy(buffer, text.data(), text.size());
  buffer[text.size()] = 0;
  std::memset(out.bytes, 0, sizeof(out.bytes));
  if (inet_pton(AF_INET, buffer, out.bytes + 12) == 1) {
    out.v6 = false;
    return true;
  }
  if (inet_pton(AF_INET6, buffer, out.bytes) != 1) return false;
  static constexpr uint8_t kMapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
  out.v6 = std::memcmp(out.bytes, kMapped, sizeof(kMapped)) != 0;
  return true;
}

bool parse_network(std::string_view text, Network& out) {
  const size_t slash = text.find('/');
  if (!parse_address(text.substr(0, slash), out.address)) return false;
  const bool written_v6 = text.find(':') < slash;
  const unsigned most = written_v6 ? 128 : 32;
  unsigned bits = most;
  if (slash != std::string_view::npos) {
    const std::string_view number = text.substr(slash + 1);
    const auto r = std::from_chars(number.data(), number.data() + number.size(), bits);
    if (r.ec != std::errc() || r.ptr != number.data() + number.size() || bits > most) return false;
  }
  if (written_v6 && !out.address.v6) {
    // ::ffff:a.b.c.d/n is a network of IPv4 if it lies inside the mapped range.
    if (bits < 96)
      out.address.v6 = true;
    else
      bits -= 96;
  }
  out.bits = static_cast<uint8_t>(bits);
  return true;
}

bool contains(const Network& network, const Address& address) {
  if (network.address.v6 != address.v6) return false;
  const uint8_t* a = network.address.bytes + (address.v6 ? 0 : 12);
  const uint8_t* b = address.bytes + (address.v6 ? 0 : 12);
  const size_t whole = network.bits / 8;
  if (std::memcmp(a, b, whole) != 0) return false;
  const unsigned rest = network.bits % 8;
  return rest == 0 || ((a[whole] ^ b[whole]) >> (8 - rest)) == 0;
}

bool holds(Op op, std::string_view v, std::string_view p) {
  double x = 0, y = 0;
  switch (op) {
    case Op::Equal:
      return v == p;
    case Op::BaseName:
      return TextIndex::base_name(v) == p;
    case Op::FileName:
      return TextIndex::file_name(v) == p;
    case Op::Contains:
      // The peer's search looks at each position of the value: an empty value has none, so even an empty pattern is not
      // in it.
      if (v.size() < p.size() || v.empty()) return false;
      return p.empty() || memmem(v.data(), v.size(), p.data(), p.size()) != nullptr;
    case Op::Prefix:
      return v.substr(0, p.size()) == p;
    case Op::Suffix:
      return v.size() >= p.size() && v.substr(v.size() - p.size()) == p;
    case Op::LessAuto:
      if (parse_number(v, x) && parse_number(p, y)) return x < y;
      return compare_utf16(v, p) < 0;
    case Op::Less:
      return compare_utf16(v, p, true) < 0;
    case Op::MoreAuto:
      if (parse_number(v, x) && parse_number(p, y)) return x > y;
      return compare_utf16(v, p) > 0;
    case Op::More:
      return compare_utf16(v, p, true) > 0;
    case Op::Eq:
    case Op::Ne:
    case Op::Lt:
    case Op::Le:
    case Op::Gt:
    case Op::Ge:
      if (!parse_number(v, x) || !parse_number(p, y)) return false;
      return op == Op::Eq   ? x == y
             : op == Op::Ne ? x != y
             : op == Op::Lt ? x < y
             : op == Op::Le ? x <= y
             : op == Op::Gt ? x > y
                            : x >= y;
    case Op::Regex:
    case Op::Cidr:
    case Op::Count:
      break;
  }
  return false;
}

}  // namespace sysmon::rules
