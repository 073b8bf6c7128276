/* SPDX-License-Identifier: MIT */
/*
 * The calls. Each works on names that begin with its own: `-old` and `-link` are there before (a second link), `-new`
 * is what it makes, or what it replaces if the call's row says that it is there.
 */
#ifndef MATRIX_CALLS_H
#define MATRIX_CALLS_H

#include "matrix.h"

enum {
	OLD = 1,	  /* a file -old is there */
	OLD_FOLDER = 2,	  /* a folder -old */
	OLD_LINK = 4,	  /* -link, a second name of -old */
	OLD_SYMBOLIC = 8, /* -symbolic, which leads to -old */
	NEW = 16,	  /* a file -new */
	NEW_FOLDER = 32,
	NEW_LINK = 64, /* -new-link, a second name of -new */
	BY_PATH = 128, /* the call takes no descriptor to start at */
	FOLDERS = 256, /* its names may end in a slash */
};

static char old_name[128], new_name[128], link_name[128], symbolic_name[128];

static long made(long result)
{
	struct stat s;

	if (result >= 0 && look(new_name, &s) == 0)
		expect("FileCreate", new_name, &s);
	return result;
}

static long opened(long fd)
{
	if (fd >= 0)
		close(fd);
	return made(fd);
}

static long taken(const char *name, long result)
{
	if (result >= 0)
		expect("FileDeleteDetected", name, &before);
	return result;
}

/* Something about -old: its inode is what it was. */
static long changed(const char *type, const char *name, long result)
{
	struct stat s;

	if (result >= 0 && look(name, &s) == 0)
		expect(type, name, &s);
	return result;
}

static long over(long result)
{
	if (result >= 0)
		expect("FileDeleteDetected", new_name, &before);
	return made(result);
}

static int open_old(int flags)
{
	return openat(at, in(old_name, ""), flags | O_CLOEXEC);
}

static const char *descriptor(int fd)
{
	static char text[64];
	snprintf(text, sizeof(text), "/proc/self/fd/%d", fd);
	return text;
}

static const struct timespec times[2] = {{.tv_nsec = UTIME_OMIT}, {.tv_sec = 1000000}};

#define NOFOLLOW AT_SYMLINK_NOFOLLOW
#define OF_OLD in(old_name, "")
#define OF_NEW in(new_name, "")
#define CALL(f) static long f(void)

