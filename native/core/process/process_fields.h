// What rules and fields of Sysmon may ask of a process record, as text.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "enrich/facts.h"
#include "process/process_table.h"
#include "schema.gen.h"

namespace sysmon {

// One of schema::kProcessPaths, with the key behind a path that ends with a dot (`env.LD_PRELOAD`).
struct ProcessQuery {
  schema::ProcessField field;
  std::string_view key;
};

// Nothing: a process record has no such member.
std::optional<ProcessQuery> process_query(std::string_view path);

// "-" if there is nothing; several values are separated by NUL. `incomplete` is set where a name is still to be found
// out.
std::string process_text(const Process& p, const ProcessQuery& query, Facts* facts, bool* incomplete);

// The package of npm whose script the process belongs to, as JSON: of the nearest that says so, itself or an ancestor.
// Empty: none does, or the variables of npm are not kept.
std::string npm_json(const Process& p);

// Texts of several values, as process_text() joins them.
std::string joined(const std::vector<std::string>& values);
void join(std::string* out, bool* first, std::string_view value);

}  // namespace sysmon
