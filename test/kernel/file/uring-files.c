// SPDX-License-Identifier: MIT
/*
 * uring-files [sqpoll] [defer] [small] WORD…: has io_uring carry out file operations, in one ring and without a
 * library. Words are operations with their arguments (see `operations`) or change those that follow: dir PATH names are
 * relative to this directory, opened by a system call; "dir ." to the working directory again use PATH FLAGS  writes go
 * to this file, opened by a system call; they go to what `open` opened otherwise slots N         the ring gets an empty
 * table of N files +skip +link +hardlink +async +drain +fixed   of the next operation hold … go       submit all
 * between in one call, and wait for it hold … post     submit it and look at no results: the next `go` does await PATH
 * until it is there quit            end at once Prints "NUMBER RESULT" for each completion. Exit status 2: this kernel
 * offers no such ring.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/io_uring.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

/* Younger than the headers of some systems. */
#define SETUP_SINGLE_ISSUER (1u << 12)
#define SETUP_DEFER_TASKRUN (1u << 13)
#define OP_FTRUNCATE 55
#define OP_WRITEV_FIXED 61
#define SKIP_SUCCESS (1u << 6)

static struct io_uring_params p;
static char *sq, *cq;
static struct io_uring_sqe *sqes;
static int ring, directory = AT_FDCWD, file = -1, held, waited_for, number;
static struct {
	uint64_t flags, mode, resolve;
} hows[512];
static struct iovec vectors[512];
static char registered[4096];

static void give_up(const char *what)
{
	printf("%s: %s\n", what, strerror(errno));
	exit(2);
}

static void start(unsigned flags)
{
	size_t sq_size, cq_size;

	p.flags = flags;
	p.sq_thread_idle = 100;
	p.cq_entries = 2;
	ring = syscall(SYS_io_uring_setup, flags & IORING_SETUP_CQSIZE ? 2 : 512, &p);
	if (ring < 0)
		give_up("no such ring");
	sq_size = p.sq_off.array + p.sq_entries * sizeof(unsigned);
	cq_size = p.cq_off.cqes + p.cq_entries * sizeof(struct io_uring_cqe);
	sq = mmap(NULL, sq_size, PROT_READ | PROT_WRITE, MAP_SHARED, ring, IORING_OFF_SQ_RING);
	cq = mmap(NULL, cq_size, PROT_READ | PROT_WRITE, MAP_SHARED, ring, IORING_OFF_CQ_RING);
	sqes = mmap(NULL, p.sq_entries * sizeof(*sqes), PROT_READ | PROT_WRITE, MAP_SHARED, ring, IORING_OFF_SQES);
	if (sq == MAP_FAILED || cq == MAP_FAILED || sqes == MAP_FAILED)
		give_up("mmap");
}

/* Submits what is held and waits for so many completions. The file of later writes is what an open has brought. */
static void submit(int want)
{
	unsigned *head = (unsigned *)(cq + p.cq_off.head), *tail = (unsigned *)(cq + p.cq_off.tail);

	do {
		if (syscall(SYS_io_uring_enter, ring, held, want,
			    IORING_ENTER_GETEVENTS | (p.flags & IORING_SETUP_SQPOLL ? IORING_ENTER_SQ_WAKEUP : 0), NULL,
			    0) < 0 &&
		    errno != EINTR)
			give_up("io_uring_enter");
		held = 0;
		while (*head != __atomic_load_n(tail, __ATOMIC_ACQUIRE)) {
			struct io_uring_cqe *cqe = (struct io_uring_cqe *)(cq + p.cq_off.cqes) +
						   (*head & *(unsigned *)(cq + p.cq_off.ring_mask));

			printf("%d %d\n", (int)(cqe->user_data & 0xffff), cqe->res);
			if (cqe->user_data >> 16 && cqe->res >= 0)
				file = cqe->res;
			__atomic_store_n(head, *head + 1, __ATOMIC_RELEASE);
			want--;
		}
	} while (want > 0);
}

static void queue(struct io_uring_sqe sqe)
{
	unsigned *tail = (unsigned *)(sq + p.sq_off.tail), mask = *(unsigned *)(sq + p.sq_off.ring_mask),
		 i = *tail & mask;

	sqe.user_data |= number++;
	sqes[i] = sqe;
	((unsigned *)(sq + p.sq_off.array))[i] = i;
	__atomic_store_n(tail, *tail + 1, __ATOMIC_RELEASE);
	held++;
	waited_for += !(sqe.flags & SKIP_SUCCESS);
}

