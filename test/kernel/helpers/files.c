// SPDX-License-Identifier: MIT
/*
 * Does what its arguments say, one system call after the other, each by its number and not by what libc makes of it:
 *   files CALL ARGUMENT… , CALL ARGUMENT… , …
 * and prints a line for each: result, errno, and of the file that the call is about (as it was before, where it is
 * taken away) inode, device, size, mtime in ns, mode, links. `-` where the architecture does not have the call.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/aio_abi.h>
#include <linux/fs.h>
#include <linux/openat2.h>
#include <pthread.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <utime.h>
#include <unistd.h>

static char **arg;
static int folder = AT_FDCWD; /* what the *at calls start from */
static int last = -1;	      /* descriptor of the last open */
static int cold;	      /* what calls are passed in memory is in pages that are not there yet */

static long number(int i)
{
	return arg[i] ? strtol(arg[i], NULL, 0) : 0;
}

static void facts(const struct stat *s, char *out, size_t size)
{
	snprintf(out, size, " %lu %u:%u %ld %ld%09ld %u %lu", (unsigned long)s->st_ino, major(s->st_dev),
		 minor(s->st_dev), (long)s->st_size, (long)s->st_mtim.tv_sec, s->st_mtim.tv_nsec, s->st_mode,
		 (unsigned long)s->st_nlink);
}

/* A copy in a page that this process has not touched yet, so that nobody but the kernel can read it without waiting. */
static void *untouched(const void *from, size_t size)
{
	int file = syscall(SYS_memfd_create, "untouched", 0);
	char *page;

	if (ftruncate(file, 4096) != 0 || pwrite(file, from, size, 0) != (ssize_t)size)
		exit(1);
	page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE, file, 0);
	close(file);
	return page;
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

		return last = syscall(SYS_openat2, folder, arg[1], cold ? untouched(&how, sizeof(how)) : &how,
				      sizeof(how));
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
	if (IS(linkempty)) /* the same without a path */
		return syscall(SYS_linkat, last, "", AT_FDCWD, arg[1], AT_EMPTY_PATH);
	if (IS(write))
		return syscall(SYS_write, last, arg[1], strlen(arg[1]));
	if (IS(pwrite64))
		return syscall(SYS_pwrite64, last, arg[1], strlen(arg[1]), number(2));
	if (IS(writev) || IS(pwritev) || IS(pwritev2)) {
		struct iovec v = {.iov_base = arg[1], .iov_len = strlen(arg[1])};

		if (IS(writev))
			return syscall(SYS_writev, last, &v, 1);
		return IS(pwritev) ? syscall(SYS_pwritev, last, &v, 1, 0, 0)
				   : syscall(SYS_pwritev2, last, &v, 1, 0, 0, 0);
	}
	if (IS(ftruncate))
		return syscall(SYS_ftruncate, last, number(1));
	if (IS(truncate))
		return syscall(SYS_truncate, arg[1], number(2));
	if (IS(fallocate))
		return syscall(SYS_fallocate, last, 0, 0, number(1));
	if (IS(sendfile64) || IS(copy_file_range) ||
	    IS(splice)) { /* from a file, or from a pipe with something in it */
		int from = IS(splice) ? -1 : open(arg[1], O_RDONLY), ends[2];
		long r;

		if (IS(sendfile64))
			r = syscall(SYS_sendfile, last, from, NULL, 100);
		else if (IS(copy_file_range))
			r = syscall(SYS_copy_file_range, from, NULL, last, NULL, 100, 0);
		else {
			if (pipe(ends) != 0 || write(ends[1], arg[1], strlen(arg[1])) < 0)
				return -1;
			r = syscall(SYS_splice, ends[0], NULL, last, NULL, strlen(arg[1]), 0);
		}
		return r;
	}
	/* Times: of the last access stays, of the last modification in seconds. */
	if (IS(utimensat) || IS(futimens)) {
		struct timespec t[2] = {{.tv_nsec = UTIME_OMIT}, {.tv_sec = number(2), .tv_nsec = number(3)}};

		void *times = cold ? untouched(t, sizeof(t)) : t;

		return IS(utimensat) ? syscall(SYS_utimensat, folder, arg[1], times, 0)
				     : syscall(SYS_utimensat, last, NULL, times, 0);
	}
#ifdef SYS_utime
	if (IS(utime)) {
		struct utimbuf t = {number(2), number(2)};

		return syscall(SYS_utime, arg[1], &t);
	}
	if (IS(utimes) || IS(futimesat)) {
		struct timeval t[2] = {{number(2), 0}, {number(2), 0}};

		return IS(utimes) ? syscall(SYS_utimes, arg[1], t) : syscall(SYS_futimesat, folder, arg[1], t);
	}
