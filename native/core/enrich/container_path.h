// Which container a control group belongs to, by its path alone.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace sysmon {

struct ContainerPath {
  std::string
      runtime;     // "kubernetes" where the path names a pod and not what runs it, "unknown" where it names neither
  std::string id;  // 64 hex digits, or a name where the runtime makes its groups of names
  std::string pod_uid;  // empty: none
  bool operator==(const ContainerPath&) const = default;
};

// The innermost container of a path below the root of a hierarchy. A monitor (conmon, lxc.monitor, the supervisor of
// systemd-nspawn) is outside of what it watches.
std::optional<ContainerPath> container_of(std::string_view path);

}  // namespace sysmon
