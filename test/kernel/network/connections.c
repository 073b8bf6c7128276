/*
 * Short connections over 127.0.0.1, as many a second as asked for: connections COUNT PER_SECOND. One thread connects,
 * the main thread accepts without asking for the address. At the end: connections made, accepted, and how long it took
 * in ms; then the CPU time of the process in ns.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static struct sockaddr_in target;
static long count, rate, made;

static long long now(clockid_t clock)
{
	struct timespec t;

	clock_gettime(clock, &t);
	return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static void *connect_all(void *arg)
{
	/* Without it each would keep its port for a minute after its end. */
	const struct linger reset = {1, 0};
	const long long began = now(CLOCK_MONOTONIC);

	for (long i = 0; i < count; i++) {
		const long long due = began + i * 1000000000LL / rate;
		char c;
		int s;

		while (now(CLOCK_MONOTONIC) < due)
			usleep(500);
		s = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
		if (s < 0 || connect(s, (struct sockaddr *)&target, sizeof target)) {
			perror("connect");
			exit(1);
		}
		made++;
		/* The other end has accepted once it says so: a connection that is reset before would not be accepted.
		 */
		if (read(s, &c, 1) != 1)
			exit(2);
		setsockopt(s, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
		close(s);
	}
	return arg;
}

int main(int argc, char **argv)
{
	socklen_t size = sizeof target;
	long accepted = 0;
	long long began;
	pthread_t thread;
	int l = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (argc != 3)
		return 3;
	count = atol(argv[1]);
	rate = atol(argv[2]);
	target.sin_family = AF_INET;
	target.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (bind(l, (struct sockaddr *)&target, sizeof target) || listen(l, 4096) ||
	    getsockname(l, (struct sockaddr *)&target, &size))
		return 4;
	began = now(CLOCK_MONOTONIC);
	if (pthread_create(&thread, NULL, connect_all, NULL))
		return 5;
	for (; accepted < count; accepted++) {
		int a = accept(l, NULL, NULL);

		if (a < 0 || write(a, "x", 1) != 1)
			return 6;
		close(a);
	}
	pthread_join(thread, NULL);
	printf("%ld %ld %lld %lld\n", made, accepted, (now(CLOCK_MONOTONIC) - began) / 1000000,
	       now(CLOCK_PROCESS_CPUTIME_ID));
	return 0;
}