#endif
	if (IS(io_submit)) { /* opcode: IOCB_CMD_PWRITE, IOCB_CMD_NOOP …; after so many that read */
		aio_context_t context = 0;
		long reads = number(3);
		char byte;
		struct iocb read = {
		    .aio_lio_opcode = IOCB_CMD_PREAD, .aio_fildes = last, .aio_buf = (uintptr_t)&byte, .aio_nbytes = 1};
		struct iocb b = {.aio_lio_opcode = number(2),
				 .aio_fildes = last,
				 .aio_buf = (uintptr_t)arg[1],
				 .aio_nbytes = strlen(arg[1])};
		struct iocb *list[reads + 1];
		long r;

		for (long i = 0; i < reads; i++)
			list[i] = &read;
		list[reads] = cold ? untouched(&b, sizeof(b)) : &b;
		if (syscall(SYS_io_setup, reads + 1, &context) != 0)
			return -1;
		r = syscall(SYS_io_submit, context, reads + 1, list);
		syscall(SYS_io_destroy, context);
		return r;
	}
	if (IS(ioctl)) /* one that takes the range of a file, from its beginning */
		return ioctl(last, number(1), &(struct {
				     short type, whence;
				     int64_t start, length;
				     int more[6];
			     }){.length = number(2)});
	if (IS(clone)) /* all of a file */
		return ioctl(last, FICLONE, open(arg[1], O_RDONLY));
	if (IS(dedupe)) {
		struct {
			struct file_dedupe_range head;
			struct file_dedupe_range_info info;
		} range = {.head = {.src_length = number(2), .dest_count = 1}, .info = {.dest_fd = last}};

		return ioctl(open(arg[1], O_RDONLY), FIDEDUPERANGE, &range);
	}
	if (IS(open_by_handle_at)) {
		struct {
			struct file_handle head;
			char room[128];
		} handle = {.head = {.handle_bytes = 128}};
		int mount, start = open(arg[3] ? arg[3] : ".", O_RDONLY);

		if (name_to_handle_at(AT_FDCWD, arg[1], &handle.head, &mount, 0) != 0)
			return -1;
		return last = syscall(SYS_open_by_handle_at, start, &handle, (int)number(2));
	}
	if (IS(bind)) { /* @name: an abstract one */
		struct sockaddr_un a = {.sun_family = AF_UNIX};
		int s = socket(AF_UNIX, SOCK_STREAM, 0);

		memcpy(a.sun_path, arg[1], strlen(arg[1]));
		if (a.sun_path[0] == '@')
			a.sun_path[0] = 0;
		return syscall(SYS_bind, s, cold ? untouched(&a, sizeof(a)) : (void *)&a, 2 + strlen(arg[1]));
	}
	if (IS(child)) { /* another process writes through the same open file */
		pid_t p = fork();
		int status;

		if (p == 0)
			_exit(write(last, "c", 1) != 1);
		return p < 0 || waitpid(p, &status, 0) != p || status != 0 ? -1 : p;
	}
	if (IS(mapped)) { /* changes the last open file through memory */
		char *p = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, last, 0);

		if (p == MAP_FAILED)
			return -1;
		memcpy(p, arg[1], strlen(arg[1]));
		return msync(p, 4096, MS_SYNC) ?: munmap(p, 4096);
	}
	if (IS(map)) { /* of the last open file: protection, flags of mmap, and of mprotect if there is a third */
		char *p = mmap(NULL, 4096, number(1), number(2), last, 0);

		if (p == MAP_FAILED)
			return -1;
		return arg[3] ? mprotect(p, 4096, number(3)) : 0;
	}
	if (IS(aio)) { /* io_submit(2) */
		struct iocb c = {.aio_lio_opcode = IOCB_CMD_PWRITE, .aio_fildes = last}, *list = &c;
		struct io_event done;
		aio_context_t context = 0;

		c.aio_buf = (unsigned long)arg[1];
		c.aio_nbytes = strlen(arg[1]);
		if (syscall(SYS_io_setup, 1, &context) != 0 || syscall(SYS_io_submit, context, 1, &list) != 1 ||
		    syscall(SYS_io_getevents, context, 1, 1, &done, NULL) != 1)
			return -1;
		return done.res;
	}
	if (IS(handle)) { /* opens a file without a path */
		struct {
			struct file_handle head;
			char rest[128];
		} h = {.head.handle_bytes = 128};
		int id, mount = open(arg[3], O_RDONLY | O_DIRECTORY);

		if (name_to_handle_at(AT_FDCWD, arg[1], &h.head, &id, 0) != 0)
			return -1;
		return last = open_by_handle_at(mount, &h.head, (int)number(2));
	}
	if (IS(clone)) { /* FICLONE of another file */
		int from = open(arg[1], O_RDONLY);

		return ioctl(last, FICLONE, from);
	}
	if (IS(eventfd))
		return last = eventfd(0, 0);
	/* Preparations, which are no subject of a test. */
	if (IS(cold))
		return cold = 1;
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
	if (IS(umount))
		return umount2(arg[1], MNT_DETACH);
	if (IS(pivot)) /* the working directory becomes the root, and nothing else is to be seen */
		return syscall(SYS_pivot_root, ".", ".") ?: umount2(".", MNT_DETACH) ?: chdir("/");
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
		if ((strncmp(arg[0], "unlink", 6) == 0 || strcmp(arg[0], "rmdir") == 0) &&
		    fstatat(folder, arg[1], &st, AT_SYMLINK_NOFOLLOW) == 0)
			facts(&st, of_file, sizeof(of_file));
		for (int k = 1; cold && arg[0][0] != 'w' && arg[k]; k++)
			arg[k] = untouched(arg[k], strlen(arg[k]) + 1);
		errno = 0;
		r = call(arg[0]);
		printf(r == -2 ? "-" : "%ld %d", r, r < 0 ? errno : 0);
		if (strncmp(arg[0], "open", 4) == 0 && last >= 0 && fstat(last, &st) == 0)
			facts(&st, of_file, sizeof(of_file));
		printf("%s\n", of_file);
	}
	return 0;
}
