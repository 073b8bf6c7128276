/*
 * Asks a name server in the way that the first argument says: dns-ask WAY ADDRESS PORT NAME TYPE [NAME2].
 * Prints a line for each question: process, local port, id of the question, and the rcode of the answer, or -1 without
 * one.
 */
#include <arpa/inet.h>
#include <err.h>
#include <net/if.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define ID 0x4242
#define PATIENCE_MS 20000

static struct sockaddr_storage server;
static socklen_t server_size;

/* The loopback of a new network namespace is down. */
static void loopback_up(void)
{
	struct ifreq r = {.ifr_name = "lo", .ifr_flags = IFF_UP | IFF_RUNNING};
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	if (fd < 0 || ioctl(fd, SIOCSIFFLAGS, &r))
		err(1, "lo");
	close(fd);
}

static void set_server(const char *address, int port)
{
	struct sockaddr_in *v4 = (void *)&server;
	struct sockaddr_in6 *v6 = (void *)&server;

	if (inet_pton(AF_INET, address, &v4->sin_addr) == 1) {
		v4->sin_family = AF_INET;
		v4->sin_port = htons(port);
		server_size = sizeof(*v4);
	} else if (inet_pton(AF_INET6, address, &v6->sin6_addr) == 1) {
		v6->sin6_family = AF_INET6;
		v6->sin6_port = htons(port);
		server_size = sizeof(*v6);
	} else {
		errx(2, "no address: %s", address);
	}
}

static size_t put_question(uint8_t *out, uint16_t id, const char *name, uint16_t type)
{
	uint8_t *p = out + 12;

	memset(out, 0, 12);
	out[0] = id >> 8;
	out[1] = id;
	out[2] = 1; /* recursion desired */
	out[5] = 1;
	while (*name) {
		size_t n = strcspn(name, ".");

		*p++ = n;
		memcpy(p, name, n);
		p += n;
		name += n + (name[n] == '.');
	}
	*p++ = 0;
	*p++ = type >> 8;
	*p++ = type;
	*p++ = 0;
	*p++ = 1;
	return p - out;
}

static int open_socket(int kind, bool connected)
{
	int fd = socket(server.ss_family, kind, 0);

	if (fd < 0 || (connected && connect(fd, (void *)&server, server_size)))
		err(1, "connect");
	return fd;
}

static void ask(int fd, bool connected, uint16_t id, const char *name, uint16_t type)
{
	uint8_t message[512];
	size_t n = put_question(message, id, name, type);

	if ((connected ? send(fd, message, n, 0) : sendto(fd, message, n, 0, (void *)&server, server_size)) !=
	    (ssize_t)n)
		err(1, "send");
}

static void report(int fd, uint16_t id, int rcode)
{
	struct sockaddr_storage local;
	socklen_t size = sizeof(local);

	if (getsockname(fd, (void *)&local, &size))
		err(1, "getsockname");
	printf("%d %d %d %d\n", getpid(),
	       ntohs(local.ss_family == AF_INET ? ((struct sockaddr_in *)&local)->sin_port
						: ((struct sockaddr_in6 *)&local)->sin6_port),
	       id, rcode);
	fflush(stdout);
}

static void hear(int fd, uint16_t id, int patience_ms)
{
	struct pollfd p = {fd, POLLIN, 0};
	uint8_t answer[65536];
	ssize_t n = -1;

	if (poll(&p, 1, patience_ms) == 1)
		n = recv(fd, answer, sizeof(answer), 0);
	report(fd, id, n >= 12 ? answer[3] & 15 : -1);
}

static void whole(int fd, uint8_t *out, size_t n)
{
	for (size_t have = 0; have < n;) {
		ssize_t got = read(fd, out + have, n - have);

		if (got <= 0)
			err(1, "read");
		have += got;
	}
}

/* Two questions on one connection, the first in two segments. */
static void ask_tcp(const char *name, uint16_t type, const char *second)
{
	int fd = open_socket(SOCK_STREAM, true);
	const char *names[] = {name, second};

	for (int i = 0; i < 2 && names[i]; i++) {
		uint8_t m[514], answer[65536], length[2];
		size_t n = put_question(m + 2, ID + i, names[i], type);

		m[0] = n >> 8;
		m[1] = n;
		if (write(fd, m, i ? n + 2 : 7) < 0 || (!i && (usleep(20000), write(fd, m + 7, n - 5)) < 0))
			err(1, "write");
		whole(fd, length, 2);
		whole(fd, answer, length[0] << 8 | length[1]);
		report(fd, ID + i, answer[3] & 15);
	}
}

static void in_child(void (*f)(int fd, const char *name, uint16_t type), int fd, const char *name, uint16_t type)
{
	pid_t pid = fork();

	if (pid == 0) {
		f(fd, name, type);
		_exit(0);
	}
	waitpid(pid, NULL, 0);
}

