// SPDX-License-Identifier: MIT
/*
 * Every call that gives, takes or changes a file, by every way to give its folder, with the truth about each as the
 * kernel itself tells it (matrix-table.h, matrix-mounts.h):
 *   matrix prepare FOLDER                      makes what the calls need, in the root of a file system or a layer of it
 *   matrix run FOLDER BESIDE MARKS WAY CALL    does them; BESIDE and MARKS are folders elsewhere, WAY and CALL may be -
 * Prints for each way `way NAME PID`, for each call `call NAME NUMBER RESULT ERRNO` and, one a line, what must be told:
 * `> TYPE, INODE, INODE BEFORE,
 * DEVICE, PATH`. In front of each call it makes a file `mark-WAY-NUMBER` in MARKS.
 */
#define _GNU_SOURCE
#include <sys/wait.h>

#include "matrix-mounts.h"
#include "matrix-table.h"

/* The device of the mount as /proc/self/mountinfo has it: stat(2) of some file systems tells another. */
static void say_device(void)
{
	struct statx s;
	char line[8192];
	FILE *f = fopen("/proc/self/mountinfo", "r");

	if (!f || statx(AT_FDCWD, base, 0, 0x1000, &s) != 0)
		failed("mountinfo");
	while (fgets(line, sizeof(line), f)) {
		unsigned int id, parent, high, low;

		if (sscanf(line, "%u %u %u:%u", &id, &parent, &high, &low) == 4 && id == s.stx_mnt_id)
			printf("device %u:%u\n", high, low);
	}
	fclose(f);
}

static void deep_name(void)
{
	int i;

	memset(deep_folder, 'd', sizeof(deep_folder) - 1);
	for (i = 1; i <= DEEP; i++)
		deep_folder[i * (LONG + 1) - 1] = i < DEEP ? '/' : 0;
}

static int folder_in(int dir, const char *name)
{
	int fd;

	if (mkdirat(dir, name, 0755) != 0 && errno != EEXIST)
		failed(name);
	fd = openat(dir, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		failed(name);
	return fd;
}

static void prepare(const char *path)
{
	int top = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC), i;
	char one[LONG + 1];
	size_t w;

	if (top < 0)
		failed(path);
	snprintf(one, sizeof(one), "%.*s", LONG, deep_folder);
	close(folder_in(top, "other"));
	for (w = 0; w < WAYS; w++) {
		int dir = folder_in(top, ways[w].name);
		int depth = ways[w].go == w_deep ? DEEP : ways[w].go == w_long ? 1 : 0;

		close(folder_in(dir, "sub"));
		/* Some file systems that a process serves refuse what is deeper than PATH_MAX. */
		for (i = 0; i < depth; i++) {
			if (mkdirat(dir, one, 0755) != 0 && errno == ENAMETOOLONG)
				break;
			dir = folder_in(dir, one);
		}
		prepare_calls(dir);
		close(dir);
	}
}

static const char *way;

static void mark(int number)
{
	char name[64];

	snprintf(name, sizeof(name), "mark-%s-%d", way, number);
	close(openat(mark_folder, name, O_CREAT | O_WRONLY, 0644));
}

static void do_call(const struct call *c, int number)
{
	struct stat now;
	long result;
	int error;

	name_them(c->name);
	expected_len = 0;
	if ((c->needs & BY_PATH && at != AT_FDCWD) || (suffix[0] && !(c->needs & FOLDERS)))
		return;
	if (say_folder() != 0)
		failed("the folder's name");
	if (c->needs & (NEW | NEW_FOLDER))
		look(new_name, &before);
	else
		look(old_name, &before);
	also = c->needs & OLD && look(old_name, &now) == 0 ? now.st_ino : 0;
	mark(number);
	errno = 0;
	result = c->run();
	error = errno;
	printf("call %s %d %ld %d\n", c->name, number, result < 0 ? -1L : 0L, result < 0 ? error : 0);
	fwrite(expected, 1, expected_len, stdout);
}

static void go(const struct way *w, const char *only)
{
	char mine[PATH_MAX];
	size_t i;

	printf("way %s %d\n", w->name, getpid());
	snprintf(mine, sizeof(mine), "%s/%s", base, w->name);
	way = w->name;
	w->go(mine);
	for (i = 0; i < CALLS; i++) {
		if (strcmp(only, "-") == 0 || strcmp(only, calls[i].name) == 0)
			do_call(&calls[i], i);
	}
	mark(CALLS);
	fflush(stdout);
	_exit(0);
}

int main(int argc, char **argv)
{
	static char buffer[1 << 20];
	size_t i;

	deep_name();
	if (argc == 3 && strcmp(argv[1], "prepare") == 0) {
		prepare(argv[2]);
		return 0;
	}
	if (argc != 7)
		return 2;
	base = argv[2];
	beside = argv[3];
	mark_folder = open(argv[4], O_PATH | O_DIRECTORY | O_CLOEXEC);
	proc_folder = open("/proc", O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (mark_folder < 0 || proc_folder < 0)
		failed(argv[4]);
	say_device();
	for (i = 0; i < WAYS; i++) {
		int status;
		pid_t p;

		if (strcmp(argv[5], "-") != 0 && strcmp(argv[5], ways[i].name) != 0)
			continue;
		fflush(stdout);
		setvbuf(stdout, buffer, _IOFBF, sizeof(buffer));
		p = fork();
		if (p == 0)
			go(&ways[i], argv[6]);
		if (waitpid(p, &status, 0) != p)
			failed("wait");
		if (status != 0)
			printf("broken %s %d\n", ways[i].name, status);
	}
	return 0;
}
