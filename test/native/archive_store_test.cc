// The directory of the archive: what is kept, its limits, and what it does not follow.
#include "archive_store.h"

#include <sys/stat.h>

#include "archive/archive.h"

using namespace sysmon;
using namespace sysmon::test;
namespace fs = std::filesystem;

TEST_F(StoreTest, MakesItsDirectoryForItsOwnerAlone) {
  Store store(path, kWide);
  struct stat st;
  ASSERT_EQ(stat(path.c_str(), &st), 0);
  EXPECT_EQ(st.st_mode & 07777, 0700u);
}

TEST_F(StoreTest, KeepsUnderTheNameAndCountsInBlocks) {
  Store store(path, kWide);
  bool fresh = false;
  ASSERT_EQ(put(store, "a.txt", "content", &fresh), Refusal::kNone);
  EXPECT_TRUE(fresh);
  store.settle("a.txt", true);
  EXPECT_EQ(content("a.txt"), "content");
  EXPECT_EQ(store.total_bytes(), 4096u);
  ASSERT_EQ(put(store, "a.txt", "content", &fresh), Refusal::kNone);
  EXPECT_FALSE(fresh);
  store.settle("a.txt", true);
  EXPECT_EQ(store.total_bytes(), 4096u);
  EXPECT_EQ(entries(), 1u);
}

TEST_F(StoreTest, ADraftThatIsNotKeptLeavesNothing) {
  Store store(path, {8192, 0});
  for (int i = 0; i < 3; i++) {
    Refusal why = Refusal::kNone;
    const Store::Draft draft = store.begin(8192, &why);
    EXPECT_EQ(why, Refusal::kNone) << "the room of the one before is free again";
  }
  EXPECT_EQ(entries(), 0u);
  EXPECT_EQ(store.total_bytes(), 0u);
}

TEST_F(StoreTest, WhatNobodyWantedIsRemoved) {
  Store store(path, kWide);
  bool fresh;
  ASSERT_EQ(put(store, "a", "x", &fresh), Refusal::kNone);
  store.settle("a", false);
  EXPECT_EQ(entries(), 0u);
  EXPECT_EQ(store.total_bytes(), 0u);
}

TEST_F(StoreTest, WhatOneOfTwoWantedStays) {
  Store store(path, kWide);
  bool fresh;
  for (const bool first : {false, true}) {
    ASSERT_EQ(put(store, "a", "x", &fresh), Refusal::kNone);
    ASSERT_EQ(put(store, "a", "x", &fresh), Refusal::kNone);
    store.settle("a", first);
    store.settle("a", !first);
    EXPECT_EQ(entries(), 1u);
  }
  // It was there before: whoever does not want it does not take it away.
  ASSERT_EQ(put(store, "a", "x", &fresh), Refusal::kNone);
  store.settle("a", false);
  EXPECT_EQ(entries(), 1u);
}

TEST_F(StoreTest, TheTotalHoldsForDraftsToo) {
  Store store(path, {12288, 0});
  Refusal why = Refusal::kNone;
  const Store::Draft one = store.begin(8192, &why), two = store.begin(4096, &why);
  EXPECT_EQ(why, Refusal::kNone);
  const Store::Draft three = store.begin(1, &why);
  EXPECT_EQ(why, Refusal::kFull);
  EXPECT_FALSE(three.fd);
}

TEST_F(StoreTest, WhatWasThereBeforeCounts) {
  fs::create_directory(path);
  fs::permissions(path, fs::perms::owner_all);
  std::ofstream(path + "/old") << std::string(5000, 'x');
  Store store(path, {8192, 0});
  EXPECT_EQ(store.total_bytes(), 8192u);
  Refusal why = Refusal::kNone;
  store.begin(1, &why);
  EXPECT_EQ(why, Refusal::kFull);
}

TEST_F(StoreTest, NoRoomOnTheFileSystem) {
  Store store(path, {1 << 30, 100});
  Refusal why = Refusal::kNone;
  store.begin(1, &why);
  EXPECT_EQ(why, Refusal::kSpace);
}

TEST_F(StoreTest, LinksInItAreNotFollowed) {
  Store store(path, kWide);
  std::ofstream(folder + "/victim") << "untouched";
  fs::create_symlink(folder + "/victim", path + "/name");
  fs::create_symlink(folder + "/nothing", path + "/dangling");
  fs::create_directory(path + "/directory");
  bool fresh;
  for (const char* name : {"name", "dangling", "directory"})
    EXPECT_EQ(put(store, name, "untouched", &fresh), Refusal::kOccupied) << name;
  EXPECT_FALSE(fs::exists(folder + "/nothing"));
  std::ifstream victim(folder + "/victim");
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(victim), {}), "untouched");
}

TEST_F(StoreTest, AFileOfAnotherSizeIsNotTheSame) {
  Store store(path, kWide);
  std::ofstream(path + "/name") << "shorter";
  bool fresh;
  EXPECT_EQ(put(store, "name", "much longer", &fresh), Refusal::kOccupied);
  EXPECT_EQ(content("name"), "shorter");
}

TEST_F(StoreTest, ADirectoryThatWasReplacedIsNotWrittenTo) {
  Store store(path, kWide);
  fs::rename(path, folder + "/moved");
  fs::create_directory(folder + "/trap");
  fs::create_symlink("trap", path);
  bool fresh;
  ASSERT_EQ(put(store, "name", "x", &fresh), Refusal::kNone);
  EXPECT_TRUE(fs::exists(folder + "/moved/name"));
  EXPECT_TRUE(fs::is_empty(folder + "/trap"));
}

TEST_F(StoreTest, DirectoriesThatAreRefused) {
  fs::create_directory(folder + "/open");
  fs::permissions(folder + "/open", fs::perms::owner_all | fs::perms::others_read);
  EXPECT_NE(refused(folder + "/open").find("chmod 0700"), std::string::npos);
  fs::create_directory_symlink(folder, folder + "/link");
  EXPECT_NE(refused(folder + "/link").find("symbolic link"), std::string::npos);
  EXPECT_NE(refused(folder + "/link/").find("symbolic link"), std::string::npos);
  std::ofstream(folder + "/file") << "";
  EXPECT_NE(refused(folder + "/file").find("no directory"), std::string::npos);
  EXPECT_NE(refused(folder + "/a/b").find("must exist"), std::string::npos);
  EXPECT_NE(refused("/").find("of its own"), std::string::npos);
  EXPECT_NE(refused("relative").find("absolute"), std::string::npos);
}

TEST_F(StoreTest, ContainsByTheLetters) {
  Store store(path, kWide);
  EXPECT_TRUE(store.contains(path + "/x"));
  EXPECT_FALSE(store.contains(path));
  EXPECT_FALSE(store.contains(path + "-other/x"));
}

TEST(Archive, ExtensionsThatMayStandInAName) {
  EXPECT_EQ(extension_of("/a/b.txt"), ".txt");
  EXPECT_EQ(extension_of("/a/b.tar.gz"), ".gz");
  for (const char* none :
       {"/a/b", "/a.d/b", "/a/.hidden", "/a/b.", "/a/b.x y", "/a/b.\n", "/a/b.../", "", ".", "/a/b.seventeen-letters"})
    EXPECT_EQ(extension_of(none), "") << none;
}
