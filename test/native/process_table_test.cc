#include "process/process_table.h"

#include <gtest/gtest.h>

#include <set>

using namespace sysmon;

namespace {
constexpr uint64_t kS = 1000000000;
struct Fixture : testing::Test {
  std::vector<uint32_t> retired;
  ProcessTable table{[this](const Process& p) { retired.push_back(p.ref); }};
  Process* add(uint32_t pid, Process* parent = nullptr, uint64_t start = 1, uint64_t exec_id = 1) {
    Process* p = table.insert({start, exec_id, pid}, parent);
    p->defined = true;
    return p;
  }
  void expire_all() { table.expire(UINT64_MAX / 2); }
};
using Table = Fixture;
}  // namespace

TEST_F(Table, FindsByKeyAndByPid) {
  Process* a = add(10);
  EXPECT_EQ(table.find({1, 1, 10}), a);
  EXPECT_EQ(table.current(10), a);
  EXPECT_EQ(table.find({1, 2, 10}), nullptr);
  EXPECT_EQ(table.find({2, 1, 10}), nullptr);
  EXPECT_EQ(table.current(11), nullptr);
}

TEST_F(Table, AnExecSupersedes) {
  Process* a = add(10);
  Process* b = add(10, nullptr, 1, 2);
  EXPECT_EQ(table.current(10), b);
  EXPECT_EQ(table.find({1, 1, 10}), a);
  EXPECT_EQ(table.nearest({1, 7, 10}), b) << "the same life of the pid";
  EXPECT_EQ(table.nearest({2, 1, 10}), nullptr) << "another life";
}

TEST_F(Table, ARecordThatComesLateIsNotCurrent) {
  Process* b = add(10, nullptr, 1, 2);
  add(10, nullptr, 1, 1);
  EXPECT_EQ(table.current(10), b);
  Process* reused = add(10, nullptr, 5, 1);
  EXPECT_EQ(table.current(10), reused);
  add(10, nullptr, 4, 9);
  EXPECT_EQ(table.current(10), reused);
}

TEST_F(Table, ForgetsTheDeadAfterAMinute) {
  Process* a = add(10);
  const uint32_t ref = a->ref;
  table.end(a, 5 * kS);
  table.expire(5 * kS + ProcessTable::kKeepNs);
  EXPECT_EQ(table.size(), 1u);
  table.expire(5 * kS + ProcessTable::kKeepNs + 1);
  EXPECT_EQ(table.size(), 0u);
  EXPECT_EQ(table.current(10), nullptr);
  EXPECT_EQ(retired, std::vector<uint32_t>{ref});
}

TEST_F(Table, KeepsTheLiving) {
  add(10);
  expire_all();
  EXPECT_EQ(table.size(), 1u);
}

TEST_F(Table, BoundsTheDead) {
  for (uint32_t i = 0; i < ProcessTable::kKeepEnded + 100; i++) table.end(add(i + 1), kS);
  table.expire(kS);
  EXPECT_EQ(table.size(), ProcessTable::kKeepEnded);
}

TEST_F(Table, EndsOnce) {
  Process* a = add(10);
  table.end(a, 1);
  table.end(a, 2);
  EXPECT_EQ(a->ended, 1u);
  expire_all();
  EXPECT_EQ(retired.size(), 1u);
  table.end(add(11), 0);
  expire_all();
  EXPECT_EQ(table.size(), 0u) << "time 0 ends it all the same";
}

TEST_F(Table, TellsOnlyWhatJavaScriptKnows) {
  Process* a = add(10);
  a->defined = false;
  table.end(a, 1);
  expire_all();
  EXPECT_EQ(table.size(), 0u);
  EXPECT_TRUE(retired.empty());
}

