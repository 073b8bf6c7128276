#include "enrich/container_path.h"

#include <algorithm>
#include <array>
#include <vector>

namespace sysmon {

using View = std::string_view;

static bool starts(View s, View with) { return s.substr(0, with.size()) == with; }
static bool ends(View s, View with) { return s.size() >= with.size() && s.substr(s.size() - with.size()) == with; }
static bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }
static bool is_hex(View s) {
  return std::all_of(s.begin(), s.end(), [](char c) { return is_hex(c); });
}

static View without(View s, View end) { return ends(s, end) ? s.substr(0, s.size() - end.size()) : s; }

// "a\x2db" -> "a-b", as systemd writes what cannot stand in the name of a unit.
static std::string unescaped(View s) {
  const auto digit = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
  std::string out;
  for (size_t i = 0; i < s.size(); i++) {
    if (s[i] == '\\' && i + 3 < s.size() && s[i + 1] == 'x' && is_hex(s.substr(i + 2, 2))) {
      out += static_cast<char>(digit(s[i + 2]) * 16 + digit(s[i + 3]));
      i += 3;
    } else {
      out += s[i];
    }
  }
  return out;
}

// The uid behind "pod", with dashes; empty: it is none. That of a static pod is a hash.
static std::string pod_uid(View component) {
  View s = without(component, ".slice");
  const size_t at = s.rfind("pod");
  if (at == View::npos || (at != 0 && s[at - 1] != '-')) return {};
  std::string uid(s.substr(at + 3));
  std::replace(uid.begin(), uid.end(), '_', '-');
  if (uid.size() == 32 && is_hex(uid)) return uid;
  if (uid.size() != 36) return {};
  for (size_t i = 0; i < uid.size(); i++)
    if ((i == 8 || i == 13 || i == 18 || i == 23) ? uid[i] != '-' : !is_hex(uid[i])) return {};
  return uid;
}

// What stands before the id in the name of a group, and who writes it there.
static constexpr std::array<std::pair<View, View>, 11> kPrefixes = {{
    {"docker", "docker"},
    {"cri-containerd", "containerd"},
    {"containerd", "containerd"},
    {"nerdctl", "containerd"},
    {"crio", "cri-o"},
    {"libpod", "podman"},
    {"libpod-payload", "podman"},
    {"crun", "crun"},
    {"runc", "runc"},
    {"youki", "youki"},
    {"buildkit", "buildkit"},
}};

// Who has groups with nothing but the id in their names, by the name of the group above.
static constexpr std::array<std::pair<View, View>, 7> kFolders = {{
    {"docker", "docker"},
    {"default", "containerd"},
    {"moby", "containerd"},
    {"k8s.io", "containerd"},
    {"actions_job", "docker"},
    {"ecs", "ecs"},
    {"buildkit", "buildkit"},
}};

template <typename Table>
static View look_up(const Table& table, View key) {
  for (const auto& [name, runtime] : table)
    if (name == key) return runtime;
  return {};
}

using Components = std::vector<View>;

// A group whose name ends in an id of 64 hex digits.
static std::optional<ContainerPath> by_id(const Components& c, size_t i) {
  constexpr size_t kDigits = 64;
  const View stem = without(c[i], ".scope");
  if (stem.size() < kDigits || !is_hex(stem.substr(stem.size() - kDigits))) return std::nullopt;
  View before = stem.substr(0, stem.size() - kDigits);
  const std::string id(stem.substr(before.size()));
  if (!before.empty()) {
    if (before.back() != '-' && before.back() != ':') return std::nullopt;  // a longer number
    before.remove_suffix(1);
    // Of the driver of systemd: kubepods-podu.slice:cri-containerd:x
    std::string pod;
    if (const size_t colon = before.rfind(':'); colon != View::npos) {
      pod = pod_uid(before.substr(0, before.find(':')));
      before.remove_prefix(colon + 1);
    }
    if (ends(before, "conmon")) return std::nullopt;
    if (const View known = look_up(kPrefixes, before); !known.empty())
      return ContainerPath{std::string(known), id, pod};
    // NAMESPACE-…-x.scope of containerd; anything may be called so, but nobody else does.
    if (!ends(c[i], ".scope") || before.empty()) return std::nullopt;
    return ContainerPath{"containerd", id, {}};
  }
  for (size_t k = i; k-- > 0;) {
    if (!pod_uid(c[k]).empty()) return ContainerPath{"kubernetes", id, {}};
    if (const View known = look_up(kFolders, c[k]); !known.empty() && i - k <= 3)
      return ContainerPath{std::string(known), id, {}};
  }
  return ContainerPath{"unknown", id, {}};
}

// A group that bears the name of its container.
static std::optional<ContainerPath> by_name(const Components& c, size_t i) {
  const View name = c[i], above = i > 0 ? c[i - 1] : View{};
  const bool supervised = i + 1 < c.size() && c[i + 1] == "supervisor";
  const auto named = [](View runtime, View id) -> std::optional<ContainerPath> {
    if (id.empty()) return std::nullopt;
    return ContainerPath{std::string(runtime), unescaped(id), {}};
  };
  if (starts(name, "lxc.payload.")) return named("lxc", name.substr(12));
  if (above == "lxc.payload" || above == "lxc") return named("lxc", name);
  if (above == "garden") return named("garden", name);
  // What systemd-nspawn does for the container is beside it, in "supervisor".
  if (starts(name, "systemd-nspawn@") && ends(name, ".service") && i + 1 < c.size() && !supervised)
    return named("systemd-nspawn", without(name.substr(15), ".service"));
  if (starts(name, "machine-") && ends(name, ".scope") && !supervised) {
    const View machine = without(name.substr(8), ".scope");
    if (starts(machine, "qemu\\x2d")) return std::nullopt;  // a virtual machine, seen from its host
    return named(i + 1 < c.size() && c[i + 1] == "payload" ? "systemd-nspawn" : "machined", machine);
  }
  if (starts(name, "app-flatpak-") && ends(name, ".scope")) return named("flatpak", without(name.substr(12), ".scope"));
  // ALLOCATION.TASK.scope
  if (ends(name, ".scope") && c[0] == "nomad.slice") return named("nomad", without(name, ".scope"));
  // The namespaces that containerd's own clients have.
  if (i == 1 && (above == "default" || above == "moby" || above == "k8s.io") && !starts(name, "pod"))
    return named("containerd", name);
  return std::nullopt;
}

std::optional<ContainerPath> container_of(View path) {
  Components components;
  while (!path.empty()) {
    const View one = path.substr(0, path.find('/'));
    path.remove_prefix(std::min(path.size(), one.size() + 1));
    if (!one.empty() && one != "..") components.push_back(one);
  }
  // The last one: what is nested is below what it is nested in.
  for (size_t i = components.size(); i-- > 0;) {
    if (ends(components[i], ".slice")) continue;  // of several containers, also where it bears the id of a pod
    auto found = by_id(components, i);
    if (!found) found = by_name(components, i);
    if (!found) continue;
    for (size_t k = i; k-- > 0 && found->pod_uid.empty();) found->pod_uid = pod_uid(components[k]);
    return found;
  }
  return std::nullopt;
}

}  // namespace sysmon
