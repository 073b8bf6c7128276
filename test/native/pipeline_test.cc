// The pipeline, driven by records made by hand: the life of processes.
#include <signal.h>

#include "pipeline_rig.h"

using namespace sysmon;
using namespace sysmon::test;

TEST(Pipeline, ForkExecExit) {
  Rig rig;
  Exec shell;
  shell.who = kShell;
  shell.image = "sh/bin/";
  shell.argv = std::string("sh\0", 3);
  rig.take(exec_of(shell));
  rig.take(fork_of(kChild, kShell));
  Exec e;
  e.who = kChildExec;
  e.parent = kShell;
  rig.take(exec_of(e));
  rig.take(exit_of(kChildExec, 3 << 8));
  const auto& events = rig.events();
  ASSERT_EQ(events.size(), 3u);
  const SeenEvent &created = events[1], &ended = events[2];
  EXPECT_EQ(created.kind, uint32_t{SM_EVENT_PROCESS_CREATE});
  EXPECT_EQ(created.process.image, "/usr/bin/ls");
  EXPECT_EQ(created.process.command_line, "ls -l");
  EXPECT_EQ(created.process.arguments, 2u);
  EXPECT_EQ(created.process.cwd, "/tmp");
  EXPECT_EQ(created.process.user, "root");
  EXPECT_EQ(created.process.pid, kPid + 1);
  EXPECT_EQ(created.process.flags, 0u);
  ASSERT_NE(created.process.parent, 0u);
  EXPECT_EQ(rig.seen.processes.at(created.process.parent - 1).image, "/bin/sh");
  EXPECT_EQ(ended.kind, uint32_t{SM_EVENT_PROCESS_TERMINATE});
  EXPECT_EQ(ended.process.strong_id, created.process.strong_id);
  EXPECT_EQ(ended.extra, R"({"exitCode":3})");
}

TEST(Pipeline, AForkThatExecutesNothingHasItsParentsProgram) {
  Rig rig;
  Exec shell;
  shell.who = kShell;
  rig.take(exec_of(shell));
  rig.take(fork_of(kChild, kShell));
  rig.take(exit_of(kChild, SIGKILL));
  const auto& e = rig.events().at(1);
  EXPECT_EQ(e.process.image, "/usr/bin/ls");
  EXPECT_EQ(e.process.flags & schema::kProcessForked, schema::kProcessForked);
  EXPECT_EQ(e.extra, R"({"signal":9})");
}

TEST(Pipeline, ACoreDumpIsTold) {
  Rig rig;
  rig.take(exec_of({}));
  rig.take(exit_of({}, SIGSEGV | 0x80));
  EXPECT_EQ(rig.events().at(1).extra, R"({"signal":11,"coreDump":true})");
}

TEST(Pipeline, ExecAfterExecKeepsTheParent) {
  Rig rig;
  Exec shell;
  shell.who = kShell;
  rig.take(exec_of(shell));
  rig.take(fork_of(kChild, kShell));
  Exec e;
  e.who = kChildExec;
  e.parent = {1, 1, 1};  // reparented meanwhile
  e.cap_effective = 1;
  rig.take(exec_of(e));
  e.who.exec_id = 3;
  e.cap_effective = 3;
  rig.take(exec_of(e));
  const auto& events = rig.events();
  ASSERT_EQ(events.size(), 3u);
  for (size_t i : {1, 2}) EXPECT_EQ(rig.seen.processes.at(events[i].process.parent - 1).pid, kPid);
  EXPECT_NE(events[1].process.strong_id, events[2].process.strong_id);
}

// Records of two CPUs may change places.
TEST(Pipeline, ExecBeforeItsForkRecord) {
  Rig rig;
  Exec shell;
  shell.who = kShell;
  rig.take(exec_of(shell));
  Exec e;
  e.who = kChildExec;
  e.parent = kShell;
  rig.take(exec_of(e));
  rig.take(fork_of(kChild, kShell));
  rig.take(exit_of(kChildExec));
  const auto& events = rig.events();
  ASSERT_EQ(events.size(), 3u);
  EXPECT_EQ(rig.seen.processes.at(events[1].process.parent - 1).pid, kPid);
  EXPECT_EQ(events[2].process.strong_id, events[1].process.strong_id) << "the late fork is not the current record";
  EXPECT_EQ(events[2].process.image, "/usr/bin/ls");
}

TEST(Pipeline, ExitTwiceIsOneEvent) {
  Rig rig;
  rig.take(exec_of({}));
  rig.take(exit_of({}));
  rig.take(exit_of({}));
  EXPECT_EQ(rig.events().size(), 2u);
  EXPECT_EQ(rig.pipeline.stats().duplicates, 1u);
}

TEST(Pipeline, ExecOfAnUnknownParentIsUncertain) {
  Rig rig;
  Exec e;
  e.parent = {kPid + 9, 7 * kSecond, 1};
  rig.take(exec_of(e));
  const auto& seen = rig.events().at(0);
  EXPECT_EQ(seen.process.parent, 0u);
  EXPECT_EQ(seen.process.ppid, kPid + 9);
  EXPECT_EQ(seen.process.flags & schema::kProcessUncertain, schema::kProcessUncertain);
  EXPECT_EQ(seen.extra, R"({"uncertain":true})");
}

TEST(Pipeline, NoExecMendsAnUnknownParent) {
  Rig rig;
  Exec e;
  e.parent = {kPid + 9, 7 * kSecond, 1};
  rig.take(fork_of(e.who, e.parent));
  e.who.exec_id++;
  rig.take(exec_of(e));
  e.who.exec_id++;
  rig.take(exec_of(e));
  ASSERT_EQ(rig.events().size(), 2u);
  for (const auto& seen : rig.events()) EXPECT_EQ(seen.extra, R"({"uncertain":true})");
}

