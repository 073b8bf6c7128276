#include "enrich/hashes.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>

#include "records.h"
#include "settings.h"

using namespace sysmon;
using namespace sysmon::test;
namespace fs = std::filesystem;

namespace {
struct HasherTest : testing::Test {
  void SetUp() override {
    if (!Hasher::available()) GTEST_SKIP() << "no libcrypto on this system";
    char name[] = "/tmp/sysmon-test-XXXXXX";
    folder = mkdtemp(name);
    path = folder + "/file";
    write("abc");
  }
  void TearDown() override {
    if (!folder.empty()) fs::remove_all(folder);
  }
  void write(std::string_view content) { std::ofstream(path, std::ios::binary) << content; }
  sm_file state() {
    struct stat st {};
    EXPECT_EQ(stat(path.c_str(), &st), 0);
    return file_of(st);
  }
  // Executed long after the file was changed last: its times tell whether it is still the same.
  static Executed executed(const sm_file& f) {
    return {.file = f, .process = {1, 1, kPid, kPid}, .clock = f.ctime + 3 * kSecond};
  }
  // Executed within the same tick of the clock.
  static Executed executed_at_once(const sm_file& f) {
    Executed e = executed(f);
    e.clock = f.ctime;
    return e;
  }
  // Asks, and waits for the answer.
  // `running`: a path that is taken for one of what runs.
  Digest ask(Hasher& h, const sm_file& f, const std::string& at, uint32_t pid = kPid, const std::string& running = "") {
    return ask(h, executed(f), at, pid, running);
  }
  Digest ask(Hasher& h, const Executed& e, const std::string& at, uint32_t pid = kPid,
             const std::string& running = "") {
    Digest result{"", "no answer"};
    bool done = false;
    EXPECT_TRUE(
        h.request({e, running.empty() ? "/proc/" + std::to_string(pid) + "/exe" : running, {at}}, [&](const Digest& d) {
          result = d;
          done = true;
        }));
    for (int i = 0; i < 20000 && !done; i++) {
      pools.collect();
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return result;
  }
  std::string folder, path;
  Pools pools{2, [] {}};
};
}  // namespace

TEST_F(HasherTest, KnownDigestsInSysmonsOrder) {
  Hasher all(&pools, kSha256 | kMd5 | kSha1), one(&pools, kSha256);
  EXPECT_EQ(ask(all, state(), path).text,
            "SHA1=a9993e364706816aba3e25717850c26c9cd0d89d,MD5=900150983cd24fb0d6963f7d28e17f72,"
            "SHA256=ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(ask(one, state(), path).text, "SHA256=ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_F(HasherTest, MoreThanOneRead) {
  write(std::string(1 << 20, 'a'));
  Hasher h(&pools, kMd5);
  EXPECT_EQ(ask(h, state(), path).text, "MD5=7202826a7791073fe2787f0c94603278");
}

TEST_F(HasherTest, AnEmptyFile) {
  write("");
  Hasher h(&pools, kMd5);
  EXPECT_EQ(ask(h, state(), path).text, "MD5=d41d8cd98f00b204e9800998ecf8427e");
}

TEST_F(HasherTest, GoesThroughTheProcessFirst) {
  struct stat st {};
  ASSERT_EQ(stat("/proc/self/exe", &st), 0);
  Hasher h(&pools, kMd5);
  EXPECT_EQ(ask(h, file_of(st), "", static_cast<uint32_t>(getpid())).text.substr(0, 4), "MD5=");
}

TEST_F(HasherTest, KeepsWhatItKnows) {
  Hasher h(&pools, kMd5);
  sm_file f = state();
  EXPECT_FALSE(h.cached(executed(f)));
  std::this_thread::sleep_for(std::chrono::milliseconds(50));  // what has just been written is not known for later
  const Digest d = ask(h, f, path);
  ASSERT_TRUE(h.cached(executed(f)));
  EXPECT_EQ(*h.cached(executed(f)), d.text);
  sm_file later = f;
  later.mtime_nsec++;
  EXPECT_FALSE(h.cached(executed(later))) << "another state of the same file";
  f.magic = 0x794c7630;
  EXPECT_FALSE(h.cached(executed(f))) << "of an overlay it must be asked";
  f.ctime--;
  EXPECT_EQ(ask(h, f, "", 0, path).text, d.text);
  EXPECT_EQ(h.computed(), 1u) << "but need not be read again";
}

TEST_F(HasherTest, WhatHasJustBeenWrittenIsNotKnownForLater) {
  Hasher h(&pools, kMd5);
  for (int i = 0; i < 20000; i++) {  // until this process was not interrupted for long
    write("abc");
    const sm_file f = state();
    const Digest d = ask(h, f, path);
    ASSERT_EQ(d.text, "MD5=900150983cd24fb0d6963f7d28e17f72");
    if (!h.cached(executed(f))) return;
  }
  FAIL();
}

// The owner of a file can set its modification time back.
TEST_F(HasherTest, OtherContentWithTheOldTimeIsAnotherFile) {
  Hasher h(&pools, kMd5);
  struct stat st {};
  ASSERT_EQ(stat(path.c_str(), &st), 0);
  const timespec times[] = {st.st_atim, st.st_mtim};
  const sm_file before = state();
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  ASSERT_EQ(ask(h, before, path).text, "MD5=900150983cd24fb0d6963f7d28e17f72");
  write("xyz");
  ASSERT_EQ(utimensat(AT_FDCWD, path.c_str(), times, 0), 0);
  const sm_file after = state();
  EXPECT_EQ(after.mtime_nsec, before.mtime_nsec);
  EXPECT_FALSE(h.cached(executed(after)));
  EXPECT_EQ(ask(h, after, path).text, "MD5=d16fb36f0911f878998c136191af705e");
  sm_file unknown = before;
  unknown.ino = after.ino;
  unknown.ctime--;
  EXPECT_EQ(std::string(ask(h, unknown, path).why), "changed") << "nor is it what was executed before";
  const Digest running = ask(h, unknown, "", 0, path);
  EXPECT_EQ(running.text, "MD5=d16fb36f0911f878998c136191af705e");
  EXPECT_STREQ(running.why, "touched");
  EXPECT_FALSE(h.cached(executed(unknown)));
}

TEST_F(HasherTest, WhatWasExecutedWithinTheTickOfItsLastChangeIsMarked) {
  Hasher h(&pools, kMd5);
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  sm_file f = state();
  for (const bool running : {false, true}) {
    const Digest d = ask(h, executed_at_once(f), path, kPid, running ? path : "");
    EXPECT_EQ(d.text, "MD5=900150983cd24fb0d6963f7d28e17f72");
    EXPECT_STREQ(d.why, "touched");
  }
  EXPECT_TRUE(h.cached(executed(f)));
  EXPECT_FALSE(h.cached(executed_at_once(f))) << "it may have been another content of the same time";
  f.attributes = SM_FILE_ASKED;
  EXPECT_STREQ(ask(h, executed_at_once(f), path).why, f.ctime % kSecond ? "" : "touched");
}

TEST_F(HasherTest, WhatStillRunsIsWhatWasExecuted) {
  Hasher h(&pools, kMd5);
  uint32_t answer = SM_STILL_RUNS;
  h.set_runs([&](int, int, const sm_file&, const sm_process&) { return answer; });
  Executed e = executed_at_once(state());
  e.process.pid = static_cast<uint32_t>(getpid());
  EXPECT_STREQ(ask(h, e, "", 0, path).why, "");
  EXPECT_STREQ(ask(h, e, path).why, "touched") << "by its name it can be another process's";
  e.file.magic = 0x6969;
  EXPECT_STREQ(ask(h, e, "", 0, path).why, "touched") << "another machine writes to it all the same";
  e.file.magic = 0x794c7630;
  EXPECT_STREQ(ask(h, e, "", 0, path).why, "touched") << "and so does who writes to the layer below";
  answer = 0;
  e.file.magic = 0;
  EXPECT_STREQ(ask(h, e, "", 0, path).why, "touched");
}

TEST_F(HasherTest, WhoRanWithinOneTickDoNotShareAReading) {
  Hasher h(&pools, kMd5);
  int answers = 0;
  for (int i = 0; i < 3; i++)
    ASSERT_TRUE(h.request({executed_at_once(state()), "", {path}}, [&](const Digest&) { answers++; }));
  for (int i = 0; i < 20000 && answers < 3; i++) {
    pools.collect();
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  EXPECT_EQ(h.computed(), 3u);
}

TEST_F(HasherTest, ADigestIsOfOneFileSystem) {
  Hasher h(&pools, kMd5);
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  Executed e = executed(state());
  e.file_system = 7;
  ASSERT_EQ(ask(h, e, path).why, std::string());
  EXPECT_TRUE(h.cached(e));
  e.file_system = 8;
  EXPECT_FALSE(h.cached(e)) << "another one at the same device";
  e.file_system = 7;
  e.super_block = 1;
  EXPECT_FALSE(h.cached(e));
}

// A tmpfs has no new time for what is written through memory, and what a user mounts may be an overlay of one.
TEST_F(HasherTest, WhereTimesDoNotTellNothingIsRememberedAndAllIsMarked) {
  Hasher h(&pools, kMd5);
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  for (const bool user : {false, true}) {
    sm_file f = state();
    if (user)
      f.attributes = SM_FILE_USER_MOUNT;
    else
      f.magic = 0x01021994;
    EXPECT_STREQ(ask(h, f, path).why, "touched");
    EXPECT_FALSE(h.cached(executed(f)));
  }
}

TEST_F(HasherTest, AnOverlayMustSayWhichFileItIs) {
  Hasher h(&pools, kMd5);
  uint32_t answer = SM_SAME_INODE;
  h.set_runs([&](int, int, const sm_file&, const sm_process&) { return answer; });
  sm_file f = state();
  f.magic = 0x794c7630;
  EXPECT_STREQ(ask(h, f, path).why, "");
  answer = 0;
  EXPECT_STREQ(ask(h, f, path).why, "touched");
}

TEST_F(HasherTest, LargeFilesKeepNobodyWaitingAndTheLargestAreNotRead) {
  Hasher h(&pools, kMd5);
  fs::resize_file(path, kLargestFile + 1);
  EXPECT_STREQ(ask(h, state(), path).why, "large");
  Pools one(1, [] {});
  Hasher own(&one, kMd5);
  std::atomic<bool> go{false};
  one.large.submit([&]() -> Pool::Done {
    while (!go) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return [] {};
  });
  fs::resize_file(path, kSmallFile + 1);
  bool large = false, small = false;
  ASSERT_TRUE(own.request({executed(state()), "", {path}}, [&](const Digest& d) { large = !d.text.empty(); }));
  const std::string other = folder + "/other";
  std::ofstream(other) << "abc";
  struct stat st {};
  ASSERT_EQ(stat(other.c_str(), &st), 0);
  ASSERT_TRUE(own.request({executed(file_of(st)), "", {other}}, [&](const Digest& d) { small = !d.text.empty(); }));
  const auto wait_for = [&](const bool& what) {
    for (int i = 0; i < 20000 && !what; i++) {
      one.collect();
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return what;
  };
  EXPECT_TRUE(wait_for(small));
  EXPECT_FALSE(large);
  go = true;
  EXPECT_TRUE(wait_for(large));
}

TEST_F(HasherTest, OneReadingForAllWhoAskMeanwhile) {
  Hasher h(&pools, kMd5);
  int answers = 0;
  for (int i = 0; i < 100; i++)
    ASSERT_TRUE(h.request({executed(state()), "", {path}}, [&](const Digest& d) { answers += !d.text.empty(); }));
  for (int i = 0; i < 20000 && answers < 100; i++) {
    pools.collect();
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  EXPECT_EQ(answers, 100);
  EXPECT_EQ(h.computed(), 1u);
}

// Never the digest of another file than the one that was executed.
TEST_F(HasherTest, SaysWhyNot) {
  Hasher h(&pools, kMd5);
  const sm_file f = state();
  const auto why = [&](const std::string& at) {
    const Digest d = ask(h, f, at);
    EXPECT_EQ(d.text, "");
    EXPECT_FALSE(h.cached(executed(f))) << "a failure is not kept";
    return std::string(d.why);
  };
  EXPECT_EQ(why(""), "gone");
  EXPECT_EQ(why(folder + "/nothing"), "gone");
  write("longer than before");
  EXPECT_EQ(why(path), "changed");
  fs::remove(path);
  EXPECT_EQ(why(path), "gone");
  write("abc");  // the same content in another file
  EXPECT_EQ(why(path), "changed");
  fs::remove(path);
  ASSERT_EQ(mkfifo(path.c_str(), 0600), 0);
  EXPECT_EQ(why(path), "changed") << "a FIFO must not block the pool";
  EXPECT_EQ(why(folder), "changed");
}

TEST_F(HasherTest, SameContent) {
  struct stat st {};
  ASSERT_EQ(stat(path.c_str(), &st), 0);
  const sm_file f = file_of(st);
  EXPECT_TRUE(same_content(f, st));
  const auto differs = [&](auto change, uint32_t magic = 0) {
    sm_file g = f;
    g.magic = magic;
    change(g);
    return !same_content(g, st);
  };
  EXPECT_TRUE(differs([](sm_file& g) { g.size++; }));
  EXPECT_TRUE(differs([](sm_file& g) { g.mtime_sec++; }));
  EXPECT_TRUE(differs([](sm_file& g) { g.mtime_nsec++; }));
  EXPECT_TRUE(differs([](sm_file& g) { g.ino++; }));
  EXPECT_TRUE(differs([](sm_file& g) { g.dev++; }));
  // Overlay and btrfs tell stat(2) other numbers than their inodes have.
  EXPECT_FALSE(differs([](sm_file& g) { g.dev++; }, 0x9123683e));
  EXPECT_TRUE(differs([](sm_file& g) { g.ino++; }, 0x9123683e));
  EXPECT_FALSE(differs([](sm_file& g) { g.ino++, g.dev++; }, 0x794c7630));
  EXPECT_TRUE(differs([](sm_file& g) { g.size++; }, 0x794c7630));
}

TEST_F(HasherTest, RefusesWhenThePoolIsFull) {
  Pools none(0, [] {});
  Hasher h(&none, kMd5);
  sm_file f = state();
  for (size_t i = 0; i < Pool::kMaxJobs; i++) {
    f.ino = i + 1;
    ASSERT_TRUE(h.request({executed(f), "", {path}}, [](const Digest&) {}));
  }
  f.ino = 99999;
  EXPECT_FALSE(h.request({executed(f), "", {path}}, [](const Digest&) {}));
  f.ino = 1;
  EXPECT_TRUE(h.request({executed(f), "", {path}}, [](const Digest&) {})) << "shares a reading that is under way";
  f.size = kSmallFile + 1;
  for (size_t i = 0; i < Pools::kMaxLarge; i++, f.ino++)
    ASSERT_TRUE(h.request({executed(f), "", {path}}, [](const Digest&) {}));
  EXPECT_FALSE(h.request({executed(f), "", {path}}, [](const Digest&) {})) << "each takes seconds";
}
