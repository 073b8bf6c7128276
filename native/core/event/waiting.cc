// The middle of the pipeline: rules judge an event, and it waits for what must still be found out of it.
#include <algorithm>

#include "event/location.h"
#include "event/pipeline.h"
#include "event/rule_fields.h"

namespace sysmon {

static constexpr size_t kMaxWaiting = 1024;
// Files that are deleted or still written may take long: a flood of them leaves room for the hashes of what is
// executed.
static constexpr size_t kMaxWaitingLong = kMaxWaiting / 2;
static constexpr size_t kMaxMountOwners = 8;  // processes whose mounts are looked through for one file

bool Pipeline::judge(const schema::Event& e, const Record& r, const Process& p, const Findings* found, bool last,
                     Judgement* out) {
  if (!engine_ || !engine_->has_rules(e.id)) {  // what is captured and has no rules is kept
    out->made = true;
    return true;
  }
  const FieldContext context{&users_, &logons_, &cgroups_, &hostnames_, &services_, &clock_, machine_id_, &boot_id_};
  const RuleFields fields(*engine_, context, e, r, p, found);
  std::vector<std::string_view> names;
  const rules::Verdict verdict = engine_->evaluate(e.id, fields, scratch_, &names);
  if (fields.incomplete() && !last) return true;
  if (!verdict.log) {
    stats_.ruled_out++;
    return false;
  }
  out->made = true;
  out->name = verdict.rule_name;
  for (const auto& n : names) out->rules += (out->rules.empty() ? "[" : ",") + json_string(n);
  if (!out->rules.empty()) out->rules += ']';
  return true;
}

// One record can be several events of Sysmon, each judged by its own rules.
void Pipeline::publish_all(const Record& r, Process* p) {
  for (const auto& e : schema::kEvents)
    if (e.wire_type == r.header->type) publish(e, r, p);
}

void Pipeline::publish(const schema::Event& e, const Record& r, Process* p) {
  if (!wanted(e)) {
    stats_.unwanted++;
    return;
  }
  const Subject subject = subject_of(e, r, *p);
  Findings found;
  bool must_hash = false;
  if (subject.has_hashes && hasher_.enabled()) {
    if (!subject.content)
      found.digest.why = subject.why;
    else if (auto known = subject.is_written ? std::nullopt : hasher_.cached(*subject.content))
      found.digest.text = std::move(*known);
    else
      must_hash = true;
  }
  std::string path;
  bool must_keep = false;
  if (subject.has_archived && archive_ && *subject.why) {
    path = path_of_location(r, r.as<sm_file_delete_record>().target);
    note_content({.refusal = archive_->refusal(subject.file, path)}, &found);
    must_keep = found.kept.refusal == Refusal::kNone;
  }
  const bool must_ask = !users_.find(subject.uid, now_);
  const bool must_find = must_hash || must_keep || subject.has_birth;
  const bool must_wait = must_find || must_ask;
  // Rules that need what is still to come are asked again when it has come; all others spare the hashing of what they
  // drop.
  Judgement judgement;
  if (!judge(e, r, *p, must_find ? nullptr : &found, !must_wait, &judgement)) return;
  if (!must_wait) return emit(e, r, p, found, judgement, false);
  if (waiting_.size() >= kMaxWaiting) {
    stats_.waiting_full++;
    if (must_hash) found.digest.why = "busy";
    if (must_keep) note_content({.refusal = Refusal::kBusy}, &found);
    if (judgement.made || judge(e, r, *p, &found, true, &judgement)) emit(e, r, p, found, judgement, false);
    return;
  }

  const uint64_t id = next_waiting_++;
  Waiting& w = waiting_[id];
  w.record.resize((r.header->size + 7) / 8);
  std::memcpy(w.record.data(), r.header, r.header->size);
  w.event = &e;
  w.process = p;
  w.deadline =
      now_ns(CLOCK_MONOTONIC) + int64_t{must_keep ? settings_.archive.timeout_ms : settings_.hash_timeout_ms} * 1000000;
  w.passed = stats_.events;
  w.found = found;
  w.judgement = std::move(judgement);
  table_.hold(p);
  if (must_hash) {
    const bool accepted = wait_for_hash(subject, r, *p, id);
    w.found.digest.why = !accepted ? "busy" : subject.is_written ? "open" : "timeout";
    w.outstanding += accepted;
  }
  if (must_keep) w.outstanding += wait_for_content(subject.file, std::move(path), id);
  if (subject.has_birth) w.outstanding += wait_for_birth(*subject.file, paths_to(r, *p, own_mnt_ns_), id);
  if (must_ask) w.outstanding += wait_for_user(subject.uid, id);
  if (w.outstanding == 0) release_waiting(waiting_.find(id));
}

// What comes back comes in collect(), never before these return.
bool Pipeline::wait_for_hash(const Subject& subject, const Record& r, const Process& p, uint64_t id) {
  const auto done = [this, id](const Digest& d) {
    if (const auto it = waiting_.find(id); it != waiting_.end()) it->second.found.digest = d;
    resolved(id);
  };
  std::vector<std::string> paths = paths_to(r, p, own_mnt_ns_);
  if (!subject.is_written)
    return hasher_.request({*subject.content, "/proc/" + std::to_string(p.key.pid) + "/exe", std::move(paths)}, done);
  Waiting& w = waiting_.at(id);
  return count_long(
      &w, waiting_long_ < kMaxWaitingLong && written_.request(*subject.content, std::move(paths), w.deadline, done));
}

bool Pipeline::wait_for_birth(const sm_file& file, std::vector<std::string> paths, uint64_t id) {
  return pools_->files.submit([this, id, file, paths = std::move(paths)]() -> Pool::Done {
    std::string birth = birth_of(file, paths);
    return [this, id, birth = std::move(birth)] {
      if (const auto it = waiting_.find(id); it != waiting_.end()) it->second.found.birth = birth;
      resolved(id);
    };
  });
}

void Pipeline::note_content(Kept kept, Findings* found) const {
  found->digest = !hasher_.enabled()
                      ? Digest{}
                      : Digest{kept.hashes, kept.hashes.empty() ? kRefusals[static_cast<size_t>(kept.refusal)] : ""};
  found->kept = std::move(kept);
}

bool Pipeline::wait_for_content(const sm_file* file, std::string path, uint64_t id) {
  Waiting& w = waiting_[id];
  const uint32_t ns = w.process->task.ns[0];
  Lost lost{file ? std::optional(*file) : std::nullopt, std::move(path), {w.process->key.pid}, ns == own_mnt_ns_};
  // A process that is gone by now had a parent, which most often has the same mounts.
  for (const Process* p = w.process->parent; !lost.same_mounts && p && lost.pids.size() < kMaxMountOwners;
       p = p->parent)
    if (p->task.ns[0] == ns) lost.pids.push_back(p->key.pid);
  if (waiting_long_ < kMaxWaitingLong) w.keeping = archive_->keep(lost, [this, id] { resolved(id); });
  if (!w.keeping) note_content({.refusal = Refusal::kBusy}, &w.found);
  return count_long(&w, w.keeping != nullptr);
}

bool Pipeline::count_long(Waiting* w, bool is_long) {
  w->is_long = is_long;
  waiting_long_ += is_long;
  return is_long;
}

bool Pipeline::wait_for_user(uint32_t uid, uint64_t id) {
  auto& events = asked_users_[uid];
  const bool is_asked = !events.empty();
  // Those that were given up need no answer, and the name service may never give one.
  if (events.size() >= kMaxWaiting)
    std::erase_if(events, [this](uint64_t waiting) { return !waiting_.contains(waiting); });
  events.push_back(id);
  if (is_asked) return true;
  const bool accepted = pools_->names.submit([this, uid]() -> Pool::Done {
    std::string name = Users::ask_name_service(uid);
    return [this, uid, name = std::move(name)] {
      users_.learn(uid, name, now_ns(CLOCK_MONOTONIC));
      auto node = asked_users_.extract(uid);
      for (const uint64_t waiting : node.mapped()) resolved(waiting);
    };
  });
  if (!accepted) asked_users_.erase(uid);
  return accepted;
}

void Pipeline::resolved(uint64_t id) {
  const auto it = waiting_.find(id);
  if (it != waiting_.end() && --it->second.outstanding == 0) release_waiting(it);
}

void Pipeline::release_waiting(WaitingList::iterator it) {
  Waiting w = std::move(it->second);
  waiting_.erase(it);
  const Record r{reinterpret_cast<const sm_header*>(w.record.data())};
  waiting_long_ -= w.is_long;
  if (w.keeping)
    note_content(w.keeping->give_up() ? Kept{.refusal = Refusal::kTimeout} : w.keeping->result(), &w.found);
  if (w.judgement.made || judge(*w.event, r, *w.process, &w.found, true, &w.judgement))
    emit(*w.event, r, w.process, w.found, w.judgement, w.passed != stats_.events);
  else if (archive_)
    archive_->settle(w.found.kept, false);
  table_.unhold(w.process);
}

// What is kept has another limit than what is hashed: the first that came need not be the first to be given up.
int64_t Pipeline::next_deadline() const {
  int64_t next = std::min(dns_.next_deadline(), written_.next_look());
  if (!archive_) return std::min(next, waiting_.empty() ? INT64_MAX : waiting_.begin()->second.deadline);
  for (const auto& [id, w] : waiting_) next = std::min(next, w.deadline);
  return next;
}

void Pipeline::tick() {
  const int64_t now = now_ns(CLOCK_MONOTONIC);
  for (auto it = waiting_.begin(); it != waiting_.end();) {
    const auto due = it++;
    if (due->second.deadline > now) continue;
    if (!due->second.keeping) stats_.hash_timeouts++;
    release_waiting(due);
  }
  written_.tick(now);
  dns_.tick(now);
  table_.expire(static_cast<uint64_t>(now_ns(CLOCK_BOOTTIME)));
}

void Pipeline::give_up_waiting() {
  dns_.give_up();
  while (!waiting_.empty()) release_waiting(waiting_.begin());
}

}  // namespace sysmon
