/* SPDX-License-Identifier: MIT */
/*
 * The ways to give a folder of the file system under test. Each has a folder of its own there, with its own files, and
 * is gone in a process of its own, which may enter whatever namespace or root it likes.
 */
#ifndef MATRIX_WAYS_H
#define MATRIX_WAYS_H

#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include "matrix.h"

#define NAMESPACES 70

static const char *base, *beside; /* the file system, and a folder that is not in it */
static char deep_folder[TEXT];

#define WAY(f) static void f(const char *mine)

static void set_prefix(const char *format, const char *a, const char *b)
{
	snprintf(prefix, sizeof(prefix), format, a, b);
}

/* Makes a folder beside the file system; its path. */
static const char *place(const char *name)
{
	static char texts[4][PATH_MAX];
	static int next;
	char *text = texts[next++ % 4];

	snprintf(text, PATH_MAX, "%s/%s", beside, name);
	if (mkdir(text, 0755) != 0 && errno != EEXIST)
		failed(text);
	return text;
}

static const char *joined(const char *a, const char *b)
{
	static char texts[4][PATH_MAX];
	static int next;
	char *text = texts[next++ % 4];

	snprintf(text, PATH_MAX, "%s/%s", a, b);
	return text;
}

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

static void enter(const char *folder_path)
{
	if (chdir(folder_path) != 0)
		failed(folder_path);
}

/* A symbolic link beside the file system. */
static const char *link_to(const char *target, const char *name)
{
	const char *link = joined(beside, name);

	unlink(link);
	if (symlink(target, link) != 0)
		failed(link);
	return link;
}

static void open_start(const char *path)
{
	at = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (at < 0)
		failed(path);
}

WAY(w_absolute)
{
	set_prefix("%s/", mine, "");
}
WAY(w_relative)
{
	enter(mine);
}
WAY(w_descriptor)
{
	open_start(mine);
}
WAY(w_dot_dot)
{
	set_prefix("%s/sub/../", mine, "");
}
WAY(w_dots)
{
	enter(mine);
	set_prefix(".//./", "", "");
}
WAY(w_slash)
{
	suffix = "/";
	set_prefix("%s/", mine, "");
}
WAY(w_proc_descriptor)
{
	char number[16];

	snprintf(number, sizeof(number), "%d", open(mine, O_PATH | O_DIRECTORY));
	set_prefix("/proc/self/fd/%s/", number, "");
}
WAY(w_proc_root)
{
	set_prefix("/proc/self/root%s/", mine, "");
}
WAY(w_proc_working)
{
	enter(mine);
	set_prefix("/proc/self/cwd/", "", "");
}
WAY(w_symbolic)
{
	set_prefix("%s/", link_to(mine, "symbolic"), "");
}
WAY(w_symbolic_dot_dot)
{
	set_prefix("%s/../", link_to(joined(mine, "sub"), "to-sub"), "");
}
WAY(w_long)
{
	set_prefix("%s/%.250s/", mine, deep_folder);
}
WAY(w_deep)
{
	static char all[TEXT];
	char one[LONG + 1];
	int i;

	snprintf(one, sizeof(one), "%.*s", LONG, deep_folder);
	enter(mine);
	for (i = 0; i < DEEP && chdir(one) == 0; i++)
		;
	snprintf(all, sizeof(all), "%s/%.*s", mine, i * (LONG + 1) - 1, deep_folder);
	below = all;
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
static void enter_root(const char *root)
{
	open_start(root);
	if (say_folder() != 0)
		failed(root);
	snprintf(outside, sizeof(outside), "%.4096s", folder);
	close(at);
	at = AT_FDCWD;
	if (chroot(root) != 0 || chdir("/") != 0)
		failed(root);
}
WAY(w_chroot)
{
	enter_root(mine);
	set_prefix("/", "", "");
}
WAY(w_chroot_relative)
{
	enter_root(mine);
}
WAY(w_chroot_above)
{
	enter_root(base);
	set_prefix("%s/", strrchr(mine, '/'), "");
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
    {"detached", w_detached},
    {"covered", w_covered},
    {"chroot", w_chroot},
    {"chroot-relative", w_chroot_relative},
    {"chroot-above", w_chroot_above},
    {"pivot", w_pivot},
    {"pivot-whole", w_pivot_whole},
};

#define WAYS (sizeof(ways) / sizeof(ways[0]))

#endif
