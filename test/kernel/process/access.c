/*
 * Gets access to other processes in the ways that its arguments name, and says of each what it did:
 * WAY SOURCE-PID SOURCE-THREAD TARGET-PID TARGET-THREAD RESULT
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#ifndef SYS_pidfd_getfd
#define SYS_pidfd_getfd 438
#endif

static long secret = 42;
static int channel[2];

static int tid(void)
{
	return (int)syscall(SYS_gettid);
}

static void said(const char *way, int source, int source_tid, int target, int target_tid, long result)
{
	printf("%s %d %d %d %d %ld\n", way, source, source_tid, target, target_tid, result < 0 ? -errno : result);
	fflush(stdout);
}

static void wait_for_byte(void)
{
	char c;

	if (read(channel[0], &c, 1) != 1)
		_exit(1);
}

static void *idle_thread(void *unused)
{
	int t = tid();

	if (write(channel[1], &t, sizeof t) != sizeof t)
		_exit(1);
	for (;;)
		pause();
	return unused;
}

enum kind { PLAIN, OTHER_USER, WITH_THREAD, FORKS };

static pid_t target(enum kind kind)
{
	pid_t parent = getpid(), t = fork();
	pthread_t thread;

	if (t)
		return t;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(0);
	if (kind == OTHER_USER) {
		if (setresuid(65534, 65534, 65534))
			_exit(1);
		if (write(channel[1], "x", 1) != 1)
			_exit(1);
	}
	if (kind == WITH_THREAD)
		pthread_create(&thread, NULL, idle_thread, NULL);
	if (kind == FORKS) {
		wait_for_byte();
		if (fork() == 0)
			_exit(0);
	}
	for (;;)
		pause();
}

static void end(pid_t t)
{
	kill(t, SIGKILL);
	while (waitpid(t, NULL, __WALL) < 0 && errno == EINTR)
		;
}

static void traced(const char *way, enum kind kind, int request)
{
	pid_t t = target(kind), thread = t;
	long result, i;
	int status;

	if (kind == OTHER_USER)
		wait_for_byte();
	if (kind == WITH_THREAD && read(channel[0], &thread, sizeof thread) != sizeof thread)
		exit(1);
	result = ptrace(request, thread, 0, 0);
	said(way, getpid(), tid(), t, thread, result);
	if (result == 0 && request == (int)PTRACE_ATTACH) {
		waitpid(thread, &status, __WALL);
		for (i = 0; i < 20; i++) /* what a tracer does with its access */
			if (ptrace(PTRACE_PEEKDATA, thread, &secret, 0) != secret ||
			    ptrace(PTRACE_POKEDATA, thread, &secret, secret))
				exit(1);
		ptrace(PTRACE_DETACH, thread, 0, 0);
	}
	end(t);
}

static void traceme(void)
{
	pid_t t = fork();
	int status;

	if (t == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (ptrace(PTRACE_TRACEME, 0, 0, 0))
			_exit(1);
		raise(SIGSTOP);
		_exit(0);
	}
	waitpid(t, &status, 0);
	said("traceme", getpid(), tid(), t, t, WIFSTOPPED(status) ? 0 : -1);
	end(t);
}

static void follow(void)
{
	pid_t t = target(FORKS), seen;
	unsigned long made = 0;
	int status;

	said("seize", getpid(), tid(), t, t, ptrace(PTRACE_SEIZE, t, 0, PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK));
	if (write(channel[1], "x", 1) != 1)
		exit(1);
	while ((seen = waitpid(t, &status, __WALL)) == t && status >> 8 != (SIGTRAP | PTRACE_EVENT_FORK << 8))
		ptrace(PTRACE_CONT, t, 0, WIFSTOPPED(status) && status >> 16 == 0 ? WSTOPSIG(status) : 0);
	ptrace(PTRACE_GETEVENTMSG, t, 0, &made);
	said("fork", getpid(), tid(), (int)made, (int)made, 0);
	kill((pid_t)made, SIGKILL);
	waitpid((pid_t)made, NULL, __WALL);
	end(t);
}

static long copy(int is_write, pid_t t, void *at)
{
	long mine = secret;
	struct iovec local = {&mine, sizeof mine}, remote = {at, sizeof mine};

	return syscall(is_write ? SYS_process_vm_writev : SYS_process_vm_readv, t, &local, 1L, &remote, 1L, 0L);
}

static void copies(const char *way, int is_write)
{
	pid_t t = target(PLAIN);
	long result = 0, i;

	for (i = 0; i < 5; i++)
		result = copy(is_write, t, &secret);
	said(way, getpid(), tid(), t, t, result);
	end(t);
}

/* So many calls, and one more when all windows of a second are over. */
static void copies_again(int calls)
{
	pid_t t = target(PLAIN);
	struct timespec more = {1, 100000000};
	int i;

	for (i = 1; i < calls; i++)
		copy(0, t, &secret);
	nanosleep(&more, NULL);
	copy(0, t, &secret);
	said("again", getpid(), tid(), t, t, calls);
	end(t);
}

