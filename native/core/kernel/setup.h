// What a BPF object is told before it is loaded: constants, sizes of tables, and which programs the wanted events need
// here.
#pragma once
#include <string>

#include "schema.gen.h"
#include "settings.h"

struct bpf_object;
struct bpf_program;
struct btf;

namespace sysmon {

// Throws Failure.
void configure_object(bpf_object* object, const Settings& settings);

// Leaves out the programs that nobody wants or that this kernel has no hook for. Returns what is therefore not seen
// although it is wanted; empty: nothing. Throws Failure.
std::string select_programs(bpf_object* object, const Settings& settings, const btf* kernel);

// The first wanted event that a program serves; null: it serves all, or none.
const schema::Event* event_of(const Settings& settings, const std::string& program);

// It is attached at control groups.
bool of_cgroups(const bpf_program* p);

}  // namespace sysmon
