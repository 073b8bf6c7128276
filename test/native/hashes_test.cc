#include "../../native/core/enrich/hashes.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>

#include "../../native/core/settings.h"
#include "records.h"

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
  // Through the process, then by its path.
  static std::vector<std::string> paths(uint32_t pid, const std::string& at) { return {"/proc/" + std::to_string(pid) + "/exe", at}; }
  // Asks, and waits for the answer.
  Digest ask(Hasher& h, const sm_file& f, const std::string& at, uint32_t pid = kPid) {
    Digest result{"", "no answer"};
    bool done = false;
    EXPECT_TRUE(h.request({f, {"/proc/" + std::to_string(pid) + "/exe", at}}, [&](const Digest& d) {
      result = d;
      done = true;
    }));
    for (int i = 0; i < 20000 && !done; i++) {
      pool.collect();
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return result;
  }
  std::string folder, path;
  Pool pool{2, [] {}};
};
}  // namespace

TEST_F(HasherTest, KnownDigestsInSysmonsOrder) {
  Hasher all(&pool, kSha256 | kMd5 | kSha1), one(&pool, kSha256);
  EXPECT_EQ(ask(all, state(), path).text,
            "SHA1=a9993e364706816aba3e25717850c26c9cd0d89d,MD5=900150983cd24fb0d6963f7d28e17f72,"
            "SHA256=ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(ask(one, state(), path).text, "SHA256=ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_F(HasherTest, MoreThanOneRead) {
  write(std::string(1 << 20, 'a'));
  Hasher h(&pool, kMd5);
  EXPECT_EQ(ask(h, state(), path).text, "MD5=7202826a7791073fe2787f0c94603278");
}

TEST_F(HasherTest, AnEmptyFile) {
  write("");
  Hasher h(&pool, kMd5);
  EXPECT_EQ(ask(h, state(), path).text, "MD5=d41d8cd98f00b204e9800998ecf8427e");
}

TEST_F(HasherTest, GoesThroughTheProcessFirst) {
  struct stat st {};
  ASSERT_EQ(stat("/proc/self/exe", &st), 0);
  Hasher h(&pool, kMd5);
  EXPECT_EQ(ask(h, file_of(st), "", static_cast<uint32_t>(getpid())).text.substr(0, 4), "MD5=");
}

TEST_F(HasherTest, KeepsWhatItKnows) {
  Hasher h(&pool, kMd5);
  const sm_file f = state();
  EXPECT_EQ(h.cached(state_of(f)), nullptr);
  const Digest d = ask(h, f, path);
  ASSERT_NE(h.cached(state_of(f)), nullptr);
  EXPECT_EQ(*h.cached(state_of(f)), d.text);
  sm_file later = f;
  later.mtime_nsec++;
  EXPECT_EQ(h.cached(state_of(later)), nullptr) << "another state of the same file";
}

TEST_F(HasherTest, OneReadingForAllWhoAskMeanwhile) {
  Hasher h(&pool, kMd5);
  int answers = 0;
  for (int i = 0; i < 100; i++)
    ASSERT_TRUE(h.request({state(), {"/proc/" + std::to_string(kPid) + "/exe", path}}, [&](const Digest& d) { answers += !d.text.empty(); }));
  for (int i = 0; i < 20000 && answers < 100; i++) {
    pool.collect();
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  EXPECT_EQ(answers, 100);
  EXPECT_EQ(h.computed(), 1u);
}

// Never the digest of another file than the one that was executed.
TEST_F(HasherTest, SaysWhyNot) {
  Hasher h(&pool, kMd5);
  const sm_file f = state();
  const auto why = [&](const std::string& at) {
    const Digest d = ask(h, f, at);
    EXPECT_EQ(d.text, "");
    EXPECT_EQ(h.cached(state_of(f)), nullptr) << "a failure is not kept";
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

TEST_F(HasherTest, SameState) {
  struct stat st {};
  ASSERT_EQ(stat(path.c_str(), &st), 0);
  const sm_file f = file_of(st);
  EXPECT_TRUE(same_state(f, st));
  const auto differs = [&](auto change, uint32_t magic = 0) {
    sm_file g = f;
    g.magic = magic;
    change(g);
    return !same_state(g, st);
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
  Pool none(0, [] {});
  Hasher h(&none, kMd5);
  sm_file f = state();
  for (size_t i = 0; i < Pool::kMaxJobs; i++) {
    f.ino = i + 1;
    ASSERT_TRUE(h.request({f, {path}}, [](const Digest&) {}));
  }
  f.ino = 99999;
  EXPECT_FALSE(h.request({f, {path}}, [](const Digest&) {}));
  f.ino = 1;
  EXPECT_TRUE(h.request({f, {path}}, [](const Digest&) {})) << "shares a reading that is under way";
}