static void opened(const char *way, const char *format, int flags, pid_t t)
{
	char path[128];
	int fd;

	snprintf(path, sizeof path, format, t, t);
	if (strcmp(way, "mem-link") == 0) {
		unlink("a-link");
		if (symlink(path, "a-link"))
			exit(1);
		strcpy(path, "a-link");
	}
	if (strcmp(way, "mem-openat2") == 0) {
		struct open_how how = {.flags = flags};

		fd = (int)syscall(SYS_openat2, AT_FDCWD, path, &how, sizeof how);
	} else {
		fd = open(path, flags);
	}
	said(way, getpid(), tid(), t, t, fd < 0 ? -1 : 0);
	if (fd >= 0)
		close(fd);
}

static void memories(void)
{
	pid_t t = target(PLAIN);

	opened("mem-read", "/proc/%d/mem", O_RDONLY, t);
	opened("mem-write", "/proc/%d/mem", O_WRONLY, t);
	opened("mem-both", "/proc/%d/mem", O_RDWR, t);
	opened("mem-task", "/proc/%d/task/%d/mem", O_RDONLY, t);
	opened("mem-link", "/proc/%d/mem", O_RDWR, t);
	opened("mem-openat2", "/proc/%d/mem", O_RDONLY, t);
	end(t);
}

static void getfd(void)
{
	pid_t t = target(PLAIN);
	int pidfd = (int)syscall(SYS_pidfd_open, t, 0L);

	said("getfd", getpid(), tid(), t, t, syscall(SYS_pidfd_getfd, pidfd, channel[0], 0L) < 0 ? -1 : 0);
	close(pidfd);
	end(t);
}

/* As /proc says, which was mounted outside: other numbers than those inside. */
static int outer(void)
{
	char text[16] = "";

	if (readlink("/proc/self", text, sizeof text - 1) < 0)
		exit(1);
	return atoi(text);
}

static void in_namespace(void)
{
	volatile int *target_outside = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	pid_t first;

	if (unshare(CLONE_NEWPID))
		exit(1);
	first = fork();
	if (first == 0) {
		pid_t t = fork();
		int self;

		if (t == 0) {
			*target_outside = outer();
			if (write(channel[1], "x", 1) != 1)
				_exit(1);
			for (;;)
				pause();
		}
		wait_for_byte();
		self = outer();
		said("ns-seize", self, self, *target_outside, *target_outside, ptrace(PTRACE_SEIZE, t, 0, 0));
		said("ns-readv", self, self, *target_outside, *target_outside, copy(0, t, &secret));
		if (t >= 100) /* a number that says nothing outside */
			exit(1);
		end(t);
		_exit(0);
	}
	waitpid(first, NULL, 0);
}

static void *in_thread(void *unused)
{
	pid_t t = target(PLAIN);

	said("thread-readv", getpid(), tid(), t, t, copy(0, t, &secret));
	end(t);
	return unused;
}

/* None of these is an access. */
static void misses(void)
{
	pid_t t = target(PLAIN), self = getpid();
	int pidfd = (int)syscall(SYS_pidfd_open, t, 0L), fd;
	struct stat s;

	said("nobody", self, self, 0, 0, ptrace(PTRACE_ATTACH, 0x3ffffff, 0, 0));
	said("myself", self, self, self, self, ptrace(PTRACE_ATTACH, self, 0, 0));
	said("options", self, self, t, t, ptrace(PTRACE_SEIZE, t, 0, 1 << 30));
	said("not-traced", self, self, t, t, ptrace(PTRACE_PEEKDATA, t, &secret, 0));
	said("bad-address", self, self, t, t, copy(0, t, (void *)8));
	said("own-memory", self, self, self, self, copy(0, self, &secret));
	said("nobody-readv", self, self, 0, 0, copy(0, 0x3ffffff, &secret));
	said("bad-fd", self, self, t, t, syscall(SYS_pidfd_getfd, pidfd, 999, 0L));
	opened("own-mem", "/proc/self/mem", O_RDWR, self);
	opened("maps", "/proc/%d/maps", O_RDONLY, t);
	opened("path-only", "/proc/%d/mem", O_PATH, t);
	opened("no-pid", "/proc/67108863/mem", O_RDONLY, 0);
	fd = open("mem", O_CREAT | O_RDWR, 0600);
	said("other-mem", self, self, 0, 0, fd < 0 ? -1 : fstat(fd, &s));
	end(t);
}

int main(int argc, char **argv)
{
	pthread_t thread;
	int i;

	if (pipe(channel))
		return 1;
	for (i = 1; i < argc; i++) {
		const char *way = argv[i];

		if (!strcmp(way, "attach"))
			traced(way, PLAIN, PTRACE_ATTACH);
		else if (!strcmp(way, "attach-thread"))
			traced(way, WITH_THREAD, PTRACE_ATTACH);
		else if (!strcmp(way, "user"))
			traced(way, OTHER_USER, PTRACE_SEIZE);
		else if (!strcmp(way, "traceme"))
			traceme();
		else if (!strcmp(way, "follow"))
			follow();
		else if (!strcmp(way, "readv") || !strcmp(way, "writev"))
			copies(way, way[0] == 'w');
		else if (!strcmp(way, "again"))
			copies_again(7);
		else if (!strcmp(way, "memory"))
			memories();
		else if (!strcmp(way, "getfd"))
			getfd();
		else if (!strcmp(way, "thread")) {
			pthread_create(&thread, NULL, in_thread, NULL);
			pthread_join(thread, NULL);
		} else if (!strcmp(way, "namespace"))
			in_namespace();
		else if (!strcmp(way, "misses"))
			misses();
		else
			return 2;
	}
	return 0;
}
