// The living: what the task iterator and /proc know of processes that were there before.
#pragma once
#include "event/pipeline.h"
#include "kernel/bpf_object.h"

namespace sysmon {

// Brings the pipeline's table up to date. Called on the worker with the pipeline's lock held. Throws Failure.
void take_snapshot(const BpfObject& object, Pipeline* pipeline, bool resync);

}  // namespace sysmon
