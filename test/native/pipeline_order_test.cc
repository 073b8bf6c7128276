// The pipeline: the execs and the end of a process come in their order, whatever waits.
#include "pipeline_rig.h"
#include "rules_plan_builder.h"

using namespace sysmon;
using namespace sysmon::test;

namespace {

constexpr Who kShellAgain{kPid, kSecond, 2}, kNextOfPid{kPid, 9 * kSecond, 1};

// A pool that never works: what waits for a digest waits until somebody gives it up.
struct Waiting : Rig {
  explicit Waiting(Settings s = settings(kMd5)) : Rig(std::move(s), 0) {}
  // A program that nobody has hashed.
  void fresh(const Who& who) { take(exec_of(files.exec("fresh-" + std::to_string(who.pid), "abc", who))); }
  // One whose file is not known: there is nothing to hash.
  void known(const Who& who) {
    Exec e;
    e.who = who;
    take(exec_of(e));
  }
  // pid and exec of each event, + where it began and - where it ended.
  std::vector<std::string> told() {
    std::vector<std::string> out;
    for (const SeenEvent& e : events())
      out.push_back((e.kind == SM_EVENT_PROCESS_CREATE ? '+' : '-') + std::to_string(e.process.pid - kPid) + '/' +
                    e.process.strong_id.substr(e.process.strong_id.rfind(':') + 1));
    return out;
  }
  std::vector<std::string> extras() {
    std::vector<std::string> out;
    for (const SeenEvent& e : events()) out.push_back(e.extra);
    return out;
  }
  Files files;
};

using Told = std::vector<std::string>;

}  // namespace

TEST(PipelineOrder, AnEndWaitsForItsBeginning) {
  if (!Hasher::available()) GTEST_SKIP() << "no libcrypto on this system";
  Rig rig(settings(kMd5));
  Files files;
  rig.take(exec_of(files.exec("a", "abc", kShell)));
  Exec other;
  other.who = kChild;
  rig.take(exec_of(other));
  rig.take(exit_of(kShell, 3 << 8));
  ASSERT_EQ(rig.events().size(), 1u);
  ASSERT_TRUE(rig.wait(3));
  EXPECT_EQ(rig.events()[0].process.pid, kChild.pid) << "another process has passed both";
  EXPECT_EQ(rig.events()[1].kind, uint32_t{SM_EVENT_PROCESS_CREATE});
  EXPECT_EQ(rig.events()[1].texts[2], "MD5=900150983cd24fb0d6963f7d28e17f72");
  EXPECT_EQ(rig.events()[1].extra, R"({"late":true})");
  EXPECT_EQ(rig.events()[2].kind, uint32_t{SM_EVENT_PROCESS_TERMINATE});
  EXPECT_EQ(rig.events()[2].process.strong_id, rig.events()[1].process.strong_id);
  EXPECT_EQ(rig.events()[2].extra, R"({"exitCode":3})") << "what passed the beginning came before the end";
  EXPECT_FALSE(rig.pipeline.waiting());
}

TEST(PipelineOrder, AnExecWaitsForTheOneBefore) {
  Waiting rig;
  rig.fresh(kShell);
  rig.known(kShellAgain);
  rig.take(exit_of(kShellAgain));
  EXPECT_EQ(rig.told(), Told{});
  rig.pipeline.give_up_waiting();
  EXPECT_EQ(rig.told(), (Told{"+0/1", "+0/2", "-0/2"}));
}

TEST(PipelineOrder, TheNextProcessOfAPidWaitsForTheEndOfTheOneBefore) {
  Waiting rig;
  rig.fresh(kShell);
  rig.take(exit_of(kShell));
  rig.known(kNextOfPid);
  EXPECT_EQ(rig.told(), Told{});
  rig.pipeline.give_up_waiting();
  EXPECT_EQ(rig.told().size(), 3u);
  EXPECT_EQ(rig.told()[1], "-0/1");
}

TEST(PipelineOrder, AnEndWaitsNoLongerThanItsBeginning) {
  Settings s = settings(kMd5);
  s.hash_timeout_ms = 0;
  Waiting rig(s);
  rig.fresh(kShell);
  std::this_thread::sleep_for(1ms);
  rig.take(exit_of(kShell));
  rig.fresh(kChild);
  const int64_t due = rig.pipeline.next_deadline();
  rig.pipeline.tick();
  EXPECT_LE(due, now_ns(CLOCK_MONOTONIC));
  EXPECT_EQ(rig.told(), (Told{"+0/1", "-0/1", "+1/1"}));
  EXPECT_EQ(rig.extras(), (Told{R"({"hash":"timeout"})", R"({"exitCode":0})", R"({"hash":"timeout"})"}));
  EXPECT_EQ(rig.pipeline.stats().hash_timeouts, 2u) << "an end has no hash";
  EXPECT_EQ(rig.pipeline.next_deadline(), INT64_MAX);
}

