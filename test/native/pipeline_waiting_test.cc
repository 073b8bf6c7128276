// The pipeline: events that wait for a hash or a name.
#include "pipeline_rig.h"

using namespace sysmon;
using namespace sysmon::test;

TEST(Pipeline, WaitsForTheHash) {
  if (!Hasher::available()) GTEST_SKIP() << "no libcrypto on this system";
  Rig rig(settings(kMd5));
  Files files;
  rig.take(exec_of(files.exec("a", "abc", kShell)));
  EXPECT_TRUE(rig.events().empty());
  EXPECT_TRUE(rig.pipeline.waiting());
  ASSERT_TRUE(rig.wait(1));
  EXPECT_EQ(rig.events()[0].texts[2], "MD5=900150983cd24fb0d6963f7d28e17f72");
  EXPECT_EQ(rig.events()[0].extra, "") << "nobody passed it";
  EXPECT_EQ(rig.pipeline.next_deadline(), INT64_MAX);
  // The second time it is known.
  rig.take(exec_of(files.exec("a", "abc", nth(1))));
  Exec same = files.exec("b", "abc", nth(2));
  same.exe = files.exec("a", "abc", nth(2)).exe;
  EXPECT_GE(rig.events().size(), 1u);
}

TEST(Pipeline, LaterEventsPassOneThatWaits) {
  if (!Hasher::available()) GTEST_SKIP() << "no libcrypto on this system";
  Rig rig(settings(kMd5));
  Files files;
  rig.take(exec_of(files.exec("a", "abc", kShell)));
  Exec other;
  other.who = kChild;
  rig.take(exec_of(other));
  rig.take(exit_of(kShell));  // waits as well, see pipeline_order_test.cc
  rig.take(exit_of(kChild));
  ASSERT_EQ(rig.events().size(), 2u);
  ASSERT_TRUE(rig.wait(4));
  EXPECT_EQ(rig.events()[2].kind, uint32_t{SM_EVENT_PROCESS_CREATE});
  EXPECT_EQ(rig.events()[2].process.pid, kPid) << "its process is still there, though it has ended";
  EXPECT_EQ(rig.events()[2].extra, R"({"late":true})");
  EXPECT_EQ(rig.events()[3].extra, R"({"late":true,"exitCode":0})");
  EXPECT_EQ(rig.pipeline.stats().late, 2u);
}

TEST(Pipeline, AHashThatDoesNotComeInTime) {
  Settings s = settings(kMd5);
  s.hash_timeout_ms = 0;
  Rig rig(s, 0);  // a pool that never works
  Files files;
  rig.take(exec_of(files.exec("a", "abc", kShell)));
  EXPECT_NE(rig.pipeline.next_deadline(), INT64_MAX);
  std::this_thread::sleep_for(1ms);
  rig.pipeline.tick();
  ASSERT_EQ(rig.events().size(), 1u);
  EXPECT_EQ(rig.events()[0].texts[2], "-");
  EXPECT_EQ(rig.events()[0].extra, R"({"hash":"timeout"})");
  EXPECT_EQ(rig.pipeline.stats().hash_timeouts, 1u);
}

TEST(Pipeline, ADigestThatComesTooLateIsForNextTime) {
  if (!Hasher::available()) GTEST_SKIP() << "no libcrypto on this system";
  Settings s = settings(kMd5);
  s.hash_timeout_ms = 0;
  Rig rig(s);
  Files files;
  const Exec e = files.exec("a", "abc", kShell);
  rig.take(exec_of(e));
  std::this_thread::sleep_for(1ms);
  rig.pipeline.tick();
  ASSERT_EQ(rig.events().size(), 1u);
  // Whoever runs the same file once the digest is there gets it at once.
  for (uint32_t i = 0; i < 20000; i++) {
    rig.pools.collect();
    Exec again = e;
    again.who = nth(i);
    rig.take(exec_of(again));
    if (!rig.pipeline.waiting()) break;
    rig.pipeline.give_up_waiting();
    std::this_thread::sleep_for(1ms);
  }
  EXPECT_EQ(rig.events().back().texts[2], "MD5=900150983cd24fb0d6963f7d28e17f72");
}

TEST(Pipeline, TheSideQueueIsBounded) {
  Rig rig(settings(kMd5), 0);
  Files files;
  Exec e = files.exec("a", "abc", kShell);
  for (uint32_t i = 0; i < 1100; i++) {
    e.who = nth(i);
    rig.take(exec_of(e));  // all of one file: the pool gets one job, the side queue an event each
  }
  EXPECT_EQ(rig.events().size(), 1100u - 1024u);
  EXPECT_EQ(rig.events()[0].extra, R"({"hash":"busy"})");
  EXPECT_EQ(rig.pipeline.stats().waiting_full, 1100u - 1024u);
  rig.pipeline.give_up_waiting();
  EXPECT_EQ(rig.events().size(), 1100u);
  EXPECT_FALSE(rig.pipeline.waiting());
}

TEST(Pipeline, FilesHeldOpenLeaveRoomForWhatIsExecuted) {
  Settings s = settings(kMd5);
  s.events = {1, 11};
  Rig rig(s, 0);
  Files files;
  const Exec e = files.exec("a", "abc", kChild);
  const auto create = [&] { rig.take(file_create_of(kShell, e.exe, components(files.folder + "/a"))); };
  for (uint32_t i = 0; i < 1100; i++) create();
  ASSERT_EQ(rig.events().size(), 1100u - 512u);
  EXPECT_NE(rig.events()[0].extra.find(R"("hash":"busy")"), std::string::npos) << rig.events()[0].extra;
  rig.take(exec_of(e));
  EXPECT_EQ(rig.events().size(), 1100u - 512u) << "it waits: its hash can be had";
  rig.pipeline.give_up_waiting();
  ASSERT_EQ(rig.events().size(), 1101u);
  EXPECT_NE(rig.events()[1099].extra.find(R"("hash":"open")"), std::string::npos) << rig.events()[1099].extra;
  create();
  EXPECT_TRUE(rig.pipeline.waiting()) << "those that have gone have left their places";
}

TEST(Pipeline, AFullPoolMakesNobodyWait) {
  Rig rig(settings(kMd5), 0);
  for (Pool* pool : {&rig.pools.files, &rig.pools.names})
    for (size_t i = 0; i < Pool::kMaxJobs; i++) pool->submit([]() -> Pool::Done { return [] {}; });
  Files files;
  rig.take(exec_of(files.exec("a", "abc", kShell)));
  Exec unknown_user;
  unknown_user.who = kChild;
  unknown_user.uid = 4000000001;
  rig.take(exec_of(unknown_user));
  ASSERT_EQ(rig.events().size(), 2u);
  EXPECT_EQ(rig.events()[0].extra, R"({"hash":"busy"})");
  EXPECT_EQ(rig.events()[1].process.user, "-");
}

TEST(Pipeline, AsksTheNameServiceOnThePool) {
  Rig rig;
  Exec e;
  e.uid = 4000000001;
  rig.take(exec_of(e));
  e.who = kChild;
  rig.take(exec_of(e));
  EXPECT_TRUE(rig.events().empty());
  ASSERT_TRUE(rig.wait(2)) << "one answer serves all who wait";
  EXPECT_EQ(rig.events()[0].process.user, "-") << "there is no such user";
  e.who = nth(1);
  rig.take(exec_of(e));
  EXPECT_EQ(rig.events().size(), 3u) << "known by now";
}
