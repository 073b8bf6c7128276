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

/* --- truth --- */

struct text {
	char *bytes;
	size_t len, room;
};

static void put(struct text *t, const char *s, size_t n)
{
	if (t->len + n + 1 > t->room) {
		t->room = (t->len + n + 1) * 2;
		t->bytes = realloc(t->bytes, t->room);
		if (!t->bytes)
			die("realloc");
	}
	memcpy(t->bytes + t->len, s, n);
	t->len += n;
	t->bytes[t->len] = 0;
}

__attribute__((format(printf, 2, 3))) static void putf(struct text *t, const char *format, ...)
{
	char line[512];
	va_list ap;

	va_start(ap, format);
	put(t, line, vsnprintf(line, sizeof(line), format, ap));
	va_end(ap);
}

static void put_json(struct text *t, const char *s)
{
	put(t, "\"", 1);
	for (; *s; s++) {
		if (*s == '"' || *s == '\\')
			putf(t, "\\%c", *s);
		else if ((unsigned char)*s < 0x20)
			putf(t, "\\u%04x", *s);
		else
			put(t, s, 1);
	}
	put(t, "\"", 1);
}

struct proc {
	bool used;
	pid_t pid, ppid; /* pid 0: in the shared slot, once its parent has made it */
	const char *kind;
	unsigned int uid;
	int status; /* as wait(2) should give it */
	struct text execs;
};

struct shared {
	volatile pid_t pid, tid;
};

static struct {
	char root[4096], bin[4096 + 16], cwd[FOLDERS][4096 + 64];
	int truth, memfd, gone, copy_fd;
	int failed;
	int running, pending;
	struct proc procs[OUTSTANDING + 2];
	struct shared *shared; /* as many */
} w;

static void put_exec(struct proc *p, const char *image, char *const argv[], const char *cwd, const char *more)
{
	struct text *t = &p->execs;

	put(t, t->len ? ",{\"image\":" : "{\"image\":", t->len ? 10 : 9);
	put_json(t, image);
	put(t, ",\"argv\":[", 9);
	for (int i = 0; argv[i]; i++) {
		if (i)
			put(t, ",", 1);
		put_json(t, argv[i]);
	}
	put(t, "],\"cwd\":", 8);
	put_json(t, cwd);
	putf(t, ",\"uid\":%u", p->uid);
	put(t, more, strlen(more));
	put(t, "}", 1);
}

static void write_truth(struct proc *p, pid_t pid, pid_t tid, int status)
{
	struct text t = {};

	putf(&t, "{\"kind\":\"%s\",\"pid\":%d,\"ppid\":%d,\"uid\":%u,\"tid\":%d,", p->kind, pid, p->ppid, p->uid, tid);
	if (WIFSIGNALED(status))
		putf(&t, "\"signal\":%d,\"coreDump\":%s", WTERMSIG(status), WCOREDUMP(status) ? "true" : "false");
	else
		putf(&t, "\"exitCode\":%d", WEXITSTATUS(status));
	put(&t, ",\"execs\":[", 10);
	if (p->execs.len)
		put(&t, p->execs.bytes, p->execs.len);
	put(&t, "]}\n", 3);
	if (write(w.truth, t.bytes, t.len) != (ssize_t)t.len)
		die("write of the truth");
	free(t.bytes);
	free(p->execs.bytes);
	p->execs = (struct text){};
	p->used = false;
}

static struct proc *expect(const char *kind, int status)
{
	for (int i = 0; i < OUTSTANDING + 2; i++) {
		struct proc *p = &w.procs[i];

		if (p->used)
			continue;
		*p = (struct proc){.used = true, .ppid = getpid(), .kind = kind, .status = status};
		w.shared[i].pid = w.shared[i].tid = 0;
		w.running++;
		return p;
	}
	die("no free slot");
	return NULL;
}

static struct shared *shared_of(struct proc *p)
{
	return &w.shared[p - w.procs];
}

