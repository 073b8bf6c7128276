/*
 * A connection to itself by io_uring: it connects and accepts with one ring, without any of the calls of that name.
 * Prints the ports: of the end that connected, and of the listener. Exit status 77: this kernel allows no io_uring.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <linux/io_uring.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

static struct io_uring_params params;
static struct io_uring_sqe *entries;
static char *ring;
static int fd;

static uint32_t *at(uint32_t offset)
{
	return (uint32_t *)(ring + offset);
}

static void submit(const struct io_uring_sqe *sqe)
{
	const uint32_t tail = *at(params.sq_off.tail), index = tail & *at(params.sq_off.ring_mask);

	entries[index] = *sqe;
	at(params.sq_off.array)[index] = index;
	__atomic_store_n(at(params.sq_off.tail), tail + 1, __ATOMIC_RELEASE);
	syscall(SYS_io_uring_enter, fd, 1, 0, 0, NULL, 0);
}

/* The result of the request that was submitted under this number. */
static int result(uint64_t number)
{
	static int results[3];
	static char known[3];

	while (!known[number]) {
		const uint32_t head = *at(params.cq_off.head);
		struct io_uring_cqe *cqes = (struct io_uring_cqe *)(ring + params.cq_off.cqes);

		if (head == __atomic_load_n(at(params.cq_off.tail), __ATOMIC_ACQUIRE)) {
			syscall(SYS_io_uring_enter, fd, 0, 1, IORING_ENTER_GETEVENTS, NULL, 0);
			continue;
		}
		results[cqes[head & *at(params.cq_off.ring_mask)].user_data] =
		    cqes[head & *at(params.cq_off.ring_mask)].res;
		known[cqes[head & *at(params.cq_off.ring_mask)].user_data] = 1;
		__atomic_store_n(at(params.cq_off.head), head + 1, __ATOMIC_RELEASE);
	}
	return results[number];
}

int main(void)
{
	struct sockaddr_in listener = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)}, own;
	socklen_t size = sizeof listener;
	int l = socket(AF_INET, SOCK_STREAM, 0), c = socket(AF_INET, SOCK_STREAM, 0);
	struct io_uring_sqe sqe;
	size_t bytes;

	fd = syscall(SYS_io_uring_setup, 8, &params);
	if (fd < 0)
		return errno == ENOSYS || errno == EPERM ? 77 : 1;
	if (!(params.features & IORING_FEAT_SINGLE_MMAP))
		return 77;
	bytes = params.cq_off.cqes + params.cq_entries * sizeof(struct io_uring_cqe);
	if (bytes < params.sq_off.array + params.sq_entries * 4)
		bytes = params.sq_off.array + params.sq_entries * 4;
	ring = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, fd, IORING_OFF_SQ_RING);
	entries = mmap(NULL, params.sq_entries * sizeof *entries, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, fd,
		       IORING_OFF_SQES);
	if (ring == MAP_FAILED || entries == MAP_FAILED)
		return 2;
	if (bind(l, (struct sockaddr *)&listener, size) || listen(l, 8) ||
	    getsockname(l, (struct sockaddr *)&listener, &size))
		return 3;
	memset(&sqe, 0, sizeof sqe);
	sqe.opcode = IORING_OP_ACCEPT;
	sqe.fd = l;
	sqe.user_data = 1;
	submit(&sqe);
	memset(&sqe, 0, sizeof sqe);
	sqe.opcode = IORING_OP_CONNECT;
	sqe.fd = c;
	sqe.addr = (uint64_t)(uintptr_t)&listener;
	sqe.off = sizeof listener;
	sqe.user_data = 2;
	submit(&sqe);
	if (result(2) < 0 || result(1) < 0)
		return 4;
	size = sizeof own;
	if (getsockname(c, (struct sockaddr *)&own, &size))
		return 5;
	printf("%d %d\n", ntohs(own.sin_port), ntohs(listener.sin_port));
	return 0;
}
