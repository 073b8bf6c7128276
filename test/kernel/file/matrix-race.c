// SPDX-License-Identifier: MIT
/*
 * Calls by paths that another process changes meanwhile. Not a thread: it shares neither the table of descriptors nor
 * the memory, but for one page.
 *   matrix-race KIND FOLDER CALLS
 * memory: the last letter of the name is in a page that both share.  links: two symbolic links change places.
 * folders: two folders do.  files: the two files do.  mounts: the file system is moved to and fro.
 * Prints what must be told, one a line: TYPE, INODE, PATH, and another PATH that is as good, because the place was
 * called so in the next moment.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define EXCHANGE 2

/* In the shared page: the path that the calls use, and which of its letters the other process changes. */
struct shared {
	char path[2048];
	volatile unsigned int letter;
	volatile unsigned int number;
	volatile char both; /* the files -a and -b are there */
};

static struct shared *shared;
static const char *kind, *folder;
static int at, dirs[2];	  /* what the calls start at; the two places where a name may be */
static char names[2][64]; /* and what it is called there */
static int two_dirs, either;

static int is(const char *name)
{
	return strcmp(kind, name) == 0;
}

static void failed(const char *what)
{
	fprintf(stderr, "matrix-race: %s: %s\n", what, strerror(errno));
	exit(1);
}

static int folder_at(const char *name)
{
	int fd;

	if (mkdir(name, 0755) != 0)
		failed(name);
	fd = open(name, O_PATH | O_DIRECTORY);
	if (fd < 0)
		failed(name);
	return fd;
}

static void disturb(void)
{
	char a[64], b[64];

	for (;;) {
		unsigned int n =
		    shared->number; /* read before `both`: the pair of that number may still be half there */

		if (is("memory")) {
			shared->path[shared->letter] ^= 'a' ^ 'b';
		} else if (is("links")) {
			syscall(SYS_renameat2, AT_FDCWD, "link", AT_FDCWD, "other-link", EXCHANGE);
		} else if (is("folders")) {
			syscall(SYS_renameat2, AT_FDCWD, "one", AT_FDCWD, "two", EXCHANGE);
		} else if (is("mounts")) {
			mount("one", "two", NULL, MS_MOVE, NULL);
			mount("two", "one", NULL, MS_MOVE, NULL);
		} else if (shared->both) {
			snprintf(a, sizeof(a), "n%07u-a", n);
			snprintf(b, sizeof(b), "n%07u-b", n);
			syscall(SYS_renameat2, AT_FDCWD, a, AT_FDCWD, b, EXCHANGE);
		}
	}
}

static void set_up(void)
{
	if (unshare(CLONE_NEWNS) != 0 || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 || chdir(folder) != 0)
		failed(folder);
	at = AT_FDCWD;
	dirs[0] = dirs[1] = AT_FDCWD;
	two_dirs = is("links") || is("folders");
	either = is("folders") || is("files") || is("mounts");
	if (two_dirs || is("mounts")) {
		dirs[0] = folder_at("one");
		dirs[1] = folder_at("two");
	}
	if (is("links") && (symlink("one", "link") != 0 || symlink("two", "other-link") != 0))
		failed("symlink");
	if (is("mounts")) {
		if (mount("none", "one", "tmpfs", 0, NULL) != 0)
			failed("mount");
		at = dirs[0] = dirs[1] = open("one", O_PATH | O_DIRECTORY);
	}
}

/* The names of a call, and the path that it is to use. */
static void name_them(unsigned int i)
{
	const char *in = is("links") ? "link/" : is("folders") ? "one/" : "";
	int different = is("memory") || is("files");

	snprintf(names[0], sizeof(names[0]), "n%07u-a", i);
	snprintf(names[1], sizeof(names[1]), "n%07u-%s", i, different ? "b" : "a");
	snprintf(shared->path, sizeof(shared->path), "%s%s", in, names[0]);
	shared->letter = strlen(shared->path) - 1;
	shared->number = i;
}

