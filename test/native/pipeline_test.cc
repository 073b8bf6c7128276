// The pipeline, driven by records made by hand.
#include "../../native/core/pipeline.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <deque>
#include <filesystem>
#include <fstream>
#include <thread>

#include "entries.h"
#include "records.h"

using namespace sysmon;
using namespace sysmon::test;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {
Settings settings(uint32_t hash = 0) {
  Settings s;
  s.events = {1, 5};
  s.env = {"LD_PRELOAD"};
  s.hash_algorithms = hash;
  s.hash_timeout_ms = 60000;
  return s;
}

struct Rig {
  explicit Rig(Settings s = settings(), unsigned threads = 2) : pool(threads, [] {}), pipeline(s, &batch, &pool) {}
  std::vector<uint8_t> memory = std::vector<uint8_t>(size_t{Batcher::kSlots} * Batcher::kSlotBytes);
  Entries seen;
  Batcher batch{memory.data(), Batcher::kSlots, [this](uint32_t slot) {
                  seen.take(memory.data() + size_t{slot} * Batcher::kSlotBytes);
                  batch.release(slot);
                }};
  Pool pool;
  Pipeline pipeline;

  void take(Bytes b) { pipeline.on_record(b.data(), b.size()); }
  const std::vector<SeenEvent>& events() {
    batch.flush();
    return seen.events;
  }
  // Lets the pool work until so many events are out.
  bool wait(size_t n) {
    for (int i = 0; i < 20000 && events().size() < n; i++) {
      pool.collect();
      std::this_thread::sleep_for(1ms);
    }
    return events().size() >= n;
  }
  void alive(const Exec& e, std::string_view argv = {}, bool resync = false) {
    Exec a = e;
    a.type = SM_ALIVE;
    a.argv.clear();
    Bytes b = exec_of(a);
    Record r{};
    ASSERT_EQ(decode(b.data(), b.size(), &r), DecodeError::kNone);
    pipeline.on_alive(r, argv, {}, resync);
  }
  void all_alive() { pipeline.alive_done(static_cast<uint64_t>(now_ns(CLOCK_BOOTTIME))); }
};

constexpr Who kShell{kPid, kSecond, 1}, kChild{kPid + 1, 2 * kSecond, 1}, kChildExec{kPid + 1, 2 * kSecond, 2};

struct Files {
  Files() {
    char name[] = "/tmp/sysmon-test-XXXXXX";
    folder = mkdtemp(name);
  }
  ~Files() { fs::remove_all(folder); }
  // An exec of a file of this content, which the pipeline may read.
  Exec exec(const std::string& name, std::string_view content, const Who& who) {
    const std::string path = folder + '/' + name;
    std::ofstream(path, std::ios::binary) << content;
    struct stat st {
    }, ns{};
    EXPECT_EQ(stat(path.c_str(), &st), 0);
    EXPECT_EQ(stat("/proc/self/ns/mnt", &ns), 0);
    Exec e;
    e.who = who;
    e.image = components(path);
    e.exe = file_of(st);
    e.mnt_ns = static_cast<uint32_t>(ns.st_ino);
    return e;
  }
  std::string folder;
};
Who nth(uint32_t i) { return {kPid + 100 + i, (100 + i) * kSecond, 1}; }
}  // namespace

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
  e.flags = SM_F_TRUNC_ARGV | SM_F_TRUNC_IMAGE | SM_F_FAULT_ENV;
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

// --- hashes and names ---

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
  rig.take(exit_of(kShell));
  ASSERT_EQ(rig.events().size(), 2u);
  ASSERT_TRUE(rig.wait(3));
  EXPECT_EQ(rig.events()[2].kind, uint32_t{SM_EVENT_PROCESS_CREATE});
  EXPECT_EQ(rig.events()[2].process.pid, kPid) << "its process is still there, though it has ended";
  EXPECT_EQ(rig.events()[2].extra, R"({"late":true})");
  EXPECT_EQ(rig.pipeline.stats().late, 1u);
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
    rig.pool.collect();
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

