#include "event/throttle.h"

#include <gtest/gtest.h>

namespace sysmon::test {
namespace {

constexpr uint64_t kSecond = 1000000000;

const schema::Event& event(uint16_t id) {
  for (const auto& e : schema::kEvents)
    if (e.id == id) return e;
  throw id;
}

Process process(uint32_t pid, uint64_t cgroup = 0) {
  Process p;
  p.key = {pid * 10ull, 0, pid};
  p.task.cgroup_id = cgroup;
  return p;
}

ThrottleSettings settings(ThrottleSettings::By by, uint32_t per_second = 2) { return {per_second, by, {1, 11}}; }

int passed(Throttle* t, uint16_t id, const Process& p, int times, uint64_t at = 5 * kSecond) {
  int n = 0;
  while (times-- > 0) n += t->passes(event(id), p, at);
  return n;
}

}  // namespace

TEST(Throttle, SoManyOfEachProcessInEachSecond) {
  Throttle t(settings(ThrottleSettings::kProcess));
  EXPECT_EQ(passed(&t, 1, process(1), 1), 1);
  EXPECT_EQ(passed(&t, 11, process(1), 3), 1) << "all types count together";
  EXPECT_EQ(passed(&t, 11, process(2), 3), 2);
  EXPECT_EQ(passed(&t, 3, process(1), 9), 9) << "a type that does not count";
  EXPECT_EQ(passed(&t, 1, process(1), 1, 6 * kSecond - 1), 0);
  EXPECT_EQ(passed(&t, 1, process(1), 3, 6 * kSecond), 2) << "the next second";
  EXPECT_EQ(passed(&t, 1, process(1), 1, 5 * kSecond), 0) << "late, so of now";
  Process same = process(1);
  same.key.exec_id = 3;
  EXPECT_EQ(passed(&t, 1, same, 1, 6 * kSecond), 0) << "it has executed another program";
  uint64_t files = 0, creates = 0;
  for (const Suppressed& s : t.take()) (s.event == 11 ? files : creates) += s.count;
  EXPECT_EQ(files, 3);
  EXPECT_EQ(creates, 4);
  EXPECT_TRUE(t.take().empty());
}

TEST(Throttle, OfEachControlGroupOrType) {
  Throttle group(settings(ThrottleSettings::kCgroup));
  EXPECT_EQ(passed(&group, 1, process(1, 7), 2) + passed(&group, 1, process(2, 7), 2), 2);
  EXPECT_EQ(passed(&group, 1, process(3, 8), 2), 2);
  Throttle type(settings(ThrottleSettings::kType));
  EXPECT_EQ(passed(&type, 1, process(1), 2) + passed(&type, 1, process(2), 2), 2);
  EXPECT_EQ(passed(&type, 11, process(1), 3), 2);
}

TEST(Throttle, NoneAndAnother) {
  Throttle t({});
  EXPECT_EQ(passed(&t, 1, process(1), 100), 100);
  t.set(settings(ThrottleSettings::kProcess, 1));
  EXPECT_EQ(passed(&t, 1, process(1), 3), 1);
  t.set({});
  EXPECT_EQ(passed(&t, 1, process(1), 3), 3);
  ASSERT_EQ(t.take().size(), 1U) << "what was suppressed before is told";
}

TEST(Throttle, IsBoundedAndCountsAll) {
  Throttle t(settings(ThrottleSettings::kProcess, 1));
  uint64_t suppressed = 0;
  const int many = Throttle::kMost + 1000;
  int n = 0;
  for (int pid = 1; pid <= many; pid++) n += passed(&t, 1, process(pid), 2);
  EXPECT_EQ(n, static_cast<int>(Throttle::kMost) + 1) << "the others have one share";
  const auto told = t.take();
  EXPECT_LE(told.size(), Throttle::kMost + 1);
  for (const Suppressed& s : told) suppressed += s.count;
  EXPECT_EQ(suppressed, 2U * many - n);
}

}  // namespace sysmon::test
