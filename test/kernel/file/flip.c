// SPDX-License-Identifier: MIT
/*
 * flip KIND N: calls on the files f0 … f(N-1) while another thread changes what they are passed:
 *   flags       openat2(2), between O_RDWR and O_RDWR | O_TRUNC
 *   times       utimensat(2) by path, between UTIME_OMIT and a time
 *   descriptor  utimensat(2) by a descriptor that is the file or decoy
 * Prints the files that were emptied, or whose modification time was set.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/openat2.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define RACED 50

static struct open_how how = {.flags = O_RDWR};
static struct timespec times[2] = {{.tv_nsec = UTIME_OMIT}, {.tv_sec = 2000}};
static volatile int over, wanted = -1;
static int decoy;

static void *flip(void *kind)
{
	for (unsigned i = 0; !over; i++) {
		if (strcmp(kind, "flags") == 0)
			*(volatile unsigned long long *)&how.flags = i & 1 ? O_RDWR : O_RDWR | O_TRUNC;
		else if (strcmp(kind, "times") == 0)
			*(volatile long *)&times[1].tv_nsec = i & 1 ? UTIME_OMIT : 0;
		else
			dup2(i & 1 || wanted < 0 ? decoy : wanted, RACED);
	}
	return NULL;
}

int main(int argc, char **argv)
{
	long n = argc == 3 ? atol(argv[2]) : 0;
	pthread_t t;

	decoy = open("decoy", O_RDWR);
	dup2(decoy, RACED);
	pthread_create(&t, NULL, flip, argv[1]);
	for (long i = 0; i < n; i++) {
		char name[32];
		struct stat s;
		int file;

		snprintf(name, sizeof(name), "f%ld", i);
		if (strcmp(argv[1], "flags") == 0) {
			close(syscall(SYS_openat2, AT_FDCWD, name, &how, sizeof(how)));
		} else if (strcmp(argv[1], "times") == 0) {
			syscall(SYS_utimensat, AT_FDCWD, name, times, 0);
		} else {
			file = open(name, O_RDWR);
			wanted = file;
			syscall(SYS_utimensat, RACED, NULL, times, 0);
			wanted = -1;
			dup2(decoy, RACED);
			fstat(file, &s);
			close(file);
		}
		if (stat(name, &s) != 0)
			return 1;
		if (strcmp(argv[1], "flags") == 0 ? s.st_size == 0 : s.st_mtim.tv_sec == 2000)
			printf("%s\n", name);
	}
	over = 1;
	pthread_join(t, NULL);
	return 0;
}