static void reap(void)
{
	int status;
	pid_t pid = waitpid(-1, &status, 0);

	if (pid < 0)
		die("waitpid");
	for (int i = 0; i < OUTSTANDING + 2; i++) {
		struct proc *p = &w.procs[i];

		if (!p->used || (p->pid ? p->pid : w.shared[i].pid) != pid)
			continue;
		if ((status & ~0x80) != p->status) {
			fprintf(stderr, "storm: %s: status %#x, expected %#x\n", p->kind, status, p->status);
			w.failed = 1;
		}
		write_truth(p, pid, w.shared[i].tid, status);
		w.running--;
		return;
	}
	fprintf(stderr, "storm: unknown child %d\n", pid);
	w.failed = 1;
}

/* --- kinds --- */

/* What a child executes, put together by its parent so that both know it. */
struct plan {
	char path[4096 + 64];
	char *argv[MAX_ARGS];
	char how[64];
	const char *cwd;
	int fd; /* >= 0: execveat of this */
};

static char long_arg[200];

static void fill(struct plan *p, int i, bool many)
{
	static char *const extras[][3] = {{NULL}, {"a b", "", NULL}, {"\"q\"", "tab\tnl\n", NULL}, {"\xc3\xbcn\xc3\xaf", "'$HOME'", NULL}};
	int n = 0;

	snprintf(p->path, sizeof(p->path), "%s/target-%d", w.bin, i % COPIES);
	p->cwd = w.cwd[i % FOLDERS];
	p->fd = -1;
	p->argv[n++] = "storm target";
	p->argv[n++] = p->how;
	for (int k = 0; extras[i % 4][k]; k++)
		p->argv[n++] = extras[i % 4][k];
	for (int k = 0; many && k < 128; k++) /* 25 KiB */
		p->argv[n++] = long_arg;
	p->argv[n] = NULL;
}

/* Only system calls: also run by children that share the parent's memory. */
static void run_plan(const struct plan *p)
{
	if (chdir(p->cwd) == 0) {
		if (p->fd >= 0)
			syscall(SYS_execveat, p->fd, "", p->argv, environ, AT_EMPTY_PATH);
		else
			execve(p->path, p->argv, environ);
	}
	_exit(FAILED);
}

static void *exec_in_thread(void *arg)
{
	void **args = arg;

	((struct shared *)args[1])->tid = gettid();
	run_plan(args[0]);
	return NULL;
}

static void *exit_late(void *arg)
{
	usleep(500);
	_exit((int)(intptr_t)arg);
}

static void *sleep_on(void *arg)
{
	for (;;)
		pause();
	return arg;
}

static pid_t forked(struct proc *p)
{
	pid_t pid = fork();

	if (pid < 0)
		die("fork");
	if (pid)
		p->pid = pid;
	return pid;
}

static void fork_exec(struct proc *p, struct plan *plan)
{
	if (forked(p) == 0)
		run_plan(plan);
}

static void vfork_exec(struct proc *p, struct plan *plan)
{
	pid_t pid = vfork();

	if (pid == 0)
		run_plan(plan);
	if (pid < 0)
		die("vfork");
	p->pid = pid;
}

static void spawn(struct proc *p, struct plan *plan)
{
	posix_spawn_file_actions_t actions;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addchdir_np(&actions, plan->cwd);
	errno = posix_spawn(&p->pid, plan->path, &actions, NULL, plan->argv, environ);
	if (errno)
		die("posix_spawn");
	posix_spawn_file_actions_destroy(&actions);
}

static void thread_exec(struct proc *p, struct plan *plan)
{
	pthread_t thread;

	if (forked(p))
		return;
	if (pthread_create(&thread, NULL, exec_in_thread, (void *[]){plan, shared_of(p)}))
		_exit(FAILED);
	for (;;)
		pause();
}

