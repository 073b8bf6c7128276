/* The loads of the benchmark that must not cost more than they show: processes, system calls, sleepers, connections. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
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

/* N connections to itself, each made, accepted and reset; then N datagrams of one flow. Prints CPU ns of one of each.
 */
static int connections(long n) {
  const struct linger reset = {1, 0};
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof to;
  int l = socket(AF_INET, SOCK_STREAM, 0), d = socket(AF_INET, SOCK_DGRAM, 0), u = socket(AF_INET, SOCK_DGRAM, 0);
  double begun = now(CLOCK_THREAD_CPUTIME_ID), connected;
  if (bind(l, (void*)&to, size) || listen(l, 16) || getsockname(l, (void*)&to, &size)) return 1;
  for (long i = 0; i < n; i++) {
    int c = socket(AF_INET, SOCK_STREAM, 0), a;
    if (connect(c, (void*)&to, size) || (a = accept(l, NULL, NULL)) < 0) return 1;
    setsockopt(c, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
    close(c);
    close(a);
  }
  connected = now(CLOCK_THREAD_CPUTIME_ID);
  if (bind(d, (void*)&to, size)) return 1;
  for (long i = 0; i < n; i++) {
    char byte;
    if (sendto(u, "x", 1, 0, (void*)&to, size) != 1 || recvfrom(d, &byte, 1, 0, NULL, NULL) != 1) return 1;
  }
  printf("%.0f %.0f\n", (connected - begun) / n, (now(CLOCK_THREAD_CPUTIME_ID) - connected) / n);
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

/* N times a kind of call that file events come from, in the current folder; one that makes a name takes it away again.
 */
static int calls(const char* kind, long n) {
  const struct timespec times[2] = {{1, 0}, {2, 0}};
  int fd = open("a", O_CREAT | O_WRONLY, 0600);
  long failed = fd < 0;
  for (long i = 0; i < n && !failed; i++) {
    if (!strcmp(kind, "create")) {
      int made = open("b", O_CREAT | O_EXCL | O_WRONLY, 0600);
      failed = made < 0 || write(made, "x", 1) != 1 || close(made) || unlink("b");
    } else if (!strcmp(kind, "link")) {
      failed = link("a", "b") || unlink("b");
    } else if (!strcmp(kind, "mkdir")) {
      failed = mkdir("b", 0700) || rmdir("b");
    } else if (!strcmp(kind, "rename")) {
      failed = rename("a", "b") || rename("b", "a");
    } else if (!strcmp(kind, "truncate")) {
      failed = truncate("a", i & 1);
    } else if (!strcmp(kind, "utime")) {
      failed = utimensat(AT_FDCWD, "a", times, 0);
    } else {
      failed = pwrite(fd, "x", 1, 0) != 1;
    }
  }
  close(fd);
  unlink("a");
  return failed;
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

/*
 * N questions of DNS and their answers over the loopback, to PORT, in a network namespace of its own: asker and server
 * in one. Prints wall and CPU ns of each. To any other port than 53 it is what two such packets cost that are no DNS.
 */
static int exchanges(long n, int port) {
  unsigned char question[] = "\0\0\1\0\0\1\0\0\0\0\0\0\6sensor\7example\0\0\1\0",
                answer[] = "\300\14\0\1\0\1\0\0\0\74\0\4\300\0\2\1", packet[512];
  const size_t asked = sizeof question; /* with the class's last byte, which the string ends with */
  struct ifreq up = {.ifr_name = "lo", .ifr_flags = IFF_UP};
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr = {htonl(INADDR_LOOPBACK)}}, from;
  socklen_t size;
  question[asked - 1] = 1;
  if (unshare(CLONE_NEWNET)) return 1;
  int server = socket(AF_INET, SOCK_DGRAM, 0), asker = socket(AF_INET, SOCK_DGRAM, 0);
  if (ioctl(server, SIOCSIFFLAGS, &up) || bind(server, (void*)&to, sizeof to) || connect(asker, (void*)&to, sizeof to))
    return 1;
  double begun = now(CLOCK_MONOTONIC), spent = cpu(RUSAGE_SELF);
  for (long i = 0; i < n; i++) {
    question[0] = i >> 8;
    question[1] = i;
    if (send(asker, question, asked, 0) < 0) return 1;
    size = sizeof from;
    if (recvfrom(server, packet, sizeof packet, 0, (void*)&from, &size) != (ssize_t)asked) return 1;
    packet[2] = 0x81;
    packet[3] = 0x80;
    packet[7] = 1;
    memcpy(packet + asked, answer, sizeof answer - 1);
    if (sendto(server, packet, asked + sizeof answer - 1, 0, (void*)&from, size) < 0 ||
        recv(asker, packet, sizeof packet, 0) < 0)
      return 1;
  }
  printf("%.0f %.0f\n", (now(CLOCK_MONOTONIC) - begun) / n, (cpu(RUSAGE_SELF) - spent) / n);
  return 0;
}

int main(int argc, char** argv) {
  if (argc == 4 && !strcmp(argv[1], "spawn")) return spawn(atol(argv[2]), atof(argv[3]));
  if (argc == 3 && !strcmp(argv[1], "getppid")) return getppids(atol(argv[2]));
  if (argc == 3 && !strcmp(argv[1], "connect")) return connections(atol(argv[2]));
  if (argc == 3 && !strcmp(argv[1], "files")) return files(atol(argv[2]));
  if (argc == 4 && !strcmp(argv[1], "calls")) return calls(argv[2], atol(argv[3]));
  if (argc == 3 && !strcmp(argv[1], "opens")) return opens(atol(argv[2]));
  if (argc == 3 && !strcmp(argv[1], "writes")) return writes(atol(argv[2]));
  if (argc == 3 && !strcmp(argv[1], "sleepers")) return sleepers(atol(argv[2]), argv[0]);
  if (argc == 4 && !strcmp(argv[1], "exchanges")) return exchanges(atol(argv[2]), atoi(argv[3]));
  if (argc == 2 && !strcmp(argv[1], "sleep"))
    for (;;) pause();
  fprintf(stderr,
          "usage: work spawn N RATE | getppid N | files N | calls KIND N | opens N | writes N | sleepers N | "
          "exchanges N PORT\n");
  return 2;
}
