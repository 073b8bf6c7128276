// The living: what the task iterator and /proc know of processes that were there before.
#pragma once
#include "kernel/bpf_object.h"
#include "process/lifecycle.h"

namespace sysmon {

// Brings the table up to date. Called on the worker with the pipeline's lock held. Throws Failure.
void take_snapshot(const BpfObject& object, Lifecycle* lifecycle, bool resync);

}  // namespace sysmon
