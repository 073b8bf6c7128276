#include "process/process_fields.h"

#include "base/text.h"
#include "enrich/guid.h"
#include "process/program.h"

namespace sysmon {

using Of = schema::ProcessField;

static constexpr uint32_t kPfKthread = 0x00200000;

void join(std::string* out, bool* first, std::string_view value) {
  if (!*first) *out += '\0';
  *first = false;
  *out += value;
}

std::string joined(const std::vector<std::string>& values) {
  std::string out;
  bool first = true;
  for (const auto& v : values) join(&out, &first, v);
  return values.empty() ? "-" : out;
}

std::optional<ProcessQuery> process_query(std::string_view path) {
  for (const auto& p : schema::kProcessPaths) {
    const std::string_view known = p.path;
    if (path == known) return ProcessQuery{p.field, {}};
    if (known.back() == '.' && path.substr(0, known.size()) == known)
      return ProcessQuery{p.field, path.substr(known.size())};
  }
  return std::nullopt;
}

static std::string user_of(uint32_t uid, Facts* facts, bool* incomplete) {
  auto name = facts->users.name(uid, facts->now);
  if (!name) *incomplete = true;
  return name.value_or("-");
}

static std::string logon_guid_of(const sm_task& t, Facts* facts, bool* incomplete) {
  const bool pts = tty_name(t).rfind("pts/", 0) == 0;
  const uint32_t login =
      pts ? facts->logons.login_second(t.tty_index, user_of(t.uid, facts, incomplete), now_ns(CLOCK_MONOTONIC)) : 0;
  return logon_guid(facts->machine_id, login, t.uid, t.tty_index);
}

static std::string or_dash(const std::string& text) { return text.empty() ? "-" : text; }
static std::string optional(uint32_t v) { return v == UINT32_MAX ? "-" : std::to_string(v); }
static std::string known(uint64_t v) { return v == 0 ? "-" : std::to_string(v); }
static std::string flag(bool b) { return b ? "true" : "-"; }

static std::string container_text(const sm_task& t, const ProcessQuery& query, Facts* facts, bool* incomplete) {
  const Container* c = facts->containers.of(t);
  if (!c) return "-";
  if (query.field == Of::ContainerId) return c->path.id;
  // What the path says is said; the rest may be on its way.
  if (c->looking && (c->looks == 0 || (query.field == Of::ContainerUser && !c->users))) *incomplete = true;
  switch (query.field) {
    case Of::ContainerRuntime:
      return c->runtime();
    case Of::ContainerName:
      return or_dash(c->facts.name);
    case Of::ContainerImage:
      return or_dash(c->facts.image);
    case Of::ContainerPodUid:
      return or_dash(c->pod_uid());
    case Of::ContainerPodName:
      return or_dash(c->facts.pod_name);
    case Of::ContainerNamespace:
      return or_dash(c->facts.name_space);
    case Of::ContainerUser:
      return c->users ? or_dash(c->users->name_of(t.uid)) : "-";
    case Of::ContainerLabels:
      for (const auto& [name, value] : c->facts.labels)
        if (name == query.key) return or_dash(value);
      return "-";
    default:
      return "-";
  }
}

std::string npm_json(const Process& process) {
  static constexpr std::pair<const char*, const char*> kMembers[] = {{"package", "npm_package_name"},
                                                                     {"version", "npm_package_version"},
                                                                     {"event", "npm_lifecycle_event"},
                                                                     {"agent", "npm_config_user_agent"}};
  for (const Process* p = &process; p; p = p->parent) {
    const std::string& env = p->program->env;
    if (env.size() <= 2 || json_values(env, kMembers[0].second).empty()) continue;
    std::string out;
    for (const auto& [member, variable] : kMembers)
      for (const auto& value : json_values(env, variable))
        if (!value.empty()) out += (out.empty() ? "{\"" : ",\"") + std::string(member) + "\":" + json_string(value);
    return out.empty() ? out : out + '}';
  }
  return {};
}

std::string process_text(const Process& p, const ProcessQuery& query, Facts* facts, bool* incomplete) {
  const sm_task& t = p.task;
  const Program& g = *p.program;
  switch (query.field) {
    case Of::StrongId:
      return strong_id(facts->boot_id, p.key.start, p.key.pid, p.key.exec_id);
    case Of::Guid:
      return guid(facts->machine_id, p.start.sec, t.end_code);
    case Of::Pid:
      return std::to_string(p.key.pid);
    case Of::Tid:
      return p.tid ? std::to_string(p.tid) : "-";
    case Of::Ppid:
      return optional(t.ppid);
    case Of::Image:
      return g.image;
    case Of::CommandLine:
      return g.command_line.text;
    case Of::Argv:
      return joined(arguments_of(g.command_line));
    case Of::Cwd:
      return g.cwd;
    case Of::Root:
      return g.root.empty() ? "-" : g.root;
    case Of::Uid:
    case Of::LogonId:
      return optional(t.uid);
    case Of::Gid:
      return optional(t.gid);
    case Of::Euid:
      return optional(t.euid);
    case Of::Egid:
      return optional(t.egid);
    case Of::Suid:
      return optional(t.suid);
    case Of::LoginUid:
      return optional(t.login_uid);
    case Of::User:
      return user_of(t.uid, facts, incomplete);
    case Of::Session:
      return optional(t.audit_session);
    case Of::TerminalSessionId:
      return std::to_string(t.audit_session);
    case Of::Sid:
      return optional(t.sid);
    case Of::Pgid:
      return optional(t.pgid);
    case Of::NsPid:
      return optional(t.ns_pid);
    case Of::Tty:
      return or_dash(tty_name(t));
    case Of::StartTime:
      return iso_text(p.start.sec, p.start.usec * 1000);
    case Of::LogonGuid:
      return logon_guid_of(t, facts, incomplete);
    case Of::CapabilitiesEffective:
      return has_credentials(t) ? joined(capability_names(t.cap_effective)) : "-";
    case Of::CapabilitiesPermitted:
      return has_credentials(t) ? joined(capability_names(t.cap_permitted)) : "-";
    case Of::CapabilitiesGained:
      return has_credentials(t) ? joined(capability_names(p.gained)) : "-";
    case Of::NamespacesMnt:
    case Of::NamespacesPid:
    case Of::NamespacesNet:
    case Of::NamespacesUts:
    case Of::NamespacesIpc:
    case Of::NamespacesCgroup:
    case Of::NamespacesUser:
    case Of::NamespacesTime:  // in the order of sm_task.ns
      return known(t.ns[static_cast<size_t>(query.field) - static_cast<size_t>(Of::NamespacesMnt)]);
    case Of::CgroupId:
      return known(t.cgroup_id);
    case Of::CgroupPath:
      return or_dash(facts->cgroups.path(t.cgroup_id));
    case Of::ContainerId:
    case Of::ContainerRuntime:
    case Of::ContainerName:
    case Of::ContainerImage:
    case Of::ContainerPodUid:
    case Of::ContainerPodName:
    case Of::ContainerNamespace:
    case Of::ContainerLabels:
    case Of::ContainerUser:
      return container_text(t, query, facts, incomplete);
    case Of::NpmPackage:
      return joined(json_values(npm_json(p), "package"));
    case Of::NpmVersion:
      return joined(json_values(npm_json(p), "version"));
    case Of::NpmEvent:
      return joined(json_values(npm_json(p), "event"));
    case Of::NpmAgent:
      return joined(json_values(npm_json(p), "agent"));
    case Of::StdioFd:
      return joined(json_values(g.stdio, "fd"));
    case Of::StdioKind:
      return joined(json_values(g.stdio, "kind"));
    case Of::StdioTarget:
      return joined(json_values(g.stdio, "target"));
    case Of::StdioLocal:
      return joined(json_values(g.stdio, "local"));
    case Of::StdioProtocol:
      return joined(json_values(g.stdio, "protocol"));
    case Of::Env:
      return joined(json_values(g.env, query.key));
    case Of::Script:
      return or_dash(g.script);
    case Of::Memfd:
      return flag(g.memfd);
    case Of::Deleted:
      return flag(g.deleted);
    case Of::KernelThread:
      return flag(t.task_flags & kPfKthread);
    case Of::Forked:
      return flag(p.forked);
    case Of::OriginTime:
      return p.origin ? iso_text(p.origin->time.sec, p.origin->time.usec * 1000) : "-";
    case Of::OriginPid:
      return p.origin ? std::to_string(p.origin->pid) : "-";
    case Of::OriginStrongId:
      return p.origin ? p.origin->strong_id : "-";
    case Of::OriginImage:
      return p.origin ? p.origin->image : "-";
    case Of::OriginDestination:
      return p.origin ? p.origin->destination : "-";
    case Of::OriginDestinationPort:
      return p.origin ? std::to_string(p.origin->port) : "-";
    case Of::OriginDestinationHostname:
      return p.origin ? or_dash(p.origin->hostname) : "-";
    case Of::OriginThrough:
      return p.origin ? or_dash(p.origin->through) : "-";
    case Of::OriginScript:
      return p.origin ? or_dash(p.origin->script) : "-";
    case Of::RemoteAddress:
      return p.remote ? p.remote->address : "-";
    case Of::RemotePort:
      return p.remote ? std::to_string(p.remote->port) : "-";
    case Of::RemoteLocalPort:
      return p.remote ? std::to_string(p.remote->local_port) : "-";
    case Of::RemotePid:
      return p.remote ? known(p.remote->pid) : "-";
    case Of::RemoteSource:
      return p.remote ? p.remote->source : "-";
    case Of::Uncertain:
      return flag(p.uncertain);
    case Of::Snapshot:
      return flag(g.snapshot);
  }
  return "-";
}

}  // namespace sysmon
