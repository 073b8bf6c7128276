// Every process between two execs, alive or lately dead, with the line of its ancestors.
#pragma once
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/clock.h"
#include "base/text.h"
#include "base/wire.h"
#include "process/connections.h"
#include "process/key.h"
#include "process/origin.h"

namespace sysmon {

// What an exec brought; shared with the forks that have not executed anything themselves.
struct Program {
  std::string image = "-", cwd = "-", root, script, stdio = "[]", env = "{}";
  std::vector<std::pair<const char*, std::string>> raw;  // field, base64: what was not UTF-8
  CommandLine command_line;
  sm_file exe{};
  uint32_t marks = 0;  // SM_EXEC_*
  bool memfd = false, deleted = false;
  bool snapshot = false;  // read off the process while it ran, which can have changed it, and not told by its exec
  // Without its secrets, once that was asked for: what was changed (Redactor::kProgram*), and if anything was, how it
  // is told.
  mutable uint32_t redacted = UINT32_MAX;
  mutable std::shared_ptr<const Program> shown;
};

// Of a process of which nothing is known: what could pass for an answer, as the uid of root, is none.
inline sm_task unknown_task() {
  sm_task t{};
  t.ppid = t.ns_pid = t.sid = t.pgid = t.login_uid = t.audit_session = UINT32_MAX;
  t.uid = t.gid = t.euid = t.egid = t.suid = t.sgid = UINT32_MAX;
  return t;
}
// Whose it is and what it may do. No user has this number.
inline bool has_credentials(const sm_task& t) { return t.uid != UINT32_MAX; }

struct Process {
  Key key{};
  std::shared_ptr<const Program> program;
  Process* parent = nullptr;  // as it was when this one was made; holds a reference
  sm_task task{};
  Connections connections;
  std::shared_ptr<const Origin> origin;  // null: not known
  std::shared_ptr<const Remote> remote;  // likewise
  uint64_t input = 0;                    // pipe that stands behind descriptor 0 at the exec; 0: none, or not asked for
  WallTime start{};                      // frozen when the record is made
  uint64_t gained = 0;                   // capabilities that the exec added
  uint64_t ended = 0;                    // boot time of its exit or of the exec that followed; 0: current
  uint32_t tid = 0;                      // thread that called exec, if not the leader
  uint32_t ref = 0;                      // its number in batches
  uint32_t holds = 0;                    // children and waiting events
  uint32_t pushed_set = 0;               // set of tables of KernelFilter that it was told to the kernel side for, and
  uint32_t pushed = 0;                   // which types of records
  uint16_t depth = 0;                    // generations above
  bool forked = false;                   // has the parent's program
  bool uncertain = false;                // something of it may be wrong, because a record was lost
  bool uncertain_birth = false;          // who made it may be wrong; the execs that follow cannot mend that
  bool exited = false;                   // its exit record came
  bool snapshot = false;                 // from the iterator, not from a record of the time
  bool defined = false;                  // known to JavaScript
  bool fresh = false;                    // its program comes from the exec record that is being published
  bool expired = false;                  // to be freed with the last hold
};

// Not thread-safe: the worker's, or whoever holds the pipeline's lock.
class ProcessTable {
 public:
  static constexpr uint64_t kKeepNs = 60ull * 1000000000;
  static constexpr size_t kKeepEnded = 4096;  // 60 s of a storm would be gigabytes
  static constexpr uint16_t kMaxDepth = 128;  // relays that fork and exit would grow for ever

  // `retired` is told about each record that JavaScript knows and that goes away.
  explicit ProcessTable(std::function<void(const Process&)> retired);
  ~ProcessTable();

  Process* find(const Key& key) const;
  // The latest record of a pid, alive or not yet forgotten.
  Process* current(uint32_t pid) const;
  // The record of this key, or the nearest one of the same life of the pid.
  Process* nearest(const Key& key) const;

  // Makes a record, or returns the one of this key. An earlier one of the same life is superseded. `parent` may be
  // null.
  Process* insert(const Key& key, Process* parent);
  void end(Process* p, uint64_t boot_ns);
  void hold(Process* p) { p->holds++; }
  void unhold(Process* p);
  // Forgets what ended long ago.
  void expire(uint64_t now_boot_ns);
  // Refuses a parent that descends from the process: no kernel says so, a broken record might.
  void set_parent(Process* p, Process* parent);

  size_t size() const { return by_key_.size(); }
  void each(const std::function<void(Process*)>& f) const;

 private:
  struct Hash {
    size_t operator()(const Key& k) const {
      return (k.start ^ k.exec_id * 0x9e3779b97f4a7c15u ^ uint64_t{k.pid} << 32) * 0xff51afd7ed558ccdu >> 7;
    }
  };
  void free(Process* p);

  const std::function<void(const Process&)> retired_;
  std::unordered_map<Key, std::unique_ptr<Process>, Hash> by_key_;
  std::unordered_map<uint32_t, Process*> current_;
  std::deque<Process*> ended_;  // in the order of `ended`
  std::vector<uint32_t> free_refs_;
  uint32_t next_ref_ = 0;
};

}  // namespace sysmon
