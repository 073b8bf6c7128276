// Reads JSON that others wrote: every text in it, with the names that lead to it.
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace sysmon {

// `path`: names of members from the top down; an item of a list has an empty name. Valid during the call alone.
using JsonText = std::function<void(const std::vector<std::string>& path, std::string&& text)>;

// False if it is no JSON, or nested deeper than anybody who is well nests it; texts before the fault were told.
bool read_json(std::string_view json, const JsonText& on_text);

}  // namespace sysmon
