// Rows of the schema by their names.
#pragma once
#include <stdexcept>
#include <string_view>

#include "base/wire.h"
#include "process/process_table.h"
#include "schema.gen.h"

namespace sysmon::test {

inline const schema::Event& type_of(uint16_t id) {
  for (const auto& e : schema::kEvents)
    if (e.id == id) return e;
  throw std::invalid_argument("no such event");
}

inline const schema::Field& field_of(const schema::Event& e, std::string_view name) {
  for (uint16_t i = 0; i < e.field_count; i++)
    if (name == e.fields[i].name) return e.fields[i];
  throw std::invalid_argument("no such field");
}

inline const schema::Event &kProcessCreate = type_of(SM_EVENT_PROCESS_CREATE),
                           &kNetworkConnect = type_of(SM_EVENT_NETWORK_CONNECT);

// A process that nobody has to read out of a record first.
inline Process process(std::string command_line = "ls -l") {
  auto program = std::make_shared<Program>();
  program->image = "/usr/bin/ls";
  program->command_line.text = std::move(command_line);
  Process p;
  p.program = std::move(program);
  p.key = {1000000000, 1, 5000000};
  return p;
}

}  // namespace sysmon::test
