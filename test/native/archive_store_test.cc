// The directory of the archive: what is kept, its limits, and what it does not follow.
#include "../../native/core/archive/store.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <csignal>
#include <cstddef>
#include <fstream>
#include <functional>
#include <set>
#include <sstream>

#include "../../native/core/archive/archive.h"
#include "../../native/core/failure.h"

using namespace sysmon;
namespace fs = std::filesystem;

namespace {
constexpr StoreLimits kWide{1 << 30, 0};

struct StoreTest : testing::Test {
  void SetUp() override {
    char name[] = "/tmp/sysmon-test-XXXXXX";
    folder = mkdtemp(name);
    path = folder + "/archive";
  }
  void TearDown() override { fs::remove_all(folder); }
  static Refusal put(Store& store, const std::string& name, const std::string& content, bool* fresh) {
    Refusal why = Refusal::kNone;
    Store::Draft draft = store.begin(content.size(), &why);
    if (why != Refusal::kNone) return why;
    EXPECT_EQ(write(draft.fd.get(), content.data(), content.size()), static_cast<ssize_t>(content.size()));
    return store.keep(std::move(draft), name, content.size(), fresh);
  }
  std::string content(const std::string& name) const {
    std::stringstream out;
    out << std::ifstream(path + '/' + name, std::ios::binary).rdbuf();
    return out.str();
  }
  std::set<std::string> names() const {
    std::set<std::string> out;
    for (const auto& e : fs::directory_iterator(path)) out.insert(e.path().filename());
    return out;
  }
  size_t entries() const { return static_cast<size_t>(std::distance(fs::directory_iterator(path), fs::directory_iterator())); }
  std::string refused(const std::string& at) const {
    try {
      Store store(at, kWide);
    } catch (const Failure& f) {
      return f.what();
    }
    return "";
  }
  std::string folder, path;
};

// Runs in a process of its own, which stays when it is done until it is killed.
class Process {
 public:
  explicit Process(const std::function<bool()>& body) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return;
    pid_ = fork();
    if (pid_ == 0) {
      const char done = body() ? 'y' : 'n';
      if (write(ends[1], &done, 1) == 1)
        for (;;) pause();
      _exit(1);
    }
    close(ends[1]);
    char done = 'n';
    succeeded_ = read(ends[0], &done, 1) == 1 && done == 'y';
    close(ends[0]);
  }
  ~Process() { crash(); }
  void crash() {
    if (pid_ <= 0) return;
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
    pid_ = 0;
  }
  bool succeeded() const { return succeeded_; }

 private:
  pid_t pid_ = 0;
  bool succeeded_ = false;
};

// As on a file system that has no O_TMPFILE, for the rest of this process.
bool forbid_tmpfile() {
  constexpr auto kNumber = offsetof(seccomp_data, nr), kFlags = offsetof(seccomp_data, args[2]);  // of a little-endian machine
  sock_filter code[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, kNumber),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_openat, 0, 3),
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, kFlags),
      BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, O_TMPFILE & ~O_DIRECTORY, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EOPNOTSUPP),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  const sock_fprog program{std::size(code), code};
  return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}
}  // namespace

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
  for (const char* name : {"name", "dangling", "directory"}) EXPECT_EQ(put(store, name, "untouched", &fresh), Refusal::kOccupied) << name;
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

TEST_F(StoreTest, OneHasTheDirectory) {
  auto one = std::make_unique<Store>(path, kWide);
  fs::create_directory_symlink(folder, folder + "/around");
  for (const auto& at : {path, path + '/', folder + "/around/archive"}) {
    const std::string why = refused(at);
    EXPECT_NE(why.find("archiveDirectory '" + at + "': another sensor has it"), std::string::npos) << why;
    EXPECT_NE(why.find("a directory of its own"), std::string::npos) << why;
  }
  EXPECT_EQ(refused(folder + "/other"), "");
  bool fresh;
  EXPECT_EQ(put(*one, "a", "x", &fresh), Refusal::kNone);
  EXPECT_EQ(names(), std::set<std::string>{"a"}) << "the lock is no file";
  one.reset();
  EXPECT_EQ(refused(path), "");
  EXPECT_EQ(refused(path), "");
}

