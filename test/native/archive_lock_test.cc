// Who has the directory of the archive, and what a crash leaves in it.
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <cerrno>
#include <csignal>
#include <cstddef>
#include <functional>
#include <iterator>
#include <memory>

#include "archive_store.h"

using namespace sysmon;
using namespace sysmon::test;
namespace fs = std::filesystem;

namespace {
using LockTest = StoreTest;

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
  constexpr auto kNumber = offsetof(seccomp_data, nr),
                 kFlags = offsetof(seccomp_data, args[2]);  // of a little-endian machine
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

TEST_F(LockTest, OneHasTheDirectory) {
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

TEST_F(LockTest, AnotherProcessHasTheDirectoryUntilItCrashes) {
  Process other([&] { return refused(path).empty() && new Store(path, kWide); });
  ASSERT_TRUE(other.succeeded());
  EXPECT_NE(refused(path).find("another sensor has it"), std::string::npos);
  other.crash();
  EXPECT_EQ(refused(path), "");
}

TEST_F(LockTest, AProcessThatInheritedTheDescriptorDoesNotKeepTheDirectory) {
  auto one = std::make_unique<Store>(path, kWide);
  Process child([] { return true; });
  ASSERT_TRUE(child.succeeded());
  EXPECT_NE(refused(path), "");
  one.reset();
  EXPECT_EQ(refused(path), "");
}

TEST_F(LockTest, TheDraftOfACrashIsRemoved) {
  {
    Process other([&] {
      if (!forbid_tmpfile()) return false;
      auto* store = new Store(path, kWide);
      Refusal why = Refusal::kNone;
      auto* draft = new Store::Draft(store->begin(6, &why));
      bool fresh = false;
      return write(draft->fd.get(), "secret", 6) == 6 && put(*store, "kept", "content", &fresh) == Refusal::kNone &&
             fresh;
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

TEST_F(LockTest, WhatOnlyResemblesADraftStays) {
  fs::create_directory(path);
  fs::permissions(path, fs::perms::owner_all);
  const auto file = [this](const std::string& name) { std::ofstream(path + '/' + name) << "content"; };
  std::set<std::string> stay{".draft-",    ".draft-007",   ".draft-18446744073709551616",
                             ".draft-12x", ".draft-1.txt", ".draft--1",
                             ".draft-+1",  ".draft- 1",    ".DRAFT-1",
                             "draft-1",    "x.draft-1"};
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

TEST_F(LockTest, WhoIsRefusedRemovesNothing) {
  const Store store(path, kWide);
  std::ofstream(path + "/.draft-1") << "of the one that has it";
  EXPECT_NE(refused(path), "");
  EXPECT_EQ(names(), std::set<std::string>{".draft-1"});
}
