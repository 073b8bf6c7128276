// Conditions that look at a value on their own: numbers, addresses, order, and the text conditions without an index.
#pragma once
#include <cstdint>
#include <string_view>

#include "rules/plan.h"

namespace sysmon::rules {

// A decimal number with optional sign and fraction, or 0x and hexadecimal digits; nothing before or after it.
bool parse_number(std::string_view text, double& out);

struct Address {
  uint8_t bytes[16];
  bool v6;  // false: the last four bytes; an IPv4-mapped IPv6 address is one of IPv4
};

struct Network {
  Address address;
  uint8_t bits;
};

bool parse_address(std::string_view text, Address& out);
// `address/bits`, or an address alone. Bits beyond the prefix may be set.
bool parse_network(std::string_view text, Network& out);
bool contains(const Network& network, const Address& address);

// All conditions except Regex and Cidr; both sides folded.
bool holds(Op op, std::string_view folded_value, std::string_view folded_pattern);

}  // namespace sysmon::rules