static void ask_and_hear(int fd, const char *name, uint16_t type)
{
	ask(fd, true, ID, name, type);
	hear(fd, ID, PATIENCE_MS);
}

static void wait_for_line(void)
{
	char c;

	puts("ready");
	fflush(stdout);
	while (read(0, &c, 1) == 1 && c != '\n')
		;
}

int main(int argc, char **argv)
{
	const char *way = argc > 1 ? argv[1] : "";
	const char *name, *second;
	uint16_t type;
	int fd, other;

	if (!strcmp(way, "up")) { /* dns-ask up PROGRAM ARGUMENT... */
		loopback_up();
		execvp(argv[2], argv + 2);
		err(1, "%s", argv[2]);
	}
	if (argc < 6)
		errx(2, "usage: dns-ask WAY ADDRESS PORT NAME TYPE [NAME2]");
	set_server(argv[2], atoi(argv[3]));
	name = argv[4];
	type = atoi(argv[5]);
	second = argv[6]; /* NULL, if there is none */
	if (!strcmp(way, "connected")) {
		ask_and_hear(open_socket(SOCK_DGRAM, true), name, type);
	} else if (!strcmp(way, "unconnected")) {
		fd = open_socket(SOCK_DGRAM, false);
		ask(fd, false, ID, name, type);
		hear(fd, ID, PATIENCE_MS);
	} else if (!strcmp(way, "impatient")) { /* goes before the answer comes */
		fd = open_socket(SOCK_DGRAM, true);
		ask(fd, true, ID, name, type);
		report(fd, ID, -1);
	} else if (!strcmp(way, "twice")) {
		fd = open_socket(SOCK_DGRAM, true);
		ask(fd, true, ID, name, type);
		ask(fd, true, ID, name, type);
		hear(fd, ID, PATIENCE_MS);
	} else if (!strcmp(way, "shared")) { /* the child asks first, then the parent, through one socket */
		fd = open_socket(SOCK_DGRAM, true);
		in_child(ask_and_hear, fd, name, type);
		ask_and_hear(fd, second, type);
	} else if (!strcmp(way, "inherited")) { /* dns-ask again, with the socket as its standard input */
		char *args[] = {argv[0], "standard-input", argv[2], argv[3], argv[4], argv[5], NULL};

		fd = open_socket(SOCK_DGRAM, true);
		dup2(fd, 0);
		close(fd);
		execv(argv[0], args);
		err(1, "exec");
	} else if (!strcmp(way, "standard-input")) {
		ask_and_hear(0, name, type);
	} else if (!strcmp(way, "older")) { /* connects, and asks when it is told to */
		fd = open_socket(SOCK_DGRAM, true);
		wait_for_line();
		ask_and_hear(fd, name, type);
	} else if (!strcmp(way, "same-id")) { /* two questions of one number in flight, answered in the other order */
		fd = open_socket(SOCK_DGRAM, true);
		other = open_socket(SOCK_DGRAM, true);
		ask(fd, true, ID, name, type);
		ask(other, true, ID, second, type);
		hear(other, ID, PATIENCE_MS);
		hear(fd, ID, PATIENCE_MS);
	} else if (!strcmp(way, "mixed")) { /* one unconnected socket, to another port and then to the right one */
		fd = open_socket(SOCK_DGRAM, false);
		ask(fd, false, ID, name, type);
		set_server(argv[2], 5399);
		ask(fd, false, ID, second, type);
		set_server(argv[2], atoi(argv[3]));
		hear(fd, ID, PATIENCE_MS);
	} else if (!strcmp(way, "junk")) {
		fd = open_socket(SOCK_DGRAM, true);
		if (send(fd, name, strlen(name), 0) < 0)
			err(1, "send");
		report(fd, ID, -1);
	} else if (!strcmp(way, "flood")) { /* so many different questions as TYPE says, without waiting for answers */
		char numbered[256];

		fd = open_socket(SOCK_DGRAM, true);
		for (int i = 0; i < type; i++) {
			snprintf(numbered, sizeof(numbered), "silent.%d.%s", i, name);
			ask(fd, true, i, numbered, 1);
		}
	} else if (!strcmp(way,
			   "answered")) { /* so many different questions as TYPE says, one answer after the other */
		char numbered[256];

		fd = open_socket(SOCK_DGRAM, true);
		for (int i = 0; i < type; i++) {
			snprintf(numbered, sizeof(numbered), "host.%d.%s", i, name);
			ask(fd, true, i, numbered, 1);
			hear(fd, i, PATIENCE_MS);
		}
	} else if (!strcmp(way, "tcp")) {
		ask_tcp(name, type, second);
	} else {
		errx(2, "no way: %s", way);
	}
	return 0;
}
