// The path of a file that an event is about.
#pragma once
#include <string>

#include "base/wire.h"

namespace sysmon {

// Absolute, as bytes of the kernel: not necessarily UTF-8. A name that the process passed is made absolute and tidied
// by its letters alone: symbolic links in it stand as they were passed.
std::string path_of_location(const Record& r, const sm_location& l);

// What may be wrong: another thread could change it, or the kernel does not say, or it is as it was passed and leads
// through directories, any of which may be a symbolic link.
bool is_exposed(const Record& r, const sm_location& l);

// Joins and tidies: no empty component, no "." and no ".." is left.
std::string join_path(const std::string& base, std::string_view name);

// As Sysmon writes times; `-` if it is not known.
std::string stamp_text(const sm_stamp& t);

}  // namespace sysmon