TEST(PipelineOrder, AFullRoomCostsTheHashAndNotTheOrder) {
  Waiting rig;
  rig.fresh(kShell);
  rig.known(kShellAgain);
  for (uint32_t i = 0; i < WaitingRoom::kMost - 2; i++) rig.fresh(nth(i));
  ASSERT_EQ(rig.told(), Told{});
  rig.take(exit_of(kShellAgain));
  EXPECT_EQ(rig.told(), (Told{"+0/1", "+0/2", "-0/2"}));
  EXPECT_EQ(rig.extras(), (Told{R"({"hash":"busy"})", "", R"({"exitCode":0})"}));
  rig.take(exit_of(nth(0)));
  EXPECT_EQ(rig.events().size(), 3u) << "there is room again";
  rig.pipeline.give_up_waiting();
  EXPECT_EQ(rig.events().size(), 3u + WaitingRoom::kMost - 2 + 1);
}

TEST(PipelineOrder, WhatIsGivenUpComesAsItCame) {
  Waiting rig;
  rig.fresh(kShell);
  rig.fresh(kChild);
  rig.take(exit_of(kShell));
  rig.fresh(nth(0));
  rig.take(exit_of(nth(0)));
  rig.take(exit_of(kChild));
  EXPECT_EQ(rig.told(), Told{});
  rig.pipeline.give_up_waiting();
  EXPECT_EQ(rig.told(), (Told{"+0/1", "+1/1", "-0/1", "+100/1", "-100/1", "-1/1"}));
  EXPECT_EQ(rig.pipeline.stats().late, 0u) << "nothing has passed anything";
  EXPECT_FALSE(rig.pipeline.waiting());
  // Nothing of it is left.
  rig.take(exit_of(nth(1)));
  EXPECT_EQ(rig.told().size(), 7u);
}

TEST(PipelineOrder, AThousandExecsThatWaitForTheFirst) {
  Waiting rig;
  rig.fresh(kShell);
  for (uint64_t i = 2; i < WaitingRoom::kMost; i++) rig.known({kPid, kSecond, i});
  rig.take(exit_of({kPid, kSecond, WaitingRoom::kMost - 1}));
  ASSERT_EQ(rig.told(), Told{});
  rig.take(exit_of(nth(0)));  // of another one: it waits for nobody
  ASSERT_EQ(rig.told().size(), 1u);
  rig.known({kPid, kSecond, WaitingRoom::kMost});  // the room is full: all of them go
  const Told told = rig.told();
  ASSERT_EQ(told.size(), WaitingRoom::kMost + 2);
  for (size_t i = 1; i < WaitingRoom::kMost; i++) ASSERT_EQ(told[i], "+0/" + std::to_string(i));
}

TEST(PipelineOrder, AnEndDoesNotWaitForABeginningThatNobodyWants) {
  Settings s = settings(kMd5);
  s.events = {5};
  Waiting rig(s);
  rig.fresh(kShell);
  rig.take(exit_of(kShell));
  EXPECT_EQ(rig.told(), Told{"-0/1"});
}

TEST(PipelineOrder, AnEndDoesNotWaitForABeginningThatTheRulesDrop) {
  const auto plan = [](const char* field) {
    rules::test::PlanBuilder b;
    const uint32_t e = b.atom(b.field(field), rules::Op::Contains, "nothing has this");
    b.event(b.line(e), 1, e);
    return b.bytes();
  };
  Settings s = settings(kMd5);
  s.plan = plan("Image");
  Waiting at_once(s);
  at_once.fresh(kShell);
  at_once.take(exit_of(kShell));
  EXPECT_EQ(at_once.told(), Told{"-0/1"});
  // A rule that reads the hash decides once that is known: until then the end waits.
  s.plan = plan("Hashes");
  Waiting later(s);
  later.fresh(kShell);
  later.take(exit_of(kShell));
  EXPECT_EQ(later.told(), Told{});
  later.pipeline.give_up_waiting();
  EXPECT_EQ(later.told(), Told{"-0/1"});
  EXPECT_EQ(later.pipeline.stats().ruled_out, 1u);
}

TEST(PipelineOrder, OnlyWhatLaterEventsHavePassedIsLate) {
  if (!Hasher::available()) GTEST_SKIP() << "no libcrypto on this system";
  Rig rig(settings(kMd5), 1);
  Files files;
  rig.take(exec_of(files.exec("a", "abc", kShell)));
  rig.take(exec_of(files.exec("b", "abcd", kChild)));
  ASSERT_TRUE(rig.wait(2)) << "one after the other, as they came";
  EXPECT_EQ(rig.events()[0].process.pid, kShell.pid);
  EXPECT_EQ(rig.events()[1].extra, "");
  EXPECT_EQ(rig.pipeline.stats().late, 0u);
}
