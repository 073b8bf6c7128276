// The tables by which the kernel side drops what the rules certainly drop.
#pragma once
#include "rules/push_tables.h"

struct bpf_object;

namespace sysmon {

// Puts these in the place of those that are there; meanwhile no program may use them. Throws Failure.
void fill_push_maps(const bpf_object* object, const rules::PushTables& tables);

}  // namespace sysmon
