// What a BPF object is told before it is loaded: constants, sizes of tables, and which programs the wanted events need
// here.
#pragma once
#include <string>
#include <vector>

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

// What the schema says of a program. Throws Failure if it knows none of this name.
const schema::Program& program_row(const std::string& name);

// Ids of the events whose programs are loaded: those that are wanted, and what else is made of others.
std::vector<uint16_t> loaded_events(const Settings& settings);

// The program that is there for something else than to be attached; empty: none.
const char* program_for(schema::Role role);

// The type of record that a program makes or takes part in, for what is wanted; 0: it counts for nothing.
uint16_t record_of(const Settings& settings, const std::string& name);

// Names of the events that follow system calls, joined by commas.
std::string events_of_calls(bpf_object* object);

// It is attached at control groups.
bool of_cgroups(const bpf_program* p);

}  // namespace sysmon