TEST(Pipeline, ExitOfAnUnknownProcessIsUncertain) {
  Rig rig;
  rig.take(exit_of({kPid + 5, 5 * kSecond, 1}, 256));
  const auto& seen = rig.events().at(0);
  EXPECT_EQ(seen.process.image, "-");
  EXPECT_EQ(seen.process.command_line, "-");
  EXPECT_EQ(seen.process.uid, UINT32_MAX) << "0 would be root";
  EXPECT_EQ(seen.process.user, "-");
  EXPECT_EQ(seen.extra, R"({"uncertain":true,"exitCode":1})");
}

TEST(Pipeline, KernelThreadsGiveNoEvent) {
  Rig rig;
  rig.take(exit_of({}, 0, 0, 0x00200000));
  EXPECT_TRUE(rig.events().empty());
  EXPECT_EQ(rig.pipeline.stats().kernel_threads, 1u);
}

TEST(Pipeline, WhatNobodyWantsIsNoEvent) {
  Settings s = settings();
  s.events = {5, 300};
  Rig rig(s);
  rig.take(exec_of({}));
  rig.take(exit_of({}));
  ASSERT_EQ(rig.events().size(), 1u);
  EXPECT_EQ(rig.events()[0].kind, uint32_t{SM_EVENT_PROCESS_TERMINATE});
  EXPECT_EQ(rig.events()[0].process.command_line, "ls -l") << "the table is kept all the same";
  EXPECT_EQ(rig.pipeline.stats().unwanted, 1u);
}

TEST(Pipeline, CountsWhatTheDecoderRefuses) {
  Rig rig;
  Bytes b = exec_of({});
  rig.pipeline.on_record(b.data(), 10);
  b.as<sm_header>().type = 77;
  rig.take(b);
  Exec alive;
  alive.type = SM_ALIVE;  // comes by the iterator only
  rig.take(exec_of(alive));
  EXPECT_EQ(rig.pipeline.stats().malformed, 3u);
  EXPECT_EQ(rig.pipeline.stats().records, 3u);
  EXPECT_TRUE(rig.events().empty());
}

TEST(Pipeline, AReusedPidIsAnotherProcess) {
  Rig rig;
  rig.take(exec_of({}));
  rig.take(exit_of({}));
  Exec again;
  again.who = {kPid, 9 * kSecond, 1};
  again.image = "ps/bin/";
  rig.take(exec_of(again));
  const auto& events = rig.events();
  EXPECT_EQ(events[2].process.image, "/bin/ps");
  EXPECT_NE(events[2].process.strong_id, events[0].process.strong_id);
}

TEST(Pipeline, MarksWhatWasCut) {
  Rig rig;
  Exec e;
  e.marks = SM_EXEC_CUT_ARGV | SM_EXEC_CUT_IMAGE | SM_EXEC_FAULT_ENV;
  rig.take(exec_of(e));
  EXPECT_EQ(rig.events()[0].extra, R"({"truncated":["Image","CommandLine","process.env"]})");
  EXPECT_EQ(rig.events()[0].process.image, "+/usr/bin/ls");
}

TEST(Pipeline, KeepsTheExactBytesOfWhatIsNotUtf8) {
  Rig rig;
  Exec e;
  e.image = "\xff/bin/";
  e.argv = std::string("\xff\0x\0", 4);
  rig.take(exec_of(e));
  const auto& seen = rig.events()[0];
  EXPECT_EQ(seen.process.image, "/bin/\\xff");
  EXPECT_EQ(seen.process.command_line, "\\xff x");
  EXPECT_EQ(seen.extra, R"({"raw":{"Image":"L2Jpbi//","CommandLine":"/wB4"}})");
}

TEST(Pipeline, EnvironmentScriptAndDescriptors) {
  Rig rig;
  Exec e;
  e.env = std::string("LD_PRELOAD=/x\"y\0LD_PRELOADX=no\0", 31);
  e.script = "./run.sh";
  rig.take(exec_of(e));
  const auto& p = rig.events()[0].process;
  EXPECT_EQ(p.env, R"({"LD_PRELOAD":"/x\"y"})");
  EXPECT_EQ(p.script.substr(0, 5), "/tmp/");
  EXPECT_EQ(p.stdio, R"([{"fd":0,"kind":"closed"},{"fd":1,"kind":"closed"},{"fd":2,"kind":"closed"}])");
}

// The greatest that the probes can send, every byte of which must be escaped.
TEST(Pipeline, TheLargestRecordFits) {
  Rig rig;
  Exec e;
  e.argv = std::string(32767, '\xff') + '\0';
  e.image.clear();
  for (int i = 0; i < 2047; i++) e.image += "\xff/";
  e.cwd = e.image;
  e.env = "LD_PRELOAD=" + std::string(16000, '\x01') + '\0';
  for (int i = 0; i < 40; i++) {
    e.who = nth(static_cast<uint32_t>(i));
    e.argv[0] = static_cast<char>(0x80 + i);
    rig.take(exec_of(e));
  }
  ASSERT_EQ(rig.events().size(), 40u);
  EXPECT_EQ(rig.events()[39].process.command_line.size(), 32767u * 4);
  // Many tiny arguments: their ends take more room than they themselves.
  e.argv.clear();
  for (int i = 0; i < 16384; i++) e.argv += std::string("a\0", 2);
  e.who = nth(1000);
  rig.take(exec_of(e));
  EXPECT_EQ(rig.events()[40].process.arguments, 16384u);
}
