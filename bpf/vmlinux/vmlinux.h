/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/*
 * The kernel's structures, as far as they are read here, written by hand. Offsets here mean nothing: every access is
 * relocated against the running kernel's BTF (CO-RE). A field that moved or was renamed between kernels has a
 * ___flavour struct below the current one, with the kernels it covers.
 */
#ifndef SM_VMLINUX_H
#define SM_VMLINUX_H

#include "types.h"
#include "task.h"
#include "fs.h"
#include "net.h"
#include "io_uring.h"
#include "context.h"
#include "bpf.h"
#include "module.h"
#include "arch.h"

#endif
