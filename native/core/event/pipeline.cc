#include "event/pipeline.h"

#include <sys/stat.h>
#include <sys/wait.h>

#include <algorithm>

#include "base/failure.h"
#include "enrich/guid.h"
#include "process/proc_fs.h"

namespace sysmon {

using schema::Op;

static constexpr uint32_t kPfKthread = 0x00200000;

static uint64_t own_mount_namespace() {
  struct stat st;
  return stat("/proc/self/ns/mnt", &st) == 0 ? st.st_ino : 0;
}

Pipeline::Pipeline(const Settings& settings, Batcher* batch, Pools* pools)
    : settings_(settings),
      batch_(batch),
      pools_(pools),
      hasher_(pools, settings.hash_algorithms),
      written_(pools, settings.hash_algorithms),
      table_([this](const Process& p) {
        uint32_t* w = batch_->begin(static_cast<uint32_t>(schema::Entry::kRetireProcess), 4);
        w[2] = p.ref;
        batch_->end();
      }),
      dns_(&table_, {[this](const sm_header& h) { return process_of(h); },
                     [this](const Record& r, Process* p) { publish_all(r, p); },
                     [this](const dns::Answer& a, const std::string& asked, int64_t now) {
                       std::string name;  // as QueryName has it: a packet may hold any bytes
                       append_text(asked, &name);
                       hostnames_.learn(address_of(a.address.data(), a.address.size() == 16), name, a.ttl, now);
                     }}),
      machine_id_(machine_id()),
      boot_id_(boot_id()),
      own_mnt_ns_(own_mount_namespace()) {
  for (const uint16_t id : settings.events)
    if (id < 256) wanted_[id] = true;
  if (settings.plan.empty()) return;
  std::string error;
  engine_ = rules::Engine::create(settings.plan.data(), settings.plan.size(), error);
  if (!engine_) throw Failure("CONFIG", "load the plan of the rules", 0, "the rules cannot be used: " + error);
}

void Pipeline::begin_drain() {
  clock_.anchor();
  now_ = now_ns(CLOCK_MONOTONIC);
}

void Pipeline::on_record(const void* data, size_t size) {
  Record r;
  stats_.records++;
  if (decode(data, size, &r) != DecodeError::kNone) {
    stats_.malformed++;
    return;
  }
  switch (static_cast<sm_type>(r.header->type)) {
    case SM_FORK:
      return on_fork(r);
    case SM_EXEC:
      return on_exec(r);
    case SM_EXIT:
      return on_exit(r);
    case SM_DNS_PACKET:
      return dns_.packet(r, now_);
    case SM_FILE_CREATE:
    case SM_FILE_DELETE:
    case SM_FILE_MODIFY:
    case SM_RAW_ACCESS:
    case SM_PIPE_CREATE:
    case SM_PIPE_CONNECT:
    case SM_FILE_TIME:
      return on_event(r);
    case SM_NETWORK:
      return on_network(r);
    case SM_URING:
      return on_uring(r);
    case SM_ALIVE:      // comes by the iterator, never by the ring
    case SM_DNS_QUERY:  // is made here
      stats_.malformed++;
      return;
  }
}

// The parent that a record names. One that nobody has shown (lost, or hidden from the iterator) is asked for in /proc.
Process* Pipeline::parent_of(const sm_task& task) {
  if (task.ppid == 0) return nullptr;
  const Key key{task.parent_start, task.parent_exec_id, task.ppid};
  Process* p = table_.nearest(key);
  if (p && p->key.exec_id >= key.exec_id) return p;  // later only if it was found alive after an exec that followed
  return unseen(key, p == nullptr);
}

Process* Pipeline::make(const Record& r, const sm_task& task, Process* parent) {
  Process* p = table_.insert(key_of(*r.header), parent);
  p->task = task;
  p->start = clock_.wall(r.header->start);
  return p;
}

// A process, or an exec of a known one, that a record names and the table does not have, because its own record was
// lost. What /proc says may come from a later exec. `must_live`: null if /proc does not know it either.
Process* Pipeline::unseen(const Key& key, bool must_live) {
  auto program = std::make_shared<Program>();
  sm_task task{};
  task.login_uid = task.audit_session = UINT32_MAX;
  const bool known = proc_process(key.pid, key.start, settings_.env, &task, program.get());
  if (must_live && !known) return nullptr;
  Process* before = table_.current(key.pid);
  if (before && before->key.start != key.start) before = nullptr;
  if (before && !known) task = before->task;
  if (before) task.ppid = before->task.ppid;
  Process* p = table_.insert(key, before ? before->parent : known && task.ppid ? table_.current(task.ppid) : nullptr);
  p->program = std::move(program);
  p->task = task;
  p->start = before ? before->start : clock_.wall(key.start);
  p->uncertain = true;
  p->uncertain_birth = before ? before->uncertain_birth : true;
  if (before) table_.end(before, static_cast<uint64_t>(now_ns(CLOCK_BOOTTIME)));
  return p;
}

void Pipeline::on_fork(const Record& r) {
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
}

void Pipeline::on_exec(const Record& r) {
  const auto& e = r.as<sm_exec_record>();
  Process* p = table_.find(key_of(e.hdr));
  if (p && p->snapshot && !p->defined) {
    // The iterator saw the process after this exec; the record knows its arguments as they were.
    p->program = program_of(r, r.text(e.argv), r.text(e.env), settings_.env);
    p->task = e.task;
    p->tid = e.old_tid != e.hdr.pid ? e.old_tid : 0;
    p->uncertain = p->uncertain_birth;
    p->fresh = true;
  }
  if (!p) {
    Process* before = table_.current(e.hdr.pid);
    if (before && (before->key.start != e.hdr.start || before->key.exec_id > e.hdr.exec_id)) before = nullptr;
    p = make(r, e.task, before ? before->parent : parent_of(e.task));
    p->program = program_of(r, r.text(e.argv), r.text(e.env), settings_.env);
    p->tid = e.old_tid != e.hdr.pid ? e.old_tid : 0;
    p->fresh = true;
    if (before) {
      // Whoever adopted an orphan meanwhile did not make it; and the clock's anchor may have moved by a microsecond.
      p->task.ppid = before->task.ppid;
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
  publish_all(r, p);
}

void Pipeline::on_exit(const Record& r) {
  const auto& x = r.as<sm_exit_record>();
  Process* p = table_.find(key_of(x.hdr));
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
  else
    publish_all(r, p);
  table_.unhold(p);
}

Process* Pipeline::process_of(const sm_header& h) {
  Process* p = table_.find(key_of(h));
  return p ? p : unseen(key_of(h), false);
}

// What happened to something else than the process itself: the table stays as it is.
void Pipeline::on_event(const Record& r) { publish_all(r, process_of(*r.header)); }

// Also what the rules drop: it is remembered for what the process does next.
void Pipeline::on_network(const Record& r) {
  const auto& n = r.as<sm_network_record>();
  Process* p = process_of(n.hdr);
  Connection& c = p->connections.add();
  c.time = clock_.wall(n.hdr.time);
  std::memcpy(c.source, n.source, sizeof c.source);
  std::memcpy(c.destination, n.destination, sizeof c.destination);
  c.source_port = n.source_port;
  c.destination_port = n.destination_port;
  c.error = n.error;
  c.protocol = n.protocol;
  c.initiated = n.initiated;
  publish_all(r, p);
}

// Not an event but a gap in what is seen: said once a minute for each process, which the kernel side sees to.
void Pipeline::on_uring(const Record& r) {
  const Process* p = table_.find(key_of(*r.header));
  batch_->add_error(
      "IO_URING",
      "process " + std::to_string(r.header->pid) + (p ? " (" + p->program->image + ")" : "") +
          " has io_uring carry out file operations that may not be seen; stats().blind.ioUring counts them");
}

bool Pipeline::already_knows(const sm_alive_record& a) {
  // Without memory it is about to go, or waits to be reaped: then it is not among the living.
  if (a.task.end_code == 0 && !(a.task.task_flags & kPfKthread) && !proc_alive(a.hdr.pid, a.hdr.start)) return true;
  seen_alive_[a.hdr.pid] = true;
  return table_.find(key_of(a.hdr)) != nullptr;
}

void Pipeline::on_alive(const Record& r, std::string_view argv, std::string_view env, bool resync) {
  const auto& a = r.as<sm_alive_record>();
  if (already_knows(a)) return;
  Process* before = table_.current(a.hdr.pid);
  if (before && before->key.start != a.hdr.start) {
    table_.end(before, r.header->time);
    before = nullptr;
  }
  if (before && before->key.exec_id > a.hdr.exec_id) return;  // the ring knows better
  Process* p = make(r, a.task, before ? before->parent : nullptr);
  p->program = program_of(r, argv, env, settings_.env);
  p->snapshot = true;
  p->uncertain = resync;
  p->uncertain_birth = before ? before->uncertain_birth : resync;
  if (before) {
    p->task.ppid = before->task.ppid;
    p->start = before->start;
    table_.end(before, r.header->time);
  } else {
    linked_later_.push_back(p);
  }
}

void Pipeline::alive_done(uint64_t since) {
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
}

}  // namespace sysmon
