/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* Requests and rings of io_uring. */
#ifndef SM_VMLINUX_IO_URING_H
#define SM_VMLINUX_IO_URING_H

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

struct io_cqe {
	__s32 res;
};
struct io_cmd_data {
	__u8 data[56];
};
struct io_wq_work {
	int cancel_seq;
};
struct io_worker {
	struct io_wq_work *cur_work;
};
struct io_rsrc_node {
	unsigned long file_ptr; /* since 6.13; with flags in its lowest bits */
};
struct io_rsrc_data {
	unsigned int nr;
	struct io_rsrc_node **nodes; /* since 6.13 */
};
struct io_file_table {
	struct io_rsrc_data data; /* since 6.13 */
};
struct io_ring_ctx {
	struct io_file_table file_table;
};
struct io_kiocb {
	struct file *file;
	struct io_cmd_data cmd; /* since 6.0 */
	__u8 opcode;
	__u32 flags;	   /* newer kernels have a u64: only flags of the lower half are read */
	struct io_cqe cqe; /* since 5.19 */
	struct io_ring_ctx *ctx;
	struct io_wq_work work;
};
/* What stands in cmd, by opcode. */
struct io_accept {
	__u32 file_slot;
};
struct filename {
	const char *name;
};
struct open_how {
	__u64 flags;
};
struct io_open {
	int dfd;
	__u32 file_slot;
	struct filename *filename;
	struct open_how how;
};
struct io_unlink {
	int dfd;
	int flags;
	struct filename *filename;
};
struct io_rename {
	int old_dfd, new_dfd;
	struct filename *oldpath, *newpath;
	int flags;
};
struct io_mkdir {
	int dfd;
	struct filename *filename;
};
struct io_link {
	int old_dfd, new_dfd;
	struct filename *oldpath, *newpath;
	int flags;
};
struct delayed_filename { /* 7.2 has the same pointer in a structure of its own; 6.18 has not */
	struct filename *__incomplete_filename;
};
struct io_open___72 {
	struct delayed_filename filename;
};
struct io_unlink___72 {
	struct delayed_filename filename;
};
struct io_rename___72 {
	struct delayed_filename oldpath, newpath;
};
struct io_mkdir___72 {
	struct delayed_filename filename;
};
struct io_link___72 {
	struct delayed_filename oldpath, newpath;
};

#pragma clang attribute pop

#endif
