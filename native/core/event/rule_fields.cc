#include "event/rule_fields.h"

#include <algorithm>

#include "enrich/guid.h"
#include "event/extra.h"
#include "process/program.h"

namespace sysmon {

using schema::FieldType;
using schema::Op;

static constexpr uint32_t kPfKthread = 0x00200000;

static std::string utc_text(const WallTime& t) { return utc_text(int64_t{t.sec}, t.usec * 1000); }

static std::string_view choice_of(const schema::Field& f, uint32_t index) {
  std::string_view words = f.constant;
  for (; index > 0 && !words.empty(); index--)
    words.remove_prefix(std::min(words.size(), words.find(',') == words.npos ? words.size() : words.find(',') + 1));
  return words.empty() ? "-" : words.substr(0, words.find(','));
}

// Several values of one field are separated by NUL.
static void join(std::string* out, bool* first, std::string_view value) {
  if (!*first) *out += '\0';
  *first = false;
  *out += value;
}

static std::string joined(const std::vector<std::string>& values) {
  std::string out;
  bool first = true;
  for (const auto& v : values) join(&out, &first, v);
  return values.empty() ? "-" : out;
}

static std::string of_file(const sm_file& f, std::string_view name) {
  if (name == "dev") return std::to_string(f.dev >> 20) + ':' + std::to_string(f.dev & 0xfffff);
  if (name == "inode") return std::to_string(f.ino);
  if (name == "size") return std::to_string(f.size);
  if (name == "mode") return std::to_string(f.mode);
  if (name == "mtime") return iso_text(static_cast<int64_t>(f.mtime_sec), f.mtime_nsec);
  return "-";
}

std::string_view RuleFields::field(uint32_t index) const {
  const std::string_view name = engine_.fields()[index].name;
  if (name.find('.') != std::string_view::npos) return texts_.emplace_back(dotted(name));
  for (uint16_t i = 0; i < event_.field_count; i++)
    if (name == event_.fields[i].name) return texts_.emplace_back(data(event_.fields[i]));
  return "-";
}

std::string RuleFields::user_name(uint32_t uid) const {
  auto name = facts_->users.name(uid, facts_->now);
  if (!name) incomplete_ = true;
  return name.value_or("-");
}

std::string RuleFields::data(const schema::Field& f) const {
  if (f.op == Op::Process) return of_origin(f);
  std::string made;
  const Value v = values_.of(f, &made);
  switch (v.kind) {
    case Value::Kind::kNothing:
      return "-";
    case Value::Kind::kPending:
      incomplete_ = true;
      return "-";
    case Value::Kind::kNumber:
      return std::to_string(v.number);
    case Value::Kind::kChoice:
      return std::string(choice_of(f, v.number));
    case Value::Kind::kFlag:
      return v.number ? "true" : "false";
    case Value::Kind::kEventTime:
      return utc_text(facts_->clock.wall(record_.header->time));
    case Value::Kind::kText:  // the only one in its buffer
      return made;
    case Value::Kind::kRepeating:
    case Value::Kind::kCommandLine:
      return std::string(v.text);
  }
  return "-";
}

// What the process, or its parent, says of itself.
std::string RuleFields::of_origin(const schema::Field& f) const {
  const std::string_view origin = f.constant;
  const bool parent = origin.rfind("parent.", 0) == 0;
  const std::string_view name = origin.substr(origin.find('.') + 1);
  if (parent && !process_.parent) return f.type == FieldType::Guid ? "{00000000-0000-0000-0000-000000000000}" : "-";
  const Process& p = parent ? *process_.parent : process_;
  return f.type == FieldType::Time ? utc_text(p.start) : of_process(p, name);
}

std::string RuleFields::dotted(std::string_view name) const {
  const auto cut = [&name](std::string_view prefix) {
    if (name.rfind(prefix, 0) != 0) return false;
    name.remove_prefix(prefix.size());
    return true;
  };
  if (cut("extra.")) return extra(name);
  if (!cut("process.")) return "-";
  if (cut("ancestors.")) {
    std::string out;
    bool first = true;
    for (const Process* p = process_.parent; p; p = p->parent)
      if (const std::string value = of_process(*p, name); value != "-") join(&out, &first, value);
    return first ? "-" : out;
  }
  const Process* p = &process_;
  while (p && cut("parent.")) p = p->parent;
  return p ? of_process(*p, name) : "-";
}

std::string RuleFields::extra(std::string_view name) const {
  if (name == "tier") return "core";
  if (name == "hook") return hook_of(event_, record_);
  if (name == "uncertain") return process_.uncertain ? "true" : "-";
  if (name == "archive" || name == "archiveFile") {
    if (!found_) incomplete_ = true;
    const std::string text = !found_ ? "" : name == "archive" ? archive_note(found_->kept) : found_->kept.name;
    return text.empty() ? "-" : text;
  }
  if (name == "hash" || name == "hashes") {
    if (!found_) incomplete_ = true;
    const std::string text = !found_                       ? ""
                             : name == "hash"              ? found_->digest.why
                             : has_field(event_, "Hashes") ? ""
                                                           : found_->digest.text;
    return text.empty() ? "-" : text;
  }
  if (name == "truncated") return joined(truncated_fields(event_, record_, process_));
  if (name == "exposed") {
    const auto fields = exposed_fields(event_, record_);
    return fields.empty() ? "-" : joined(fields);
  }
  if (name.rfind("file.", 0) == 0) {
    const sm_file* file = file_of(event_, record_);
    return file ? of_file(*file, name.substr(5)) : "-";
  }
  std::vector<Member> own;
  own_members(record_, &own);
  for (const auto& m : own)
    if (name == m.name) return m.value;
  return "-";
}

std::string RuleFields::of_process(const Process& p, std::string_view name) const {
  const sm_task& t = p.task;
  const Program& g = *p.program;
  const auto optional = [](uint32_t v) { return v == UINT32_MAX ? std::string("-") : std::to_string(v); };
  const auto flag = [](bool b) { return std::string(b ? "true" : "-"); };
  if (name == "image") return g.image;
  if (name == "commandLine") return g.command_line.text;
  if (name == "pid") return std::to_string(p.key.pid);
  if (name == "ppid") return std::to_string(t.ppid);
  if (name == "user") return user_name(t.uid);
  if (name == "cwd") return g.cwd;
  if (name == "guid") return guid(facts_->machine_id, p.start.sec, t.end_code);
  if (name == "strongId") return strong_id(facts_->boot_id, p.key.start, p.key.pid, p.key.exec_id);
  if (name == "logonGuid") {
    const bool pts = tty_name(t).rfind("pts/", 0) == 0;
    const uint32_t login =
        pts ? facts_->logons.login_second(t.tty_index, user_name(t.uid), now_ns(CLOCK_MONOTONIC)) : 0;
    return logon_guid(facts_->machine_id, login, t.uid, t.tty_index);
  }
  if (name == "uid" || name == "logonId") return std::to_string(t.uid);
  if (name == "gid") return std::to_string(t.gid);
  if (name == "euid") return std::to_string(t.euid);
  if (name == "egid") return std::to_string(t.egid);
  if (name == "suid") return std::to_string(t.suid);
  if (name == "loginUid") return optional(t.login_uid);
  if (name == "session") return optional(t.audit_session);
  if (name == "terminalSessionId") return std::to_string(t.audit_session);
  if (name == "sid") return std::to_string(t.sid);
  if (name == "pgid") return std::to_string(t.pgid);
  if (name == "nsPid") return std::to_string(t.ns_pid);
  if (name == "tid") return p.tid ? std::to_string(p.tid) : "-";
  if (name == "startTime") return iso_text(p.start.sec, p.start.usec * 1000);
  if (name == "script") return g.script.empty() ? "-" : g.script;
  if (name == "memfd") return flag(g.memfd);
  if (name == "deleted") return flag(g.deleted);
  if (name == "kernelThread") return flag(t.task_flags & kPfKthread);
  if (name == "forked") return flag(p.forked);
  if (name == "uncertain") return flag(p.uncertain);
  if (name == "tty") {
    const std::string tty = tty_name(t);
    return tty.empty() ? "-" : tty;
  }
  if (name == "argv") return joined(arguments_of(g.command_line));
  if (name == "cgroup.id") return std::to_string(t.cgroup_id);
  if (name == "cgroup.path") {
    const std::string& path = facts_->cgroups.path(t.cgroup_id);
    return path.empty() ? "-" : path;
  }
  const size_t dot = name.find('.');
  if (dot == std::string_view::npos) return "-";
  const std::string_view group = name.substr(0, dot), key = name.substr(dot + 1);
  if (group == "capabilities")
    return joined(capability_names(key == "effective"   ? t.cap_effective
                                   : key == "permitted" ? t.cap_permitted
                                   : key == "gained"    ? p.gained
                                                        : 0));
  if (group == "namespaces") {
    const int i = namespace_index(key);
    return i < 0 ? "-" : std::to_string(t.ns[i]);
  }
  if (group == "env") return joined(json_values(g.env, key));
  if (group == "stdio") return joined(json_values(g.stdio, key));
  return "-";  // container, origin, remote: not known in this version
}

}  // namespace sysmon
