// SPDX-License-Identifier: MIT
/*
 * Does what its arguments say, one system call after the other, each by its number and not by what libc makes of it:
 *   files CALL ARGUMENT… , CALL ARGUMENT… , …
 * and prints a line for each: result, errno, and of the file that the call is about (as it was before, where it is taken
 * away) inode, device, size, mtime in ns, mode, links. `-` where the architecture does not have the call.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <pthread.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <unistd.h>

static char **arg;
static int folder = AT_FDCWD; /* what the *at calls start from */
static int last = -1;	      /* descriptor of the last open */

static long number(int i)
{
	return arg[i] ? strtol(arg[i], NULL, 0) : 0;
}

static void facts(const struct stat *s, char *out, size_t size)
{
	snprintf(out, size, " %lu %u:%u %ld %ld%09ld %u %lu", (unsigned long)s->st_ino, major(s->st_dev), minor(s->st_dev), (long)s->st_size,
		 (long)s->st_mtim.tv_sec, s->st_mtim.tv_nsec, s->st_mode, (unsigned long)s->st_nlink);
}

static long call(const char *name)
{
#define IS(n) (strcmp(name, #n) == 0)
#ifdef SYS_open
	if (IS(open))
		return last = syscall(SYS_open, arg[1], (int)number(2), (int)number(3));
	if (IS(creat))
		return last = syscall(SYS_creat, arg[1], (int)number(2));
	if (IS(mknod))
		return syscall(SYS_mknod, arg[1], (int)number(2), (int)number(3));
	if (IS(mkdir))
		return syscall(SYS_mkdir, arg[1], (int)number(2));
	if (IS(link))
		return syscall(SYS_link, arg[1], arg[2]);
	if (IS(symlink))
		return syscall(SYS_symlink, arg[1], arg[2]);
	if (IS(rename))
		return syscall(SYS_rename, arg[1], arg[2]);
	if (IS(unlink))
		return syscall(SYS_unlink, arg[1]);
	if (IS(rmdir))
		return syscall(SYS_rmdir, arg[1]);
#endif
	if (IS(openat))
		return last = syscall(SYS_openat, folder, arg[1], (int)number(2), (int)number(3));
	if (IS(openat2)) {
		struct open_how how = {.flags = number(2), .mode = number(3)};

		return last = syscall(SYS_openat2, folder, arg[1], &how, sizeof(how));
	}
	if (IS(mknodat))
		return syscall(SYS_mknodat, folder, arg[1], (int)number(2), (int)number(3));
	if (IS(mkdirat))
		return syscall(SYS_mkdirat, folder, arg[1], (int)number(2));
	if (IS(linkat))
		return syscall(SYS_linkat, folder, arg[1], folder, arg[2], (int)number(3));
	if (IS(symlinkat))
		return syscall(SYS_symlinkat, arg[1], folder, arg[2]);
#ifdef SYS_renameat
	if (IS(renameat))
		return syscall(SYS_renameat, folder, arg[1], folder, arg[2]);
#endif
	if (IS(renameat2))
		return syscall(SYS_renameat2, folder, arg[1], folder, arg[2], (int)number(3));
	if (IS(unlinkat))
		return syscall(SYS_unlinkat, folder, arg[1], (int)number(2));
	if (IS(linkfd)) { /* names the last descriptor */
		char path[64];

		snprintf(path, sizeof(path), "/proc/self/fd/%d", last);
		return syscall(SYS_linkat, AT_FDCWD, path, AT_FDCWD, arg[1], AT_SYMLINK_FOLLOW);
	}
	/* Preparations, which are no subject of a test. */
	if (IS(folder))
		return folder = arg[1] ? open(arg[1], O_PATH | O_DIRECTORY) : AT_FDCWD;
	if (IS(chdir))
		return chdir(arg[1]);
	if (IS(chroot))
		return chroot(arg[1]);
	if (IS(close))
		return close(last);
	if (IS(newns))
		return unshare(CLONE_NEWNS) ?: mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL);
	if (IS(mount))
		return mount(arg[1], arg[2], arg[3], arg[3] ? 0 : MS_BIND, NULL);
	errno = ENOSYS;
	return -2;
}

int main(int argc, char **argv)
{
	int i, j;

	printf("%d\n", getpid());
	for (i = 1; i < argc; i = j + 1) {
		for (j = i; j < argc && strcmp(argv[j], ",") != 0; j++)
			;
		argv[j] = NULL;
		arg = argv + i;
		char of_file[256] = "";
		struct stat st;
		long r;

		fflush(stdout);
		if ((strncmp(arg[0], "unlink", 6) == 0 || strcmp(arg[0], "rmdir") == 0) && fstatat(folder, arg[1], &st, AT_SYMLINK_NOFOLLOW) == 0)
			facts(&st, of_file, sizeof(of_file));
		errno = 0;
		r = call(arg[0]);
		printf(r == -2 ? "-" : "%ld %d", r, r < 0 ? errno : 0);
		if (strncmp(arg[0], "open", 4) == 0 && last >= 0 && fstat(last, &st) == 0)
			facts(&st, of_file, sizeof(of_file));
		printf("%s\n", of_file);
	}
	return 0;
}
