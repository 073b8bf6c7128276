/* SPDX-License-Identifier: MIT */
/*
 * The ways to give a folder of the file system under test. Each has a folder of its own there, with its own files, and
 * is gone in a process of its own, which may enter whatever namespace or root it likes.
 */
#ifndef MATRIX_WAYS_H
#define MATRIX_WAYS_H

#include <sched.h>

#include "matrix.h"

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
/* A descriptor of a folder that is not below the root. */
WAY(w_chroot_escaped)
{
	const char *jail = place("jail");

	open_start(mine);
	if (chroot(jail) != 0 || chdir("/") != 0)
		failed(jail);
}

#endif
