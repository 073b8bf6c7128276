/* What the storm knows of its processes, and how it writes that down. Part of storm.c. */
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
