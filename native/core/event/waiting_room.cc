#include "event/waiting_room.h"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <optional>
#include <utility>

namespace sysmon {

static constexpr size_t kMaxMountOwners = 8;  // processes whose mounts are looked through for one file

// What begins and what ends a (process, exec): an end is never told before its beginning.
static bool is_ordered(const Record& r) { return r.header->type == SM_EXEC || r.header->type == SM_EXIT; }

WaitingRoom::WaitingRoom(const Settings& settings, Facts* facts, ProcessTable* table, Pools* pools, Release release)
    : hash_timeout_ms_(settings.hash_timeout_ms),
      archive_timeout_ms_(settings.archive.timeout_ms),
      facts_(facts),
      table_(table),
      pools_(pools),
      release_(std::move(release)) {
  set_digests(settings.hash_algorithms, nullptr, nullptr);
}

// Of a deleted file, what was known of it before is all that there is.
Digest WaitingRoom::digest_without_content(const Subject& subject) const {
  if (subject.is_deleted && *subject.why && subject.file)
    if (Digest known = digest_of_deleted(*subject.file, &now_->read, now_->algorithms); !known.text.empty())
      return known;
  return {"", subject.why};
}

Needs WaitingRoom::needs_of(const schema::Event& e, const Record& r, const Process& p, Findings* found) {
  Needs needs;
  needs.subject = subject_of(e, r, p);
  const Subject& subject = needs.subject;
  if (subject.has_hashes && now_->hasher.enabled()) {
    if (!subject.content)
      found->digest = digest_without_content(subject);
    else if (auto known = subject.is_written ? std::nullopt : now_->hasher.cached(executed(r)))
      found->digest.text = std::move(*known);
    else
      needs.hash = true;
  }
  if (subject.has_archived && archive_ && *subject.why) {
    needs.path = path_of_target(e, r);
    note_content({.refusal = archive_->refusal(subject.file, needs.path)}, found);
    needs.content = found->kept.refusal == Refusal::kNone;
  }
  needs.user = !facts_->users.find(subject.uid, facts_->now);
  needs.other = subject.other_uid != subject.uid && !facts_->users.find(subject.other_uid, facts_->now);
  if (Container* c = facts_->containers.of(p.task))
    if (const uint32_t mounts = p.task.ns[0] == facts_->own_mnt_ns ? 0 : p.task.ns[0];
        facts_->containers.look(c, p.key.pid, p.key.exec_id, mounts, facts_->now))
      needs.container = c->ref + 1;
  needs.turn = is_ordered(r) && lines_.contains(r.header->pid);
  return needs;
}

bool WaitingRoom::enter(const Record& r, Needs needs, Pending* event) {
  if (waiting_.size() >= kMost) {
    stats_.full++;
    if (needs.hash) event->found.digest.why = "busy";
    if (needs.content) note_content({.refusal = Refusal::kBusy}, &event->found);
    if (needs.turn) make_way(r.header->pid);
    return false;
  }
  const uint64_t id = next_id_++;
  Waiting& w = waiting_[id];
  w.record.resize((r.header->size + 7) / 8);
  std::memcpy(w.record.data(), r.header, r.header->size);
  w.event = std::move(*event);
  w.deadline = now_ns(CLOCK_MONOTONIC) + int64_t{needs.content ? archive_timeout_ms_ : hash_timeout_ms_} * 1000000;
  Process* const p = w.event.process;
  const Subject& subject = needs.subject;
  table_->hold(p);
  if (w.event.target) table_->hold(w.event.target);
  if (needs.hash) {
    const bool accepted = wait_for_hash(subject, r, *p, id);
    w.event.found.digest.why = !accepted ? "busy" : subject.is_written ? "open" : "timeout";
    w.outstanding += accepted;
  }
  if (needs.content) w.outstanding += wait_for_content(subject.file, std::move(needs.path), id);
  if (subject.has_birth)
    w.outstanding += wait_for_birth(*subject.file, paths_to(*w.event.event, r, *p, facts_->own_mnt_ns), id);
  if (needs.user) w.outstanding += wait_for_user(subject.uid, id);
  if (needs.other) w.outstanding += wait_for_user(subject.other_uid, id);
  if (needs.container) {
    asked_containers_[needs.container - 1].push_back(id);
    w.outstanding++;
  }
  if (is_ordered(r)) w.outstanding += wait_for_turn(r.header->pid, id);
  if (w.outstanding == 0) release(waiting_.find(id));
  return true;
}

// False: it is the first of its process here. Lines are kept by the pid alone, so that the end of a process is also
// told before the next process of the same number.
bool WaitingRoom::wait_for_turn(uint32_t pid, uint64_t id) {
  const auto [it, is_first] = lines_.try_emplace(pid, Line{id, id});
  if (is_first) return false;
  Waiting& before = waiting_.at(std::exchange(it->second.last, id));
  Waiting& w = waiting_.at(id);
  before.next = id;
  // Whoever waits for nothing else waits no longer than the one before. Others came later and are due later.
  if (w.outstanding == 0) w.deadline = before.deadline;
  return true;
}

Executed WaitingRoom::executed(const Record& r) const {
  if (r.header->type == SM_IMAGE_LOAD) return executed_of(r.as<sm_image_load_record>(), facts_->clock);
  return executed_of(r.as<sm_exec_record>(), facts_->clock);
}

// Leads to the file of a digest as long as the process has it.
static std::string held_by(const Record& r) {
  const std::string process = "/proc/" + std::to_string(r.header->pid);
  if (r.header->type != SM_IMAGE_LOAD) return process + "/exe";
  const auto& i = r.as<sm_image_load_record>();
  char range[64];
  std::snprintf(range, sizeof range, "/map_files/%llx-%llx", i.begin, i.upto);
  return process + range;
}

// The first of the line goes.
void WaitingRoom::leave_line(uint32_t pid, uint64_t next) {
  const auto it = lines_.find(pid);
  if (it == lines_.end()) return;
  if (next)
    it->second.first = next;
  else
    lines_.erase(it);
}

// There is no room for another one of the process: those before it go now, with what is known of them.
void WaitingRoom::make_way(uint32_t pid) {
  for (auto line = lines_.find(pid); line != lines_.end(); line = lines_.find(pid)) {
    const auto first = waiting_.find(line->second.first);
    Digest& digest = first->second.event.found.digest;
    if (digest.why == std::string_view("timeout")) digest.why = "busy";
    stats_.full++;
    release(first);
  }
}

bool WaitingRoom::wait_for_hash(const Subject& subject, const Record& r, const Process& p, uint64_t id) {
  const auto done = [this, id](const Digest& d) {
    if (const auto it = waiting_.find(id); it != waiting_.end()) it->second.event.found.digest = d;
    resolved(id);
  };
  std::vector<std::string> paths = paths_to(*waiting_.at(id).event.event, r, p, facts_->own_mnt_ns);
  if (!subject.is_written)
    return now_->hasher.request({executed(r), held_by(r), std::move(paths), r.header->type != SM_IMAGE_LOAD}, done);
  Waiting& w = waiting_.at(id);
  return count_long(
      &w, waiting_long_ < kMostLong && now_->written.request(*subject.content, std::move(paths), w.deadline, done));
}

bool WaitingRoom::wait_for_birth(const sm_file& file, std::vector<std::string> paths, uint64_t id) {
  return pools_->files.submit([this, id, file, paths = std::move(paths)]() -> Pool::Done {
    std::string birth = birth_of(file, paths);
    return [this, id, birth = std::move(birth)] {
      if (const auto it = waiting_.find(id); it != waiting_.end()) it->second.event.found.birth = birth;
      resolved(id);
    };
  });
}

void WaitingRoom::note_content(Kept kept, Findings* found) const {
  if (!now_->hasher.enabled())
    found->digest = {};
  else if (!kept.hashes.empty())
    found->digest = {kept.hashes, ""};
  else if (found->digest.text.empty())
    found->digest.why = kRefusals[static_cast<size_t>(kept.refusal)];
  found->kept = std::move(kept);
}

bool WaitingRoom::wait_for_content(const sm_file* file, std::string path, uint64_t id) {
  Waiting& w = waiting_[id];
  const uint32_t ns = w.event.process->task.ns[0];
  Lost lost{file ? std::optional(*file) : std::nullopt,
            std::move(path),
            {w.event.process->key.pid},
            ns == facts_->own_mnt_ns};
  // A process that is gone by now had a parent, which most often has the same mounts.
  for (const Process* p = w.event.process->parent; !lost.same_mounts && p && lost.pids.size() < kMaxMountOwners;
       p = p->parent)
    if (p->task.ns[0] == ns) lost.pids.push_back(p->key.pid);
  if (waiting_long_ < kMostLong) w.keeping = archive_->keep(lost, [this, id] { resolved(id); });
  if (!w.keeping) note_content({.refusal = Refusal::kBusy}, &w.event.found);
  return count_long(&w, w.keeping != nullptr);
}

bool WaitingRoom::count_long(Waiting* w, bool is_long) {
  w->is_long = is_long;
  waiting_long_ += is_long;
  return is_long;
}

bool WaitingRoom::wait_for_user(uint32_t uid, uint64_t id) {
  auto& events = asked_users_[uid];
  const bool is_asked = !events.empty();
  // Those that were given up need no answer, and the name service may never give one.
  if (events.size() >= kMost) std::erase_if(events, [this](uint64_t waiting) { return !waiting_.contains(waiting); });
  events.push_back(id);
  if (is_asked) return true;
  const bool accepted = pools_->names.submit([this, uid]() -> Pool::Done {
    std::string name = Users::ask_name_service(uid);
    return [this, uid, name = std::move(name)] {
      facts_->users.learn(uid, name, now_ns(CLOCK_MONOTONIC));
      auto node = asked_users_.extract(uid);
      for (const uint64_t waiting : node.mapped()) resolved(waiting);
    };
  });
  if (!accepted) asked_users_.erase(uid);
  return accepted;
}

void WaitingRoom::container_looked(uint32_t ref) {
  auto node = asked_containers_.extract(ref);
  if (node.empty()) return;
  for (const uint64_t waiting : node.mapped()) resolved(waiting);
}

void WaitingRoom::resolved(uint64_t id) {
  const auto it = waiting_.find(id);
  if (it != waiting_.end() && --it->second.outstanding == 0) release(it);
}

void WaitingRoom::release(WaitingList::iterator it) {
  // Not by recursion: a process can execute something a thousand times while its first digest is computed.
  while (it != waiting_.end()) {
    // Out of the room first: to write the event may take a while, and nothing else may find it meanwhile.
    Waiting w = std::move(it->second);
    waiting_.erase(it);
    waiting_long_ -= w.is_long;
    const Record r{reinterpret_cast<const sm_header*>(w.record.data())};
    if (is_ordered(r)) leave_line(r.header->pid, w.next);
    if (w.keeping)
      note_content(w.keeping->give_up() ? Kept{.refusal = Refusal::kTimeout} : w.keeping->result(), &w.event.found);
    release_(r, &w.event);
    table_->unhold(w.event.process);
    if (w.event.target) table_->unhold(w.event.target);
    it = waiting_.find(w.next);
    if (it != waiting_.end() && --it->second.outstanding != 0) return;
  }
}

// What is kept has another limit than what is hashed: the first that came need not be the first to be given up.
int64_t WaitingRoom::next_deadline() const {
  int64_t next = INT64_MAX;
  for (const auto& [key, d] : digests_) next = std::min(next, d->written.next_look());
  if (!archive_) return std::min(next, waiting_.empty() ? INT64_MAX : waiting_.begin()->second.deadline);
  for (const auto& [id, w] : waiting_) next = std::min(next, w.deadline);
  return next;
}

void WaitingRoom::tick(int64_t now) {
  for (auto it = waiting_.begin(); it != waiting_.end();) {
    const uint64_t id = it->first;
    if (it->second.deadline <= now) {
      if (!it->second.keeping) stats_.timeouts++;
      release(it);  // and perhaps some behind it
    }
    it = waiting_.upper_bound(id);
  }
  for (const auto& [key, d] : digests_) d->written.tick(now);
}

void WaitingRoom::give_up() {
  // Nobody waits for his turn any more: each goes as he came.
  for (auto& [id, w] : waiting_) w.next = 0;
  lines_.clear();
  while (!waiting_.empty()) release(waiting_.begin());
}

}  // namespace sysmon
