/* The kinds of processes that a storm consists of. Part of storm.c. */
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
	static char *const extras[][3] = {
	    {NULL}, {"a b", "", NULL}, {"\"q\"", "tab\tnl\n", NULL}, {"\xc3\xbcn\xc3\xaf", "'$HOME'", NULL}};
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
