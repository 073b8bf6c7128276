// The kernel side of one sensor: its own BPF object, loaded, attached, read and taken down.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/fd.h"
#include "base/wire.h"
#include "kernel/attachments.h"
#include "kernel/kernel_btf.h"
#include "kernel/modules.h"
#include "kernel/own_objects.h"
#include "kernel/variables.h"
#include "rules/push_tables.h"
#include "schema.gen.h"
#include "settings.h"

struct bpf_object;
struct ring_buffer;

namespace sysmon {

struct LossCounters {
  uint64_t produced[SM_TYPES] = {};
  uint64_t dropped[SM_TYPES][SM_DROP_REASONS] = {};
  uint64_t filtered[SM_TYPES] = {};  // not made, because the rules would drop it
  uint64_t io_uring = 0;             // file operations that no hook sees
};

// Records of one process that were dropped since they were asked for last: at least so many, for the table that counts
// them is small.
struct LossesOf {
  sm_loss what;
  uint64_t count;
};

// What a program cost the verifier of the running kernel.
struct ProgramCost {
  std::string name, section;
  uint32_t instructions = 0;  // of the program itself, its functions included
  std::string statistics;     // the verifier's own words: instructions processed, stack of each function
};

// How often a program ran, and how long in all, while somebody let the kernel measure that.
struct ProgramRuns {
  uint64_t runs = 0, ns = 0;
};

class BpfObject {
 public:
  // `on_record` gets every record of the ring; returning false ends the current consume().
  using OnRecord = std::function<bool(void* data, size_t size)>;

  // Loads and attaches. Until run() only records of the life of processes are made. Throws Failure.
  BpfObject(const Settings& settings, OnRecord on_record);
  // Loads and attaches what makes further events, on the ring of the object that has the others. Whoever has both
  // ends this one first. Any thread.
  BpfObject(const Settings& settings, const BpfObject& first);
  ~BpfObject();
  // Loads the programs as a sensor would, attaches none. Throws Failure.
  static std::vector<ProgramCost> costs(const Settings& settings);
  BpfObject(const BpfObject&) = delete;
  BpfObject& operator=(const BpfObject&) = delete;

  // Readable when the ring has data.
  int epoll_fd() const;
  // Takes what there is. Returns the number of records, or -errno.
  int consume();
  // A process of the tree that is the scope: what it makes is one as well. Throws Failure.
  void add_member(uint32_t pid, uint64_t start) const;
  // From now on all records are made, first those of what is there already; `settled`: when it returns, no program is
  // under way that began before. Throws Failure.
  void run(bool settled = false);
  // Ends the production of records; what is on the ring stays readable. When it returns, no program is under way.
  void stop();
  void detach();
  // Tables of what is dropped by rules. Only while set_pushdown(0) holds for all objects. Throws Failure.
  void fill_pushdown(const rules::PushTables& tables) const;
  // They are in force, as this set; 0: no more, and when it returns no program is under way that uses them.
  void set_pushdown(uint32_t set);
  // Which clauses a process leaves possible. A table without room forgets another one.
  void push_process(const sm_push_process& who, uint64_t clauses) const;
  // Undoes what others have done to its programs and variables while it runs, and says what that was.
  std::vector<std::string> mend();
  // Makes records of modules: the first time of those that are there, and then of those that have vanished from the
  // kernel's list. Returns what is not looked after, once; empty: nothing, or nobody wants to know.
  std::string find_modules(const Modules::Found& found);
  // Adds what the kernel did not run of an object of further events.
  void add_further(LossCounters* sum) const;
  LossCounters counters() const;
  // Records of one type that were dropped, for those who ask often.
  uint64_t dropped(uint16_t type) const;
  uint64_t skipped(uint16_t type) const;
  std::vector<LossesOf> take_losses() const;
  // By name of the program.
  void add_program_runs(std::map<std::string, ProgramRuns>* sum) const;
  // The kernel measures the programs of the whole system until this is closed. Throws Failure.
  static Fd measure();
  // What is not seen here although it is wanted, and why. The sensor works without.
  const std::vector<std::string>& limits() const { return limits_; }
  // Tells how many open files may write to the file that a descriptor of the calling process is open on; negative: it
  // cannot. Usable on any thread, and after this object is gone. Empty: nobody wants the events that need it.
  std::function<int(int fd)> writers() const;
  // Tells whether a descriptor of the calling process is open on this file, and whether a process (a pidfd; negative:
  // none) still runs it: SM_SAME_INODE, SM_STILL_RUNS. As above.
  std::function<uint32_t(int fd, int pidfd, const sm_file& file, const sm_process& process)> runs() const;
  // Tells the kernel side that what the calling thread makes from now on is of the scope, or no longer; false: it
  // cannot. Usable on any thread, and after this object is gone. Empty: the scope is another.
  std::function<bool(bool on)> spawner() const;
  // Tells whether anybody lives who is of the tree that is the scope. As above.
  std::function<bool()> populated() const;
  // Runs the task iterator; the records go to `on_alive` one by one. Throws Failure.
  void iterate(const std::function<void(const void* data, size_t size)>& on_alive) const;

 private:
  BpfObject() = default;
  void open(const Settings& settings);  // and selects what is to be loaded
  void load(const Settings& settings);
  void attach(const Settings& settings);
  std::shared_ptr<Fd> called(schema::Role role) const;
  sm_counters counted(uint32_t type) const;
  void add_skipped(LossCounters* sum) const;
  void note_own();
  bool is_loaded(schema::Role role) const;
  [[noreturn]] void fail(const char* operation, int error) const;

  struct Free {
    void operator()(bpf_object* o) const;
    void operator()(ring_buffer* r) const;
  };
  OnRecord on_record_;
  std::string log_;                   // what libbpf and the verifier said during the load
  std::optional<ReducedBtf> fields_;  // until the object is loaded
  std::unique_ptr<bpf_object, Free> object_;
  std::unique_ptr<ring_buffer, Free> ring_;
  std::optional<Variable> phase_;     // enum sm_phase
  std::optional<Variable> self_;      // pid of this process, as the task iterator found it
  std::optional<Variable> pushdown_;  // number of the set of tables in force
  uint32_t push_set_ = 0;             // the same, where others cannot write
  uint32_t pid_ = 0;                  // the same, where others cannot write
  Attachments attachments_{log_};
  OwnObjects own_;
  std::optional<Modules> modules_;
  std::vector<std::string> limits_;
  std::vector<std::pair<int, uint16_t>>
      counted_;  // descriptors of the loaded programs, and the type of record each makes
};

}  // namespace sysmon