TEST_F(Table, ChildrenHoldTheirParents) {
  Process* a = add(1);
  Process* b = add(2, a);
  Process* c = add(3, b);
  const std::vector<uint32_t> order{c->ref, b->ref, a->ref};
  table.end(a, 1);
  table.end(b, 2);
  expire_all();
  EXPECT_EQ(table.size(), 3u) << "c lives and its line stays";
  EXPECT_EQ(c->parent->parent, a);
  table.end(c, 3);
  expire_all();
  EXPECT_EQ(table.size(), 0u);
  EXPECT_EQ(retired, order) << "from the leaf up: nothing refers to what is retired";
}

TEST_F(Table, HoldsKeepTheExpired) {
  Process* a = add(1);
  table.hold(a);
  table.hold(a);
  table.end(a, 1);
  expire_all();
  table.unhold(a);
  EXPECT_EQ(table.size(), 1u);
  table.unhold(a);
  EXPECT_EQ(table.size(), 0u);
}

TEST_F(Table, AReusedPidSurvivesItsForerunner) {
  Process* a = add(1);
  table.end(a, 1);
  Process* b = add(1, nullptr, 2);
  expire_all();
  EXPECT_EQ(table.current(1), b);
  EXPECT_EQ(table.size(), 1u);
}

TEST_F(Table, ReusesRefsOnlyOfTheFreed) {
  std::set<uint32_t> living;
  Process* keep = add(1);
  for (uint32_t i = 0; i < 100; i++) {
    Process* p = add(100 + i);
    EXPECT_NE(p->ref, keep->ref);
    EXPECT_LT(p->ref, 3u) << "the number of the last one is free again";
    table.end(p, 1);
    expire_all();
  }
  EXPECT_EQ(retired.size(), 100u);
}

TEST_F(Table, SetParentMovesTheHold) {
  Process *a = add(1), *b = add(2), *c = add(3, a);
  table.set_parent(c, b);
  table.end(a, 1);
  table.end(b, 1);
  expire_all();
  EXPECT_EQ(table.find({1, 1, 1}), nullptr);
  EXPECT_EQ(c->parent, b);
  table.set_parent(c, nullptr);
  EXPECT_EQ(table.size(), 1u);
  EXPECT_EQ(c->depth, 0);
}

// Wrong or hostile records may name a process as its own forefather; a line with a loop would never end.
TEST_F(Table, RefusesLoops) {
  Process *a = add(1), *b = add(2, a), *c = add(3, b);
  table.set_parent(a, a);
  EXPECT_EQ(a->parent, nullptr);
  table.set_parent(a, c);
  EXPECT_EQ(a->parent, nullptr);
  table.set_parent(b, c);
  EXPECT_EQ(b->parent, a) << "the one that there was";
  for (Process* p : {a, b, c}) table.end(p, 1);
  expire_all();
  EXPECT_EQ(table.size(), 0u);
}

TEST_F(Table, AKeyThatIsThereStaysTheSameRecord) {
  Process *a = add(1), *b = add(2, a);
  EXPECT_EQ(table.insert(a->key, nullptr), a) << "others point to it";
  EXPECT_EQ(b->parent, a);
  EXPECT_EQ(table.size(), 2u);
}

// Relays that fork and exit: each holds the one before it.
TEST_F(Table, CutsLinesThatGrowForEver) {
  Process* p = nullptr;
  for (uint32_t i = 1; i <= 100000; i++) {
    Process* child = add(i, p);
    if (p) table.end(p, 1);
    p = child;
    table.expire(i % 1000 ? 1 : UINT64_MAX / 2);
  }
  size_t line = 0;
  for (Process* a = p; a; a = a->parent) line++;
  EXPECT_LE(line, ProcessTable::kMaxDepth + 1u);
  EXPECT_GE(line, ProcessTable::kMaxDepth / 2u);
  expire_all();
  EXPECT_LE(table.size(), ProcessTable::kMaxDepth + 1u);
  table.end(p, 1);
  expire_all();
  EXPECT_EQ(table.size(), 0u);
}
