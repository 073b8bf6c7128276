#include "enrich/hostnames.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>

using namespace sysmon;

namespace {
constexpr int64_t kS = 1000000000;

Address v4(const char* text) {
  in_addr a{};
  inet_pton(AF_INET, text, &a);
  return address_of(&a, false);
}
Address v6(const char* text) {
  in6_addr a{};
  inet_pton(AF_INET6, text, &a);
  return address_of(&a, true);
}
std::string name(const Hostnames& h, const Address& a, int64_t now) {
  const std::string* found = h.find(a, now);
  return found ? *found : "(none)";
}
}  // namespace

TEST(Hostnames, LastAnswerNames) {
  Hostnames h;
  h.learn(v4("192.0.2.1"), "one.example", 600, 0);
  h.learn(v6("2001:db8::1"), "six.example", 600, 0);
  EXPECT_EQ(name(h, v4("192.0.2.1"), kS), "one.example");
  EXPECT_EQ(name(h, v6("2001:db8::1"), kS), "six.example");
  EXPECT_EQ(name(h, v4("192.0.2.2"), kS), "(none)");
  h.learn(v4("192.0.2.1"), "two.example", 600, kS);
  EXPECT_EQ(name(h, v4("192.0.2.1"), 2 * kS), "two.example");
  EXPECT_EQ(h.size(), 2u);
}

TEST(Hostnames, MappedAddressIsTheIpv4One) {
  Hostnames h;
  h.learn(v6("::ffff:192.0.2.1"), "mapped.example", 600, 0);
  EXPECT_EQ(name(h, v4("192.0.2.1"), 0), "mapped.example");
}

TEST(Hostnames, KeptForTheTtlWithinBounds) {
  Hostnames h;
  h.learn(v4("192.0.2.1"), "short", 1, 0);
  h.learn(v4("192.0.2.2"), "middle", 1000, 0);
  h.learn(v4("192.0.2.3"), "long", 0xffffffff, 0);
  EXPECT_EQ(name(h, v4("192.0.2.1"), 299 * kS), "short");
  EXPECT_EQ(name(h, v4("192.0.2.1"), 300 * kS), "(none)");
  EXPECT_EQ(name(h, v4("192.0.2.2"), 999 * kS), "middle");
  EXPECT_EQ(name(h, v4("192.0.2.2"), 1000 * kS), "(none)");
  EXPECT_EQ(name(h, v4("192.0.2.3"), 86399 * kS), "long");
  EXPECT_EQ(name(h, v4("192.0.2.3"), 86400 * kS), "(none)");
}

TEST(Hostnames, OldestLeavesWhenFull) {
  Hostnames h(2);
  h.learn(v4("192.0.2.1"), "a", 600, 0);
  h.learn(v4("192.0.2.2"), "b", 600, 0);
  h.learn(v4("192.0.2.1"), "a again", 600, 0);
  h.learn(v4("192.0.2.3"), "c", 600, 0);
  EXPECT_EQ(h.size(), 2u);
  EXPECT_EQ(name(h, v4("192.0.2.2"), 0), "(none)");
  EXPECT_EQ(name(h, v4("192.0.2.1"), 0), "a again");
  EXPECT_EQ(name(h, v4("192.0.2.3"), 0), "c");
}

TEST(Hostnames, RefusesWhatIsNoName) {
  Hostnames h;
  h.learn(v4("192.0.2.1"), "", 600, 0);
  h.learn(v4("192.0.2.1"), std::string(256, 'x'), 600, 0);
  EXPECT_EQ(h.size(), 0u);
}