#ifdef SYS_open
CALL(c_open)
{
	return opened(syscall(SYS_open, OF_NEW, O_CREAT | O_WRONLY, 0644));
}
CALL(c_creat)
{
	return opened(syscall(SYS_creat, OF_NEW, 0644));
}
CALL(c_mkdir)
{
	return made(syscall(SYS_mkdir, in(new_name, suffix), 0755));
}
CALL(c_link)
{
	return made(syscall(SYS_link, OF_OLD, OF_NEW));
}
CALL(c_symlink)
{
	return made(syscall(SYS_symlink, "somewhere", OF_NEW));
}
CALL(c_rename)
{
	return made(syscall(SYS_rename, OF_OLD, OF_NEW));
}
CALL(c_unlink)
{
	return taken(old_name, syscall(SYS_unlink, OF_OLD));
}
CALL(c_rmdir)
{
	return taken(old_name, syscall(SYS_rmdir, in(old_name, suffix)));
}
CALL(c_rename_folder)
{
	return made(syscall(SYS_rename, in(old_name, suffix), in(new_name, suffix)));
}
CALL(c_utimes)
{
	long t[4] = {5, 0, 1000000, 0};

	return changed("FileCreateTime", old_name, syscall(SYS_utimes, OF_OLD, t));
}
#endif
CALL(c_openat)
{
	return opened(openat(at, OF_NEW, O_CREAT | O_WRONLY, 0644));
}
CALL(c_openat_exclusive)
{
	return opened(openat(at, OF_NEW, O_CREAT | O_EXCL | O_RDWR, 0600));
}
CALL(c_openat2)
{
	unsigned long how[3] = {O_CREAT | O_WRONLY, 0644, 0};

	return opened(syscall(437, at, OF_NEW, how, sizeof(how)));
}
/* Opens the symbolic link, which leads to what is not there yet. */
CALL(c_open_dangling)
{
	if (symlinkat(new_name, at, in("leads-to-new", "")) < 0 || look("leads-to-new", &before) < 0)
		return -1;
	expect("FileCreate", "leads-to-new", &before);
	return opened(openat(at, in("leads-to-new", ""), O_CREAT | O_WRONLY, 0644));
}
CALL(c_open_truncate)
{
	int fd = open_old(O_WRONLY | O_TRUNC);

	if (fd >= 0)
		close(fd);
	return changed("FileModify", old_name, fd);
}
CALL(c_open_over)
{
	struct stat s;
	int was = look(new_name, &s) == 0; /* not so where the call that makes it fails */
	int fd = openat(at, OF_NEW, O_CREAT | O_TRUNC | O_WRONLY, 0644);

	close(fd);
	if (was)
		changed("FileModify", new_name, fd);
	return made(fd);
}
CALL(c_mknod)
{
	return made(mknodat(at, OF_NEW, S_IFREG | 0644, 0));
}
CALL(c_mkfifo)
{
	return changed("PipeEvent", new_name, made(mknodat(at, OF_NEW, S_IFIFO | 0644, 0)));
}
CALL(c_mkdirat)
{
	return made(mkdirat(at, in(new_name, suffix), 0755));
}
CALL(c_linkat)
{
	return made(linkat(at, OF_OLD, at, OF_NEW, 0));
}
CALL(c_linkat_descriptor)
{
	int fd = open_old(O_RDONLY);
	long r = fd < 0 ? -1 : made(linkat(AT_FDCWD, descriptor(fd), at, OF_NEW, AT_SYMLINK_FOLLOW));

	close(fd);
	return r;
}
CALL(c_linkat_unnamed)
{
	int fd = openat(at, prefix[0] ? prefix : ".", O_TMPFILE | O_WRONLY, 0644);
	long r = fd < 0 ? -1 : made(linkat(AT_FDCWD, descriptor(fd), at, OF_NEW, AT_SYMLINK_FOLLOW));

	close(fd);
	return r;
}
CALL(c_linkat_empty_path)
{
	int fd = open_old(O_PATH);
	long r = fd < 0 ? -1 : made(linkat(fd, "", at, OF_NEW, AT_EMPTY_PATH));

	close(fd);
	return r;
}
CALL(c_symlinkat)
{
	return made(symlinkat("somewhere", at, OF_NEW));
}
CALL(c_renameat)
{
	return made(renameat(at, OF_OLD, at, OF_NEW));
}
CALL(c_renameat2)
{
	return made(syscall(SYS_renameat2, at, OF_OLD, at, OF_NEW, 1));
}
CALL(c_rename_over)
{
	return over(renameat(at, OF_OLD, at, OF_NEW));
}
/* Both names are of one file: rename(2) does nothing. To overlayfs links of a lower layer are different files. */
CALL(c_rename_same)
{
	struct stat s;
	long r = renameat(at, OF_OLD, at, in(link_name, ""));

	if (r == 0 && look(old_name, &s) != 0 && look(link_name, &s) == 0) {
		expect("FileDeleteDetected", link_name, &before);
		expect("FileCreate", link_name, &s);
	}
	return r;
}
/* Both names stand for another file then, and none is lost. */
CALL(c_exchange)
{
	return changed("FileCreate", old_name, made(syscall(SYS_renameat2, at, OF_OLD, at, OF_NEW, 2)));
}
CALL(c_renameat_folder)
{
	return made(renameat(at, in(old_name, suffix), at, in(new_name, suffix)));
}
CALL(c_rename_folder_over)
{
	return over(renameat(at, in(old_name, suffix), at, in(new_name, suffix)));
}
CALL(c_unlinkat)
{
	return taken(old_name, unlinkat(at, OF_OLD, 0));
}
CALL(c_rmdirat)
{
	return taken(old_name, unlinkat(at, in(old_name, suffix), AT_REMOVEDIR));
}
CALL(c_unlink_symbolic)
{
	look(symbolic_name, &before);
	return taken(symbolic_name, unlinkat(at, in(symbolic_name, ""), 0));
}
CALL(c_make_and_unlink)
{
	opened(openat(at, OF_NEW, O_CREAT | O_WRONLY, 0644));
	look(new_name, &before);
	return taken(new_name, unlinkat(at, OF_NEW, 0));
}
CALL(c_make_and_rmdir)
{
	made(mkdirat(at, OF_NEW, 0755));
	look(new_name, &before);
	return taken(new_name, unlinkat(at, OF_NEW, AT_REMOVEDIR));
}
/* The name of what was taken away is given again. */
CALL(c_unlink_and_make)
{
	snprintf(new_name, sizeof(new_name), "%s", old_name);
	taken(old_name, unlinkat(at, OF_OLD, 0));
	also = 0;
	return opened(openat(at, OF_NEW, O_CREAT | O_WRONLY, 0644));
}
CALL(c_truncate)
{
	return changed("FileModify", old_name, truncate(OF_OLD, 3));
}
CALL(c_truncate_symbolic)
{
	return changed("FileModify", old_name, truncate(in(symbolic_name, ""), 3));
}
CALL(c_ftruncate)
{
	int fd = open_old(O_WRONLY);
	long r = fd < 0 ? -1 : changed("FileModify", old_name, ftruncate(fd, 3));

	close(fd);
	return r;
}
CALL(c_write)
{
	int fd = open_old(O_WRONLY);
	long r = fd < 0 ? -1 : changed("FileModify", old_name, write(fd, "written", 7));

	close(fd);
	return r;
}
CALL(c_fallocate)
{
	int fd = open_old(O_RDWR);
	long r = fd < 0 ? -1 : changed("FileModify", old_name, fallocate(fd, 0, 0, 100));

	close(fd);
	return r;
}
CALL(c_utimensat)
{
	return changed("FileCreateTime", old_name, utimensat(at, OF_OLD, times, 0));
}
CALL(c_utimensat_folder)
{
	return changed("FileCreateTime", old_name, utimensat(at, in(old_name, suffix), times, 0));
}
CALL(c_utimensat_symbolic)
{
	return changed("FileCreateTime", old_name, utimensat(at, in(symbolic_name, ""), times, 0));
}
CALL(c_utimensat_nofollow)
{
	return changed("FileCreateTime", symbolic_name, utimensat(at, in(symbolic_name, ""), times, NOFOLLOW));
}
CALL(c_futimens)
{
	int fd = open_old(O_WRONLY);
	long r = fd < 0 ? -1 : changed("FileCreateTime", old_name, futimens(fd, times));

	close(fd);
	return r;
}
CALL(c_utimensat_proc)
{
	int fd = open_old(O_PATH);
	long r = utimensat(AT_FDCWD, descriptor(fd), times, 0);

	close(fd);
	return changed("FileCreateTime", old_name, r);
}

#endif
