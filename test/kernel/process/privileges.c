/*
 * Does what its arguments say, one after the other, by raw system calls, and prints a line for each of them: what, its
 * result, the thread, and what /proc says of the thread before and after. The file of /proc is opened at the beginning:
 * it keeps telling ids as whoever opened it sees them.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static __thread int status_fd = -1;
static char **rest; /* what is to be executed */

static void look(char *out, size_t size)
{
	static const char *const keys[] = {
	    "Uid:", "Gid:", "Groups:", "CapInh:", "CapPrm:", "CapEff:", "CapBnd:", "CapAmb:"};
	char text[16384], ns[64];
	size_t at = 0;
	ssize_t n;

	if (status_fd < 0)
		status_fd = open("/proc/thread-self/status", O_RDONLY | O_CLOEXEC);
	n = pread(status_fd, text, sizeof(text) - 1, 0);
	text[n > 0 ? n : 0] = 0;
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		char *line = strstr(text, keys[i]);
		int len = line ? (int)strcspn(line += strlen(keys[i]), "\n") : 0;
		at += snprintf(out + at, size - at, "%.*s;", len, line);
	}
	n = readlink("/proc/thread-self/ns/user", ns, sizeof(ns) - 1);
	ns[n > 0 ? n : 0] = 0;
	snprintf(out + at, size - at, "%x;%s", prctl(PR_GET_SECUREBITS) & ~0x10, ns);
}

static void told(const char *what, long result, const char *before)
{
	char after[4096], line[9000];

	look(after, sizeof(after));
	int n = snprintf(line, sizeof(line), "%s|%ld|%d|%d|%s|%s\n", what, result, getpid(), gettid(), before, after);
	if (write(1, line, n) != n)
		_exit(9);
}

static void nothing_there(int signal)
{
	(void)signal;
	told("no-int80", 0, "");
	_exit(0);
}

static long call_32(long number, long argument)
{
#ifdef __x86_64__
	long result;
	signal(SIGSEGV, nothing_there);
	asm volatile("int $0x80" : "=a"(result) : "a"(number), "b"(argument) : "memory", "r8", "r9", "r10", "r11");
	return (int)result;
#else
	(void)number, (void)argument;
	nothing_there(0);
	return 0;
#endif
}

static void act(const char *op);

static void *in_thread(void *op)
{
	act(op);
	return NULL;
}

static long set_capabilities(unsigned long long effective, unsigned long long permitted, unsigned long long inheritable)
{
	struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
	struct __user_cap_data_struct data[2] = {{effective, permitted, inheritable},
						 {effective >> 32, permitted >> 32, inheritable >> 32}};
	return syscall(SYS_capset, &header, data);
}

static long call(const char *name, const unsigned long long *a, int n)
{
	gid_t groups[64];
	int status = 0;

	for (int i = 0; i < n && i < 64; i++)
		groups[i] = a[i];
#define IS(x) (strcmp(name, x) == 0)
	if (IS("setuid"))
		return syscall(SYS_setuid, a[0]);
	if (IS("setgid"))
		return syscall(SYS_setgid, a[0]);
	if (IS("setreuid"))
		return syscall(SYS_setreuid, a[0], a[1]);
	if (IS("setregid"))
		return syscall(SYS_setregid, a[0], a[1]);
	if (IS("setresuid"))
		return syscall(SYS_setresuid, a[0], a[1], a[2]);
	if (IS("setresgid"))
		return syscall(SYS_setresgid, a[0], a[1], a[2]);
	if (IS("setfsuid"))
		return syscall(SYS_setfsuid, a[0]);
	if (IS("setfsgid"))
		return syscall(SYS_setfsgid, a[0]);
	if (IS("setgroups"))
		return syscall(SYS_setgroups, n, groups);
	if (IS("capset"))
		return set_capabilities(a[0], a[1], a[2]);
	if (IS("ambient"))
		return prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, a[0], 0, 0);
	if (IS("bounding"))
		return prctl(PR_CAPBSET_DROP, a[0]);
	if (IS("securebits"))
		return prctl(PR_SET_SECUREBITS, a[0]);
	if (IS("keepcaps"))
		return prctl(PR_SET_KEEPCAPS, a[0]);
	if (IS("name"))
		return prctl(PR_SET_NAME, "other");
	if (IS("unshare"))
		return unshare(CLONE_NEWUSER);
	if (IS("int80"))
		return call_32(213, a[0]); /* setuid32 */
	if (IS("fork")) {
		if (fork() == 0)
			_exit(0);
		return wait(&status) < 0;
	}
	if (IS("clone")) {
		long child = syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, 0, 0, 0, 0);
		if (child == 0) {
			status_fd = -1; /* it is of the parent */
			told("child", 0, "");
			_exit(0);
		}
		waitpid(child, &status, 0);
		return child;
	}
	if (IS("setns")) { /* of a child that has made one */
		int made[2], done[2];
		char c, path[64];
		if (pipe(made) || pipe(done))
			return -1;
		pid_t child = fork();
		if (child == 0) {
			unshare(CLONE_NEWUSER);
			if (write(made[1], "", 1) != 1 || read(done[0], &c, 1) != 1)
				_exit(1);
			_exit(0);
		}
		if (read(made[0], &c, 1) != 1)
			return -1;
		snprintf(path, sizeof(path), "/proc/%d/ns/user", child);
		long result = setns(open(path, O_RDONLY), CLONE_NEWUSER);
		if (write(done[1], "", 1) != 1)
			return -1;
		waitpid(child, &status, 0);
		return result;
	}
	fprintf(stderr, "no such thing: %s\n", name);
	exit(2);
}

static void act(const char *op)
{
	char before[4096], name[64];
	unsigned long long a[64] = {0};
	int n = 0;
	size_t len = strcspn(op, ":");

	if (strncmp(op, "thread:", 7) == 0) {
		pthread_t thread;
		pthread_create(&thread, NULL, in_thread, (void *)(op + 7));
		pthread_join(thread, NULL);
		return;
	}
	look(before, sizeof(before));
	if (strncmp(op, "exec:", 5) == 0) {
		execv(op + 5, rest);
		told("exec", -1, before);
		return;
	}
	snprintf(name, sizeof(name), "%.*s", (int)len, op);
	for (const char *at = op + len; *at && n < 64; n++) {
		char *end;
		a[n] = strtoull(at + 1, &end, 0);
		if (at[1] == '-')
			a[n] = (unsigned)a[n];
		at = end;
	}
	told(name, call(name, a, n), before);
}

int main(int argc, char **argv)
{
	told("start", 0, "");
	for (int i = 1; i < argc; i++) {
		rest = argv + i; /* its first is the name, as good as any */
		act(argv[i]);
	}
	return 0;
}
