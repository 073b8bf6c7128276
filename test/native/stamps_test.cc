#include "enrich/stamps.h"

#include <gtest/gtest.h>

using namespace sysmon;

TEST(Stamps, APastTimeIsOneThatNoLaterChangeGets) {
  constexpr uint64_t s = 1000000000;
  EXPECT_TRUE(is_past(5 * s + 123456789, 5 * s + 123456790));
  EXPECT_FALSE(is_past(5 * s + 123456789, 5 * s + 123456789));
  EXPECT_FALSE(is_past(5 * s + 123456700, 5 * s + 123456799)) << "may count in tenths of microseconds";
  EXPECT_TRUE(is_past(5 * s + 123456700, 5 * s + 123456800));
  EXPECT_FALSE(is_past(5 * s + 120000000, 5 * s + 129999999)) << "or in hundredths of seconds";
  EXPECT_TRUE(is_past(5 * s + 120000000, 5 * s + 130000000));
  EXPECT_FALSE(is_past(4 * s, 6 * s - 1)) << "or in pairs of seconds";
  EXPECT_TRUE(is_past(4 * s, 6 * s));
}
