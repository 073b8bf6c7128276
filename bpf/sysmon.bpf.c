/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/*
 * The root of the kernel side: one object with every program. User space loads the programs that the wanted events
 * need.
 *
 * An event is one file of events/, which fills its record and attaches the hooks that it alone needs. Hooks that
 * several events share are in hooks/ and call what the events define, so that they come last.
 */
#include "vmlinux/vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_tracing.h>

#include "wire.gen.h"
#include "settings.h"
#include "read/untrusted.h"
#include "record/ring.h"
#include "record/share.h"
#include "filter/scope.h"
#include "record/scratch.h"
#include "filter/pushdown.h"
#include "record/record.h"
#include "read/path.h"
#include "read/task.h"
#include "read/file.h"
#include "read/watched.h"
#include "read/pidfd.h"
#include "read/mapping.h"
#include "read/content.h"
#include "read/interface.h"
#include "read/socket.h"
#include "read/stdio.h"
#include "read/program.h"
#include "read/memory.h"
#include "read/call-state.h"
#include "read/call.h"
#include "read/seen.h"
#include "read/name.h"
#include "read/child.h"
#include "read/mount-table.h"
#include "read/mounts.h"
#include "read/target.h"
#include "read/changed.h"
#include "read/packet.h"
#include "read/io-uring.h"
#include "read/mount-call.h"
#include "read/parameter.h"
#include "read/parameter-call.h"
#include "read/bpf.h"
#include "hooks/program.h"

#include "events.gen.h"

#include "hooks/executable.h"
#include "hooks/open.h"
#include "hooks/write.h"
#include "hooks/map.h"
#include "hooks/swapped.h"
#include "hooks/inode.h"
#include "hooks/submit.h"
#include "hooks/create.h"
#include "hooks/bind.h"
#include "hooks/rename.h"
#include "hooks/path-exit.h"
#include "hooks/tcp.h"
#include "hooks/udp.h"
#include "hooks/udp-calls.h"
#include "hooks/existing-sockets.h"
#include "hooks/io-uring-submit.h"
#include "hooks/io-uring-complete.h"

char LICENSE[] SEC("license") = "Dual MIT/GPL";

SM_BTF_ANCHORS
