// The half of the pipeline that writes entries: an event, and the processes that it refers to.
#include <sys/wait.h>

#include <cstddef>

#include "enrich/guid.h"
#include "pipeline.h"
#include "rule_fields.h"

namespace sysmon {

using schema::Op;

static bool has_field(const schema::Event& e, std::string_view name) {
  for (uint16_t i = 0; i < e.field_count; i++)
    if (name == e.fields[i].name) return true;
  return false;
}

std::vector<std::string> truncated_fields(const schema::Event& e, const Record& r, const Process& p) {
  static constexpr struct {
    uint16_t flag;
    const char* field;
  } kCut[] = {{SM_F_TRUNC_IMAGE, "Image"},
              {SM_F_TRUNC_CWD, "CurrentDirectory"},
              {SM_F_TRUNC_ARGV | SM_F_FAULT_ARGV, "CommandLine"},
              {SM_F_TRUNC_ENV | SM_F_FAULT_ENV, "process.env"},
              {SM_F_TRUNC_STDIO, "process.stdio"},
              {SM_F_TRUNC_SCRIPT, "process.script"}};
  std::vector<std::string> out;
  if (p.program->flags == 0) return out;
  const bool created = r.header->type == SM_EXEC;
  for (const auto& c : kCut)
    if (p.program->flags & c.flag && (created || has_field(e, c.field))) out.push_back(c.field);
  return out;
}

// JSON members of `extra` beside hook and tier; empty, which is the rule, if there are none.
std::string Pipeline::extra_of(const schema::Event& e, const Record& r, const Process& p, const Digest& digest, bool late) const {
  std::string out;
  const auto add = [&out](const std::string& member) { out += (out.empty() ? "" : ",") + member; };

  std::string cut;
  for (const auto& field : truncated_fields(e, r, p)) cut += (cut.empty() ? "\"" : ",\"") + field + '"';
  if (!cut.empty()) add("\"truncated\":[" + cut + "]");
  if (p.uncertain) add("\"uncertain\":true");
  if (late) add("\"late\":true");
  if (r.header->type == SM_EXIT) {
    const auto status = static_cast<int>(r.as<sm_exit_record>().exit_code);
    if (WIFSIGNALED(status))
      add("\"signal\":" + std::to_string(WTERMSIG(status)) + (WCOREDUMP(status) ? ",\"coreDump\":true" : ""));
    else
      add("\"exitCode\":" + std::to_string(WEXITSTATUS(status)));
  }
  if (*digest.why && digest.text.empty()) add(std::string("\"hash\":\"") + digest.why + '"');
  std::string raw;
  for (const auto& [field, base64] : p.program->raw)
    if (has_field(e, field)) raw += (raw.empty() ? "" : ",") + ('"' + std::string(field) + "\":\"" + base64 + '"');
  if (!raw.empty()) add("\"raw\":{" + raw + "}");
  return out.empty() ? out : "{" + out + "}";
}

void Pipeline::emit(const schema::Event& e, const Record& r, Process* p, const Digest& digest, const Judgement& judgement, bool late) {
  define(p);
  const std::string extra = extra_of(e, r, *p, digest, late);
  // An extra that repeats (exit codes) is interned and becomes one shared object; one with raw bytes will not repeat.
  const bool shared = extra.size() < 128;
  uint32_t words[schema::kEventHeadWords + 32] = {};
  batch_->prepare();
  words[2] = p->ref;
  if (shared && !extra.empty()) words[3] = batch_->intern(extra);
  const WallTime t = clock_.wall(r.header->time);
  words[4] = t.sec;
  words[5] = t.usec;
  if (!judgement.rules.empty()) words[6] = batch_->intern(judgement.rules);
  const auto* bytes = reinterpret_cast<const uint8_t*>(r.header);
  std::string own[32];  // texts that will hardly repeat: they go behind the words of the entry
  for (uint16_t i = 0; i < e.carried_count; i++) {
    const schema::Field& f = e.fields[e.carried[i]];
    uint32_t& word = words[schema::kEventHeadWords + i];
    uint32_t number = 0;
    sm_text text{};
    if (f.wire_size <= 4) std::memcpy(&number, bytes + f.wire_offset, f.wire_size);
    if (f.wire_size == sizeof text) std::memcpy(&text, bytes + f.wire_offset, sizeof text);
    switch (f.op) {
      case Op::User:
        word = batch_->intern(users_.name(number, now_ns(CLOCK_MONOTONIC)).value_or("-"));
        break;
      case Op::Hashes:
        word = digest.text.empty() ? 0 : batch_->intern(digest.text);
        break;
      case Op::Argv:
        // Nothing, if they are those that the process record has just got from this very record.
        if (text.len && !p->fresh) own[i] = command_line_of(r.text(text)).text;
        if (own[i] == p->program->command_line.text) own[i].clear();
        p->fresh = false;
        break;
      case Op::Text:
        append_text(r.text(text), &own[i]);
        break;
      case Op::Path:
        append_text(path_of(r.text(text), false, false), &own[i]);
        break;
      case Op::Number:
      case Op::Flag:
        word = number;
        break;
      case Op::Rule:
        word = judgement.name.empty() ? 0 : batch_->intern(judgement.name);
        break;
      case Op::Const:
      case Op::Time:
      case Op::Sdk:
      case Op::Process:
        break;  // 0 stands for "-"; the others are not carried
    }
  }
  uint32_t* w = batch_->begin(r.header->type, schema::kEventHeadWords + e.carried_count);
  std::memcpy(w + 2, words + 2, (schema::kEventHeadWords - 2 + e.carried_count) * 4);
  for (uint16_t i = 0; i < e.carried_count; i++)
    if (!own[i].empty()) w[schema::kEventHeadWords + i] = batch_->add_text(own[i]);
  if (!shared) w[3] = batch_->add_text(extra);
  batch_->end();
  stats_.events++;
  if (late) stats_.late++;
}

// Sends the process and those above it that JavaScript does not know yet, the topmost first.
void Pipeline::define(Process* p) {
  if (p->defined) return;
  std::vector<Process*> chain;
  for (Process* a = p; a && !a->defined; a = a->parent) chain.push_back(a);
  for (auto it = chain.rbegin(); it != chain.rend(); ++it) {
    write(batch_, **it);
    (*it)->defined = true;
  }
}

void Pipeline::write(Batcher* out, const Process& p) {
  const sm_task& t = p.task;
  const int64_t now = now_ns(CLOCK_MONOTONIC);
  // Everything is computed before the first text is sent: sending may wait and let go of the lock.
  const std::string user = users_.name(t.uid, now).value_or("-");
  const std::string cgroup_path = cgroups_.path(t.cgroup_id);
  const std::string tty = tty_name(t);
  const bool pts = tty.rfind("pts/", 0) == 0;
  const uint32_t login = pts ? logons_.login_second(t.tty_index, user, now) : 0;
  std::string cgroup = "{\"id\":\"" + std::to_string(t.cgroup_id) + '"';
  if (!cgroup_path.empty()) cgroup += ",\"path\":" + json_string(cgroup_path);
  cgroup += '}';
  const std::shared_ptr<const Program> program = p.program;

  out->prepare();
  schema::ProcessEntry e{};
  e.ref = p.ref;
  e.parent = p.parent ? p.parent->ref + 1 : 0;
  e.pid = p.key.pid;
  e.tid = p.tid ? p.tid : UINT32_MAX;
  e.ppid = t.ppid;
  e.image = out->intern(program->image);
  e.cwd = out->intern(program->cwd);
  e.uid = t.uid;
  e.gid = t.gid;
  e.euid = t.euid;
  e.egid = t.egid;
  e.suid = t.suid;
  e.loginUid = t.login_uid;
  e.user = out->intern(user);
  e.session = t.audit_session;
  e.sid = t.sid;
  e.pgid = t.pgid;
  e.nsPid = t.ns_pid;
  e.tty = tty.empty() ? 0 : out->intern(tty);
  e.startTimeSec = p.start.sec;
  e.startTimeUsec = p.start.usec;
  e.logonGuid = out->intern(logon_guid(machine_id_, login, t.uid, t.tty_index));
  e.capabilities = out->intern(capabilities_json(t.cap_effective, t.cap_permitted, p.gained));
  e.namespaces = out->intern(namespaces_json(t));
  e.cgroup = out->intern(cgroup);
  e.stdio = out->intern(program->stdio);
  e.env = out->intern(program->env);
  if (!program->script.empty()) e.script = out->intern(program->script);
  e.flags = (program->memfd ? schema::kProcessMemfd : 0) | (program->deleted ? schema::kProcessDeleted : 0) |
            (t.task_flags & 0x00200000 ? schema::kProcessKernelThread : 0) | (p.forked ? schema::kProcessForked : 0) |
            (p.uncertain ? schema::kProcessUncertain : 0);

  uint32_t* w = out->begin(static_cast<uint32_t>(schema::Entry::kDefineProcess), sizeof e / 4);
  e.kind = w[0];
  e.strongId = out->add_text(strong_id(boot_id_, p.key.start, p.key.pid, p.key.exec_id));
  e.guid = out->add_text(guid(machine_id_, p.start.sec, t.end_code));
  e.commandLine = program->command_line.ends.empty() ? 0 : out->add_text(program->command_line.text);
  e.argv = program->command_line.ends.empty() ? 0 : out->add_words(program->command_line.ends);
  std::memcpy(w, &e, sizeof e);
  out->end();
}

bool Pipeline::lookup(uint32_t pid, Batcher* out) {
  std::lock_guard guard(mutex_);
  const Process* p = table_.current(pid);
  if (!p || p->ended) return false;
  std::vector<const Process*> chain;
  for (const Process* a = p; a; a = a->parent) chain.push_back(a);
  for (auto it = chain.rbegin(); it != chain.rend(); ++it) write(out, **it);
  return true;
}

}  // namespace sysmon
