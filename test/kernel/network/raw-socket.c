/*
 * Makes sockets, each in another way, and attaches filters. Prints for each `way result`, and of those that were made
 * what getsockopt(2) says of them: family, type, protocol.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <linux/filter.h>
#include <linux/if_ether.h>
#include <linux/io_uring.h>
#include <linux/netlink.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#define OP_SOCKET 45

static int option(int fd, int name)
{
	int value = -1;
	socklen_t size = sizeof value;

	return getsockopt(fd, SOL_SOCKET, name, &value, &size) ? -1 : value;
}

static int say(const char *way, int fd)
{
	printf("%s %d %d %d %d\n", way, fd < 0 ? -1 : 0, option(fd, SO_DOMAIN), option(fd, SO_TYPE),
	       option(fd, SO_PROTOCOL));
	fflush(stdout);
	return fd;
}

static int by_uring(int family, int type, int protocol)
{
	struct io_uring_params params = {};
	int fd = syscall(SYS_io_uring_setup, 4, &params), result;
	struct io_uring_sqe *entries;
	char *ring;

	if (fd < 0)
		return -1;
	ring = mmap(NULL, 65536, PROT_READ | PROT_WRITE, MAP_SHARED, fd, IORING_OFF_SQ_RING);
	entries =
	    mmap(NULL, params.sq_entries * sizeof *entries, PROT_READ | PROT_WRITE, MAP_SHARED, fd, IORING_OFF_SQES);
	if (ring == MAP_FAILED || entries == MAP_FAILED || !(params.features & IORING_FEAT_SINGLE_MMAP))
		return -1;
	entries[0] = (struct io_uring_sqe){.opcode = OP_SOCKET, .fd = family, .off = type, .len = protocol};
	((uint32_t *)(ring + params.sq_off.array))[0] = 0;
	__atomic_store_n((uint32_t *)(ring + params.sq_off.tail), 1, __ATOMIC_RELEASE);
	syscall(SYS_io_uring_enter, fd, 1, 1, IORING_ENTER_GETEVENTS, NULL, 0);
	result = ((struct io_uring_cqe *)(ring + params.cq_off.cqes))[0].res;
	close(fd);
	return result;
}

int main(void)
{
	struct sock_filter all = BPF_STMT(BPF_RET | BPF_K, 0xffff);
	struct sock_fprog program = {.len = 1, .filter = &all};
	int udp = socket(AF_INET, SOCK_DGRAM, 0), packet;

	/* Ways that are told. */
	packet = say("packet", socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, htons(ETH_P_ALL)));
	say("cooked", socket(AF_PACKET, SOCK_DGRAM, htons(ETH_P_ARP)));
	say("later", socket(AF_PACKET, SOCK_RAW, 0));
	say("icmp", socket(AF_INET, SOCK_RAW, IPPROTO_ICMP));
	say("raw6", socket(AF_INET6, SOCK_RAW, 200));
	say("audit", socket(AF_NETLINK, SOCK_RAW, NETLINK_AUDIT));
	say("netfilter", socket(AF_NETLINK, SOCK_DGRAM, NETLINK_NETFILTER));
	say("uring", by_uring(AF_PACKET, SOCK_RAW, htons(ETH_P_IP)));
	printf("filter %d\n", setsockopt(udp, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program));
	printf("packet-filter %d\n", setsockopt(packet, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program));

	/* Near misses. */
	say("tcp", socket(AF_INET, SOCK_STREAM, 0));
	say("route", socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE));
	say("unix", socket(AF_UNIX, SOCK_RAW, 0));
	say("refused", socket(AF_INET, SOCK_RAW, 0));
	printf("detached %d\n", setsockopt(udp, SOL_SOCKET, SO_DETACH_FILTER, &udp, sizeof udp));
	printf("other %d\n", setsockopt(udp, SOL_SOCKET, SO_REUSEADDR, &udp, sizeof udp));
	printf("level %d\n", setsockopt(udp, IPPROTO_UDP, SO_ATTACH_FILTER, &program, sizeof program));
	printf("closed %d\n", setsockopt(99, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program));
	/* Nobody else may. */
	if (setuid(65534))
		return 1;
	say("denied", socket(AF_PACKET, SOCK_RAW, htons(ETH_P_ALL)));
	return 0;
}
