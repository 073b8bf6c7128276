#include "event/entry_writer.h"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <iterator>
#include <optional>
#include <vector>

#include "base/text.h"
#include "enrich/guid.h"
#include "event/extra.h"
#include "process/program.h"

namespace sysmon {

// In place of a text: the time of the event. No interned text has this number.
static constexpr uint32_t kEventTime = 0x7fffffff;
static constexpr size_t kMaxCarried = 32;  // fields of one event that travel in its entry
static_assert([] {
  for (const auto& e : schema::kEvents)
    if (e.carried_count > kMaxCarried) return false;
  return true;
}());

static void write_file(const sm_file& f, uint32_t* w) {
  w[schema::kFileDev] = f.dev;
  w[schema::kFileInodeLow] = static_cast<uint32_t>(f.ino);
  w[schema::kFileInodeHigh] = static_cast<uint32_t>(f.ino >> 32);
  w[schema::kFileSizeLow] = static_cast<uint32_t>(f.size);
  w[schema::kFileSizeHigh] = static_cast<uint32_t>(f.size >> 32);
  w[schema::kFileMtimeLow] = static_cast<uint32_t>(f.mtime_sec);
  w[schema::kFileMtimeHigh] = static_cast<uint32_t>(f.mtime_sec >> 32);
  w[schema::kFileMtimeUsec] = f.mtime_nsec / 1000;
  w[schema::kFileMode] = f.mode;
}

// What stands for a value in an entry; 0: "-".
uint32_t EntryWriter::word_of(const Value& v) {
  switch (v.kind) {
    case Value::Kind::kNumber:
    case Value::Kind::kChoice:
    case Value::Kind::kFlag:
      return v.number;
    case Value::Kind::kEventTime:
      return kEventTime;
    case Value::Kind::kRepeating:
      return batch_->intern(v.text);
    case Value::Kind::kText:  // goes behind the words
    case Value::Kind::kCommandLine:
    case Value::Kind::kNothing:
    case Value::Kind::kPending:
      return 0;
  }
  return 0;
}

// Texts that processes wrote, or that name what they use.
static bool may_hold_secrets(schema::Op op) {
  using schema::Op;
  return op == Op::Text || op == Op::Path || op == Op::Location || op == Op::Argv || op == Op::Hostname;
}

static sm_text text_at(const Record& r, const schema::Field& f) {
  sm_text text;
  std::memcpy(&text, reinterpret_cast<const uint8_t*>(r.header) + f.wire_offset, sizeof text);
  return text;
}

// Fields that come from records of processes, which are told without their secrets.
static std::vector<std::string> redacted_of_processes(const schema::Event& e, const Values& values,
                                                      const Redactor& redactor) {
  std::vector<std::string> out;
  for (uint16_t i = 0; i < e.field_count; i++) {
    const schema::Field& f = e.fields[i];
    const Process* p = f.op == schema::Op::Process ? values.who(f.who) : nullptr;
    if (!p) continue;
    const uint32_t bit = f.process_field == schema::ProcessField::CommandLine ? Redactor::kProgramCommandLine
                         : f.process_field == schema::ProcessField::Image     ? Redactor::kProgramImage
                         : f.process_field == schema::ProcessField::Cwd       ? Redactor::kProgramCwd
                                                                              : 0;
    if (redactor.changed(*p->program) & bit) out.emplace_back(f.name);
  }
  // And the record itself.
  static constexpr std::pair<uint32_t, const char*> kOwn[] = {{Redactor::kProgramCommandLine, "process.commandLine"},
                                                              {Redactor::kProgramEnv, "process.env"},
                                                              {Redactor::kProgramScript, "process.script"},
                                                              {Redactor::kProgramStdio, "process.stdio"}};
  for (const auto& [bit, name] : kOwn)
    if (redactor.changed(*values.who(schema::Who::Process)->program) & bit) out.emplace_back(name);
  for (const Process* a = values.who(schema::Who::Parent); a; a = a->parent)
    if (redactor.changed(*a->program) & Redactor::kProgramCommandLine) {
      out.emplace_back("process.ancestors.commandLine");
      break;
    }
  return out;
}

void EntryWriter::event(const schema::Event& e, const Record& r, Process* p, Process* target, const Findings& found,
                        const Judgement& judgement, bool late) {
  define(p);
  if (target) define(target);
  const Values values(facts_, r, *p, target, &found, judgement.name);
  // Without their secrets, by the index among those that are carried.
  std::optional<std::string> shown[kMaxCarried];
  std::vector<std::string> redacted;
  if (redactor_->enabled()) {
    redacted = redacted_of_processes(e, values, *redactor_);
    for (uint16_t i = 0; i < e.carried_count; i++) {
      const schema::Field& f = e.fields[e.carried[i]];
      std::string made;
      const Value v = values.of(f, &made);
      // That of the process is told by its record.
      const bool is_told = v.kind == Value::Kind::kCommandLine;
      if (is_told && redactor_->changed(*p->program) & Redactor::kProgramCommandLine) redacted.emplace_back(f.name);
      if (is_told || !may_hold_secrets(f.op)) continue;
      shown[i] = f.op == schema::Op::Argv ? redactor_->line(command_line_of(r.text(text_at(r, f))))
                                          : redactor_->text(f.name, v.text);
      if (shown[i]) redacted.emplace_back(f.name);
    }
  }
  const std::string extra = extra_json(e, r, *p, values, late, *redactor_, std::move(redacted));
  // An extra that repeats (exit codes) is interned and becomes one shared object; one with raw bytes will not repeat.
  const bool shared = extra.size() < 128;
  uint32_t words[schema::kEventHeadWords + kMaxCarried + 1];
  batch_->prepare();
  words[2] = p->ref;
  words[3] = shared && !extra.empty() ? batch_->intern(extra) : 0;
  const WallTime t = facts_->clock.wall(r.header->time);
  words[4] = t.sec;
  words[5] = t.usec;
  words[6] = judgement.rules.empty() ? 0 : batch_->intern(judgement.rules);
  // Texts that will hardly repeat go behind the words of the entry: they gather in texts_, one after the other.
  struct {
    uint16_t word;
    size_t end;
  } own[kMaxCarried];
  size_t own_count = 0;
  texts_.clear();
  for (uint16_t i = 0; i < e.carried_count; i++) {
    const auto at = static_cast<uint16_t>(schema::kEventHeadWords + i);
    const size_t before = texts_.size();
    Value v = values.of(e.fields[e.carried[i]], &texts_);
    if (shown[i]) {
      texts_.resize(before);
      texts_ += *shown[i];
      v = {Value::Kind::kText, 0, {}};
    }
    words[at] = word_of(v);
    if (v.kind == Value::Kind::kCommandLine) p->fresh = false;
    if (v.kind != Value::Kind::kText) texts_.resize(before);  // it was made there and is interned by now
    if (texts_.size() != before) own[own_count++] = {at, texts_.size()};
  }
  uint32_t fields_end = schema::kEventHeadWords + e.carried_count;
  if (e.target_offset) words[fields_end++] = target ? target->ref + 1 : 0;
  uint32_t* w = batch_->begin(e.id, fields_end + (e.file_offset ? schema::kFileWords : 0));
  std::memcpy(w + 2, words + 2, (fields_end - 2) * 4);
  if (const sm_file* f = file_of(e, r)) write_file(*f, w + fields_end);
  for (size_t i = 0, from = 0; i < own_count; from = own[i++].end)
    w[own[i].word] = batch_->add_text(std::string_view(texts_).substr(from, own[i].end - from));
  if (!shared) w[3] = batch_->add_text(extra);
  batch_->end();
  events_++;
  if (late) late_++;
}

void EntryWriter::retire(const Process& p) {
  uint32_t* w = batch_->begin(static_cast<uint32_t>(schema::Entry::kRetireProcess), 4);
  w[2] = p.ref;
  batch_->end();
}

void EntryWriter::container(uint32_t ref, bool settled, std::string_view json, Batcher* out) {
  uint32_t* w = out->begin(static_cast<uint32_t>(schema::Entry::kDefineContainer), 6);
  w[2] = ref;
  w[3] = settled;
  w[4] = out->add_text(json);
  out->end();
}

void EntryWriter::container(uint32_t ref) {
  const Container* c = facts_->containers.at(ref);
  if (c) container(ref, c->settled, container_json(*c), batch_);
}

std::string EntryWriter::container_json(const Container& c) const {
  std::string json = c.json();
  return redactor_->json("process.container", json).value_or(std::move(json));
}

void EntryWriter::line(const Process& p, Batcher* out) {
  std::vector<const Process*> chain;
  for (const Process* a = &p; a; a = a->parent) chain.push_back(a);
  for (auto it = chain.rbegin(); it != chain.rend(); ++it) process(**it, out);
}

// Sends the process and those above it that JavaScript does not know yet, the topmost first.
void EntryWriter::define(Process* p) {
  if (p->defined) return;
  std::vector<Process*> chain;
  for (Process* a = p; a && !a->defined; a = a->parent) chain.push_back(a);
  for (auto it = chain.rbegin(); it != chain.rend(); ++it) {
    process(**it, batch_);
    (*it)->defined = true;
  }
}

void EntryWriter::process(const Process& p, Batcher* out) {
  const sm_task& t = p.task;
  const int64_t now = now_ns(CLOCK_MONOTONIC);
  // Everything is computed before the first text is sent: sending may wait and let go of the lock.
  const std::string user = facts_->users.name(t.uid, now).value_or("-");
  const std::string cgroup_path = facts_->cgroups.path(t.cgroup_id);
  const std::string tty = tty_name(t);
  const bool pts = tty.rfind("pts/", 0) == 0;
  const uint32_t login = pts ? facts_->logons.login_second(t.tty_index, user, now) : 0;
  std::string cgroup;  // empty: not known
  if (t.cgroup_id) {
    cgroup = "{\"id\":\"" + std::to_string(t.cgroup_id) + '"';
    if (!cgroup_path.empty()) cgroup += ",\"path\":" + json_string(cgroup_path);
    cgroup += '}';
  }
  const Capabilities held{t.cap_effective, t.cap_permitted, p.gained};
  Namespaces namespaces;
  std::memcpy(&namespaces, t.ns, sizeof namespaces);
  const std::shared_ptr<const Program> kept = p.program;
  const Program* program = &redactor_->shown(*kept);
  schema::ProcessEntry e{};
  std::string container_user;
  if (Container* c = facts_->containers.of(t)) {
    if (c->users) container_user = c->users->name_of(t.uid);
    e.container = c->ref + 1;
    const bool is_new = !c->defined || out != batch_;
    if (out == batch_) c->defined = true;
    if (is_new) container(c->ref, c->settled, container_json(*c), out);
  }

  out->prepare();
  e.ref = p.ref;
  e.parent = p.parent ? p.parent->ref + 1 : 0;
  e.pid = p.key.pid;
  e.tid = p.tid ? p.tid : UINT32_MAX;
  e.ppid = t.ppid;
  e.image = out->intern(program->image);
  e.cwd = out->intern(program->cwd);
  if (!program->root.empty()) e.root = out->intern(program->root);
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
  e.logonGuid = out->intern(logon_guid(facts_->machine_id, login, t.uid, t.tty_index));
  if (has_credentials(t))
    e.capabilities = out->intern(
        capabilities_.of(held, [&] { return capabilities_json(held.effective, held.permitted, held.gained); }));
  if (std::any_of(std::begin(t.ns), std::end(t.ns), [](uint32_t ns) { return ns != 0; }))
    e.namespaces = out->intern(namespaces_.of(namespaces, [&] { return namespaces_json(t); }));
  if (!cgroup.empty()) e.cgroup = out->intern(cgroup);
  e.stdio = out->intern(program->stdio);
  e.env = out->intern(program->env);
  if (const std::string npm = npm_json(p); !npm.empty())
    e.npm = out->intern(redactor_->json("process.npm", npm).value_or(npm));
  if (!container_user.empty()) e.containerUser = out->intern(container_user);
  if (!program->script.empty()) e.script = out->intern(program->script);
  if (p.origin) e.origin = out->intern(origin_json(*p.origin));
  if (p.remote) e.remote = out->intern(remote_json(*p.remote));
  e.flags = (program->memfd ? schema::kProcessMemfd : 0) | (program->deleted ? schema::kProcessDeleted : 0) |
            (t.task_flags & 0x00200000 ? schema::kProcessKernelThread : 0) | (p.forked ? schema::kProcessForked : 0) |
            (p.uncertain ? schema::kProcessUncertain : 0) | (program->snapshot ? schema::kProcessSnapshot : 0);

  uint32_t* w = out->begin(static_cast<uint32_t>(schema::Entry::kDefineProcess), sizeof e / 4);
  e.kind = w[0];
  e.strongId = out->add_text(strong_id(facts_->boot_id, p.key.start, p.key.pid, p.key.exec_id));
  e.guid = out->add_text(guid(facts_->machine_id, p.start.sec, t.end_code));
  e.commandLine = program->command_line.ends.empty() ? 0 : out->add_text(program->command_line.text);
  e.argv = program->command_line.ends.empty() ? 0 : out->add_words(program->command_line.ends);
  std::memcpy(w, &e, sizeof e);
  out->end();
}

}  // namespace sysmon
