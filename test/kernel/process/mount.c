/*
 * Mounts in a namespace of its own, in every way there is. argv[1]: an empty folder. Prints `way result` for each call.
 * The folders a, b, c, new and new/old are made in it.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Not in the headers of older systems. The numbers are the same on all architectures. */
#define OPEN_TREE 428
#define MOVE_MOUNT 429
#define FSOPEN 430
#define FSCONFIG 431
#define FSMOUNT 432

static long say(const char *way, long result)
{
	printf("%s %ld\n", way, result < 0 ? -(long)errno : 0);
	fflush(stdout);
	return result;
}

/* Mounts by names that lie in pages which the process has not touched yet. */
static long late(void)
{
	static const char names[] = "late\0a\0tmpfs\0size=8k";
	int f = open("names", O_RDWR | O_CREAT, 0600);
	const char *p;

	if (write(f, names, sizeof names) != sizeof names)
		return -1;
	p = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, f, 0);
	return p == MAP_FAILED ? -1 : mount(p, p + 5, p + 7, 0, p + 13);
}

int main(int argc, char **argv)
{
	long fs, fd;

	(void)argc;
	if (unshare(CLONE_NEWNS) || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) || chdir(argv[1]))
		return 1;
	say("tmpfs", mount("one", "a", "tmpfs", MS_NOSUID | MS_NODEV, "size=64k,mode=0700"));
	say("bind", mount("/etc", "b", "ignored", MS_BIND, "ignored"));
	say("remount", mount(NULL, "b", NULL, MS_REMOUNT | MS_BIND | MS_RDONLY, NULL));
	say("private", mount(NULL, "a", NULL, MS_SHARED, NULL));
	say("move", mount("b", "c", NULL, MS_MOVE, NULL));
	mkdir("a/l", 0755), mkdir("a/u", 0755), mkdir("a/w", 0755);
	say("overlay", mount("overlay", "b", "overlay", 0, "lowerdir=a/l,upperdir=a/u,workdir=a/w"));
	say("umount", umount2("c", MNT_DETACH));
	say("tree", fd = syscall(OPEN_TREE, AT_FDCWD, "/etc", 1 /* OPEN_TREE_CLONE */));
	say("attach", syscall(MOVE_MOUNT, fd, "", AT_FDCWD, "c", 4 /* MOVE_MOUNT_F_EMPTY_PATH */));
	fs = syscall(FSOPEN, "tmpfs", 0);
	syscall(FSCONFIG, fs, 1 /* FSCONFIG_SET_STRING */, "source", "two", 0);
	syscall(FSCONFIG, fs, 6 /* FSCONFIG_CMD_CREATE */, NULL, NULL, 0);
	say("fsmount", fd = syscall(FSMOUNT, fs, 0, 0x1 | 0x10 /* MOUNT_ATTR_RDONLY, MOUNT_ATTR_NOATIME */));
	say("by-path", syscall(MOVE_MOUNT, AT_FDCWD, "c", AT_FDCWD, "new/old", 0));

	say("to-empty", syscall(MOVE_MOUNT, AT_FDCWD, "new/old", open("c", O_PATH | O_DIRECTORY), "", 0x40));
	say("late", late());

	/* Near misses. */
	say("missing", mount("x", "nowhere", "tmpfs", 0, NULL));
	say("unknown", mount("x", "a", "no such file system", 0, NULL));
	say("not-mounted", umount2("new", 0));
	say("look", syscall(OPEN_TREE, AT_FDCWD, "/etc", 0));
	say("no-root", chroot("nowhere"));
	say("not-a-mount", syscall(SYS_pivot_root, "new", "new/old"));

	umount2("c", MNT_DETACH);
	mount("new", "new", NULL, MS_BIND, NULL);
	say("pivot", chdir("new") || syscall(SYS_pivot_root, ".", "old"));
	say("chroot", chroot("old"));
	return 0;
}
