// What the attributes of a file are, in words.
#pragma once

#include <cstdint>
#include <string>

namespace sysmon {

// `what` as in sm_file_attribute_change_record; `values`: a mode, a user and a group, or flags. Empty: not known, or
// the attribute has no such value.
std::string file_attribute(uint32_t what, const uint32_t values[2]);

}  // namespace sysmon
