#include "process/lifecycle.h"

#include "process/proc_fs.h"
#include "process/program.h"

namespace sysmon {

static constexpr uint32_t kPfKthread = 0x00200000;

Lifecycle::Lifecycle(std::vector<std::string> env_names, const WallClock* clock, Hooks hooks)
    : env_names_(std::move(env_names)),
      clock_(clock),
      publish_(std::move(hooks.publish)),
      inherits_(std::move(hooks.inherits)),
      table_(std::move(hooks.retired)) {}

// The parent that a record names. One that nobody has shown (lost, or hidden from the iterator) is asked for in /proc.
Process* Lifecycle::parent_of(const sm_task& task) {
  if (task.ppid == 0) return nullptr;
  const Key key{task.parent_start, task.parent_exec_id, task.ppid};
  Process* p = table_.nearest(key);
  if (p && p->key.exec_id >= key.exec_id) return p;  // later only if it was found alive after an exec that followed
  return unseen(key, p == nullptr);
}

// Whoever adopted an orphan meanwhile did not make it: the parent stays who it was when the process was made.
static void keep_parent(const Process& before, sm_task* task) {
  if (before.task.ppid != UINT32_MAX) task->ppid = before.task.ppid;
}

Process* Lifecycle::make(const Record& r, const sm_task& task, Process* parent) {
  Process* p = table_.insert(key_of(*r.header), parent);
  p->task = task;
  p->start = clock_->wall(r.header->start);
  return p;
}

// A process, or an exec of a known one, that a record names and the table does not have, because its own record was
// lost. What /proc says may come from a later exec. `must_live`: null if /proc does not know it either.
Process* Lifecycle::unseen(const Key& key, bool must_live) {
  auto program = std::make_shared<Program>();
  sm_task task = unknown_task();
  const bool known = proc_process(key.pid, key.start, env_names_, &task, program.get());
  if (must_live && !known) return nullptr;
  Process* before = table_.current(key.pid);
  if (before && before->key.start != key.start) before = nullptr;
  if (before && !known) task = before->task;
  if (before) keep_parent(*before, &task);
  Process* p = table_.insert(key, before ? before->parent : known && task.ppid ? table_.current(task.ppid) : nullptr);
  p->program = std::move(program);
  p->task = task;
  p->start = before ? before->start : clock_->wall(key.start);
  p->uncertain = true;
  p->uncertain_birth = before ? before->uncertain_birth : true;
  if (before) table_.end(before, static_cast<uint64_t>(now_ns(CLOCK_BOOTTIME)));
  return p;
}

void Lifecycle::on_fork(const Record& r) {
  const auto& f = r.as<sm_fork_record>();
  Process* parent = parent_of(f.task);
  if (Process* known = table_.find(key_of(f.hdr))) {  // the iterator was faster; it may have seen a later parent
    if (parent && known->parent != parent) table_.set_parent(known, parent);
    return;
  }
  Process* p = make(r, f.task, parent);
  static const auto nothing = std::make_shared<const Program>();
  p->program = parent ? parent->program : nothing;
  p->forked = true;
  p->uncertain_birth = !parent && f.task.ppid != 0;
  p->uncertain = p->uncertain_birth || (parent && parent->uncertain);  // it has the parent's program
  if (parent) inherits_(p, *parent);
}

void Lifecycle::on_exec(const Record& r) {
  const auto& e = r.as<sm_exec_record>();
  Process* p = table_.find(key_of(e.hdr));
  if (p && p->snapshot && !p->defined) {
    // The iterator saw the process after this exec; the record knows its arguments as they were.
    p->program = program_of(r, r.text(e.argv), r.text(e.env), env_names_);
    p->task = e.task;
    p->tid = e.old_tid != e.hdr.pid ? e.old_tid : 0;
    p->uncertain = p->uncertain_birth;
    p->fresh = true;
  }
  if (!p) {
    Process* before = table_.current(e.hdr.pid);
    if (before && (before->key.start != e.hdr.start || before->key.exec_id > e.hdr.exec_id)) before = nullptr;
    p = make(r, e.task, before ? before->parent : parent_of(e.task));
    p->program = program_of(r, r.text(e.argv), r.text(e.env), env_names_);
    p->tid = e.old_tid != e.hdr.pid ? e.old_tid : 0;
    p->fresh = true;
    if (before) {
      keep_parent(*before, &p->task);
      inherits_(p, *before);
      // The clock's anchor may have moved by a microsecond.
      p->start = before->start;
      // A process that gave up its privileges after its fork had others than its record says; the exec then raised them
      // all.
      const bool stale = (e.marks & SM_EXEC_SECURE) && before->task.uid != e.task.uid;
      p->gained = e.task.cap_effective & ~(stale ? 0 : before->task.cap_effective);
      // The iterator had read /proc after this exec without knowing: what it says of the one before is not to be
      // trusted.
      if (before->snapshot && e.hdr.time < snapshot_end_) before->uncertain = true;
      table_.end(before, e.hdr.time);
    }
    // Without a record of its fork, the parent may be one that adopted it.
    p->uncertain_birth = before ? before->uncertain_birth : e.task.ppid != 0;
    p->uncertain = p->uncertain_birth;
  }
  publish_(r, p);
}

void Lifecycle::on_exit(const Record& r) {
  const auto& x = r.as<sm_exit_record>();
  Process* p = table_.find(key_of(x.hdr));
  // Of one that was ending when the living were asked for no program is known.
  const bool old = x.hdr.start < known_since_;
  if (!p && old) {
    stats_.ending++;
    return;
  }
  if (!p) p = unseen(key_of(x.hdr), false);  // not the nearest: what was executed last is not known
  if (p->exited) {                           // two threads that exit at once, on kernels without group_dead
    stats_.duplicates++;
    return;
  }
  p->exited = true;
  // Held over the end of its record: the event comes after the process is among the ended.
  table_.hold(p);
  table_.end(p, x.hdr.time);
  if (x.task_flags & kPfKthread)
    stats_.kernel_threads++;
  else if (old && p->uncertain && p->program->image == "-")
    stats_.ending++;
  else
    publish_(r, p);
  table_.unhold(p);
}

Process* Lifecycle::process_of(const Key& key) {
  Process* p = table_.find(key);
  return p ? p : unseen(key, false);
}

std::string Lifecycle::image_of(uint64_t start, uint32_t pid) const {
  const Process* p = table_.current(pid);
  Program program;
  sm_task task{};
  std::string image;
  if (p && p->key.start == start)
    image = p->program->image;
  else if (proc_process(pid, start, {}, &task, &program))  // its records are among those that were lost
    image = program.image;
  return image == "-" ? "" : image;
}

bool Lifecycle::already_knows(const sm_alive_record& a) {
  // Without memory it is about to go, or waits to be reaped: then it is not among the living.
  if (a.task.end_code == 0 && !(a.task.task_flags & kPfKthread) && !proc_alive(a.hdr.pid, a.hdr.start)) return true;
  seen_alive_[a.hdr.pid] = true;
  return table_.find(key_of(a.hdr)) != nullptr;
}

void Lifecycle::on_alive(const Record& r, std::string_view argv, std::string_view env, bool resync) {
  const auto& a = r.as<sm_alive_record>();
  if (already_knows(a)) return;
  Process* before = table_.current(a.hdr.pid);
  if (before && before->key.start != a.hdr.start) {
    table_.end(before, r.header->time);
    before = nullptr;
  }
  if (before && before->key.exec_id > a.hdr.exec_id) return;  // the ring knows better
  Process* p = make(r, a.task, before ? before->parent : nullptr);
  p->program = program_of(r, argv, env, env_names_);
  p->snapshot = true;
  p->uncertain = resync;
  p->uncertain_birth = before ? before->uncertain_birth : resync;
  if (before) {
    keep_parent(*before, &p->task);
    p->start = before->start;
    table_.end(before, r.header->time);
  } else {
    linked_later_.push_back(p);
  }
}

void Lifecycle::alive_done(uint64_t since) {
  table_.each([&](Process* p) {
    // Its exit record was lost, or is still in the ring: in the latter case the event will come all the same. The
    // iterator does not show everybody: the first process of a machine that is a container of another one is hidden
    // from it.
    if (!p->ended && p->key.start < since && !seen_alive_.count(p->key.pid) && !proc_alive(p->key.pid, p->key.start))
      table_.end(p, since);
  });
  for (Process* p : linked_later_)
    if (Process* parent = parent_of(p->task)) table_.set_parent(p, parent);
  linked_later_.clear();
  seen_alive_.clear();
  snapshot_end_ = static_cast<uint64_t>(now_ns(CLOCK_BOOTTIME));
  if (!known_since_) known_since_ = snapshot_end_;
}

}  // namespace sysmon
