#include "enrich/containers.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "base/clock.h"
#include "base/text.h"

namespace sysmon {

static constexpr int64_t kMs = 1000000;
// When it is looked at again for what has not come, after each look but the last.
static constexpr int64_t kPauses[Containers::kMostLooks] = {100 * kMs, 500 * kMs, 2000 * kMs, 10000 * kMs, 0};
static constexpr unsigned kMostMisses = 8;
static constexpr int64_t kUsersNs = 10000 * kMs;  // users may be added

static void add(std::string_view name, const std::string& value, std::string* out) {
  if (value.empty()) return;
  *out += out->size() > 1 ? ",\"" : "\"";
  out->append(name).append("\":");
  std::string text;
  append_text(value, &text);
  append_json(text, out);
}

std::string Container::json() const {
  std::string out = "{";
  add("id", path.id, &out);
  add("runtime", runtime(), &out);
  add("name", facts.name, &out);
  add("image", facts.image, &out);
  add("podUid", pod_uid(), &out);
  add("podName", facts.pod_name, &out);
  add("namespace", facts.name_space, &out);
  if (!facts.labels.empty()) {
    std::string labels = "{";
    for (const auto& [key, value] : facts.labels) {
      std::string name;
      append_text(key, &name);
      if (labels.size() > 1) labels += ',';
      labels += json_string(name) + ':';
      std::string text;
      append_text(value, &text);
      append_json(text, &labels);
    }
    out += ",\"labels\":" + labels + '}';
  }
  return out + '}';
}

// "/user.slice/user-1000.slice/…"
static std::optional<uint32_t> owner_of(std::string_view cgroup) {
  static constexpr std::string_view kSession = "/user.slice/user-";
  const size_t at = cgroup.find(kSession);
  if (at == std::string_view::npos) return std::nullopt;
  const std::string digits(cgroup.substr(at + kSession.size(), 10));
  char* end;
  const unsigned long uid = std::strtoul(digits.c_str(), &end, 10);
  return end == digits.c_str() ? std::nullopt : std::optional(static_cast<uint32_t>(uid));
}

Container* Containers::make(ContainerPath path, std::string_view cgroup) {
  const std::string key = path.runtime + ' ' + path.id;
  if (const auto it = by_id_.find(key); it != by_id_.end()) return it->second;
  const uint32_t ref = next_++ % kMost;
  if (const auto& old = slots_[ref]) {
    by_id_.erase(old->path.runtime + ' ' + old->path.id);
    for (auto& groups : by_group_) groups.clear();
    std::erase(open_, ref);
    std::erase(changed_, ref);
  }
  auto c = std::make_unique<Container>();
  c->ref = ref;
  c->serial = ++serial_;
  c->path = std::move(path);
  c->owner = owner_of(cgroup);
  slots_[ref] = std::move(c);
  return by_id_[key] = slots_[ref].get();
}

Container* Containers::of(const sm_task& t) {
  const std::pair<uint64_t, uint32_t> groups[] = {{t.cgroup_id, 0}, {t.v1_cgroup_id, t.v1_controller}};
  for (const auto& [id, hierarchy] : groups) {
    if (id == 0 || hierarchy >= Cgroups::kHierarchies) continue;
    auto& known = by_group_[hierarchy];
    auto it = known.find(id);
    if (it == known.end()) {
      const std::string path = cgroups_->path(id, hierarchy);
      auto parsed = container_of(path);
      Container* c = parsed ? make(std::move(*parsed), path) : nullptr;
      if (known.size() >= kMostGroups) known.clear();
      it = known.emplace(id, c).first;
    }
    if (it->second) return it->second;
  }
  return nullptr;
}

bool Containers::look(Container* c, uint32_t pid, uint64_t exec_id, uint32_t mnt_ns, int64_t now) {
  // A runtime that prepares it may have been asked often: what it executes then is the first that has its users.
  const bool other = mnt_ns && !c->users && (c->asked_pid != pid || c->asked_exec != exec_id);
  if (mnt_ns) c->asked_pid = pid, c->asked_exec = exec_id;
  if (!c->looking && (c->looks == 0 || c->next_users <= now || other)) submit(c, pid, mnt_ns);
  // The one under way may be by a process of the runtime, which does not have the users yet.
  else if (c->looking && mnt_ns && !c->users)
    c->next_pid = pid, c->next_mnt_ns = mnt_ns;
  return c->looking && (c->looks == 0 || !c->users);
}

bool Containers::submit(Container* c, uint32_t pid, uint32_t mnt_ns) {
  if (!pools_) return false;
  const bool files = !c->settled;
  c->looking = pools_->names.submit(
      [this, files, path = c->path, owner = c->owner, ref = c->ref, serial = c->serial, pid, mnt_ns]() -> Pool::Done {
        auto facts = files ? container_facts(path, owner) : std::nullopt;
        auto users = mnt_ns ? container_users(pid, mnt_ns) : std::nullopt;
        return [this, ref, serial, facts = std::move(facts), users = std::move(users)]() mutable {
          found(ref, serial, std::move(facts), std::move(users));
        };
      });
  return c->looking;
}

void Containers::found(uint32_t ref, uint64_t serial, std::optional<ContainerFacts> facts,
                       std::optional<ContainerUsers> users) {
  Container* c = at(ref);
  if (c && c->serial == serial) {
    c->looking = false;
    if (users) c->users = std::move(users);
    if (!c->settled) {
      const bool told = facts.has_value();
      if (told) c->facts = std::move(*facts);
      c->looks++;
      c->settled = told || c->looks >= kMostLooks;
      if (c->settled && c->defined) changed_.push_back(ref);
      if (!c->settled && std::find(open_.begin(), open_.end(), ref) == open_.end()) open_.push_back(ref);
    }
    const int64_t now = now_ns(CLOCK_MONOTONIC);
    c->next_look = now + kPauses[c->looks - 1];
    // A runtime that still prepares the container has other users than what it then executes, perhaps at once.
    c->next_users = now + (c->users ? kUsersNs : c->misses++ < kMostMisses ? 0 : kPauses[2]);
    if (c->settled) std::erase(open_, ref);
    const uint32_t pid = std::exchange(c->next_pid, 0);
    if (pid && !c->users && submit(c, pid, c->next_mnt_ns)) return;  // whoever waits goes on waiting
  }
  if (looked_) looked_(ref);
}

void Containers::tick(int64_t now) {
  for (const uint32_t ref : std::vector<uint32_t>(open_)) {
    Container* c = at(ref);
    if (!c->looking && c->next_look <= now && !submit(c, 0, 0)) c->next_look = now + kPauses[1];
  }
}

int64_t Containers::next_deadline() const {
  int64_t next = INT64_MAX;
  for (const uint32_t ref : open_)
    if (!slots_[ref]->looking) next = std::min(next, slots_[ref]->next_look);
  return next;
}

std::vector<uint32_t> Containers::take_changed() { return std::exchange(changed_, {}); }

}  // namespace sysmon
