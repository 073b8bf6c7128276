#include "enrich/container_files.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <string_view>

#include "base/fd.h"
#include "base/json_read.h"
#include "base/openat2.h"

namespace sysmon {

static constexpr size_t kLargestFile = 4 << 20, kMostNamespaces = 64;

// A regular file below a directory, read as far as it may be large. `resolve`: how far links count (kResolve*).
static std::string read_below(int directory, const std::string& path, uint64_t resolve) {
  constexpr int kFlags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;
  const Fd fd = open_resolved(directory, path.c_str(), kFlags, resolve | kResolveNoMagicLinks);
  struct stat st;
  if (!fd || fstat(fd.get(), &st) != 0 || !S_ISREG(st.st_mode)) return {};
  std::string out;
  char buffer[16384];
  for (ssize_t n; out.size() <= kLargestFile && (n = read(fd.get(), buffer, sizeof buffer)) > 0;)
    out.append(buffer, static_cast<size_t>(n));
  return out.size() <= kLargestFile ? out : std::string();
}

// A file of a runtime. Where its directory is, the administrator says, by links too; below it nothing is followed.
static std::string read_of_runtime(const std::string& directory, const std::string& path) {
  const Fd at(open(directory.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  return at ? read_below(at.get(), path, kResolveBeneath | kResolveNoSymlinks) : std::string();
}

using Path = std::vector<std::string>;

static void first(std::string* field, std::string&& text) {
  if (field->empty()) *field = std::move(text);
}

// What annotations of the OCI, or labels of docker, mean.
static void take_label(const std::string& key, std::string&& value, ContainerFacts* f) {
  static constexpr struct {
    std::string_view key;
    std::string ContainerFacts::*field;
  } kKnown[] = {{"io.kubernetes.cri.container-name", &ContainerFacts::name},
                {"io.kubernetes.container.name", &ContainerFacts::name},
                {"nerdctl/name", &ContainerFacts::name},
                {"io.kubernetes.cri.sandbox-name", &ContainerFacts::pod_name},
                {"io.kubernetes.pod.name", &ContainerFacts::pod_name},
                {"io.kubernetes.cri.sandbox-namespace", &ContainerFacts::name_space},
                {"io.kubernetes.pod.namespace", &ContainerFacts::name_space},
                {"io.kubernetes.cri.sandbox-uid", &ContainerFacts::pod_uid},
                {"io.kubernetes.pod.uid", &ContainerFacts::pod_uid},
                {"io.kubernetes.cri.image-name", &ContainerFacts::image},
                {"io.kubernetes.cri-o.ImageName", &ContainerFacts::image}};
  for (const auto& known : kKnown)
    if (key == known.key) first(&(f->*known.field), std::string(value));
  if (key == "io.container.manager") f->runtime = value == "libpod" ? "podman" : value == "cri-o" ? "cri-o" : "";
  if (f->labels.size() < kMostLabels && key.size() <= kLongestLabel && value.size() <= kLongestLabel)
    f->labels.emplace_back(key, std::move(value));
}

// The config.json of the OCI.
static std::optional<ContainerFacts> of_bundle(const std::string& json) {
  ContainerFacts f;
  const bool whole = read_json(json, [&f](const Path& path, std::string&& text) {
    if (path.size() == 2 && path[0] == "annotations") take_label(path[1], std::move(text), &f);
  });
  return whole ? std::optional(f) : std::nullopt;
}

static std::optional<ContainerFacts> of_docker(const ContainerPath& c, const std::string& root) {
  ContainerFacts f;
  std::string name, image;
  const std::string json = read_of_runtime(root + "/var/lib/docker/containers", c.id + "/config.v2.json");
  const bool whole = read_json(json, [&](const Path& path, std::string&& text) {
    if (path.size() == 1 && path[0] == "Name")
      name = text.substr(text.rfind('/') + 1);
    else if (path.size() == 2 && path[0] == "Config" && path[1] == "Image")
      image = std::move(text);
    else if (path.size() == 3 && path[0] == "Config" && path[1] == "Labels")
      take_label(path[2], std::move(text), &f);
  });
  if (!whole) return std::nullopt;
  f.runtime = "docker";
  first(&f.name, std::move(name));
  first(&f.image, std::move(image));
  return f;
}

// Names and image of podman and CRI-O, which keep them in one file for all containers.
static void add_storage(const std::string& json, const std::string& id, ContainerFacts* f) {
  bool is_it = false;
  read_json(json, [&](const Path& path, std::string&& text) {
    if (path.size() == 2 && path[1] == "id") is_it = text == id;
    if (!is_it) return;
    if (path.size() == 3 && path[1] == "names")
      first(&f->name, std::move(text));
    else if (path.size() == 2 && path[1] == "metadata")
      read_json(text, [f](const Path& inner, std::string&& value) {
        if (inner.size() == 1 && inner[0] == "image-name") first(&f->image, std::move(value));
      });
  });
}

static std::optional<ContainerFacts> of_storage(const ContainerPath& c, std::optional<uint32_t> owner,
                                                const std::string& root) {
  std::vector<std::string> places{root + "/run/containers/storage/overlay-containers",
                                  root + "/var/lib/containers/storage/overlay-containers"};
  if (owner) places.push_back(root + "/run/user/" + std::to_string(*owner) + "/containers/overlay-containers");
  std::optional<ContainerFacts> f;
  for (const auto& place : places)
    if (!f) f = of_bundle(read_of_runtime(place, c.id + "/userdata/config.json"));
  if (!f) return f;
  for (const auto& place : places)
    for (const char* list : {"containers.json", "volatile-containers.json"})
      add_storage(read_of_runtime(place, list), c.id, &*f);
  return f;
}

static std::optional<ContainerFacts> of_containerd(const ContainerPath& c, const std::string& root) {
  for (const char* place : {"/run/containerd", "/run/k3s/containerd", "/var/snap/microk8s/common/run/containerd"}) {
    const std::string tasks = root + place + "/io.containerd.runtime.v2.task";
    DIR* d = opendir(tasks.c_str());
    if (!d) continue;
    std::optional<ContainerFacts> f;
    size_t left = kMostNamespaces;
    for (const dirent* e; !f && left > 0 && (e = readdir(d)); left--)
      if (e->d_name[0] != '.')
        f = of_bundle(read_of_runtime(tasks, std::string(e->d_name) + '/' + c.id + "/config.json"));
    closedir(d);
    if (!f) continue;
    f->runtime = "containerd";
    return f;
  }
  return std::nullopt;
}

std::optional<ContainerFacts> container_facts(const ContainerPath& c, std::optional<uint32_t> owner,
                                              const std::string& root) {
  if (c.id.empty() || c.id[0] == '.' || c.id.find('/') != std::string::npos) return std::nullopt;
  const bool any = c.runtime == "kubernetes" || c.runtime == "unknown";
  std::optional<ContainerFacts> f;
  if (any || c.runtime == "docker" || c.runtime == "ecs") f = of_docker(c, root);
  if (!f && (any || c.runtime == "containerd")) f = of_containerd(c, root);
  if (!f && (any || c.runtime == "podman" || c.runtime == "cri-o")) f = of_storage(c, owner, root);
  if (!f && c.runtime == "crun") f = of_bundle(read_of_runtime(root + "/run/crun", c.id + "/config.json"));
  return f;
}

std::string ContainerUsers::name_of(uint32_t outside) const {
  for (const Range& r : ids) {
    if (outside < r.outside || outside - r.outside >= r.count) continue;
    const auto found = names.find(r.inside + (outside - r.outside));
    return found == names.end() ? std::string() : found->second;
  }
  return {};
}

std::optional<ContainerUsers> container_users(uint32_t pid, uint32_t mnt_ns) {
  const Fd proc(open(("/proc/" + std::to_string(pid)).c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  if (!proc) return std::nullopt;
  const Fd top(openat(proc.get(), "root", O_PATH | O_DIRECTORY | O_CLOEXEC));
  if (!top) return std::nullopt;
  // A runtime that prepares a container has its namespaces before it has its root.
  struct stat root, st;
  if (fstat(top.get(), &root) != 0) return std::nullopt;
  for (const char* outside : {"/", "/proc/1/root"})
    if (stat(outside, &st) == 0 && st.st_dev == root.st_dev && st.st_ino == root.st_ino) return std::nullopt;
  const std::string passwd = read_below(top.get(), "etc/passwd", kResolveInRoot);
  const std::string map = read_below(proc.get(), "uid_map", 0);
  // Asked last: the process that was named is still there, in the same mounts.
  if (fstatat(proc.get(), "ns/mnt", &st, 0) != 0 || st.st_ino != mnt_ns) return std::nullopt;
  ContainerUsers users;
  for (const char* at = map.c_str(); *at;) {
    char* end;
    const auto inside = static_cast<uint32_t>(std::strtoul(at, &end, 10));
    const auto outside = static_cast<uint32_t>(std::strtoul(end, &end, 10));
    const auto count = static_cast<uint32_t>(std::strtoul(end, &end, 10));
    if (end == at || count == 0) break;
    users.ids.push_back({inside, outside, count});
    at = end + (*end == '\n');
  }
  for (size_t at = 0; at < passwd.size();) {
    size_t eol = passwd.find('\n', at);
    if (eol == std::string::npos) eol = passwd.size();
    const size_t a = passwd.find(':', at), b = a < eol ? passwd.find(':', a + 1) : std::string::npos;
    // The first line of a uid wins, as in getpwuid(3).
    if (b < eol && a > at && passwd[b + 1] >= '0' && passwd[b + 1] <= '9')
      users.names.emplace(static_cast<uint32_t>(std::strtoul(passwd.c_str() + b + 1, nullptr, 10)),
                          passwd.substr(at, a - at));
    at = eol + 1;
  }
  return users;
}

}  // namespace sysmon
