// SPDX-License-Identifier: MIT
/*
 * descriptors KIND N: writes through descriptors that change hands, or that are replaced under the call. In the working
 * directory are the files real and decoy.
 *   number    processes, one after the other and all of the same number, write through one open file
 *   broker    another process opens the file N times and passes it, and this one writes
 *   memory    N files of memfd_create(2), each closed before the next is made
 *   after     splice(2) waits for what it shall write, and meanwhile its descriptor becomes another file
 *   before    write(2) to a descriptor that another thread turns from decoy to real and back, until N files were hit
 *   table     a process that shares the table of descriptors and no memory replaces what open(2) has returned, N times
 * Prints what really happened, one line each: the number of the process that wrote, or the name of the file.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define RACED 50 /* the descriptor that is replaced */
#define ROUNDS 400

static volatile int wanted = -1, over;
static int decoy;
static int ends[2];

static pid_t fork_as(pid_t number)
{
	uint64_t arguments[11] = {[4] = SIGCHLD};

	if (number) {
		arguments[8] = (uint64_t)(uintptr_t)&number;
		arguments[9] = 1;
	}
	return syscall(SYS_clone3, arguments, sizeof(arguments));
}

static int number(long n)
{
	int file = open("real", O_RDWR);
	pid_t first = 0;

	for (long i = 0; i < n; i++) {
		pid_t p = fork_as(first);

		if (p == 0)
			_exit(write(file, "x", 1) != 1);
		if (p < 0)
			return errno == EPERM || errno == ENOSYS ? 77 : 1;
		waitpid(p, NULL, 0);
		first = p;
		printf("%d\n", p);
	}
	return 0;
}

static void hand_over(int socket, int file)
{
	union {
		char room[CMSG_SPACE(sizeof(int))];
		struct cmsghdr align;
	} control = {0};
	char byte = 0;
	struct iovec v = {&byte, 1};
	struct msghdr m = {.msg_iov = &v, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof(control)};
	struct cmsghdr *c = CMSG_FIRSTHDR(&m);

	c->cmsg_level = SOL_SOCKET;
	c->cmsg_type = SCM_RIGHTS;
	c->cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(c), &file, sizeof(int));
	sendmsg(socket, &m, 0);
}

static int take_over(int socket)
{
	union {
		char room[CMSG_SPACE(sizeof(int))];
		struct cmsghdr align;
	} control;
	char byte;
	int file = -1;
	struct iovec v = {&byte, 1};
	struct msghdr m = {.msg_iov = &v, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof(control)};

	if (recvmsg(socket, &m, 0) == 1 && CMSG_FIRSTHDR(&m))
		memcpy(&file, CMSG_DATA(CMSG_FIRSTHDR(&m)), sizeof(int));
	return file;
}

/* The broker sends the next one when the last one has been closed: it is likely at the same address. */
static int broker(long n)
{
	int pair[2];
	char byte;

	socketpair(AF_UNIX, SOCK_SEQPACKET, 0, pair);
	if (fork() == 0) {
		for (long i = 0; i < n; i++) {
			int file = open("real", O_RDWR);

			hand_over(pair[1], file);
			close(file);
			if (read(pair[1], &byte, 1) != 1)
				break;
		}
		_exit(0);
	}
	for (long i = 0; i < n; i++) {
		int file = take_over(pair[0]);

		if (write(file, "x", 1) != 1)
			return 1;
		close(file);
		printf("%d\n", getpid());
		if (write(pair[0], "n", 1) != 1)
			return 1;
	}
	wait(NULL);
	return 0;
}

static int memory(long n)
{
	for (long i = 0; i < n; i++) {
		int file = syscall(SYS_memfd_create, "real", 0);

		if (write(file, "x", 1) != 1)
			return 1;
		close(file);
		printf("%d\n", getpid());
	}
	return 0;
}

static void *later(void *unused)
{
	usleep(200000); /* splice waits by now: it has its file */
	dup2(decoy, RACED);
	if (write(ends[1], "x", 1) != 1)
		exit(1);
	return unused;
}

static int after(void)
{
	int real = open("real", O_RDWR);
	pthread_t t;

	dup2(real, RACED);
	if (pipe(ends) != 0)
		return 1;
	pthread_create(&t, NULL, later, NULL);
	if (splice(ends[0], NULL, RACED, NULL, 1, 0) != 1)
		return 1;
	pthread_join(t, NULL);
	printf("real\n");
	return 0;
}

static void *flip(void *unused)
{
	while (!over) {
		int real = wanted;

		if (real < 0)
			continue;
		dup2(real, RACED);
		for (volatile int k = 0; k < 20; k++)
			;
		dup2(decoy, RACED);
	}
	return unused;
}

/* Every file is older than the tick of the clock in which it is written. */
static int before(long n)
{
	long hits = 0;
	pthread_t t;

	if (write(decoy, "d", 1) != 1)
		return 1;
	dup2(decoy, RACED);
	pthread_create(&t, NULL, flip, NULL);
	for (long i = 0; i < 20 * n && hits < n; i++) {
		char name[32];
		struct stat s = {0};
		int real;

		snprintf(name, sizeof(name), "f%ld", i);
		real = open(name, O_RDWR);
		wanted = real;
		for (int k = 0; k < ROUNDS && s.st_size == 0; k++)
			if (write(RACED, "x", 1) < 0 || fstat(real, &s) != 0)
				return 1;
		wanted = -1;
		usleep(100);
		dup2(decoy, RACED);
		if (s.st_size && ++hits)
			printf("%s\n", name);
		close(real);
	}
	over = 1;
	pthread_join(t, NULL);
	return 0;
}

static int replace(void *stop)
{
	while (!*(volatile int *)stop)
		dup2(decoy, RACED);
	return 0;
}

static int table(long n)
{
	int *stop = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	char *stack = mmap(NULL, 65536, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	pid_t p;

	decoy = dup2(decoy, RACED + 50);
	while (open("/dev/null", O_RDONLY) < RACED - 1)
		;
	p = clone(replace, stack + 65536, CLONE_FILES | SIGCHLD, stop);
	for (long i = 0; i < n; i++) {
		char name[32];
		int file;

		snprintf(name, sizeof(name), "o%ld", i);
		close(RACED);
		file = open(name, O_RDWR | O_CREAT | O_EXCL, 0600);
		if (file < 0 && errno != EBUSY)
			return 1;
		if (file >= 0)
			printf("%s\n", name);
		if (file >= 0 && file != RACED)
			close(file);
	}
	*stop = 1;
	waitpid(p, NULL, 0);
	return 0;
}

int main(int argc, char **argv)
{
	const char *kind = argc == 3 ? argv[1] : "";
	long n = argc == 3 ? atol(argv[2]) : 0;

	decoy = open("decoy", O_RDWR);
	if (strcmp(kind, "number") == 0)
		return number(n);
	if (strcmp(kind, "broker") == 0)
		return broker(n);
	if (strcmp(kind, "memory") == 0)
		return memory(n);
	if (strcmp(kind, "after") == 0)
		return after();
	return strcmp(kind, "before") == 0 ? before(n) : table(n);
}
