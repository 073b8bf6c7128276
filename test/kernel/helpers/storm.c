/*
 * A storm of short-lived processes of every kind, and the truth about them.
 *
 *   storm run FOLDER COUNT WORKERS TRUTH
 *
 * Each worker keeps several children going at once. It writes one line of JSON for each process: who made it, what it
 * executed, how it ended. Workers are subreapers, so the end of an orphan is known from wait(2) as well. A status other
 * than the intended one makes the storm fail: its truth is what was meant to happen and did.
 *
 * The same program is what the children execute; its first argument then says how to end (see target()).
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define OUTSTANDING 12
#define COPIES 8
#define FOLDERS 8
#define MAX_ARGS 160
#define FAILED 99 /* exit code of a child whose exec failed although it should not */

extern char **environ;

static void die(const char *what)
{
	fprintf(stderr, "storm: %s: %s\n", what, strerror(errno));
	_exit(1);
}

/* --- what the children run --- */

static void target(char **argv)
{
	const char *how = argv[1];
	volatile int *memory = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	switch (how[0]) {
	case 'x': /* exit with a code */
		_exit(atoi(how + 1));
	case 's': /* by a signal sent to itself */
		kill(getpid(), atoi(how + 1));
		break;
	case 'v': /* by a memory fault */
		munmap((void *)memory, 4096);
		*memory = 0;
		break;
	case 'w': /* until somebody ends it */
		for (;;)
			pause();
	case 'c': { /* execute the next of a chain */
		int depth = atoi(how + 1);
		char path[4096], next[64];

		snprintf(path, sizeof(path), "%s/target-%d", argv[2], depth);
		if (depth > 0)
			snprintf(next, sizeof(next), "c%d%s", depth - 1, strchr(how, ':'));
		else
			snprintf(next, sizeof(next), "x%s", strchr(how, ':') + 1);
		execv(path, (char *[]){"chain", next, argv[2], NULL});
		break;
	}
	}
	_exit(FAILED);
}

#include "storm-truth.h"
#include "storm-kinds.h"

/* --- setting up --- */

static void write_file(const char *name, mode_t mode, const void *bytes, size_t n)
{
	char path[4096 + 64];
	int fd;

	snprintf(path, sizeof(path), "%s/%s", w.bin, name);
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);
	if (fd < 0 || write(fd, bytes, n) != (ssize_t)n || fchmod(fd, mode))
		die(path);
	close(fd);
}

static void *own_bytes(size_t *n)
{
	struct stat st;
	int fd = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
	void *bytes;

	if (fd < 0 || fstat(fd, &st))
		die("/proc/self/exe");
	bytes = mmap(NULL, st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (bytes == MAP_FAILED)
		die("mmap");
	close(fd);
	*n = st.st_size;
	return bytes;
}

static void set_up(void)
{
	static const char *const names[FOLDERS] = {"plain",	"with space", "quote'\"", "\xc3\xa4\xc3\xb6",
						   "new\nline", "-dash",      "a",	  "b"};
	size_t n;
	void *bytes = own_bytes(&n);
	char name[64], text[4096 + 64];

	snprintf(w.bin, sizeof(w.bin), "%s/bin", w.root);
	if (mkdir(w.bin, 0755) || chmod(w.bin, 0755))
		die(w.bin);
	for (int i = 0; i < FOLDERS; i++) {
		snprintf(w.cwd[i], sizeof(w.cwd[i]), "%s/%s", w.root, names[i]);
		if (mkdir(w.cwd[i], 0755) || chmod(w.cwd[i], 0755))
			die(w.cwd[i]);
	}
	for (int i = 0; i < COPIES; i++) {
		snprintf(name, sizeof(name), "target-%d", i);
		write_file(name, 0755, bytes, n);
		snprintf(name, sizeof(name), "script-%d", i);
		write_file(name, 0755, text, snprintf(text, sizeof(text), "#!%s/target-%d x%d\n", w.bin, i, i));
	}
	write_file("not-executable", 0644, bytes, n);
	write_file("garbage", 0755, "\x01\x02\x03garbage", 10);
	write_file("script-without-interpreter", 0755, "#!/nonexistent/interpreter\n", 27);
	memset(long_arg, 'l', sizeof(long_arg) - 1);
}

static int worker(int number, int workers, int count)
{
	char path[4096 + 128], name[64];
	size_t n;
	void *bytes = own_bytes(&n);
	int fd;

	if (prctl(PR_SET_CHILD_SUBREAPER, 1))
		die("PR_SET_CHILD_SUBREAPER");
	w.shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (w.shared == MAP_FAILED)
		die("mmap");
	snprintf(path, sizeof(path), "%s/target-0", w.bin);
	w.copy_fd = open(path, O_RDONLY | O_CLOEXEC);
	snprintf(name, sizeof(name), "gone-%d", getpid());
	write_file(name, 0755, bytes, n);
	snprintf(path, sizeof(path), "%s/%s", w.bin, name);
	w.gone = open(path, O_RDONLY | O_CLOEXEC);
	unlink(path);
	fd = memfd_create("storm", MFD_CLOEXEC);
	if (fd < 0 || write(fd, bytes, n) != (ssize_t)n)
		die("memfd");
	/* A file that somebody has open for writing cannot be executed. */
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	w.memfd = open(path, O_RDONLY | O_CLOEXEC);
	if (w.copy_fd < 0 || w.gone < 0 || w.memfd < 0)
		die("open");
	close(fd);
	for (int i = (int64_t)count * number / workers; i < (int64_t)count * (number + 1) / workers; i++) {
		while (w.running >= OUTSTANDING)
			reap();
		one(i);
	}
	while (w.running)
		reap();
	return w.failed;
}

static int64_t now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000ll + t.tv_nsec / 1000;
}

int main(int argc, char **argv)
{
	struct rlimit no_core = {0, 0};
	int count, workers, failed = 0, status;
	pid_t pids[64], pid;
	int64_t begun;

	if (argc < 2 || strcmp(argv[1], "run"))
		target(argv);
	if (argc != 6)
		die("arguments");
	count = atoi(argv[3]);
	workers = atoi(argv[4]);
	if (!realpath(argv[2], w.root) || workers < 1 || workers > 64)
		die("arguments");
	setrlimit(RLIMIT_CORE, &no_core);
	w.truth = open(argv[5], O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
	if (w.truth < 0)
		die(argv[5]);
	set_up();
	begun = now_us();
	for (int i = 0; i < workers; i++) {
		pids[i] = fork();
		if (pids[i] < 0)
			die("fork");
		if (pids[i] == 0)
			_exit(worker(i, workers, count));
	}
	printf("{\"pid\":%d,\"workers\":[", getpid());
	for (int i = 0; i < workers; i++) {
		struct proc p = {.kind = "worker", .ppid = getpid()};

		do {
			pid = waitpid(pids[i], &status, 0);
		} while (pid < 0 && errno == EINTR);
		if (pid < 0)
			die("waitpid");
		failed |= status;
		write_truth(&p, pid, 0, status);
		printf("%s%d", i ? "," : "", pid);
	}
	printf("],\"microseconds\":%lld}\n", (long long)(now_us() - begun));
	fflush(stdout);
	return failed ? 1 : 0;
}
