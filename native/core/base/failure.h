// A failure that a user can act on. Becomes SysmonError in JavaScript.
#pragma once
#include <stdexcept>
#include <string>

namespace sysmon {

struct Failure : std::runtime_error {
  Failure(std::string code_, std::string operation_, int error_, const std::string& text)
      : std::runtime_error(text), code(std::move(code_)), operation(std::move(operation_)), error(error_) {}
  std::string code;       // without the prefix ERR_SYSMON_
  std::string operation;  // for example "bpf_object__load sm_process_create"
  int error;              // errno, positive; 0: none
};

}  // namespace sysmon