static void script(struct proc *p, struct plan *plan, int i, int code)
{
	char interpreter[4096 + 64], named[2 * 4096 + 256];
	struct text more = {};
	char *argv[MAX_ARGS] = {interpreter, NULL};
	int n = 1, k;

	/* The interpreter's argument in the first line says how to end. */
	snprintf(interpreter, sizeof(interpreter), "%s/target-%d", w.bin, code % COPIES);
	snprintf(plan->how, sizeof(plan->how), "x%d", code % COPIES);
	p->status = W_EXITCODE(code % COPIES, 0);
	if (i % 2) /* by an absolute path, or by one relative to the folder */
		snprintf(plan->path, sizeof(plan->path), "%s/script-%d", w.bin, code % COPIES);
	else
		snprintf(plan->path, sizeof(plan->path), "../bin/script-%d", code % COPIES);
	argv[n++] = plan->how;
	argv[n++] = plan->path;
	for (k = 1; plan->argv[k]; k++)
		argv[n++] = plan->argv[k];
	argv[n] = NULL;
	snprintf(named, sizeof(named), "%s%s%s", i % 2 ? "" : plan->cwd, i % 2 ? "" : "/", plan->path);
	putf(&more, ",\"script\":");
	put_json(&more, named);
	put_exec(p, interpreter, argv, plan->cwd, more.bytes);
	free(more.bytes);
	fork_exec(p, plan);
}

static void other_user(struct proc *p, struct plan *plan, int i)
{
	static const unsigned int users[] = {65534, 1, 47110};

	p->uid = users[i % 3];
	put_exec(p, plan->path, plan->argv, plan->cwd, "");
	if (forked(p))
		return;
	if (setresgid(p->uid, p->uid, p->uid) || setresuid(p->uid, p->uid, p->uid))
		_exit(FAILED);
	run_plan(plan);
}

/* Killed from outside, once the exec has closed the pipe. */
static void killed(struct proc *p, struct plan *plan)
{
	int ends[2];
	char c;

	if (pipe2(ends, O_CLOEXEC))
		die("pipe2");
	fork_exec(p, plan);
	close(ends[1]);
	if (read(ends[0], &c, 1) != 0)
		die("read of the pipe");
	close(ends[0]);
	kill(p->pid, SIGKILL);
}

static void failed_exec(struct proc *p, int i)
{
	static const char *const names[] = {"missing", "not-executable", "garbage", "script-without-interpreter"};
	static const int errors[] = {ENOENT, EACCES, ENOEXEC, ENOENT};
	char path[4096 + 64];

	if (forked(p))
		return;
	snprintf(path, sizeof(path), "%s/%s", w.bin, names[i % 4]);
	execv(path, (char *[]){"never", NULL});
	_exit(errno == errors[i % 4] ? WEXITSTATUS(p->status) : FAILED);
}

static void chain(struct proc *p, struct plan *plan, int code)
{
	char next[64], path[4096 + 64];

	snprintf(plan->how, sizeof(plan->how), "c2:%d", code);
	plan->argv[2] = w.bin;
	plan->argv[3] = NULL;
	put_exec(p, plan->path, plan->argv, plan->cwd, "");
	for (int depth = 2; depth >= 0; depth--) {
		snprintf(path, sizeof(path), "%s/target-%d", w.bin, depth);
		if (depth > 0)
			snprintf(next, sizeof(next), "c%d:%d", depth - 1, code);
		else
			snprintf(next, sizeof(next), "x%d", code);
		put_exec(p, path, (char *[]){"chain", next, w.bin, NULL}, plan->cwd, "");
	}
	fork_exec(p, plan);
}

/* The grandchild's parent is the child, also when that is gone before the grandchild executes anything. */
static void orphan(struct proc *p, struct plan *plan, int i)
{
	struct proc *grandchild = expect("orphan", p->status);
	struct shared *s = shared_of(grandchild);
	pid_t pid, made;

	p->kind = "orphan-parent";
	p->status = W_EXITCODE(0, 0);
	put_exec(grandchild, plan->path, plan->argv, plan->cwd, "");
	pid = forked(p);
	if (pid) {
		grandchild->ppid = pid;
		return;
	}
	pid = getpid();
	made = fork();
	if (made < 0)
		_exit(FAILED);
	if (made == 0) {
		while (i % 2 && getppid() == pid)
			usleep(50);
		run_plan(plan);
	}
	s->pid = made; /* before it can become the worker's child */
	_exit(0);
}

