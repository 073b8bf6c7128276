// Files that are held open: needs the privileges of fanotify, and a tmpfs or ext4 to hold files of.
#include "archive/held.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>

#include "archive/search.h"
#include "base/failure.h"
#include "records.h"

using namespace sysmon;
using namespace sysmon::test;
namespace fs = std::filesystem;
using namespace std::chrono_literals;

namespace {
struct HeldTest : testing::TestWithParam<const char*> {
  void SetUp() override {
    const std::string pattern = std::string(GetParam()) + "/sysmon-test-XXXXXX";
    std::vector<char> name(pattern.begin(), pattern.end());
    name.push_back(0);
    if (!mkdtemp(name.data())) GTEST_SKIP() << "nothing can be made in " << GetParam();
    folder = name.data();
    settings.hold = {folder};
    settings.hold_files = 100;
    settings.hold_bytes = 1 << 20;
    settings.max_file_bytes = 1 << 20;
    settings.min_free_percent = 0;
    try {
      held = std::make_unique<Held>(settings, "/nowhere");
    } catch (const Failure& f) {
      GTEST_SKIP() << f.what();
    }
  }
  void TearDown() override {
    held.reset();
    if (!folder.empty()) fs::remove_all(folder);
  }
  // Writes a file and returns what a record would say of it.
  sm_file made(const std::string& name, const std::string& content) const {
    const std::string path = folder + '/' + name;
    std::ofstream(path, std::ios::binary) << content;
    const Fd fd(open(path.c_str(), O_RDONLY));
    struct stat st;
    struct statfs of;
    EXPECT_EQ(fstat(fd.get(), &st), 0);
    EXPECT_EQ(fstatfs(fd.get(), &of), 0);
    sm_file f = file_of(st);
    f.magic = static_cast<uint32_t>(of.f_type);
    Handle handle;
    EXPECT_TRUE(handle_of(fd.get(), &handle));
    f.generation = handle.generation();
    return f;
  }
  static std::string content(const Fd& fd) {
    char buffer[64];
    const ssize_t n = fd ? pread(fd.get(), buffer, sizeof buffer, 0) : -1;
    return n < 0 ? "-" : std::string(buffer, static_cast<size_t>(n));
  }
  bool wait(const std::function<bool(const HeldStats&)>& fits) const {
    for (int i = 0; i < 3000; i++, std::this_thread::sleep_for(10ms))
      if (fits(held->stats())) return true;
    return false;
  }
  std::string folder;
  ArchiveSettings settings;
  std::unique_ptr<Held> held;
};
}  // namespace

TEST_P(HeldTest, AFileThatWasDeletedAtOnce) {
  for (int i = 0; i < 50; i++) {
    const sm_file f = made("a", "content " + std::to_string(i));
    fs::remove(folder + "/a");
    EXPECT_EQ(content(held->find(f)), "content " + std::to_string(i));
    EXPECT_EQ(content(held->find(f)), "-") << "it had no name left: nobody asks twice";
  }
  EXPECT_TRUE(wait([](const HeldStats& s) { return s.files == 0 && s.bytes == 0 && s.taken == 50; }));
}

TEST_P(HeldTest, AFileWithANameIsHeldOn) {
  const sm_file f = made("a", "named");
  EXPECT_EQ(content(held->find(f)), "named");
  EXPECT_EQ(content(held->find(f)), "named");
}

TEST_P(HeldTest, AnotherGenerationIsAnotherFile) {
  sm_file f = made("a", "x");
  f.generation++;
  EXPECT_EQ(content(held->find(f)), "-");
  f.generation--;
  f.dev++;
  EXPECT_EQ(content(held->find(f)), "-");
}

TEST_P(HeldTest, WrittenAgainItIsTheSameFile) {
  made("a", "short");
  const sm_file f = made("a", "not so short");
  EXPECT_EQ(content(held->find(f)), "not so short");
  const HeldStats s = held->stats();
  EXPECT_EQ(s.files, 1u);
  EXPECT_EQ(s.bytes, 12u);
}

TEST_P(HeldTest, TheOldestMakesRoom) {
  const sm_file first = made("first", "x"), second = made("second", "x");
  for (int i = 0; i < 99; i++) made("f" + std::to_string(i), "x");
  EXPECT_EQ(content(held->find(first)), "-");
  EXPECT_EQ(content(held->find(second)), "x");
  const HeldStats s = held->stats();
  EXPECT_EQ(s.files, 100u);
  EXPECT_EQ(s.evicted, 1u);
  EXPECT_EQ(s.failed, 0u);
}

