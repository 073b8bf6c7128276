// The table of processes, kept up to date by records and by what is found alive.
#include "process/lifecycle.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include "base/clock.h"
#include "records.h"

using namespace sysmon;
using namespace sysmon::test;

namespace {

constexpr Who kShell{kPid, kSecond, 1}, kChild{kPid + 1, 2 * kSecond, 1}, kChildExec{kPid + 1, 2 * kSecond, 2};

struct Lives {
  void fork(const Who& child, const Who& parent) { give(fork_of(child, parent), &Lifecycle::on_fork); }
  void exec(const Who& who, const Who& parent = kNobody) {
    Exec e;
    e.who = who;
    e.parent = parent;
    give(exec_of(e), &Lifecycle::on_exec);
  }
  void exit(const Who& who, uint32_t task_flags = 0) { give(exit_of(who, 0, 0, task_flags), &Lifecycle::on_exit); }
  void alive(const Who& who, const Who& parent = kNobody, bool resync = false) {
    Exec e;
    e.type = SM_ALIVE;
    e.who = who;
    e.parent = parent;
    Bytes b = exec_of(e);
    lifecycle.on_alive({&b.as<sm_header>()}, {}, {}, resync);
  }
  void give(Bytes b, void (Lifecycle::*handle)(const Record&)) { (lifecycle.*handle)({&b.as<sm_header>()}); }
  Process* find(const Who& w) { return lifecycle.table().find({w.start, w.exec_id, w.pid}); }

  WallClock clock;
  std::vector<std::pair<uint16_t, Process*>> published;
  size_t holds = 0;  // on the last that was published
  size_t retired = 0;
  Lifecycle lifecycle{{"LD_PRELOAD"},
                      &clock,
                      {[this](const Record& r, Process* p) {
                         published.emplace_back(r.header->type, p);
                         holds = p->holds;
                       },
                       [](Process*, const Process&) {}, [this](const Process&) { retired++; }}};
};

TEST(Lifecycle, PublishesExecsAndExitsAndNoForks) {
  Lives lives;
  lives.exec(kShell);
  lives.fork(kChild, kShell);
  EXPECT_EQ(lives.published.size(), 1u);
  ASSERT_NE(lives.find(kChild), nullptr);
  EXPECT_TRUE(lives.find(kChild)->forked);
  EXPECT_EQ(lives.find(kChild)->program, lives.find(kShell)->program);
  lives.exec(kChildExec);
  lives.exit(kChildExec);
  ASSERT_EQ(lives.published.size(), 3u);
  EXPECT_EQ(lives.published[1], (std::pair<uint16_t, Process*>{SM_EXEC, lives.find(kChildExec)}));
  EXPECT_EQ(lives.published[2], (std::pair<uint16_t, Process*>{SM_EXIT, lives.find(kChildExec)}));
  EXPECT_EQ(lives.find(kChildExec)->parent, lives.find(kShell));
  EXPECT_NE(lives.find(kChild)->ended, 0u) << "the exec superseded it";
  EXPECT_EQ(lives.holds, 1u) << "it is held while its end is told, for it is among the ended already";
  EXPECT_EQ(lives.find(kChildExec)->holds, 0u);
}

TEST(Lifecycle, AnEndIsToldOnce) {
  Lives lives;
  lives.exec(kShell);
  lives.exit(kShell);
  lives.exit(kShell);
  EXPECT_EQ(lives.published.size(), 2u);
  EXPECT_EQ(lives.lifecycle.stats().duplicates, 1u);
}

TEST(Lifecycle, KernelThreadsEndInSilence) {
  Lives lives;
  lives.exec(kShell);
  lives.exit(kShell, 0x00200000);
  EXPECT_EQ(lives.published.size(), 1u);
  EXPECT_EQ(lives.lifecycle.stats().kernel_threads, 1u);
  EXPECT_NE(lives.find(kShell)->ended, 0u);
}

TEST(Lifecycle, AProcessThatNobodyHasShownIsMadeAndUncertain) {
  Lives lives;
  Bytes b = exit_of(kShell);
  Process* p = lives.lifecycle.process_of(b.as<sm_header>());
  ASSERT_NE(p, nullptr);
  EXPECT_TRUE(p->uncertain);
  EXPECT_EQ(p->program->image, "-") << "/proc does not know it";
  EXPECT_EQ(lives.lifecycle.process_of(b.as<sm_header>()), p) << "once";
  EXPECT_TRUE(lives.published.empty());
}

TEST(Lifecycle, AParentThatNobodyHasShownMustLive) {
  Lives lives;
  lives.fork(kChild, kShell);
  EXPECT_EQ(lives.find(kChild)->parent, nullptr) << "/proc does not know it";
  EXPECT_TRUE(lives.find(kChild)->uncertain_birth);
  EXPECT_EQ(lives.lifecycle.table().size(), 1u);
}

TEST(Lifecycle, TheLivingAreLinkedOnceAllAreKnown) {
  Lives lives;
  lives.alive(kChild, kShell);
  lives.alive(kShell);
  EXPECT_EQ(lives.find(kChild)->parent, nullptr);
  lives.lifecycle.alive_done(0);
  EXPECT_EQ(lives.find(kChild)->parent, lives.find(kShell));
  EXPECT_TRUE(lives.find(kChild)->snapshot);
  EXPECT_FALSE(lives.find(kChild)->uncertain);
  EXPECT_TRUE(lives.published.empty());
}

TEST(Lifecycle, WhoIsNotFoundAliveIsBuried) {
  Lives lives;
  lives.exec(kShell);
  lives.exec(kChild);
  lives.alive(kChild, kNobody, true);
  lives.lifecycle.alive_done(10 * kSecond);
  EXPECT_EQ(lives.find(kShell)->ended, 10 * kSecond);
  EXPECT_EQ(lives.find(kChild)->ended, 0u);
  EXPECT_EQ(lives.published.size(), 2u) << "an end without a record is no event";
}

}  // namespace
