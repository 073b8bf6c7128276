// From an exec record to what a person reads: paths, arguments, descriptors, environment.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "process/process_table.h"

namespace sysmon {

// `argv` and `env` override those of the record: processes found alive have theirs read from /proc.
std::shared_ptr<const Program> program_of(const Record& r, std::string_view argv, std::string_view env,
                                          const std::vector<std::string>& env_names);

// Command line and arguments from what stands between arg_start and arg_end.
void set_arguments(Program* p, std::string_view argv);
// Of NUL-ended "NAME=value" the allowed names, as a JSON object.
std::string env_json(std::string_view block, const std::vector<std::string>& names);

// The arguments one by one, as text.
std::vector<std::string> arguments_of(const CommandLine& c);
std::vector<std::string> capability_names(uint64_t mask);
// "mnt", "pid", … by the index into sm_task.ns.
const char* namespace_name(size_t i);
std::string capabilities_json(uint64_t effective, uint64_t permitted, uint64_t gained);
std::string namespaces_json(const sm_task& t);
// "pts/3", "tty1"; empty without a terminal.
std::string tty_name(const sm_task& t);

}  // namespace sysmon
