/* SPDX-License-Identifier: MIT */
/* The table of the calls, and what they need. */
#ifndef MATRIX_TABLE_H
#define MATRIX_TABLE_H

#include "matrix-calls.h"

static const struct call {
	const char *name;
	long (*run)(void);
	int needs;
} calls[] = {
#ifdef SYS_open
    {"open", c_open, BY_PATH},
    {"creat", c_creat, BY_PATH},
    {"mkdir", c_mkdir, BY_PATH | FOLDERS},
    {"link", c_link, BY_PATH | OLD},
    {"symlink", c_symlink, BY_PATH},
    {"rename", c_rename, BY_PATH | OLD},
    {"rename-folder", c_rename_folder, BY_PATH | OLD_FOLDER | FOLDERS},
    {"unlink", c_unlink, BY_PATH | OLD},
    {"rmdir", c_rmdir, BY_PATH | OLD_FOLDER | FOLDERS},
    {"utimes", c_utimes, BY_PATH | OLD},
#endif
    {"openat", c_openat, 0},
    {"openat-exclusive", c_openat_exclusive, 0},
    {"openat2", c_openat2, 0},
    {"open-dangling", c_open_dangling, 0},
    {"open-truncate", c_open_truncate, OLD},
    {"open-truncate-linked", c_open_truncate, OLD | OLD_LINK},
    {"open-over", c_open_over, NEW},
    {"mknodat", c_mknod, 0},
    {"mkfifo", c_mkfifo, 0},
    {"mkdirat", c_mkdirat, FOLDERS},
    {"linkat", c_linkat, OLD},
    {"linkat-descriptor", c_linkat_descriptor, OLD},
    {"linkat-empty-path", c_linkat_empty_path, OLD},
    {"linkat-unnamed", c_linkat_unnamed, 0},
    {"symlinkat", c_symlinkat, 0},
    {"renameat", c_renameat, OLD},
    {"renameat2", c_renameat2, OLD},
    {"rename-linked", c_renameat, OLD | OLD_LINK},
    {"rename-over", c_rename_over, OLD | NEW},
    {"rename-over-linked", c_rename_over, OLD | NEW | NEW_LINK},
    {"rename-same", c_rename_same, OLD | OLD_LINK},
    {"exchange", c_exchange, OLD | NEW},
    {"renameat-folder", c_renameat_folder, OLD_FOLDER | FOLDERS},
    {"rename-folder-over", c_rename_folder_over, OLD_FOLDER | NEW_FOLDER | FOLDERS},
    {"unlinkat", c_unlinkat, OLD},
    {"unlinkat-linked", c_unlinkat, OLD | OLD_LINK},
    {"unlinkat-symbolic", c_unlink_symbolic, OLD | OLD_SYMBOLIC},
    {"unlinkat-folder", c_rmdirat, OLD_FOLDER | FOLDERS},
    {"make-and-unlink", c_make_and_unlink, 0},
    {"make-and-rmdir", c_make_and_rmdir, 0},
    {"unlink-and-make", c_unlink_and_make, OLD},
    {"truncate", c_truncate, BY_PATH | OLD},
    {"truncate-linked", c_truncate, BY_PATH | OLD | OLD_LINK},
    {"truncate-symbolic", c_truncate_symbolic, BY_PATH | OLD | OLD_SYMBOLIC},
    {"ftruncate", c_ftruncate, OLD},
    {"write", c_write, OLD},
    {"write-linked", c_write, OLD | OLD_LINK},
    {"fallocate", c_fallocate, OLD},
    {"utimensat", c_utimensat, OLD},
    {"utimensat-linked", c_utimensat, OLD | OLD_LINK},
    {"utimensat-folder", c_utimensat_folder, OLD_FOLDER | FOLDERS},
    {"utimensat-symbolic", c_utimensat_symbolic, OLD | OLD_SYMBOLIC},
    {"utimensat-nofollow", c_utimensat_nofollow, OLD | OLD_SYMBOLIC},
    {"utimensat-proc", c_utimensat_proc, OLD},
    {"futimens", c_futimens, OLD},
    {"futimens-linked", c_futimens, OLD | OLD_LINK},
};

#define CALLS (sizeof(calls) / sizeof(calls[0]))

static void name_them(const char *call)
{
	snprintf(old_name, sizeof(old_name), "%s-old", call);
	snprintf(new_name, sizeof(new_name), "%s-new", call);
	snprintf(link_name, sizeof(link_name), "%s-link", call);
	snprintf(symbolic_name, sizeof(symbolic_name), "%s-symbolic", call);
}

static void prepare_file(int dir, const char *name)
{
	int fd = openat(dir, name, O_CREAT | O_WRONLY, 0644);

	if (fd < 0 || write(fd, "content", 7) != 7)
		failed(name);
	close(fd);
}

/* What the calls need, in a folder. A file system may know no links: the calls that need them fail then. */
static void prepare_calls(int dir)
{
	char name[160];
	size_t i;

	for (i = 0; i < CALLS; i++) {
		int needs = calls[i].needs;

		name_them(calls[i].name);
		snprintf(name, sizeof(name), "%s-link", new_name);
		if (needs & OLD)
			prepare_file(dir, old_name);
		if (needs & NEW)
			prepare_file(dir, new_name);
		if (needs & OLD_FOLDER && mkdirat(dir, old_name, 0755) != 0)
			failed(old_name);
		if (needs & NEW_FOLDER && mkdirat(dir, new_name, 0755) != 0)
			failed(new_name);
		if ((needs & OLD_LINK && linkat(dir, old_name, dir, link_name, 0) != 0) ||
		    (needs & NEW_LINK && linkat(dir, new_name, dir, name, 0) != 0) ||
		    (needs & OLD_SYMBOLIC && symlinkat(old_name, dir, symbolic_name) != 0)) {
			if (errno != EPERM && errno != EOPNOTSUPP && errno != ENOSYS && errno != EIO)
				failed(name);
		}
	}
}

#endif