static void tell(const char *type, unsigned long inode, int which)
{
	const char *in[2] = {"", ""};
	int other = either ? !which : which;

	if (two_dirs || is("mounts")) {
		in[0] = "/one";
		in[1] = "/two";
	}
	/* Names go with the files if these are what changes places; otherwise the places do. */
	printf("%s\t%lu\t%s%s/%s\t%s%s/%s\n", type, inode, folder, in[which], names[which], folder, in[other],
	       names[other]);
}

static void make_both(struct stat before[2])
{
	int k, last = is("mounts") ? 0 : 1;

	for (k = 0; k <= last; k++) {
		int fd = openat(dirs[k], names[k], O_CREAT | O_EXCL | O_WRONLY, 0644);

		if (fd < 0 || write(fd, "content", 7) != 7 || fstat(fd, &before[k]) != 0)
			failed(names[k]);
		close(fd);
		tell("FileCreate", before[k].st_ino, k);
		tell("FileModify", before[k].st_ino, k);
	}
	shared->both = 1;
}

/* Something new by that path: in which of the two places is it? */
static void make(unsigned int i)
{
	struct stat s;
	long r;
	int k;

	switch (i % 5) {
	case 0:
		r = mkdirat(at, shared->path, 0755);
		break;
	case 1:
		r = mknodat(at, shared->path, S_IFREG | 0644, 0);
		break;
	case 2:
		r = symlinkat("somewhere", at, shared->path);
		break;
	case 3:
		r = linkat(AT_FDCWD, "source", at, shared->path, 0);
		break;
	default:
		r = openat(at, shared->path, O_CREAT | O_EXCL | O_WRONLY, 0644);
		if (r >= 0)
			close(r);
	}
	for (k = 0; k < 2; k++) {
		if (r >= 0 && fstatat(dirs[k], names[k], &s, AT_SYMLINK_NOFOLLOW) == 0) {
			tell("FileCreate", s.st_ino, k);
			return;
		}
	}
	/* A link across file systems. */
	if (r >= 0)
		failed("the new file is nowhere");
}

/* Something that is there in both places: which of them is it done to? */
static void take(unsigned int i)
{
	static const struct timespec times[2] = {{.tv_nsec = UTIME_OMIT}, {.tv_sec = 1000}};
	struct stat before[2], s;
	int what = i % 3, k, files[2] = {-1, -1};
	long r;

	make_both(before);
	if (is("mounts"))
		before[1] = before[0];
	for (k = 0; k < 2; k++) {
		files[k] = openat(dirs[k], names[k], O_PATH);
		if (files[k] < 0 || fstat(files[k], &before[k]) != 0)
			failed("both");
	}
	if (before[0].st_ino == before[1].st_ino && !is("mounts")) { /* they changed places in between */
		shared->both = 0;
		close(files[0]);
		close(files[1]);
		return;
	}
	r = what == 0	? unlinkat(at, shared->path, 0)
	    : what == 1 ? (long)syscall(SYS_truncate, shared->path, 3)
			: utimensat(at, shared->path, times, 0);
	shared->both = 0;
	for (k = 0; k < 2 && r == 0; k++) {
		fstat(files[k], &s);
		if (what == 0 ? s.st_nlink == 0 : what == 1 ? s.st_size == 3 : s.st_mtim.tv_sec == 1000) {
			tell(what == 0	 ? "FileDeleteDetected"
			     : what == 1 ? "FileModify"
					 : "FileCreateTime",
			     s.st_ino, k);
			break;
		}
	}
	close(files[0]);
	close(files[1]);
}

int main(int argc, char **argv)
{
	unsigned int i, calls;
	int fd;

	if (argc != 4)
		return 2;
	kind = argv[1];
	folder = argv[2];
	calls = atoi(argv[3]);
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	set_up();
	fd = open("source", O_CREAT | O_WRONLY, 0644);
	close(fd);
	name_them(0);
	if (fork() == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		disturb();
	}
	for (i = 0; i < calls; i++) {
		name_them(i);
		if (i % 2 == 0 && !is("files"))
			make(i / 2);
		else if (i / 2 % 3 != 1 || at == AT_FDCWD) /* truncate(2) takes no descriptor */
			take(i / 2);
	}
	fflush(stdout);
	_exit(0);
}