TEST_F(StoreTest, AnotherProcessHasTheDirectoryUntilItCrashes) {
  Process other([&] { return refused(path).empty() && new Store(path, kWide); });
  ASSERT_TRUE(other.succeeded());
  EXPECT_NE(refused(path).find("another sensor has it"), std::string::npos);
  other.crash();
  EXPECT_EQ(refused(path), "");
}

TEST_F(StoreTest, AProcessThatInheritedTheDescriptorDoesNotKeepTheDirectory) {
  auto one = std::make_unique<Store>(path, kWide);
  Process child([] { return true; });
  ASSERT_TRUE(child.succeeded());
  EXPECT_NE(refused(path), "");
  one.reset();
  EXPECT_EQ(refused(path), "");
}

TEST_F(StoreTest, TheDraftOfACrashIsRemoved) {
  {
    Process other([&] {
      if (!forbid_tmpfile()) return false;
      auto* store = new Store(path, kWide);
      Refusal why = Refusal::kNone;
      auto* draft = new Store::Draft(store->begin(6, &why));
      bool fresh = false;
      return write(draft->fd.get(), "secret", 6) == 6 && put(*store, "kept", "content", &fresh) == Refusal::kNone && fresh;
    });
    ASSERT_TRUE(other.succeeded());
  }
  ASSERT_EQ(entries(), 2u);
  EXPECT_EQ(names().begin()->compare(0, 7, ".draft-"), 0) << *names().begin();
  const Store store(path, kWide);
  EXPECT_EQ(names(), std::set<std::string>{"kept"});
  EXPECT_EQ(content("kept"), "content");
  EXPECT_EQ(store.total_bytes(), 4096u);
}

TEST_F(StoreTest, WhatOnlyResemblesADraftStays) {
  fs::create_directory(path);
  fs::permissions(path, fs::perms::owner_all);
  const auto file = [this](const std::string& name) { std::ofstream(path + '/' + name) << "content"; };
  std::set<std::string> stay{
      ".draft-", ".draft-007", ".draft-18446744073709551616", ".draft-12x", ".draft-1.txt", ".draft--1", ".draft-+1", ".draft- 1", ".DRAFT-1",
      "draft-1", "x.draft-1"};
  for (const auto& name : stay) file(name);
  const size_t files = stay.size();
  fs::create_directory(path + "/.draft-2");
  std::ofstream(folder + "/victim") << "untouched";
  fs::create_symlink(folder + "/victim", path + "/.draft-3");
  fs::create_symlink(folder + "/nothing", path + "/.draft-4");
  ASSERT_EQ(mkfifo((path + "/.draft-5").c_str(), 0600), 0);
  stay.insert({".draft-2", ".draft-3", ".draft-4", ".draft-5"});
  file(".draft-0");
  file(".draft-18446744073709551615");
  file("linked");
  fs::create_hard_link(path + "/linked", path + "/.draft-6");
  stay.insert("linked");
  size_t others = 0;
  if (geteuid() == 0) {  // nobody else can give files away
    file(".draft-7");
    ASSERT_EQ(chown((path + "/.draft-7").c_str(), 65534, 65534), 0);
    stay.insert(".draft-7");
    others = 1;
  }
  const Store store(path, kWide);
  EXPECT_EQ(names(), stay);
  EXPECT_EQ(content("linked"), "content");
  EXPECT_EQ(std::filesystem::file_size(folder + "/victim"), 9u);
  EXPECT_EQ(store.total_bytes(), (files + 1 + others) * 4096);
}

TEST_F(StoreTest, WhoIsRefusedRemovesNothing) {
  const Store store(path, kWide);
  std::ofstream(path + "/.draft-1") << "of the one that has it";
  EXPECT_NE(refused(path), "");
  EXPECT_EQ(names(), std::set<std::string>{".draft-1"});
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
  for (const char* none : {"/a/b", "/a.d/b", "/a/.hidden", "/a/b.", "/a/b.x y", "/a/b.\n", "/a/b.../", "", ".", "/a/b.seventeen-letters"})
    EXPECT_EQ(extension_of(none), "") << none;
}
