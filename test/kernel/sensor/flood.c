/*
 * A flood, and somebody else meanwhile: flood KIND FOLDER BEFORE CONNECTIONS [GROUP…]. A child joins the groups (files
 * named cgroup.procs) and floods at full speed: `files` makes and removes files, `processes` is a fork bomb, whose
 * members each make a file and end, or go on where no more are allowed. When it has done so BEFORE times, this process
 * connects to itself over 127.0.0.1, so often; then it ends the flood. It prints its own id, that of the child, how
 * often the flood has done it, and how many processes the flood had at most.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static struct {
	long done, living, most;
	int end;
} * shared;
static const char *folder;

static void fail(const char *what)
{
	perror(what);
	exit(1);
}

static void join(const char *group)
{
	const int fd = open(group, O_WRONLY | O_CLOEXEC);

	if (fd < 0 || write(fd, "0", 1) != 1)
		fail(group);
	close(fd);
}

static void make_file(void)
{
	char path[512];
	int fd;

	snprintf(path, sizeof path, "%s/flood-%d", folder, getpid());
	fd = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
	if (fd < 0)
		fail(path);
	close(fd);
	unlink(path);
}

static void files(void)
{
	while (!__atomic_load_n(&shared->end, __ATOMIC_SEQ_CST)) {
		make_file();
		__atomic_add_fetch(&shared->done, 1, __ATOMIC_SEQ_CST);
	}
}

/* Two more of each, as long as the group has room. */
static void bomb(void)
{
	while (!__atomic_load_n(&shared->end, __ATOMIC_SEQ_CST)) {
		const pid_t pid = fork();
		long living;

		if (pid < 0 && errno != EAGAIN)
			fail("fork");
		if (pid < 0) {
			if (waitpid(-1, NULL, WNOHANG) <= 0)
				return;
			continue;
		}
		if (pid)
			continue;
		__atomic_add_fetch(&shared->done, 1, __ATOMIC_SEQ_CST);
		living = __atomic_add_fetch(&shared->living, 1, __ATOMIC_SEQ_CST);
		if (living > __atomic_load_n(&shared->most, __ATOMIC_SEQ_CST))
			__atomic_store_n(&shared->most, living, __ATOMIC_SEQ_CST);
		make_file();
		bomb();
		__atomic_sub_fetch(&shared->living, 1, __ATOMIC_SEQ_CST);
		_exit(0);
	}
}

/* Its members end and are waited for, whoever made them. */
static void bombs(void)
{
	if (prctl(PR_SET_CHILD_SUBREAPER, 1) != 0)
		fail("prctl");
	while (!__atomic_load_n(&shared->end, __ATOMIC_SEQ_CST)) {
		bomb();
		while (waitpid(-1, NULL, WNOHANG) > 0)
			continue;
	}
	while (wait(NULL) > 0)
		continue;
}

static void connect_to_self(long times)
{
	struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t size = sizeof at;
	const int listening = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (bind(listening, (struct sockaddr *)&at, size) != 0 || listen(listening, 8) != 0 ||
	    getsockname(listening, (struct sockaddr *)&at, &size) != 0)
		fail("listen");
	for (long i = 0; i < times; i++) {
		const struct linger reset = {1, 0};
		const int s = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
		int peer;

		if (connect(s, (struct sockaddr *)&at, size) != 0)
			fail("connect");
		peer = accept4(listening, NULL, NULL, SOCK_CLOEXEC);
		if (peer < 0)
			fail("accept");
		/* Else each port would stay for a minute. */
		setsockopt(s, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
		close(s);
		close(peer);
	}
}

int main(int argc, char **argv)
{
	long before, times;
	pid_t child;
	int status;

	if (argc < 5)
		return 2;
	folder = argv[2];
	before = atol(argv[3]);
	times = atol(argv[4]);
	shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (shared == MAP_FAILED)
		fail("mmap");
	child = fork();
	if (child < 0)
		fail("fork");
	if (child == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		for (int i = 5; i < argc; i++)
			join(argv[i]);
		if (strcmp(argv[1], "files") == 0)
			files();
		else
			bombs();
		exit(0);
	}
	while (__atomic_load_n(&shared->done, __ATOMIC_SEQ_CST) < before)
		if (waitpid(child, &status, WNOHANG) == child)
			return 1;
	for (int i = 0; i < 10; i++) { /* not all at once */
		connect_to_self(times / 10);
		usleep(1000);
	}
	__atomic_store_n(&shared->end, 1, __ATOMIC_SEQ_CST);
	if (waitpid(child, &status, 0) != child || status != 0)
		return 1;
	printf("%d %d %ld %ld\n", getpid(), child, shared->done, shared->most);
	return 0;
}
