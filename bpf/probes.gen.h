/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */
/* Generated from lib/schema by `npm run generate`. Do not edit. */
#include "probes/process-fork.bpf.c"
#include "probes/process-create.bpf.c"
#include "probes/process-terminate.bpf.c"
#include "probes/process-alive.bpf.c"
#include "probes/file-create.bpf.c"
#include "probes/file-delete.bpf.c"
#include "probes/file-modify.bpf.c"
#include "probes/raw-access.bpf.c"
#include "probes/pipe-create.bpf.c"
#include "probes/pipe-connect.bpf.c"
#include "probes/file-time.bpf.c"