TEST_P(HeldTest, ARecordIsAnsweredByAnyWayThatIsLeft) {
  Mounts mounts;
  Refusal why = Refusal::kNone;
  sm_file f = made("a", "somewhere");
  EXPECT_TRUE(held->find(f));
  fs::create_hard_link(folder + "/a", folder + "/b");
  fs::remove(folder + "/a");
  f.nlink = f.references = 1;
  EXPECT_EQ(content(open_deleted(&mounts, nullptr, {f, folder + "/a", {}, true}, &why)), "somewhere")
      << "by its handle or name";
  EXPECT_EQ(content(open_by_name(Fd(open(folder.c_str(), O_RDONLY)).get(), f, 100)), "somewhere");
  EXPECT_EQ(content(open_by_name(Fd(open(folder.c_str(), O_RDONLY)).get(), f, 0)), "-") << "bounded";
  EXPECT_EQ(content(open_by_any_descriptor(f)), "somewhere");
  EXPECT_EQ(content(open_by_descriptor(f, static_cast<uint32_t>(getpid()))), "somewhere") << "the holder's";
  EXPECT_EQ(content(open_by_descriptor(f, kPid)), "-") << "of a process that is gone";
  f.generation++;
  EXPECT_EQ(content(open_by_any_descriptor(f)), "-");
  EXPECT_EQ(content(open_by_name(Fd(open(folder.c_str(), O_RDONLY)).get(), f, 100)), "-");
}

TEST_P(HeldTest, ByTheLastNameWhereNothingElseIsKnown) {
  fs::create_directory(folder + "/below");
  const std::string path = folder + "/below/a";
  made("below/a", "first");
  EXPECT_EQ(content(held->find(path)), "-") << "it has a name";
  fs::remove(path);
  made("below/a", "second");
  fs::remove(path);
  made("below/b", "renamed");
  fs::rename(folder + "/below/b", path);
  fs::remove(path);
  EXPECT_EQ(content(held->find(folder + "/below/b")), "-") << "not its last name";
  for (const char* text : {"first", "second", "renamed", "-"}) EXPECT_EQ(content(held->find(path)), text);
}

TEST_P(HeldTest, OfTheProcessThatDeletedIt) {
  const std::string path = folder + "/a";
  made("a", "mine");
  const Fd own(open(path.c_str(), O_RDONLY));
  const auto pid = static_cast<uint32_t>(getpid());
  EXPECT_EQ(content(open_by_last_name(path, pid)), "-") << "it has a name";
  fs::remove(path);
  EXPECT_EQ(content(open_by_last_name(path, pid)), "mine");
  EXPECT_EQ(content(open_by_last_name(folder + "/b", pid)), "-");
  EXPECT_EQ(content(open_by_last_name(path, kPid)), "-");
  Mounts mounts;
  Refusal why = Refusal::kNone;
  EXPECT_EQ(content(open_deleted(&mounts, nullptr, {std::nullopt, path, {pid}, true}, &why)), "mine");
  EXPECT_EQ(content(open_deleted(&mounts, nullptr, {std::nullopt, path, {pid}, false}, &why)), "-")
      << "the path is another's";
  EXPECT_EQ(why, Refusal::kUnknown);
}

INSTANTIATE_TEST_SUITE_P(Folders, HeldTest, testing::Values("/dev/shm", "/tmp"),
                         [](const auto& p) { return p.index == 0 ? "Shm" : "Tmp"; });

TEST(Handles, MountsOfADevice) {
  char name[] = "/tmp/sysmon-test-XXXXXX";
  const int fd = mkstemp(name);
  ASSERT_GE(fd, 0);
  close(fd);
  std::ofstream(name) << "1 0 8:1 / / rw - ext4 /dev/a rw\n2 1 0:30 / /with\\040blank\\011 rw - tmpfs t rw\n3 1 0:30 "
                         "/sub /again rw - tmpfs t rw\nbroken\n";
  EXPECT_EQ(mounts_of(name, 30), (std::vector<std::string>{"/with blank\t", "/again"}));
  EXPECT_EQ(mounts_of(name, 8 << 20 | 1), std::vector<std::string>{"/"});
  EXPECT_TRUE(mounts_of(name, 31).empty());
  unlink(name);
}
