/*
 * Runs a program that is no file on a disk: fileless memfd|unnamed|kept DIRECTORY PROGRAM
 * kept: the near miss. The copy in memory is made as well, and the program runs from where it is.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <unistd.h>

static void die(const char *what)
{
	perror(what);
	exit(1);
}

int main(int argc, char **argv)
{
	char path[64];
	int fd, from, ro;

	if (argc != 4)
		return 2;
	if (strcmp(argv[1], "unnamed") == 0)
		fd = open(argv[2], O_TMPFILE | O_RDWR | O_CLOEXEC, 0700);
	else
		fd = memfd_create("payload", MFD_CLOEXEC);
	from = open(argv[3], O_RDONLY | O_CLOEXEC);
	if (fd < 0 || from < 0)
		die("open");
	for (;;) {
		ssize_t n = sendfile(fd, from, NULL, 1 << 20);

		if (n < 0)
			die("sendfile");
		if (n == 0)
			break;
	}
	if (strcmp(argv[1], "kept") == 0) {
		execl(argv[3], argv[3], "payload", NULL);
		die("execl");
	}
	/* The kernel executes nothing that somebody may write to. */
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	ro = open(path, O_RDONLY | O_CLOEXEC);
	if (ro < 0)
		die("open again");
	close(fd);
	fexecve(ro, (char *[]){"payload", NULL}, (char *[]){NULL});
	die("fexecve");
}
