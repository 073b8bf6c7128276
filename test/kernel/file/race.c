// SPDX-License-Identifier: MIT
/*
 * race KIND N: one thread does something to files N times while another changes, under its hands, what it is done to:
 *   make      mkdir(name), and the name is changed
 *   take      unlink(name), and the name is changed
 *   open      open(name, O_CREAT | O_EXCL), and the descriptor is replaced by /dev/null
 *   way       mkdir(name), and the directory that it leads through is exchanged with another
 * Prints what really happened, one path a line.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static char name[64];
static volatile int over;
static const char *const names[] = {"one/name", "two/name"};

static void *change_name(void *unused)
{
	for (unsigned i = 0; !over; i++)
		memcpy(name, names[i & 1], sizeof("one/name"));
	return unused;
}

static void *replace(void *unused)
{
	int null = open("/dev/null", O_RDONLY);

	while (!over)
		for (int fd = null + 1; fd < null + 4; fd++)
			dup3(null, fd, O_CLOEXEC);
	return unused;
}

static void *exchange(void *unused)
{
	while (!over)
		syscall(SYS_renameat2, AT_FDCWD, "one", AT_FDCWD, "two", 2);
	return unused;
}

static int there(const char *path)
{
	struct stat s;

	return lstat(path, &s) == 0;
}

int main(int argc, char **argv)
{
	const char *kind = argc == 3 ? argv[1] : "";
	long n = argc == 3 ? atol(argv[2]) : 0;
	int take = !strcmp(kind, "take"), opens = !strcmp(kind, "open"), way = !strcmp(kind, "way");
	pthread_t other;

	mkdir("one", 0755);
	mkdir("two", 0755);
	strcpy(name, names[0]);
	for (int i = 0; take && i < 2; i++)
		close(open(names[i], O_CREAT | O_WRONLY, 0600));
	pthread_create(&other, NULL, opens ? replace : way ? exchange : change_name, NULL);
	for (long i = 0; i < n; i++) {
		if (opens) {
			char path[32];

			snprintf(path, sizeof(path), "file-%ld", i);
			if (open(path, O_CREAT | O_EXCL | O_WRONLY, 0600) < 0)
				return 1;
			printf("%s\n", path);
			for (int fd = 8; fd < 64; fd++)
				close(fd);
		} else if (take) {
			if (unlink(name) != 0)
				continue;
			for (int k = 0; k < 2; k++)
				if (!there(names[k])) {
					printf("%s\n", names[k]);
					close(open(names[k], O_CREAT | O_WRONLY, 0600));
				}
		} else if (mkdir(name, 0755) == 0) {
			for (int k = 0; k < 2; k++)
				if (rmdir(names[k]) == 0 && !way)
					printf("%s\n", names[k]);
			if (way) { /* which of the two it was nobody can say afterwards: it has been exchanged since */
				printf("made\n");
				while (rmdir(names[0]) != 0 && rmdir(names[1]) != 0)
					if (!there(names[0]) && !there(names[1]))
						break;
			}
		}
	}
	over = 1;
	pthread_join(other, NULL);
	return 0;
}
