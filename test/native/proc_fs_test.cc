#include "process/proc_fs.h"

#include <gtest/gtest.h>
#include <sched.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <iterator>

#include "process/program.h"

using namespace sysmon;

// When a process began, in ns since boot, as exactly as /proc has it.
static uint64_t start_of(pid_t pid) {
  std::ifstream in("/proc/" + std::to_string(pid) + "/stat");
  std::string stat((std::istreambuf_iterator<char>(in)), {});
  const char* at = stat.c_str() + stat.rfind(')') + 1;
  unsigned long long ticks = 0;
  std::sscanf(at, " %*c %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %llu", &ticks);
  return ticks * (1000000000ull / static_cast<uint64_t>(sysconf(_SC_CLK_TCK)));
}

TEST(ProcFs, TellsWhoseAProcessIs) {
  sm_task t;
  Program p;
  const auto self = static_cast<uint32_t>(getpid());
  ASSERT_TRUE(proc_process(self, start_of(getpid()), {}, &t, &p));
  EXPECT_EQ(t.uid, getuid());
  EXPECT_EQ(t.egid, getegid());
  EXPECT_EQ(t.ppid, static_cast<uint32_t>(getppid()));
  EXPECT_EQ(t.sid, static_cast<uint32_t>(getsid(0)));
  EXPECT_FALSE(proc_process(self, start_of(getpid()) + 3600ull * 1000000000, {}, &t, &p)) << "another of this number";
}

TEST(ProcFs, KillsTheOneThatIsMeant) {
  const pid_t child = fork();
  if (child == 0)
    for (;;) pause();
  const auto pid = static_cast<uint32_t>(child);
  EXPECT_EQ(proc_kill(pid, start_of(child) + 3600ull * 1000000000), ESRCH) << "another of this number";
  EXPECT_EQ(kill(child, 0), 0);
  EXPECT_EQ(waitpid(child, nullptr, WNOHANG), 0);
  const uint64_t start = start_of(child);
  EXPECT_EQ(proc_kill(pid, start), 0);
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
  EXPECT_EQ(proc_kill(pid, start), ESRCH);
}

TEST(ProcFs, HasThePidOfTheProcessesOwnNamespace) {
  const pid_t maker = fork();
  if (maker == 0) {
    // The first process of the new namespace: it ends with this one.
    if (unshare(CLONE_NEWPID) != 0) _exit(1);
    const pid_t first = fork();
    if (first == 0) pause();
    sm_task t;
    Program p;
    const bool known = proc_process(static_cast<uint32_t>(first), start_of(first), {}, &t, &p);
    kill(first, SIGKILL);
    waitpid(first, nullptr, 0);
    _exit(known && t.ns_pid == 1 ? 0 : 2);
  }
  int status = 0;
  ASSERT_EQ(waitpid(maker, &status, 0), maker);
  if (WEXITSTATUS(status) == 1) GTEST_SKIP() << "no new pid namespace without CAP_SYS_ADMIN";
  EXPECT_EQ(WEXITSTATUS(status), 0);
}
