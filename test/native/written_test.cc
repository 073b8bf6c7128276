#include "enrich/written.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <thread>

#include "base/clock.h"
#include "records.h"
#include "settings.h"

using namespace sysmon;
using sysmon::test::file_of;
namespace fs = std::filesystem;

namespace {
constexpr int64_t kLong = 20'000'000'000;

struct WrittenTest : testing::Test {
  void SetUp() override {
    if (!Hasher::available()) GTEST_SKIP() << "no libcrypto here";
    char name[] = "/tmp/sysmon-written-XXXXXX";
    folder = mkdtemp(name);
    path = folder + "/file";
    std::ofstream(path, std::ios::binary) << "abc";
    files.set_writers([this](int) { return writers.load(); });
  }
  void TearDown() override {
    if (!folder.empty()) fs::remove_all(folder);
  }
  sm_file file() const {
    struct stat st {};
    EXPECT_EQ(stat(path.c_str(), &st), 0);
    return file_of(st);
  }
  bool ask(int64_t patience, Digest* out, bool* done) {
    return files.request(file(), {path}, now_ns(CLOCK_MONOTONIC) + patience, [out, done](const Digest& d) {
      *out = d;
      *done = true;
    });
  }
  // Does what the worker does, until `until` holds.
  template <typename Until>
  void work(const Until& until) {
    for (int i = 0; i < 20000 && !until(); i++) {
      pools.collect();
      files.tick(now_ns(CLOCK_MONOTONIC));
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
  }
  static size_t descriptors() {
    return static_cast<size_t>(std::distance(fs::directory_iterator("/proc/self/fd"), fs::directory_iterator()));
  }
  std::string folder, path;
  std::atomic<int> writers{0};
  Pools pools{2, [] {}};
  WrittenFiles files{&pools, kMd5};
};
constexpr const char* kAbc = "MD5=900150983cd24fb0d6963f7d28e17f72";
}  // namespace

TEST_F(WrittenTest, AtOnceIfNobodyWrites) {
  Digest d;
  bool done = false;
  ASSERT_TRUE(ask(kLong, &d, &done));
  work([&] { return done; });
  EXPECT_EQ(d.text, kAbc);
  EXPECT_EQ(files.next_look(), INT64_MAX);
}

TEST_F(WrittenTest, WaitsForTheLastWriterUnderWhateverName) {
  writers = 1;
  Digest d;
  bool done = false;
  ASSERT_TRUE(ask(kLong, &d, &done));
  work([&] { return files.next_look() != INT64_MAX; });
  EXPECT_FALSE(done);
  fs::remove(path);
  writers = 0;
  work([&] { return done; });
  EXPECT_EQ(d.text, kAbc);
}

TEST_F(WrittenTest, SaysThatItStaysOpenOrThatNobodyKnows) {
  for (const int n : {1, -1}) {
    writers = n;
    Digest d;
    bool done = false;
    ASSERT_TRUE(ask(20'000'000, &d, &done));
    work([&] { return done; });
    EXPECT_EQ(d.text, "");
    EXPECT_STREQ(d.why, "open");
  }
}

TEST_F(WrittenTest, AnotherFileAtThePathIsNotRead) {
  const sm_file f = file();
  std::ofstream(path + ".new") << "other";
  fs::rename(path + ".new", path);
  Digest d;
  bool done = false;
  ASSERT_TRUE(files.request(f, {path}, now_ns(CLOCK_MONOTONIC) + kLong, [&](const Digest& x) {
    d = x;
    done = true;
  }));
  work([&] { return done; });
  EXPECT_STREQ(d.why, "changed");
}

TEST_F(WrittenTest, KeepsFewDescriptorsHoweverManyWait) {
  writers = 1;
  const size_t before = descriptors();
  constexpr size_t kMany = 3 * WrittenFiles::kMaxOpen;
  size_t done = 0, right = 0;
  for (size_t i = 0; i < kMany; i++)
    ASSERT_TRUE(files.request(file(), {path}, now_ns(CLOCK_MONOTONIC) + kLong, [&](const Digest& d) {
      done++;
      right += d.text == kAbc;
    }));
  int rounds = 0;
  work([&] { return ++rounds > 200; });
  EXPECT_LE(descriptors(), before + WrittenFiles::kMaxOpen + 4);
  writers = 0;
  work([&] { return done == kMany; });
  EXPECT_EQ(right, kMany);
  EXPECT_EQ(descriptors(), before);
}
