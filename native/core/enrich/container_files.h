// What the files of container runtimes tell of a container, without asking a daemon: names, image, labels, users. All
// of it may block, and some of it is written by whoever runs a container: for a thread of a pool.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "enrich/container_path.h"

namespace sysmon {

struct ContainerFacts {
  std::string runtime;  // that has the files; empty: as the path says
  std::string name, image, pod_uid, pod_name, name_space;
  std::vector<std::pair<std::string, std::string>> labels;  // at most kMostLabels
};

static constexpr size_t kMostLabels = 32, kLongestLabel = 256;  // a longer one is left out

// `owner`: user whose rootless runtime may have it. `root`: before each path, for tests. nullopt: no file is there yet.
std::optional<ContainerFacts> container_facts(const ContainerPath& container, std::optional<uint32_t> owner,
                                              const std::string& root = "");

// The users of the system in a container.
struct ContainerUsers {
  struct Range {
    uint32_t inside, outside, count;
  };
  std::vector<Range> ids;                 // of its user namespace, as seen from here
  std::map<uint32_t, std::string> names;  // by the id inside
  // Empty: not known.
  std::string name_of(uint32_t outside) const;
};

// By the passwd of a process's root, links never followed out of it. nullopt: it is gone or cannot be read, its
// mount namespace is not `mnt_ns` any more, or its root is that of the sensor or of the first
// process of all.
std::optional<ContainerUsers> container_users(uint32_t pid, uint32_t mnt_ns);

}  // namespace sysmon
