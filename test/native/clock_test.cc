#include "base/clock.h"

#include <gtest/gtest.h>

using namespace sysmon;

TEST(WallClock, AgreesWithTheRealOne) {
  const WallClock clock;
  const int64_t before = now_ns(CLOCK_REALTIME);
  const int64_t wall = clock.wall_ns(static_cast<uint64_t>(now_ns(CLOCK_BOOTTIME)));
  const int64_t after = now_ns(CLOCK_REALTIME);
  // Only as wrong as a preemption between two readings.
  EXPECT_GT(wall, before - 50000000);
  EXPECT_LT(wall, after + 50000000);
}

TEST(WallClock, SplitsIntoSecondsAndMicroseconds) {
  const WallClock clock;
  const uint64_t boot = 123456789123456789;
  const WallTime t = clock.wall(boot);
  EXPECT_LT(t.usec, 1000000u);
  EXPECT_EQ(int64_t{t.sec} * 1000000 + t.usec, clock.wall_ns(boot) / 1000);
}

TEST(WallClock, KeepsDistancesUntilItIsAnchoredAnew) {
  WallClock clock;
  EXPECT_EQ(clock.wall_ns(2000) - clock.wall_ns(1000), 1000);
  const int64_t before = clock.wall_ns(0);
  clock.anchor();
  EXPECT_NEAR(static_cast<double>(clock.wall_ns(0) - before), 0, 5e7);
}

TEST(WallClock, TimesThatNoKernelGivesAreStillTimes) {
  const WallClock clock;
  for (const uint64_t boot :
       {uint64_t{0}, uint64_t{INT64_MAX}, uint64_t{INT64_MAX} + 1, UINT64_MAX - 1, UINT64_MAX, 7831759936680928057u})
    EXPECT_LT(clock.wall(boot).usec, 1000000u) << boot;
}
