/* SPDX-License-Identifier: MIT */
/* What the parts of matrix.c share: the place where a call works, and the truth about it. */
#ifndef MATRIX_H
#define MATRIX_H

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#define TEXT 65536
#define DEEP 20 /* folders of LONG bytes, one in the other: more than PATH_MAX */
#define LONG 250

/* How a way gives the folder in which the calls work. */
static int at = AT_FDCWD;	/* what calls with a descriptor start at */
static char prefix[4096];	/* in front of each name */
static const char *suffix = ""; /* behind the names of folders */
static char outside[TEXT];	/* the root that the child has entered, as seen from outside */
static const char *below;	/* what is below `at`, where the whole is too long for the kernel to say */
static int proc_folder, mark_folder;

/* The folder as the kernel calls it: of a descriptor that was opened by the way that the calls go. */
static char folder[2 * TEXT];

static int say_folder(void)
{
	char link[64];
	static char text[PATH_MAX];
	int fd = openat(at, prefix[0] ? prefix : ".", O_PATH | O_DIRECTORY | O_CLOEXEC);
	ssize_t n;

	if (fd < 0)
		return -1;
	snprintf(link, sizeof(link), "self/fd/%d", fd);
	n = readlinkat(proc_folder, link, text, sizeof(text) - 1);
	close(fd);
	if (n < 0 && errno == ENAMETOOLONG && below)
		return snprintf(folder, sizeof(folder), "%s", below) > 0 ? 0 : -1;
	if (n < 0)
		return -1;
	text[n] = 0;
	snprintf(folder, sizeof(folder), "%s%s", outside, strcmp(text, "/") == 0 && outside[0] ? "" : text);
	return 0;
}

static long failed(const char *what)
{
	fprintf(stderr, "matrix: %s: %s\n", what, strerror(errno));
	exit(1);
}

/* A path of the folder, in one of several buffers. */
static const char *in(const char *name, const char *end)
{
	static char texts[4][8192];
	static int next;
	char *text = texts[next++ % 4];

	snprintf(text, sizeof(texts[0]), "%s%s%s", prefix, name, end);
	return text;
}

static struct stat before; /* of what the call takes */
/*
 * The inode that -old had before the call. On overlayfs a file of the lower layer may have another number once it was
 * copied up: a call that does that may be told with either.
 */
static unsigned long also;

static int look(const char *name, struct stat *s)
{
	memset(s, 0, sizeof(*s));
	return fstatat(at, in(name, ""), s, AT_SYMLINK_NOFOLLOW);
}

/* What must be told: lines that are kept until the call is known to have succeeded. */
static char expected[4 * TEXT];
static size_t expected_len;

static void expect(const char *type, const char *name, const struct stat *s)
{
	expected_len += snprintf(expected + expected_len, sizeof(expected) - expected_len,
				 "> %s\t%lu\t%lu\t%u:%u\t%s%s%s\n", type, (unsigned long)s->st_ino, also ?: s->st_ino,
				 major(s->st_dev), minor(s->st_dev), folder, strcmp(folder, "/") == 0 ? "" : "/", name);
}

#endif
