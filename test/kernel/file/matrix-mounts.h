/* SPDX-License-Identifier: MIT */
/* More ways: by other mounts, namespaces and processes. And the table of all ways. */
#ifndef MATRIX_MOUNTS_H
#define MATRIX_MOUNTS_H

#include <signal.h>
#include <sys/prctl.h>

#include "matrix-ways.h"

#define NAMESPACES 70

static void own_namespace(void)
{
	if (unshare(CLONE_NEWNS) != 0 || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0)
		failed("unshare");
}

static void bind_to(const char *from, const char *to)
{
	if (mount(from, to, NULL, MS_BIND, NULL) != 0)
		failed(to);
}

WAY(w_bound)
{
	own_namespace();
	bind_to(mine, place("bound"));
	set_prefix("%s/", place("bound"), "");
}
WAY(w_bound_whole)
{
	own_namespace();
	bind_to(base, place("whole"));
	set_prefix("%s%s/", place("whole"), strrchr(mine, '/'));
}
WAY(w_bound_relative)
{
	own_namespace();
	bind_to(mine, place("bound-relative"));
	enter(place("bound-relative"));
}
WAY(w_bound_symbolic)
{
	own_namespace();
	bind_to(mine, place("bound-symbolic"));
	set_prefix("%s/", link_to(place("bound-symbolic"), "to-bound"), "");
}
/* From a folder of the same file system, but another mount, through a symbolic link. */
WAY(w_bound_across)
{
	own_namespace();
	bind_to(mine, place("bound-across"));
	link_to(place("bound-across"), "across");
	enter(joined(mine, "sub"));
	set_prefix("%s/", joined(beside, "across"), "");
}
/* Only two of its folders are mounted, the other one first. */
WAY(w_subtrees)
{
	own_namespace();
	bind_to(joined(base, "other"), place("first"));
	bind_to(mine, place("second"));
	if (umount2(base, MNT_DETACH) != 0 && errno != EINVAL)
		failed("umount");
	set_prefix("%s/", place("second"), "");
}
WAY(w_subtrees_symbolic)
{
	w_subtrees(mine);
	set_prefix("%s/", link_to(place("second"), "to-second"), "");
}
static void others(void)
{
	int i, ready[2];
	char c;

	if (pipe(ready) != 0)
		failed("pipe");
	for (i = 0; i < NAMESPACES; i++) {
		if (fork() == 0) {
			prctl(PR_SET_PDEATHSIG, SIGKILL);
			own_namespace();
			if (write(ready[1], "", 1) != 1)
				_exit(1);
			for (;;)
				pause();
		}
	}
	for (i = 0; i < NAMESPACES; i++) {
		if (read(ready[0], &c, 1) != 1)
			failed("read");
	}
}
/* The mount is among many of other namespaces, which are older and younger. */
WAY(w_namespaces)
{
	others();
	own_namespace();
	others();
	set_prefix("%s/", link_to(mine, "among-many"), "");
}
/* A descriptor that leads into another mount namespace. */
WAY(w_foreign)
{
	open_start(mine);
	own_namespace();
}
/* The mount is gone from the tree, and is held by the working directory. */
WAY(w_detached)
{
	own_namespace();
	enter(mine);
	if (umount2(base, MNT_DETACH) != 0 && errno != EINVAL)
		failed("umount");
}
/* Something else is mounted over it. */
WAY(w_covered)
{
	own_namespace();
	enter(mine);
	if (mount("none", base, "tmpfs", 0, NULL) != 0)
		failed("mount");
}
/* A copy of the mount that is in no namespace. */
WAY(w_clone)
{
	at = syscall(428, AT_FDCWD, mine, 1 | O_CLOEXEC); /* open_tree */
	if (at < 0)
		failed("open_tree");
}
/* By another process, which has a mount namespace of its own and this working directory. */
static pid_t another(const char *mine)
{
	int ready[2];
	pid_t p;
	char c;

	if (pipe(ready) != 0)
		failed("pipe");
	p = fork();
	if (p == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		own_namespace();
		enter(mine);
		if (write(ready[1], "", 1) != 1)
			_exit(1);
		for (;;)
			pause();
	}
	if (read(ready[0], &c, 1) != 1)
		failed("read");
	return p;
}
WAY(w_other_root)
{
	char number[16];

	snprintf(number, sizeof(number), "%d", another(mine));
	set_prefix("/proc/%s/root%s/", number, mine);
}
WAY(w_other_working)
{
	char number[16];

	snprintf(number, sizeof(number), "%d", another(mine));
	set_prefix("/proc/%s/cwd/", number, "");
}
WAY(w_pivot)
{
	own_namespace();
	bind_to(mine, place("pivot"));
	enter(place("pivot"));
	if (syscall(SYS_pivot_root, ".", ".") != 0 || umount2(".", MNT_DETACH) != 0 || chdir("/") != 0)
		failed("pivot_root");
	set_prefix("/", "", "");
}
/* As a container: the whole file system is the root. */
WAY(w_pivot_whole)
{
	own_namespace();
	bind_to(base, place("pivot-whole"));
	enter(place("pivot-whole"));
	if (syscall(SYS_pivot_root, ".", ".") != 0 || umount2(".", MNT_DETACH) != 0 || chdir("/") != 0)
		failed("pivot_root");
	set_prefix("%s/", strrchr(mine, '/'), "");
}

static const struct way {
	const char *name;
	void (*go)(const char *mine);
} ways[] = {
    {"absolute", w_absolute},
    {"relative", w_relative},
    {"descriptor", w_descriptor},
    {"dot-dot", w_dot_dot},
    {"dots", w_dots},
    {"slash", w_slash},
    {"proc-descriptor", w_proc_descriptor},
    {"proc-root", w_proc_root},
    {"proc-working", w_proc_working},
    {"symbolic", w_symbolic},
    {"symbolic-dot-dot", w_symbolic_dot_dot},
    {"long", w_long},
    {"deep", w_deep},
    {"bound", w_bound},
    {"bound-whole", w_bound_whole},
    {"bound-relative", w_bound_relative},
    {"bound-symbolic", w_bound_symbolic},
    {"bound-across", w_bound_across},
    {"subtrees", w_subtrees},
    {"subtrees-symbolic", w_subtrees_symbolic},
    {"namespaces", w_namespaces},
    {"foreign", w_foreign},
    {"clone", w_clone},
    {"other-root", w_other_root},
    {"other-working", w_other_working},
    {"detached", w_detached},
    {"covered", w_covered},
    {"chroot", w_chroot},
    {"chroot-relative", w_chroot_relative},
    {"chroot-above", w_chroot_above},
    {"chroot-escaped", w_chroot_escaped},
    {"pivot", w_pivot},
    {"pivot-whole", w_pivot_whole},
};

#define WAYS (sizeof(ways) / sizeof(ways[0]))

#endif
