#include "enrich/users.h"

#include <gtest/gtest.h>
#include <unistd.h>
#include <utmpx.h>

#include <cstring>
#include <filesystem>
#include <fstream>

using namespace sysmon;

namespace {
constexpr int64_t kS = 1000000000;

struct File {
  File() {
    char name[] = "/tmp/sysmon-test-XXXXXX";
    close(mkstemp(name));
    path = name;
  }
  ~File() { std::filesystem::remove(path); }
  // A new file at the same name, as every tool that edits passwd makes one: another inode.
  void write(std::string_view content) const {
    std::ofstream(path + ".new", std::ios::binary) << content;
    std::filesystem::rename(path + ".new", path);
  }
  std::string path;
};
}  // namespace

TEST(WatchedFile, KeepsWhatItKnowsWhileTheFileIsBeingWritten) {
  File f;
  f.write("one");
  WatchedFile w(f.path);
  EXPECT_TRUE(w.refresh(0));
  f.write("");
  EXPECT_FALSE(w.refresh(2 * kS));
  EXPECT_EQ(w.content(), "one");
  f.write("two");
  EXPECT_TRUE(w.refresh(4 * kS));
  EXPECT_EQ(w.content(), "two");
  f.write("");
  EXPECT_FALSE(w.refresh(6 * kS));
  EXPECT_TRUE(w.refresh(8 * kS)) << "it stays empty";
  EXPECT_EQ(w.content(), "");
}

TEST(WatchedFile, IsReadAgainWhenItChangesAndLookedAtOnceASecond) {
  File f;
  f.write("one");
  WatchedFile w(f.path);
  EXPECT_TRUE(w.refresh(0));
  EXPECT_EQ(w.content(), "one");
  EXPECT_FALSE(w.refresh(2 * kS)) << "unchanged";
  f.write("two");
  EXPECT_FALSE(w.refresh(2 * kS + kS / 2)) << "looked at half a second ago";
  EXPECT_TRUE(w.refresh(4 * kS));
  EXPECT_EQ(w.content(), "two");
  std::filesystem::remove(f.path);
  EXPECT_TRUE(w.refresh(6 * kS));
  EXPECT_EQ(w.content(), "");
  EXPECT_FALSE(w.refresh(8 * kS));
  f.write("three");
  EXPECT_TRUE(w.refresh(10 * kS)) << "back again";
}

TEST(WatchedFile, OneThatIsNotThereIsEmpty) {
  WatchedFile w("/nonexistent/file");
  EXPECT_FALSE(w.refresh(0));
  EXPECT_EQ(w.content(), "");
}

TEST(Users, ParsesPasswd) {
  File f;
  f.write(
      "root:x:0:0:root:/root:/bin/sh\n"
      "first:x:1000:1000::/:/bin/sh\n"
      "second:x:1000:1000::/:/bin/sh\n"  // the first line of a uid wins
      "\n"
      "# comment\n"
      ":x:7:7::/:\n"      // no name
      "nouid:x::1::/:\n"  // no number
      "broken\n"
      "half:x\n"
      "short:x:8\n"
      "word:x:ten:1::/:\n"
      "nobody:x:65534:65534::/:\n"
      "last:x:4294967294:1::/:");  // no newline at the end
  Users users(f.path);
  EXPECT_EQ(users.name(0, 0), "root");
  EXPECT_EQ(users.name(1000, 0), "first");
  EXPECT_EQ(users.name(8, 0), "short");
  EXPECT_EQ(users.name(65534, 0), "nobody");
  EXPECT_EQ(users.name(4294967294, 0), "last");
  for (const uint32_t uid : {1u, 7u, 10u, 999u}) EXPECT_EQ(users.name(uid, 0), std::nullopt) << uid;
}

TEST(Users, FollowsChanges) {
  File f;
  f.write("old:x:5:5::/:\n");
  Users users(f.path);
  EXPECT_EQ(users.name(5, 0), "old");
  f.write("new:x:5:5::/:\nother:x:6:6::/:\n");
  EXPECT_EQ(users.name(5, kS / 2), "old") << "not looked at yet";
  EXPECT_EQ(users.name(5, 2 * kS), "new");
  EXPECT_EQ(users.name(6, 2 * kS), "other");
  f.write("");
  EXPECT_EQ(users.name(5, 4 * kS), "new") << "it may be just being written";
  EXPECT_EQ(users.name(5, 6 * kS), std::nullopt);
}

TEST(Users, RemembersTheNameServiceForAWhile) {
  File f;
  Users users(f.path);
  EXPECT_EQ(users.name(70000, 0), std::nullopt);
  users.learn(70000, "ldap", 0);
  users.learn(70001, "", 0);
  EXPECT_EQ(users.name(70000, 599 * kS), "ldap");
  EXPECT_EQ(users.name(70001, 59 * kS), "-");
  EXPECT_EQ(users.name(70001, 61 * kS), std::nullopt) << "one that was unknown is asked for again sooner";
  EXPECT_EQ(users.name(70000, 601 * kS), std::nullopt);
}

TEST(Users, BoundsWhatItRemembers) {
  File f;
  Users users(f.path);
  for (uint32_t uid = 100000; uid < 100000 + 200000; uid++) users.learn(uid, "u", 0);
  int known = 0;
  for (uint32_t uid = 100000; uid < 100000 + 200000; uid++) known += users.name(uid, 0).has_value();
  EXPECT_LE(known, 65536);
  EXPECT_EQ(users.name(299999, 0), "u");
}

TEST(Users, LocalNamesWinOverLearnedOnes) {
  File f;
  f.write("local:x:5:5::/:\n");
  Users users(f.path);
  users.learn(5, "remote", 0);
  EXPECT_EQ(users.name(5, 0), "local");
}

TEST(Users, NameServiceKnowsRootAndNobodyElse) {
  EXPECT_EQ(Users::ask_name_service(0), "root");
  EXPECT_EQ(Users::ask_name_service(4000000001), "");
}

TEST(Logons, FindsTheLoginOfUserAndTerminal) {
  File f;
  const auto row = [](short type, const char* line, const char* user, int32_t second) {
    utmpx u{};
    u.ut_type = type;
    std::strncpy(u.ut_line, line, sizeof u.ut_line);
    std::strncpy(u.ut_user, user, sizeof u.ut_user);
    u.ut_tv.tv_sec = second;
    return std::string(reinterpret_cast<const char*>(&u), sizeof u);
  };
  const std::string longest(sizeof(utmpx::ut_user), 'u');  // fills the field: no NUL
  f.write(row(DEAD_PROCESS, "pts/3", "ann", 1) + row(USER_PROCESS, "pts/3", "ann", 2) +
          row(USER_PROCESS, "pts/33", "ann", 3) + row(USER_PROCESS, "pts/4", longest.c_str(), 4) + "cut");
  Logons logons(f.path);
  EXPECT_EQ(logons.login_second(3, "ann", 0), 2u);
  EXPECT_EQ(logons.login_second(33, "ann", 0), 3u);
  EXPECT_EQ(logons.login_second(3, "bob", 0), 0u);
  EXPECT_EQ(logons.login_second(5, "ann", 0), 0u);
  EXPECT_EQ(logons.login_second(4, longest, 0), 4u);
}
