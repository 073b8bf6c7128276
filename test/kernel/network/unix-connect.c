/*
 * A child that listens on Unix sockets, and a parent that connects to them, each time in another way. argv[1]: a
 * folder. Prints the process id of the child, then `way result`.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/io_uring.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

static const char *const names[] = {"docker.sock", "agent.77", "other.sock", "docker.socks", "\0containerd-shim/x.sock",
				    "\0other-shim"};

static socklen_t address(struct sockaddr_un *a, const char *folder, const char *name)
{
	memset(a, 0, sizeof *a);
	a->sun_family = AF_UNIX;
	if (name[0]) {
		snprintf(a->sun_path, sizeof a->sun_path, "%s/%s", folder, name);
		return sizeof *a;
	}
	memcpy(a->sun_path + 1, name + 1, strlen(name + 1));
	return offsetof(struct sockaddr_un, sun_path) + 1 + strlen(name + 1);
}

static int to(int type, const char *folder, const char *name)
{
	struct sockaddr_un a;
	socklen_t size = address(&a, folder, name);

	return connect(socket(AF_UNIX, type, 0), (struct sockaddr *)&a, size);
}

static int by_uring(const char *folder, const char *name)
{
	struct io_uring_params params = {};
	int fd = syscall(SYS_io_uring_setup, 4, &params), s = socket(AF_UNIX, SOCK_STREAM, 0);
	struct io_uring_sqe *entries;
	struct sockaddr_un a;
	char *ring;

	if (fd < 0)
		return -1;
	ring = mmap(NULL, 65536, PROT_READ | PROT_WRITE, MAP_SHARED, fd, IORING_OFF_SQ_RING);
	entries =
	    mmap(NULL, params.sq_entries * sizeof *entries, PROT_READ | PROT_WRITE, MAP_SHARED, fd, IORING_OFF_SQES);
	if (ring == MAP_FAILED || entries == MAP_FAILED || !(params.features & IORING_FEAT_SINGLE_MMAP))
		return -1;
	entries[0] = (struct io_uring_sqe){.opcode = IORING_OP_CONNECT, .fd = s, .addr = (uint64_t)(uintptr_t)&a};
	entries[0].off = address(&a, folder, name);
	((uint32_t *)(ring + params.sq_off.array))[0] = 0;
	__atomic_store_n((uint32_t *)(ring + params.sq_off.tail), 1, __ATOMIC_RELEASE);
	syscall(SYS_io_uring_enter, fd, 1, 1, IORING_ENTER_GETEVENTS, NULL, 0);
	return ((struct io_uring_cqe *)(ring + params.cq_off.cqes))[0].res;
}

int main(int argc, char **argv)
{
	int ready[2], datagrams = socket(AF_UNIX, SOCK_DGRAM, 0);
	struct sockaddr_un a;
	pid_t child;
	size_t i;
	char c;

	(void)argc;
	if (pipe(ready))
		return 1;
	child = fork();
	if (child == 0) {
		for (i = 0; i < sizeof names / sizeof *names; i++) {
			int s = socket(AF_UNIX, SOCK_STREAM, 0);
			socklen_t size = address(&a, argv[1], names[i]);

			if (bind(s, (struct sockaddr *)&a, size) || listen(s, 8))
				_exit(1);
		}
		if (bind(datagrams, (struct sockaddr *)&a, address(&a, argv[1], "private")))
			_exit(1);
		if (write(ready[1], "", 1) != 1)
			_exit(1);
		pause();
		_exit(0);
	}
	if (child < 0 || read(ready[0], &c, 1) != 1)
		return 2;
	printf("%d\n", child);
	printf("path %d\n", to(SOCK_STREAM, argv[1], "docker.sock"));
	printf("link %d\n", to(SOCK_STREAM, argv[1], "link"));
	printf("beginning %d\n", to(SOCK_STREAM, argv[1], "agent.77"));
	printf("abstract %d\n", to(SOCK_STREAM, argv[1], names[4]));
	printf("datagram %d\n", to(SOCK_DGRAM, argv[1], "private"));
	printf("uring %d\n", by_uring(argv[1], "docker.sock"));
	/* Near misses. */
	printf("other %d\n", to(SOCK_STREAM, argv[1], "other.sock"));
	printf("longer %d\n", to(SOCK_STREAM, argv[1], "docker.socks"));
	printf("other-abstract %d\n", to(SOCK_STREAM, argv[1], names[5]));
	printf("missing %d\n", to(SOCK_STREAM, argv[1], "containerd.sock"));
	printf("type %d\n", to(SOCK_DGRAM, argv[1], "docker.sock"));
	fflush(stdout);
	kill(child, SIGKILL);
	return 0;
}
