/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* The root of the kernel side: one object with every probe. User space loads the programs that the wanted events need. */
#include "vmlinux/vmlinux.h"
#include "vmlinux/io_uring.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_tracing.h>

#include "wire.gen.h"
#include "helpers/config.h"
#include "helpers/program.h"
#include "helpers/record.h"
#include "helpers/path.h"
#include "helpers/task.h"
#include "helpers/file.h"
#include "helpers/memory.h"
#include "helpers/syscall.h"
#include "helpers/mounts.h"
#include "helpers/names.h"
#include "helpers/network.h"
#include "probes.gen.h"
#include "helpers/exits.h"
#include "helpers/uring.h"

char LICENSE[] SEC("license") = "Dual MIT/GPL";

SM_BTF_ANCHORS