/* A text in the memory that the ring knows. */
static char *in_registered(const char *text)
{
	static int known;
	struct iovec all = {registered, sizeof registered};

	if (!known++ && syscall(SYS_io_uring_register, ring, IORING_REGISTER_BUFFERS, &all, 1))
		give_up("register");
	return strcpy(registered, text);
}

static int piped(const char *text)
{
	int ends[2];

	if (pipe(ends) || write(ends[1], text, strlen(text)) < 0)
		give_up("pipe");
	close(ends[1]);
	return ends[0];
}

enum {
	OPEN,
	OPEN2,
	SLOT,
	MKDIR,
	SYMLINK,
	LINK,
	RENAME,
	UNLINK,
	RMDIR,
	WRITE,
	WRITEV,
	FALLOCATE,
	FTRUNCATE,
	SPLICE,
	NOP
};

static const struct {
	const char *name;
	int kind, arguments;
	uint8_t opcode;
} operations[] = {
    {"open", OPEN, 2, IORING_OP_OPENAT},	      /* NAME FLAGS */
    {"open2", OPEN2, 2, IORING_OP_OPENAT2},	      /* NAME FLAGS */
    {"slot", SLOT, 3, IORING_OP_OPENAT},	      /* NAME FLAGS SLOT (-1: any): into the ring's table of files */
    {"mkdir", MKDIR, 1, IORING_OP_MKDIRAT},	      /* NAME */
    {"symlink", SYMLINK, 2, IORING_OP_SYMLINKAT},     /* TARGET NAME */
    {"linkat", LINK, 2, IORING_OP_LINKAT},	      /* OLD NEW */
    {"rename", RENAME, 2, IORING_OP_RENAMEAT},	      /* OLD NEW */
    {"exchange", RENAME, 2, IORING_OP_RENAMEAT},      /* OLD NEW */
    {"unlink", UNLINK, 1, IORING_OP_UNLINKAT},	      /* NAME */
    {"rmdir", RMDIR, 1, IORING_OP_UNLINKAT},	      /* NAME */
    {"write", WRITE, 1, IORING_OP_WRITE},	      /* TEXT; +fixed: the file of slot 0 */
    {"writev", WRITEV, 1, IORING_OP_WRITEV},	      /* TEXT */
    {"write_fixed", WRITE, 1, IORING_OP_WRITE_FIXED}, /* TEXT */
    {"writev_fixed", WRITEV, 1, OP_WRITEV_FIXED},     /* TEXT */
    {"splice", SPLICE, 1, IORING_OP_SPLICE},	      /* TEXT */
    {"fallocate", FALLOCATE, 1, IORING_OP_FALLOCATE}, /* BYTES */
    {"ftruncate", FTRUNCATE, 1, OP_FTRUNCATE},	      /* BYTES */
    {"nop", NOP, 0, IORING_OP_NOP},
};

static void operate(size_t index, char **a, unsigned flags)
{
	struct io_uring_sqe sqe = {.opcode = operations[index].opcode, .flags = flags, .fd = directory};
	int slot = number % 512;

	switch (operations[index].kind) {
	case OPEN:
	case SLOT:
		sqe.addr = (uintptr_t)a[0];
		sqe.open_flags = strtoul(a[1], NULL, 0);
		sqe.len = 0640;
		if (operations[index].kind == SLOT)
			sqe.file_index = atoi(a[2]) + (atoi(a[2]) >= 0); /* any is ~0 */
		else
			sqe.user_data = 1 << 16;
		break;
	case OPEN2:
		hows[slot].flags = strtoul(a[1], NULL, 0);
		hows[slot].mode = hows[slot].flags & O_CREAT ? 0640 : 0;
		sqe.addr = (uintptr_t)a[0];
		sqe.addr2 = (uintptr_t)&hows[slot];
		sqe.len = sizeof hows[slot];
		sqe.user_data = 1 << 16;
		break;
	case MKDIR:
		sqe.addr = (uintptr_t)a[0];
		sqe.len = 0750;
		break;
	case SYMLINK:
		sqe.addr = (uintptr_t)a[0];
		sqe.addr2 = (uintptr_t)a[1];
		break;
	case LINK:
	case RENAME:
		sqe.addr = (uintptr_t)a[0];
		sqe.addr2 = (uintptr_t)a[1];
		sqe.len = directory;
		if (!strcmp(operations[index].name, "exchange"))
			sqe.rename_flags = 2;
		break;
	case UNLINK:
	case RMDIR:
		sqe.addr = (uintptr_t)a[0];
		sqe.unlink_flags = operations[index].kind == RMDIR ? AT_REMOVEDIR : 0;
		break;
	case WRITE:
		sqe.fd = flags & IOSQE_FIXED_FILE ? 0 : file;
		sqe.addr = (uintptr_t)(sqe.opcode == IORING_OP_WRITE ? a[0] : in_registered(a[0]));
		sqe.len = strlen(a[0]);
		sqe.off = -1;
		break;
	case WRITEV:
		vectors[slot].iov_base = sqe.opcode == IORING_OP_WRITEV ? a[0] : in_registered(a[0]);
		vectors[slot].iov_len = strlen(a[0]);
		sqe.fd = file;
		sqe.addr = (uintptr_t)&vectors[slot];
		sqe.len = 1;
		sqe.off = -1;
		break;
	case FALLOCATE:
		sqe.fd = file;
		sqe.addr = atoi(a[0]);
		break;
	case FTRUNCATE:
		sqe.fd = file;
		sqe.off = atoi(a[0]);
		break;
	case SPLICE:
		sqe.fd = file;
		sqe.splice_fd_in = piped(a[0]);
		sqe.splice_off_in = -1;
		sqe.off = -1;
		sqe.len = strlen(a[0]);
		break;
	case NOP:
		sqe.fd = -1;
	}
	queue(sqe);
}

