#include "kernel/bpf_object.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <fcntl.h>
#include <linux/membarrier.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <mutex>

#include "base/failure.h"
#include "base/fd.h"
#include "kernel/iterator.h"
#include "kernel/platform.h"
#include "kernel/push_maps.h"
#include "kernel/scope.h"
#include "kernel/setup.h"
#include "kernel/untrusted.h"
#include "kernel/watched.h"

extern "C" const unsigned char sysmon_bpf_start[], sysmon_bpf_end[];

namespace sysmon {

namespace {
// libbpf's printer is process-global and writes to stderr by default: it is set once, and each load collects its own
// lines.
thread_local std::string* log_sink = nullptr;

int collect_log(enum libbpf_print_level level, const char* format, va_list args) {
  if (!log_sink || level == LIBBPF_DEBUG) return 0;
  // One message may hold all that the verifier said, and why it refused stands at its end.
  constexpr size_t kKept = 64 << 10;
  va_list again;
  va_copy(again, args);
  const int n = vsnprintf(nullptr, 0, format, again);
  va_end(again);
  if (n <= 0) return 0;
  std::string text(static_cast<size_t>(n) + 1, '\0');
  vsnprintf(text.data(), text.size(), format, args);
  text.pop_back();
  log_sink->append(text);
  if (log_sink->size() > kKept) log_sink->erase(0, log_sink->size() - kKept);
  return 0;
}

void set_printer() {
  static std::once_flag once;
  std::call_once(once, [] { libbpf_set_print(collect_log); });
}

size_t embedded_size() { return static_cast<size_t>(sysmon_bpf_end - sysmon_bpf_start); }

// Null on failure, with errno.
bpf_object* open_embedded(const std::string& btf_path, const std::vector<unsigned char>& changed = {}) {
  bpf_object_open_opts options{};
  options.sz = sizeof options;
  options.object_name = "sysmon";
  if (!btf_path.empty()) options.btf_custom_path = btf_path.c_str();
  if (!changed.empty()) return bpf_object__open_mem(changed.data(), changed.size(), &options);
  return bpf_object__open_mem(sysmon_bpf_start, embedded_size(), &options);
}

int ring_sample(void* ctx, void* data, size_t size) {
  return (*static_cast<BpfObject::OnRecord*>(ctx))(data, size) ? 0 : -ECANCELED;
}

}  // namespace

void BpfObject::Free::operator()(bpf_object* o) const { bpf_object__close(o); }
void BpfObject::Free::operator()(ring_buffer* r) const { ring_buffer__free(r); }

// While it lives, libbpf's lines of this thread go to `sink`.
struct LogTo {
  explicit LogTo(std::string* sink) { log_sink = sink; }
  ~LogTo() { log_sink = nullptr; }
};

BpfObject::BpfObject(const Settings& settings, OnRecord on_record) : on_record_(std::move(on_record)) {
  const LogTo log(&log_);
  open(settings);
  load(settings);
  ring_.reset(
      ring_buffer__new(bpf_object__find_map_fd_by_name(object_.get(), "sm_ring"), ring_sample, &on_record_, nullptr));
  if (!ring_) fail("ring_buffer__new", errno);
  attach(settings);
}

// Each has calls in progress of its own: one would take those of the other for ended.
BpfObject::BpfObject(const Settings& settings, const BpfObject& first) {
  const LogTo log(&log_);
  open(settings);
  for (const char* name : {"sm_ring", "sm_counts", "sm_losses", "sm_shares", "sm_members", "sm_uring_named",
                           "sm_pushes", "sm_push_numbers", "sm_push_networks", "sm_push_texts", "sm_push_processes"})
    if (const int error = bpf_map__reuse_fd(bpf_object__find_map_by_name(object_.get(), name),
                                            bpf_object__find_map_fd_by_name(first.object_.get(), name)))
      fail("bpf_map__reuse_fd", -error);
  load(settings);
  attach(settings);
}

void BpfObject::attach(const Settings& settings) {
  phase_.emplace(object_.get(), "sm_phase");
  pushdown_.emplace(object_.get(), "sm_pushdown");
  if (!settings.scope.cgroup.empty())
    set_scope_cgroup(bpf_program__fd(bpf_object__find_program_by_name(object_.get(), program_for(schema::Role::Scope))),
                     settings.scope.cgroup);
  self_.emplace(object_.get(), "sm_self");
  attachments_.attach(object_.get());
  if (std::count(settings.events.begin(), settings.events.end(), SM_EVENT_FILE_OPEN))
    show_watched(settings.watch_files);
  if (!attachments_.limit().empty()) limits_.push_back(attachments_.limit());
}

BpfObject::~BpfObject() {
  if (phase_) phase_->set(SM_STOPPED);  // what is still attached when its perf event is closed does nothing
}

std::vector<ProgramCost> BpfObject::costs(const Settings& settings) {
  constexpr uint32_t kStatistics = 4;  // BPF_LOG_STATS
  BpfObject self;
  const LogTo log(&self.log_);
  self.open(settings);
  std::vector<std::pair<bpf_program*, std::vector<char>>> logs;
  bpf_program* p;
  bpf_object__for_each_program(p, self.object_.get()) {
    auto& buffer = logs.emplace_back(p, std::vector<char>(64 << 10)).second;
    bpf_program__set_log_level(p, kStatistics);
    bpf_program__set_log_buf(p, buffer.data(), buffer.size());
  }
  try {
    self.load(settings);
  } catch (const Failure& f) {
    std::string last;
    for (const auto& [program, text] : logs)
      if (text.front() != '\0') last = std::string("\n") + bpf_program__name(program) + ": " + text.data();
    // They are loaded in this order: the last was refused.
    throw Failure(f.code, f.operation, f.error, f.what() + last);
  }
  std::vector<ProgramCost> costs;
  for (const auto& [program, text] : logs) {
    if (!bpf_program__autoload(program)) continue;
    costs.push_back({bpf_program__name(program), bpf_program__section_name(program),
                     static_cast<uint32_t>(bpf_program__insn_cnt(program)), text.data()});
  }
  return costs;
}

void BpfObject::open(const Settings& settings) {
  set_printer();
  check_platform(settings.btf_path);
  // Kernels before 5.11 charge BPF memory to this limit; later ones do not care, and it may be forbidden.
  const rlimit unlimited{RLIM_INFINITY, RLIM_INFINITY};
  setrlimit(RLIMIT_MEMLOCK, &unlimited);
  // Once to see which types it uses, and again to find its fields in these alone.
  object_.reset(open_embedded(settings.btf_path));
  if (!object_) fail("bpf_object__open", errno);
  const Btf kernel = load_kernel_btf(settings.btf_path, bpf_object__btf(object_.get()));
  fields_.emplace(kernel.get(), bpf_object__btf(object_.get()));
  const Btf own = settings.btf_path.empty() ? nullptr : load_kernel_btf("", bpf_object__btf(object_.get()));
  const auto changed = with_untrusted(sysmon_bpf_start, embedded_size(), own ? own.get() : kernel.get());
  object_.reset(open_embedded(fields_->path().empty() ? settings.btf_path : fields_->path(), changed));
  if (!object_) fail("bpf_object__open", errno);
  configure_object(object_.get(), settings);
  if (std::string limit = select_programs(object_.get(), settings, kernel.get()); !limit.empty())
    limits_.push_back(std::move(limit));
}

void BpfObject::load(const Settings& settings) {
  if (const int error = bpf_object__load(object_.get())) fail("bpf_object__load", -error);
  fields_.reset();
  bpf_program* p;
  bpf_object__for_each_program(p, object_.get()) {
    const uint16_t type = bpf_program__autoload(p) ? record_of(settings, bpf_program__name(p)) : 0;
    // What only iterates or is called is not run by a hook, so that none of its runs can be skipped.
    if (type && program_row(bpf_program__name(p)).role == schema::Role::None)
      counted_.emplace_back(bpf_program__fd(p), type);
  }
}

void BpfObject::add_member(uint32_t pid, uint64_t start) const {
  if (bpf_map_update_elem(bpf_object__find_map_fd_by_name(object_.get(), "sm_members"), &pid, &start, BPF_ANY) != 0)
    throw Failure("OPTION", "note a process of the scope", errno,
                  std::string("option scope.pid: its processes cannot be noted: ") + strerror(errno));
}

// Waits for a grace period, and programs run between two.
static void wait_for_programs() { syscall(SYS_membarrier, MEMBARRIER_CMD_GLOBAL, 0, 0); }

// The kernel side is told what is ours, so that it sees when others lay hands on it. A table that has no room for all
// of it (thousands of sensors in one process) leaves the rest to mend().
void BpfObject::note_own() {
  const bpf_map* map = bpf_object__find_map_by_name(object_.get(), "sm_own_bpf");
  if (!is_loaded(schema::Role::Listed)) return;
  own_.add(object_.get(), attachments_.links());
  const uint32_t ours = 1;
  for (const uint64_t key : OwnObjects::of_process()) bpf_map_update_elem(bpf_map__fd(map), &key, &ours, BPF_ANY);
}

void BpfObject::run(bool settled) {
  note_own();
  pid_ = self_->get();
  phase_->set(SM_RUNNING);
  if (settled) wait_for_programs();
  if (!is_loaded(schema::Role::Listed)) return;
  Iterator all(bpf_object__find_program_by_name(object_.get(), program_for(schema::Role::Listed)), log_);
  char nothing[64];
  while (all.read(nothing, sizeof nothing) > 0) continue;
}

bool BpfObject::is_loaded(schema::Role role) const {
  return bpf_program__autoload(bpf_object__find_program_by_name(object_.get(), program_for(role)));
}

std::vector<std::string> BpfObject::mend() {
  std::vector<std::string> told = attachments_.mend();
  if (!told.empty()) note_own();  // links that stand for others
  if (phase_->get() != SM_RUNNING) {
    told.push_back("Another process has switched the programs off (sm_phase was " + std::to_string(phase_->get()) +
                   "): they are on again; what was done since the last second was not seen");
    phase_->set(SM_RUNNING);
  }
  self_->set(pid_);
  pushdown_->set(push_set_);
  return told;
}

std::string BpfObject::find_modules(const Modules::Found& found) {
  if (modules_) return modules_->look(found);
  if (!bpf_program__autoload(bpf_object__find_program_by_name(object_.get(), "sm_module_gone"))) return {};
  modules_.emplace(loaded_in(bpf_object__find_map_fd_by_name(object_.get(), "sm_modules")));
  modules_->list(found);
  return {};
}

void BpfObject::fill_pushdown(const rules::PushTables& tables) const { fill_push_maps(object_.get(), tables); }

void BpfObject::set_pushdown(uint32_t set) {
  push_set_ = set;
  pushdown_->set(set);
  if (!set) wait_for_programs();
}

void BpfObject::push_process(const sm_push_process& who, uint64_t clauses) const {
  bpf_map_update_elem(bpf_object__find_map_fd_by_name(object_.get(), "sm_push_processes"), &who, &clauses, BPF_ANY);
}

void BpfObject::stop() {
  phase_->set(SM_STOPPED);
  wait_for_programs();  // where it is refused (nohz_full), they have ended long before the ring has been read
}

void BpfObject::detach() { attachments_.detach(); }

int BpfObject::epoll_fd() const { return ring_buffer__epoll_fd(ring_.get()); }

int BpfObject::consume() { return ring_buffer__consume(ring_.get()); }

// A program that is called and not attached; null: nobody wants what needs it.
std::shared_ptr<Fd> BpfObject::called(schema::Role role) const {
  const bpf_program* program = bpf_object__find_program_by_name(object_.get(), program_for(role));
  if (!bpf_program__autoload(program)) return nullptr;
  return std::make_shared<Fd>(fcntl(bpf_program__fd(program), F_DUPFD_CLOEXEC, 3));
}

// Its result; nothing if it cannot be run.
template <size_t N>
static std::optional<uint32_t> call(int program, std::array<uint64_t, N> arguments) {
  bpf_test_run_opts run{};
  run.sz = sizeof run;
  run.ctx_in = arguments.data();
  run.ctx_size_in = sizeof arguments;
  if (bpf_prog_test_run_opts(program, &run) != 0) return std::nullopt;
  return run.retval;
}

std::function<int(int fd)> BpfObject::writers() const {
  const auto program = called(schema::Role::Writers);
  if (!program) return nullptr;
  return [program](int fd) {
    const auto result = call<1>(program->get(), {static_cast<uint64_t>(fd)});
    return result ? static_cast<int>(*result) : -1;
  };
}

std::function<uint32_t(int, int, const sm_file&, const sm_process&)> BpfObject::runs() const {
  const auto program = called(schema::Role::Runs);
  if (!program) return nullptr;
  return [program](int fd, int pidfd, const sm_file& file, const sm_process& process) {
    return call<6>(program->get(), {static_cast<uint64_t>(fd), static_cast<uint64_t>(pidfd), file.ino, file.dev,
                                    process.start, process.exec_id})
        .value_or(0);
  };
}

std::function<bool(bool)> BpfObject::spawner() const {
  const auto program = called(schema::Role::Spawner);
  if (!program) return nullptr;
  return [program](bool on) { return call<1>(program->get(), {on ? 1u : 0u}) == 1; };
}

std::function<bool()> BpfObject::populated() const {
  const int map = bpf_object__find_map_fd_by_name(object_.get(), "sm_members");
  const auto members = std::make_shared<Fd>(fcntl(map, F_DUPFD_CLOEXEC, 3));
  if (!*members) fail("fcntl", errno);
  return [members] {
    uint32_t first;
    // What cannot be asked is not known to be empty: a run would end while its processes live.
    return bpf_map_get_next_key(members->get(), nullptr, &first) != -ENOENT;
  };
}

void BpfObject::iterate(const std::function<void(const void*, size_t)>& on_alive) const {
  Iterator tasks(bpf_object__find_program_by_name(object_.get(), program_for(schema::Role::Living)), log_);
  std::vector<uint64_t> buffer((256 << 10) / 8);
  auto* bytes = reinterpret_cast<uint8_t*>(buffer.data());
  size_t have = 0;
  while (const size_t n = tasks.read(bytes + have, buffer.size() * 8 - have)) {
    have += n;
    size_t at = 0;
    while (have - at >= sizeof(sm_header)) {
      const auto* h = reinterpret_cast<const sm_header*>(bytes + at);
      // Sizes are multiples of 8 and far below the buffer; anything else would never end.
      if (h->size < sizeof(sm_header) || h->size % 8 != 0 || h->size > buffer.size() * 8)
        throw Failure("LOAD", "read of the task iterator", 0, "the task iterator returned a record of impossible size");
      if (have - at < h->size) break;
      on_alive(h, h->size);
      at += h->size;
    }
    std::memmove(bytes, bytes + at, have - at);
    have -= at;
  }
}

void BpfObject::fail(const char* operation, int error) const { throw explain(operation, error, log_); }

}  // namespace sysmon