TEST(Pipeline, AFullPoolMakesNobodyWait) {
  Rig rig(settings(kMd5), 0);
  for (size_t i = 0; i < Pool::kMaxJobs; i++) rig.pool.submit([]() -> Pool::Done { return [] {}; });
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

// --- the living ---

TEST(Pipeline, TheLivingAreLinkedWhateverTheirOrder) {
  Rig rig;
  Exec child, parent;
  child.who = kChild;
  child.parent = kShell;
  parent.who = kShell;
  parent.image = "sh/bin/";
  rig.alive(child, std::string_view("ls\0-la\0", 7));
  rig.alive(parent, std::string_view("sh\0", 3));
  rig.all_alive();
  rig.take(exit_of(kChild));
  const auto& p = rig.events().at(0).process;
  EXPECT_EQ(p.command_line, "ls -la");
  EXPECT_EQ(p.flags, 0u);
  ASSERT_NE(p.parent, 0u);
  EXPECT_EQ(rig.seen.processes.at(p.parent - 1).image, "/bin/sh");
}

TEST(Pipeline, TheIteratorDoesNotOverrideTheRing) {
  Rig rig;
  Exec e;
  e.who = kChildExec;
  rig.take(exec_of(e));
  Exec stale;
  stale.who = kChild;  // as it was before its exec
  stale.image = "old/";
  rig.alive(stale);
  rig.all_alive();
  rig.take(exit_of(kChildExec));
  EXPECT_EQ(rig.events()[1].process.image, "/usr/bin/ls");
}

TEST(Pipeline, TheRecordKnowsBetterThanProc) {
  Rig rig;
  Exec e;
  e.who = kShell;
  rig.alive(e, std::string_view("rewritten\0", 10));
  rig.all_alive();
  rig.take(exec_of(e));  // was on the ring when the iterator ran
  ASSERT_EQ(rig.events().size(), 1u);
  EXPECT_EQ(rig.events()[0].process.command_line, "ls -l");
}

TEST(Pipeline, ResyncBuriesTheGoneAndMarksTheNew) {
  Rig rig;
  Exec gone, stays, fresh;
  gone.who = kShell;
  stays.who = kChild;
  fresh.who = nth(1);
  rig.take(exec_of(gone));
  rig.take(exec_of(stays));
  rig.alive(stays, {}, true);
  rig.alive(fresh, {}, true);
  rig.all_alive();
  Batcher none(rig.memory.data(), 1, [](uint32_t) {});
  EXPECT_FALSE(rig.pipeline.lookup(kPid, &none));
  rig.take(exit_of(fresh.who));
  rig.take(exit_of(stays.who));
  const auto& events = rig.events();
  EXPECT_EQ(events[2].extra, R"({"uncertain":true,"exitCode":0})");
  EXPECT_EQ(events[3].extra, R"({"exitCode":0})");
  // Its exit record was on the ring all the while.
  rig.take(exit_of(gone.who));
  EXPECT_EQ(rig.events().size(), 5u);
}

TEST(Pipeline, TheDeadAreRetiredInTheStream) {
  Rig rig;
  for (uint32_t i = 0; i < 6000; i++) {
    Exec e;
    e.who = nth(i);
    rig.take(exec_of(e));
    rig.take(exit_of(e.who));
  }
  rig.pipeline.tick();
  EXPECT_EQ(rig.events().size(), 12000u);
  EXPECT_LE(rig.pipeline.processes(), ProcessTable::kKeepEnded);
  EXPECT_EQ(rig.seen.processes.size(), rig.pipeline.processes()) << "JavaScript forgets what the table forgets";
}

TEST(Pipeline, WildParentsDoNoHarm) {
  Rig rig;
  Exec own;
  own.who = own.parent = kShell;  // its own parent
  rig.take(exec_of(own));
  rig.take(fork_of(kChild, kChild));
  rig.take(fork_of(kChild, kShell));
  rig.take(fork_of(kShell, kChild));  // a loop of two
  rig.take(exit_of(kChild));
  rig.take(exit_of(kShell));
  EXPECT_EQ(rig.events().size(), 3u);
  Batcher out(rig.memory.data(), 1, [](uint32_t) {});
  rig.pipeline.lookup(kPid, &out);
}

// --- lookups ---

TEST(Pipeline, LookupWritesTheWholeLine) {
  Rig rig;
  Exec shell;
  shell.who = kShell;
  rig.take(exec_of(shell));
  rig.take(fork_of(kChild, kShell));
  std::vector<uint8_t> memory(Batcher::kSlotBytes);
  Entries seen;
  Batcher out(memory.data(), 1, [&](uint32_t) { seen.take(memory.data()); });
  EXPECT_FALSE(rig.pipeline.lookup(kPid + 77, &out));
  ASSERT_TRUE(rig.pipeline.lookup(kPid + 1, &out));
  out.flush();
  ASSERT_EQ(seen.processes.size(), 2u);
  rig.take(exit_of(kChild));
  EXPECT_FALSE(rig.pipeline.lookup(kPid + 1, &out)) << "the dead are not looked up";
}

// The worker waits for a slot with its lock let go; look-ups go on meanwhile and see a whole table.
TEST(Pipeline, LookupsWhileTheWorkerWaits) {
  std::vector<uint8_t> memory(size_t{2} * Batcher::kSlotBytes);
  std::mutex mutex;
  std::deque<uint32_t> delivered;
  Batcher batch(memory.data(), 2, [&](uint32_t s) {
    std::lock_guard lock(mutex);
    delivered.push_back(s);
  });
  Pool pool(2, [] {});
  Pipeline pipeline(settings(), &batch, &pool);
  batch.unlock_while_waiting(&pipeline.lock());
  std::atomic<bool> done{false};
  constexpr uint32_t kCount = 6000;
  std::thread worker([&] {
    const auto take = [&](Bytes b) { pipeline.on_record(b.data(), b.size()); };
    pipeline.lock().lock();
    Exec shell;
    shell.who = kShell;
    take(exec_of(shell));
    for (uint32_t i = 0; i < kCount; i++) {
      Exec e;
      e.who = nth(i);
      e.parent = kShell;
      e.uid = i % 7 ? 0 : 4000000000 + i % 3;
      e.argv += std::to_string(i);
      take(exec_of(e));
      if (i >= 10) take(exit_of(nth(i - 10)));
      if (i % 100 == 0) {
        pool.collect();
        pipeline.tick();
      }
    }
    pipeline.give_up_waiting();
    batch.flush();
    pipeline.lock().unlock();
    done = true;
  });
  Entries seen;
  uint64_t found = 0;
  std::vector<uint8_t> own(Batcher::kSlotBytes);
  const auto drain = [&] {
    for (;;) {
      uint32_t slot;
      {
        std::lock_guard lock(mutex);
        if (delivered.empty()) return;
        slot = delivered.front();
        delivered.pop_front();
      }
      seen.take(memory.data() + size_t{slot} * Batcher::kSlotBytes);
      batch.release(slot);
    }
  };
  for (uint32_t round = 0; !done; round++) {
    for (int i = 0; i < 20; i++) {
      Entries answer;
      Batcher out(own.data(), 1, [&](uint32_t) { answer.take(own.data()); });
      if (!pipeline.lookup(i ? kPid + 100 + (round * 20 + static_cast<uint32_t>(i)) % kCount : kPid, &out)) continue;
      out.flush();
      found++;
      EXPECT_GE(answer.processes.size(), 1u);
    }
    drain();
  }
  worker.join();
  drain();
  EXPECT_EQ(seen.events.size(), 1 + kCount + kCount - 10);
  EXPECT_GT(batch.waits(), 0u);
  EXPECT_GT(found, 0u);
}
