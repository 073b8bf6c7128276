// The list of files whose opens are told, on the kernel side.
#pragma once
#include <string>
#include <vector>

struct bpf_object;

namespace sysmon {

// Writes the list into an object that is not loaded yet. Throws Failure.
void set_watched(bpf_object* object, const std::vector<std::string>& entries);

// Makes the files of the list that are there known to the programs, which must be attached and make no records yet:
// each is opened with O_PATH, by which nothing can be read of it and nothing happens to it.
void show_watched(const std::vector<std::string>& entries);

}  // namespace sysmon
