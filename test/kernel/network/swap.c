/*
 * Accepts connections while another thread keeps replacing the descriptor that accept(2) will return by a connection
 * that was accepted before: swap COUNT. Prints the port of each peer.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <err.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#define SWAPPED 60
#define OWN 100
#define DECOY 200

static atomic_int stop;

/* Each on a CPU of its own, where there are two: they would take turns. */
static void stay_on(int cpu)
{
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET(cpu, &set);
	sched_setaffinity(0, sizeof(set), &set);
}

static void *swap(void *unused)
{
	stay_on(1);
	while (!stop)
		dup2(DECOY, SWAPPED);
	return unused;
}

static int port_of(int fd)
{
	struct sockaddr_in a;
	socklen_t size = sizeof(a);

	if (getsockname(fd, (void *)&a, &size))
		err(1, "getsockname");
	return ntohs(a.sin_port);
}

static void connect_to(int listening, int as)
{
	struct sockaddr_in a;
	socklen_t size = sizeof(a);
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	if (getsockname(listening, (void *)&a, &size) || connect(fd, (void *)&a, size) || dup2(fd, as) < 0)
		err(1, "connect");
	close(fd);
	printf("%d\n", port_of(as));
	fflush(stdout);
}

int main(int argc, char **argv)
{
	struct sockaddr_in a = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int l = socket(AF_INET, SOCK_STREAM, 0), fd;
	pthread_t thread;

	stay_on(0);
	if (argc != 2 || bind(l, (void *)&a, sizeof(a)) || listen(l, 99))
		err(1, "listen");
	connect_to(l, OWN);
	dup2(accept(l, NULL, NULL), DECOY);
	while ((fd = dup(l)) < SWAPPED - 1)
		;
	if (pthread_create(&thread, NULL, swap, NULL))
		return 1;
	for (int i = atoi(argv[1]); i > 0; i--) {
		close(OWN);
		connect_to(l, OWN);
		close(SWAPPED);
		fd = accept(l, NULL, NULL);
		if (fd < 0)
			err(1, "accept");
		if (fd != SWAPPED)
			close(fd);
	}
	stop = 1;
	pthread_join(thread, NULL);
	return 0;
}
