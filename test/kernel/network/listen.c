/*
 * Sockets that listen, or are bound, each in another way. Prints for each what getsockname(2) says of it:
 * `way result address port`. Exit status is that of nothing that matters.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <linux/io_uring.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

/* Not in the headers of older systems. */
#define OP_BIND 56
#define OP_LISTEN 57

static void say(const char *way, int result, int fd)
{
	struct sockaddr_storage a = {};
	socklen_t size = sizeof a;
	char text[64] = "-";
	int port = 0;

	getsockname(fd, (struct sockaddr *)&a, &size);
	if (a.ss_family == AF_INET) {
		inet_ntop(AF_INET, &((struct sockaddr_in *)&a)->sin_addr, text, sizeof text);
		port = ntohs(((struct sockaddr_in *)&a)->sin_port);
	} else if (a.ss_family == AF_INET6) {
		inet_ntop(AF_INET6, &((struct sockaddr_in6 *)&a)->sin6_addr, text, sizeof text);
		port = ntohs(((struct sockaddr_in6 *)&a)->sin6_port);
	}
	printf("%s %d %s %d\n", way, result, text, port);
	fflush(stdout);
}

static struct sockaddr_in at(uint32_t address, uint16_t port)
{
	return (struct sockaddr_in){.sin_family = AF_INET, .sin_addr.s_addr = htonl(address), .sin_port = htons(port)};
}

static int bind4(int fd, uint32_t address, uint16_t port)
{
	struct sockaddr_in a = at(address, port);

	return bind(fd, (struct sockaddr *)&a, sizeof a);
}

/* One request of io_uring; -ENOSYS: there is none, or it does not know the operation. */
static int by_uring(const struct io_uring_sqe *sqe)
{
	struct io_uring_params params = {};
	int fd = syscall(SYS_io_uring_setup, 4, &params), result;
	struct io_uring_sqe *entries;
	struct io_uring_cqe *cqes;
	char *ring;

	if (fd < 0)
		return -ENOSYS;
	ring = mmap(NULL, 65536, PROT_READ | PROT_WRITE, MAP_SHARED, fd, IORING_OFF_SQ_RING);
	entries =
	    mmap(NULL, params.sq_entries * sizeof *entries, PROT_READ | PROT_WRITE, MAP_SHARED, fd, IORING_OFF_SQES);
	if (ring == MAP_FAILED || entries == MAP_FAILED || !(params.features & IORING_FEAT_SINGLE_MMAP))
		return -ENOSYS;
	entries[0] = *sqe;
	((uint32_t *)(ring + params.sq_off.array))[0] = 0;
	__atomic_store_n((uint32_t *)(ring + params.sq_off.tail), 1, __ATOMIC_RELEASE);
	syscall(SYS_io_uring_enter, fd, 1, 1, IORING_ENTER_GETEVENTS, NULL, 0);
	cqes = (struct io_uring_cqe *)(ring + params.cq_off.cqes);
	result = cqes[0].res;
	munmap(ring, 65536);
	close(fd);
	return result == -EINVAL ? -ENOSYS : result;
}

static int uring_bind(int fd, uint32_t address)
{
	struct sockaddr_in a = at(address, 0);
	struct io_uring_sqe sqe = {.opcode = OP_BIND, .fd = fd, .addr = (uint64_t)(uintptr_t)&a, .off = sizeof a};

	return by_uring(&sqe);
}

static int uring_listen(int fd)
{
	struct io_uring_sqe sqe = {.opcode = OP_LISTEN, .fd = fd, .len = 4};

	return by_uring(&sqe);
}

int main(void)
{
	struct sockaddr_in6 any = {.sin6_family = AF_INET6};
	struct sockaddr_un name = {.sun_family = AF_UNIX, .sun_path = "\0sysmon-listen-test"};
	int tcp = socket(AF_INET, SOCK_STREAM, 0), tcp6 = socket(AF_INET6, SOCK_STREAM, 0);
	int unbound = socket(AF_INET, SOCK_STREAM, 0), udp = socket(AF_INET, SOCK_DGRAM, 0);
	int udp6 = socket(AF_INET6, SOCK_DGRAM, 0), u = socket(AF_UNIX, SOCK_STREAM, 0), one = 1;
	int first = socket(AF_INET, SOCK_STREAM, 0), second = socket(AF_INET, SOCK_STREAM, 0);
	int mptcp = socket(AF_INET, SOCK_STREAM, 262), sender = socket(AF_INET, SOCK_DGRAM, 0);
	int uring_tcp = socket(AF_INET, SOCK_STREAM, 0), uring_udp = socket(AF_INET, SOCK_DGRAM, 0);
	struct sockaddr_in to = at(INADDR_LOOPBACK, 9), same;
	socklen_t size = sizeof same;

	/* Ways that are told. */
	bind4(tcp, INADDR_LOOPBACK, 0);
	say("tcp", listen(tcp, 4), tcp);
	say("autobind", listen(unbound, 4), unbound);
	bind(tcp6, (struct sockaddr *)&any, sizeof any);
	say("tcp6", listen(tcp6, 4), tcp6);
	say("udp", bind4(udp, INADDR_LOOPBACK, 0), udp);
	say("udp6", bind(udp6, (struct sockaddr *)&any, sizeof any), udp6);
	if (mptcp >= 0) {
		bind4(mptcp, INADDR_LOOPBACK, 0);
		say("mptcp", listen(mptcp, 4), mptcp);
	}
	say("uring-udp", uring_bind(uring_udp, INADDR_LOOPBACK), uring_udp);
	bind4(uring_tcp, INADDR_LOOPBACK, 0);
	say("uring-tcp", uring_listen(uring_tcp), uring_tcp);

	/* Near misses: more room in the queue, what was refused, what does not listen, what is none of the internet. */
	say("again", listen(tcp, 8), tcp);
	setsockopt(first, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
	setsockopt(second, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
	bind4(first, INADDR_LOOPBACK, 0);
	getsockname(first, (struct sockaddr *)&same, &size);
	bind(second, (struct sockaddr *)&same, sizeof same);
	say("first", listen(first, 4), first);
	say("taken", listen(second, 4), second);
	say("bound", bind4(udp, INADDR_LOOPBACK, 0), udp);
	say("foreign", bind4(sender, 0xc0000201, 0), sender);
	say("sends", sendto(sender, "x", 1, 0, (struct sockaddr *)&to, sizeof to) < 0, sender);
	say("client", bind4(socket(AF_INET, SOCK_STREAM, 0), INADDR_LOOPBACK, 0), -1);
	bind(u, (struct sockaddr *)&name, offsetof(struct sockaddr_un, sun_path) + 19);
	say("unix", listen(u, 4), u);
	say("closed", listen(99, 4), 99);
	say("pair", listen(udp, 4), udp);
	fflush(stdout);
	pause();
	return 0;
}
