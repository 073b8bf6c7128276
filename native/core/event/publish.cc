// The half of the pipeline that writes entries: an event, and the processes that it refers to.
#include <cstddef>

#include "enrich/guid.h"
#include "event/extra.h"
#include "event/location.h"
#include "event/pipeline.h"
#include "event/rule_fields.h"

namespace sysmon {

using schema::Op;

static constexpr uint32_t kEventTime =
    0x7fffffff;  // in place of a text: the time of the event; no interned text has this number
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

void Pipeline::emit(const schema::Event& e, const Record& r, Process* p, const Findings& found,
                    const Judgement& judgement, bool late) {
  define(p);
  const std::string extra = extra_json(e, r, *p, found, late);
  // An extra that repeats (exit codes) is interned and becomes one shared object; one with raw bytes will not repeat.
  const bool shared = extra.size() < 128;
  uint32_t words[schema::kEventHeadWords + kMaxCarried];
  batch_->prepare();
  words[2] = p->ref;
  words[3] = shared && !extra.empty() ? batch_->intern(extra) : 0;
  const WallTime t = clock_.wall(r.header->time);
  words[4] = t.sec;
  words[5] = t.usec;
  words[6] = judgement.rules.empty() ? 0 : batch_->intern(judgement.rules);
  const auto* bytes = reinterpret_cast<const uint8_t*>(r.header);
  // Texts that will hardly repeat go behind the words of the entry: they gather in texts_, one after the other.
  struct {
    uint16_t word;
    size_t end;
  } own[kMaxCarried];
  size_t own_count = 0;
  texts_.clear();
  for (uint16_t i = 0; i < e.carried_count; i++) {
    const schema::Field& f = e.fields[e.carried[i]];
    uint32_t& word = words[schema::kEventHeadWords + i];
    word = 0;
    uint32_t number = 0;
    sm_text text{};
    if (f.wire_size <= 4) std::memcpy(&number, bytes + f.wire_offset, f.wire_size);
    if (f.wire_size == sizeof text) std::memcpy(&text, bytes + f.wire_offset, sizeof text);
    const size_t before = texts_.size();
    switch (f.op) {
      case Op::User:
        if (const std::string* user = users_.find(number, now_)) word = batch_->intern(*user);
        break;
      case Op::Hashes:
        if (!found.digest.text.empty()) word = batch_->intern(found.digest.text);
        break;
      case Op::Archived:
        word = batch_->intern(found.kept.name.empty() ? "false" : "true");
        break;
      case Op::Argv:
        // Nothing, if they are those that the process record has just got from this very record.
        if (text.len && !p->fresh) append_command_line(r.text(text), &texts_);
        if (std::string_view(texts_).substr(before) == p->program->command_line.text) texts_.resize(before);
        p->fresh = false;
        break;
      case Op::Text:
        append_text(r.text(text), &texts_);
        break;
      case Op::Path:
        append_text(path_of(r.text(text), false, false), &texts_);
        break;
      case Op::Location: {
        sm_location l;
        std::memcpy(&l, bytes + f.wire_offset, sizeof l);
        append_text(path_of_location(r, l), &texts_);
        break;
      }
      case Op::Created:
        word = number == 0 ? kEventTime : found.birth.empty() ? 0 : batch_->intern(found.birth);
        break;
      case Op::Stamp: {
        sm_stamp stamp;
        std::memcpy(&stamp, bytes + f.wire_offset, sizeof stamp);
        if (stamp.known) word = batch_->intern(stamp_text(stamp));
        break;
      }
      case Op::Number:
      case Op::Choice:
      case Op::Flag:
        word = number;
        break;
      case Op::Address:
        append_address(bytes + f.wire_offset, &texts_);
        break;
      case Op::Ipv6:
        word = is_ipv6(bytes + f.wire_offset);
        break;
      case Op::Hostname:
        if (const std::string* name = hostnames_.find(address_of(bytes + f.wire_offset, true), now_))
          word = batch_->intern(*name);
        break;
      case Op::Service:
        if (const std::string* name = services_.find(transport_of(r), static_cast<uint16_t>(number)))
          word = batch_->intern(*name);
        break;
      case Op::Protocol:
        word = batch_->intern(transport_name(static_cast<uint8_t>(number)));
        break;
      case Op::Rule:
        if (!judgement.name.empty()) word = batch_->intern(judgement.name);
        break;
      case Op::Const:
      case Op::Time:
      case Op::Sdk:
      case Op::Process:
        break;  // 0 stands for "-"; the others are not carried
    }
    if (texts_.size() != before) own[own_count++] = {static_cast<uint16_t>(schema::kEventHeadWords + i), texts_.size()};
  }
  const uint32_t fields_end = schema::kEventHeadWords + e.carried_count;
  uint32_t* w = batch_->begin(e.id, fields_end + (e.file_offset ? schema::kFileWords : 0));
  std::memcpy(w + 2, words + 2, (fields_end - 2) * 4);
  if (const sm_file* f = file_of(e, r)) write_file(*f, w + fields_end);
  for (size_t i = 0, from = 0; i < own_count; from = own[i++].end)
    w[own[i].word] = batch_->add_text(std::string_view(texts_).substr(from, own[i].end - from));
  if (!shared) w[3] = batch_->add_text(extra);
  batch_->end();
  stats_.events++;
  if (late) stats_.late++;
  if (archive_) archive_->settle(found.kept, true);
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
  const Capabilities held{t.cap_effective, t.cap_permitted, p.gained};
  Namespaces namespaces;
  std::memcpy(&namespaces, t.ns, sizeof namespaces);
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
  e.capabilities = out->intern(
      capabilities_.of(held, [&] { return capabilities_json(held.effective, held.permitted, held.gained); }));
  e.namespaces = out->intern(namespaces_.of(namespaces, [&] { return namespaces_json(t); }));
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

bool Pipeline::connections(const std::string& id, std::vector<NamedConnection>* out) {
  std::lock_guard guard(mutex_);
  Key key{};
  if (!wanted_[SM_EVENT_NETWORK_CONNECT] || !parse_strong_id(boot_id_, id, &key.start, &key.pid, &key.exec_id))
    return false;
  const Process* p = table_.find(key);
  if (!p) return false;
  for (uint32_t i = 0; i < p->connections.size(); i++) {
    const Connection& c = p->connections[i];
    NamedConnection n{c.time,        transport_name(c.protocol), c.initiated, {},     {},
                      c.source_port, c.destination_port,         {},          c.error};
    append_address(c.source, &n.source);
    append_address(c.destination, &n.destination);
    if (const std::string* name = hostnames_.find(address_of(c.destination, true), now_ns(CLOCK_MONOTONIC)))
      n.hostname = *name;
    out->push_back(std::move(n));
  }
  return true;
}

}  // namespace sysmon
