/* The loads of the benchmark that must not cost more than they show: processes, system calls, sleepers. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(clockid_t clock) {
  struct timespec t;
  clock_gettime(clock, &t);
  return t.tv_sec * 1e9 + t.tv_nsec;
}

static double cpu(int who) {
  struct rusage u;
  getrusage(who, &u);
  return (u.ru_utime.tv_sec + u.ru_stime.tv_sec) * 1e9 + (u.ru_utime.tv_usec + u.ru_stime.tv_usec) * 1e3;
}

static void run(char* image) {
  char *argv[] = {image, NULL}, *env[] = {NULL};
  pid_t pid = fork();
  if (pid == 0) {
    execve(image, argv, env);
    _exit(127);
  }
  if (pid < 0 || waitpid(pid, NULL, 0) != pid) exit(1);
}

/* N processes one after the other, RATE a second (0: as fast as it goes). Prints wall and CPU ns of each. */
static int spawn(long n, double rate) {
  double begun = now(CLOCK_MONOTONIC), spent = cpu(RUSAGE_SELF) + cpu(RUSAGE_CHILDREN);
  for (long i = 0; i < n; i++) {
    double wait = rate > 0 ? begun + i * 1e9 / rate - now(CLOCK_MONOTONIC) : 0;
    if (wait > 0) usleep(wait / 1000);
    run("/bin/true");
  }
  printf("%.0f %.0f\n", (now(CLOCK_MONOTONIC) - begun) / n, (cpu(RUSAGE_SELF) + cpu(RUSAGE_CHILDREN) - spent) / n);
  return 0;
}

/* N system calls; prints CPU ns of each. */
static int getppids(long n) {
  double begun = now(CLOCK_THREAD_CPUTIME_ID);
  for (long i = 0; i < n; i++) syscall(SYS_getppid);
  printf("%.3f\n", (now(CLOCK_THREAD_CPUTIME_ID) - begun) / n);
  return 0;
}

/* N times: makes a file in the current folder and removes it. Prints wall and CPU ns of each pair. */
static int files(long n) {
  char name[32];
  double begun = now(CLOCK_MONOTONIC), spent = cpu(RUSAGE_SELF);
  snprintf(name, sizeof name, "bench-%d", getpid());
  for (long i = 0; i < n; i++) {
    int fd = open(name, O_CREAT | O_EXCL | O_WRONLY, 0600);
    if (fd < 0 || close(fd) != 0 || unlink(name) != 0) return 1;
  }
  printf("%.0f %.0f\n", (now(CLOCK_MONOTONIC) - begun) / n, (cpu(RUSAGE_SELF) - spent) / n);
  return 0;
}

/* N times: opens a file that is there, to read, and closes it. Prints CPU ns of each pair. */
static int opens(long n) {
  double begun = now(CLOCK_THREAD_CPUTIME_ID);
  for (long i = 0; i < n; i++) close(open("/etc/passwd", O_RDONLY));
  printf("%.3f\n", (now(CLOCK_THREAD_CPUTIME_ID) - begun) / n);
  return 0;
}

/* N writes of a byte to a file that has been written to before. Prints CPU ns of each. */
static int writes(long n) {
  char name[] = "/tmp/sysmon-bench-XXXXXX";
  int fd = mkstemp(name);
  if (fd < 0 || unlink(name) != 0) return 1;
  double begun = now(CLOCK_THREAD_CPUTIME_ID);
  for (long i = 0; i < n; i++)
    if (pwrite(fd, "x", 1, 0) != 1) return 1;
  printf("%.3f\n", (now(CLOCK_THREAD_CPUTIME_ID) - begun) / n);
  return 0;
}

/* N processes that have executed something and sleep, until standard input ends. */
static int sleepers(long n, char* self) {
  char *argv[] = {self, "sleep", NULL}, *env[] = {NULL}, byte;
  for (long i = 0; i < n; i++) {
    pid_t pid = fork();
    if (pid == 0) {
      prctl(PR_SET_PDEATHSIG, SIGKILL);
      execve("/proc/self/exe", argv, env);
      _exit(127);
    }
    if (pid < 0) return 1;
  }
  printf("ready\n");
  fflush(stdout);
  while (read(0, &byte, 1) > 0)
    ;
  return 0; /* and all sleepers with us */
}

int main(int argc, char** argv) {
  if (argc == 4 && !strcmp(argv[1], "spawn")) return spawn(atol(argv[2]), atof(argv[3]));
  if (argc == 3 && !strcmp(argv[1], "getppid")) return getppids(atol(argv[2]));
  if (argc == 3 && !strcmp(argv[1], "files")) return files(atol(argv[2]));
  if (argc == 3 && !strcmp(argv[1], "opens")) return opens(atol(argv[2]));
  if (argc == 3 && !strcmp(argv[1], "writes")) return writes(atol(argv[2]));
  if (argc == 3 && !strcmp(argv[1], "sleepers")) return sleepers(atol(argv[2]), argv[0]);
  if (argc == 2 && !strcmp(argv[1], "sleep"))
    for (;;) pause();
  fprintf(stderr, "usage: work spawn N RATE | getppid N | files N | opens N | writes N | sleepers N\n");
  return 2;
}