static unsigned flag_of(const char *word)
{
	return !strcmp(word, "+skip")	    ? SKIP_SUCCESS
	       : !strcmp(word, "+link")	    ? IOSQE_IO_LINK
	       : !strcmp(word, "+hardlink") ? IOSQE_IO_HARDLINK
	       : !strcmp(word, "+async")    ? IOSQE_ASYNC
	       : !strcmp(word, "+drain")    ? IOSQE_IO_DRAIN
	       : !strcmp(word, "+fixed")    ? IOSQE_FIXED_FILE
					    : 0;
}

int main(int argc, char **argv)
{
	unsigned setup = 0, flags = 0;
	int i = 1, holding = 0;
	size_t op;

	for (; i < argc; i++) {
		if (!strcmp(argv[i], "sqpoll"))
			setup |= IORING_SETUP_SQPOLL;
		else if (!strcmp(argv[i], "defer"))
			setup |= SETUP_SINGLE_ISSUER | SETUP_DEFER_TASKRUN;
		else if (!strcmp(argv[i], "small")) /* two entries, and two results that have room */
			setup |= IORING_SETUP_CQSIZE;
		else
			break;
	}
	start(setup);
	for (; i < argc; i++) {
		const char *word = argv[i];

		if (!strcmp(word, "dir")) {
			directory = !strcmp(argv[++i], ".") ? AT_FDCWD : open(argv[i], O_PATH | O_DIRECTORY);
		} else if (!strcmp(word, "use")) {
			file = open(argv[i + 1], strtoul(argv[i + 2], NULL, 0), 0600);
			i += 2;
		} else if (!strcmp(word, "slots")) {
			int none[64];

			memset(none, 0xff, sizeof none);
			if (syscall(SYS_io_uring_register, ring, IORING_REGISTER_FILES, none, atoi(argv[++i])))
				give_up("register");
		} else if (*word == '+') {
			flags |= flag_of(word);
		} else if (!strcmp(word, "hold")) {
			holding = 1;
		} else if (!strcmp(word, "go")) {
			submit(waited_for);
			waited_for = holding = 0;
		} else if (!strcmp(word, "post")) {
			if (syscall(SYS_io_uring_enter, ring, held, 0, 0, NULL, 0) != held)
				give_up("io_uring_enter");
			held = 0;
		} else if (!strcmp(word, "await")) {
			for (i++; access(argv[i], F_OK);)
				usleep(1000);
		} else if (!strcmp(word, "quit")) {
			return 0;
		} else {
			for (op = 0; op < sizeof operations / sizeof *operations && strcmp(operations[op].name, word);
			     op++)
				continue;
			if (op == sizeof operations / sizeof *operations || i + operations[op].arguments >= argc) {
				fprintf(stderr, "uring-files: %s?\n", word);
				return 1;
			}
			operate(op, argv + i + 1, flags);
			i += operations[op].arguments;
			flags = 0;
			if (!holding) {
				submit(waited_for);
				waited_for = 0;
			}
		}
	}
	return 0;
}