static void by_fd(struct proc *p, struct plan *plan, int fd, const char *image, const char *more)
{
	plan->fd = fd;
	put_exec(p, image, plan->argv, plan->cwd, more);
	fork_exec(p, plan);
}

static void leader_first(struct proc *p, int code)
{
	pthread_t thread;

	if (forked(p))
		return;
	if (pthread_create(&thread, NULL, exit_late, (void *)(intptr_t)code))
		_exit(FAILED);
	syscall(SYS_exit, 3); /* the leader alone */
}

static void many_threads(struct proc *p, int code)
{
	pthread_t thread;

	if (forked(p))
		return;
	for (int k = 0; k < 3; k++) {
		if (pthread_create(&thread, NULL, sleep_on, NULL))
			_exit(FAILED);
	}
	_exit(code);
}

static void simple(struct proc *p, struct plan *plan, const char *kind, void (*make)(struct proc *, struct plan *))
{
	p->kind = kind;
	put_exec(p, plan->path, plan->argv, plan->cwd, "");
	make(p, plan);
}

static void one(int i)
{
	static const int signals[] = {SIGKILL, SIGTERM, SIGABRT, SIGUSR1};
	static struct plan plan;
	int code = i & 255, kind = i % 20;
	struct proc *p = expect("", W_EXITCODE(code, 0));
	char image[4096 + 64];

	fill(&plan, i / 3, kind == 15);
	snprintf(plan.how, sizeof(plan.how), "x%d", code);
	switch (kind) {
	case 1:
		return simple(p, &plan, "vfork", vfork_exec);
	case 2:
		return simple(p, &plan, "posix_spawn", spawn);
	case 3:
		return simple(p, &plan, "thread", thread_exec);
	case 4:
		p->kind = "script";
		return script(p, &plan, i / 20, code);
	case 5:
		p->kind = "execveat";
		snprintf(image, sizeof(image), "%s/target-0", w.bin);
		return by_fd(p, &plan, w.copy_fd, image, "");
	case 6:
		p->kind = "memfd";
		return by_fd(p, &plan, w.memfd, "/memfd:storm", ",\"memfd\":true,\"deleted\":true");
	case 7:
		p->kind = "deleted";
		snprintf(image, sizeof(image), "%s/gone-%d", w.bin, getpid());
		return by_fd(p, &plan, w.gone, image, ",\"deleted\":true");
	case 8:
		p->kind = "user";
		return other_user(p, &plan, i / 20);
	case 9:
		p->status = W_EXITCODE(0, signals[i / 20 % 4]);
		snprintf(plan.how, sizeof(plan.how), "s%d", signals[i / 20 % 4]);
		return simple(p, &plan, "signal", fork_exec);
	case 10:
		p->status = W_EXITCODE(0, SIGSEGV);
		strcpy(plan.how, "v");
		return simple(p, &plan, "fault", fork_exec);
	case 11:
		p->kind = "failed";
		return failed_exec(p, i / 20);
	case 12:
		p->kind = "fork";
		if (forked(p) == 0)
			_exit(code);
		return;
	case 13:
		p->kind = "chain";
		return chain(p, &plan, code);
	case 14:
		return orphan(p, &plan, i / 20);
	case 15:
		return simple(p, &plan, "long", fork_exec);
	case 16:
		p->status = W_EXITCODE(0, SIGKILL);
		strcpy(plan.how, "w");
		return simple(p, &plan, "killed", killed);
	case 17:
		p->kind = "leader-first";
		return leader_first(p, code);
	case 18:
		p->kind = "threads";
		return many_threads(p, code);
	case 19:
		p->kind = "killed-fork";
		p->status = W_EXITCODE(0, SIGKILL);
		if (forked(p) == 0)
			sleep_on(NULL);
		kill(p->pid, SIGKILL);
		return;
	default:
		return simple(p, &plan, "fork", fork_exec);
	}
}

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
	static const char *const names[FOLDERS] = {"plain", "with space", "quote'\"", "\xc3\xa4\xc3\xb6", "new\nline", "-dash", "a", "b"};
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
	printf("{\"workers\":[");
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
