#include "bpf_object.h"

#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <mutex>
#include <thread>

#include "failure.h"
#include "kernel_btf.h"
#include "platform.h"
#include "schema.gen.h"
#include "tracepoints.h"

extern "C" const unsigned char sysmon_bpf_start[], sysmon_bpf_end[];

namespace sysmon {

namespace {
// libbpf's printer is process-global and writes to stderr by default: it is set once, and each load collects its own lines.
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

int ring_sample(void* ctx, void* data, size_t size) { return (*static_cast<BpfObject::OnRecord*>(ctx))(data, size) ? 0 : -ECANCELED; }

// One allowed variable as the probe compares it; the same layout as in bpf/helpers/config.h.
struct EnvName {
  uint64_t prefix, mask;
};
constexpr size_t kEnvNames = 16;
}  // namespace

void BpfObject::Free::operator()(bpf_object* o) const { bpf_object__close(o); }
void BpfObject::Free::operator()(ring_buffer* r) const { ring_buffer__free(r); }

// Memory of a global variable of the BPF object; null if it has none of that name and size.
static void* find_variable(bpf_object* object, const char* section_name, const char* name, size_t size) {
  const btf* types = object ? bpf_object__btf(object) : nullptr;
  if (!types) return nullptr;
  const int section_id = btf__find_by_name_kind(types, section_name, BTF_KIND_DATASEC);
  bpf_map* map = bpf_object__find_map_by_name(object, section_name);
  size_t bytes = 0;
  auto* memory = map ? static_cast<uint8_t*>(const_cast<void*>(bpf_map__initial_value(map, &bytes))) : nullptr;
  if (section_id > 0 && memory) {
    const btf_type* section = btf__type_by_id(types, static_cast<uint32_t>(section_id));
    const btf_var_secinfo* v = btf_var_secinfos(section);
    for (int i = 0; i < btf_vlen(section); i++) {
      const btf_type* variable = btf__type_by_id(types, v[i].type);
      if (strcmp(btf__name_by_offset(types, variable->name_off), name) != 0) continue;
      return v[i].size == size && v[i].offset + size <= bytes ? memory + v[i].offset : nullptr;
    }
  }
  return nullptr;
}

static void set_constant(bpf_object* object, const char* name, const void* value, size_t size) {
  if (void* memory = find_variable(object, ".rodata", name, size)) {
    std::memcpy(memory, value, size);
    return;
  }
  throw Failure("LOAD", std::string("set ") + name, 0,
                std::string("the BPF object has no constant ") + name + " of the expected size: the build is inconsistent");
}

// Number of arguments of a raw tracepoint, from the kernel's BTF; 0 if it does not exist.
static int tracepoint_arguments(const btf* kernel, const char* name) {
  const int id = btf__find_by_name_kind(kernel, (std::string("btf_trace_") + name).c_str(), BTF_KIND_TYPEDEF);
  if (id < 0) return 0;
  const btf_type* t = btf__type_by_id(kernel, static_cast<uint32_t>(id));
  t = btf__type_by_id(kernel, t->type);  // pointer
  t = btf__type_by_id(kernel, t->type);  // prototype; its first argument is the hook's private data
  return btf_is_func_proto(t) ? btf_vlen(t) - 1 : 0;
}

// While it lives, libbpf's lines of this thread go to `sink`.
struct LogTo {
  explicit LogTo(std::string* sink) { log_sink = sink; }
  ~LogTo() { log_sink = nullptr; }
};

BpfObject::BpfObject(const Settings& settings, OnRecord on_record) : on_record_(std::move(on_record)) {
  const LogTo log(&log_);
  open(settings);
  load(settings);
  ring_.reset(ring_buffer__new(bpf_object__find_map_fd_by_name(object_.get(), "sm_ring"), ring_sample, &on_record_, nullptr));
  if (!ring_) fail("ring_buffer__new", errno);
  try {
    attach();
  } catch (...) {
    detach();  // no destructor runs for what was not made to its end, and what is attached would stay so
    throw;
  }
}

BpfObject::~BpfObject() { detach(); }

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
    throw Failure(f.code, f.operation, f.error, f.what() + last);  // they are loaded in this order: the last was refused
  }
  std::vector<ProgramCost> costs;
  for (const auto& [program, text] : logs) {
    if (!bpf_program__autoload(program)) continue;
    costs.push_back({bpf_program__name(program), bpf_program__section_name(program), static_cast<uint32_t>(bpf_program__insn_cnt(program)), text.data()});
  }
  return costs;
}

void BpfObject::open(const Settings& settings) {
  set_printer();
  check_platform(settings.btf_path);
  // Kernels before 5.11 charge BPF memory to this limit; later ones do not care, and it may be forbidden.
  const rlimit unlimited{RLIM_INFINITY, RLIM_INFINITY};
  setrlimit(RLIMIT_MEMLOCK, &unlimited);

  bpf_object_open_opts options{};
  options.sz = sizeof options;
  options.object_name = "sysmon";
  if (!settings.btf_path.empty()) options.btf_custom_path = settings.btf_path.c_str();
  object_.reset(bpf_object__open_mem(sysmon_bpf_start, static_cast<size_t>(sysmon_bpf_end - sysmon_bpf_start), &options));
  if (!object_) fail("bpf_object__open", errno);
  configure(settings);
}

static bool lists(const char* const* names, const std::string& name) {
  for (; *names; names++)
    if (name == *names) return true;
  return false;
}

static bool is_wanted(const Settings& settings, const schema::Event& e) {
  return std::find(settings.events.begin(), settings.events.end(), e.id) != settings.events.end();
}

// Programs that no event lists keep the process table. The others are loaded for the events that are wanted.
static bool needed(const Settings& settings, const std::string& program, bool cgroups) {
  bool listed = false;
  for (const auto& e : schema::kEvents) {
    const bool substitute = lists(e.without_cgroup2, program);
    if (!substitute && !lists(e.programs, program)) continue;
    listed = true;
    if (is_wanted(settings, e) && !(substitute && cgroups)) return true;
  }
  return !listed;
}

void BpfObject::configure(const Settings& settings) {
  const int cpus = libbpf_num_possible_cpus();
  if (cpus < 0) fail("libbpf_num_possible_cpus", -cpus);
  const auto count = static_cast<uint32_t>(cpus);
  EnvName names[kEnvNames];
  std::fill(std::begin(names), std::end(names), EnvName{UINT64_MAX, 0});  // matches nothing
  const auto env_count = static_cast<uint32_t>(std::min(settings.env.size(), kEnvNames));
  for (uint32_t i = 0; i < env_count; i++) {
    const std::string text = settings.env[i] + '=';
    const size_t n = std::min<size_t>(text.size(), 8);
    names[i] = {};
    std::memcpy(&names[i].prefix, text.data(), n);
    std::memset(&names[i].mask, 0xff, n);
  }
  set_constant(object_.get(), "sm_cpus", &count, sizeof count);
  set_constant(object_.get(), "sm_ring_bytes", &settings.ring_bytes, sizeof settings.ring_bytes);
  uint8_t wanted[256] = {};
  for (const uint16_t id : settings.events)
    if (id < sizeof wanted) wanted[id] = 1;
  set_constant(object_.get(), "sm_wanted", wanted, sizeof wanted);
  const uint64_t flow_ns = settings.flow_seconds * 1000000000ull;
  const uint8_t failed_connects = settings.failed_connects;
  set_constant(object_.get(), "sm_flow_ns", &flow_ns, sizeof flow_ns);
  set_constant(object_.get(), "sm_failed_connects", &failed_connects, sizeof failed_connects);
  const uint8_t mdns = settings.mdns;
  set_constant(object_.get(), "sm_mdns", &mdns, sizeof mdns);
  set_constant(object_.get(), "sm_env_count", &env_count, sizeof env_count);
  set_constant(object_.get(), "sm_env_names", names, sizeof names);
  bpf_map__set_max_entries(bpf_object__find_map_by_name(object_.get(), "sm_ring"), static_cast<uint32_t>(settings.ring_bytes));
  bpf_map__set_max_entries(bpf_object__find_map_by_name(object_.get(), "sm_scratches"), count + 1);
  // Tables take megabytes, whether there is anything in them or not.
  for (const auto& e : schema::kEvents)
    for (const char* const* name = e.maps; *name; name++)
      if (std::none_of(std::begin(schema::kEvents), std::end(schema::kEvents), [&](const auto& o) { return is_wanted(settings, o) && lists(o.maps, *name); }))
        bpf_map__set_max_entries(bpf_object__find_map_by_name(object_.get(), *name), 1);
}

static bool of_cgroups(const bpf_program* p) {
  const bpf_prog_type type = bpf_program__type(p);
  return type == BPF_PROG_TYPE_CGROUP_SKB || type == BPF_PROG_TYPE_CGROUP_SOCK_ADDR;
}

void BpfObject::load(const Settings& settings) {
  const Btf kernel = load_kernel_btf(settings.btf_path, bpf_object__btf(object_.get()));
  // 6.15 tells the hook whether the whole process is gone.
  const bool group_dead = tracepoint_arguments(kernel.get(), "sched_process_exit") >= 2;
  const uint8_t tells_inodes = tracepoint_arguments(kernel.get(), "inode_set_ctime_to_ts") > 0;
  set_constant(object_.get(), "sm_tells_inodes", &tells_inodes, sizeof tells_inodes);
  const int uring_arguments = tracepoint_arguments(kernel.get(), "io_uring_submit_sqe");
  const CgroupRoot cgroups = cgroup_root();
  bool limited = false;
  bpf_program* p;
  bpf_object__for_each_program(p, object_.get()) {
    const std::string name = bpf_program__name(p);
    if (!needed(settings, name, !cgroups.path.empty())) {
      bpf_program__set_autoload(p, false);
    } else if (of_cgroups(p)) {
      limited |= !cgroups.limit.empty();
      if (cgroups.path.empty()) bpf_program__set_autoload(p, false);
    }
    // A hook that this kernel does not have: its event says what is not seen without it.
    const std::string_view section = bpf_program__section_name(p);
    constexpr std::string_view kTypedHook = "tp_btf/";
    if (section.substr(0, kTypedHook.size()) == kTypedHook && !tracepoint_arguments(kernel.get(), section.data() + kTypedHook.size()))
      bpf_program__set_autoload(p, false);
    // The hook had other arguments before: 6.0 brought the request, after 5.12 come versions that are not known here.
    if (name == "sm_uring_submit_60" && uring_arguments != 2) bpf_program__set_autoload(p, false);
    if (name == "sm_uring_submit_510" && uring_arguments != 5) bpf_program__set_autoload(p, false);
    if (name == (group_dead ? "sm_process_terminate_live" : "sm_process_terminate")) bpf_program__set_autoload(p, false);
  }
  if (limited) limits_.push_back(cgroups.limit);
  if (const int error = bpf_object__load(object_.get())) fail("bpf_object__load", -error);
}

void BpfObject::attach() {
  std::vector<bpf_program*> cgroup_programs;
  bpf_program* p;
  bpf_object__for_each_program(p, object_.get()) {
    // The iterator is attached when it is read.
    if (!bpf_program__autoload(p) || bpf_program__expected_attach_type(p) == BPF_TRACE_ITER) continue;
    if (of_cgroups(p)) {
      cgroup_programs.push_back(p);
      continue;
    }
    if (bpf_program__type(p) == BPF_PROG_TYPE_TRACEPOINT) {
      attach_to_calls(p);
      continue;
    }
    bpf_link* link = bpf_program__attach(p);
    if (!link) fail((std::string("bpf_program__attach ") + bpf_program__name(p)).c_str(), errno);
    links_.push_back(link);
  }
  visit("sm_network_existing");  // before the programs that would take what it finds for new
  if (!cgroup_programs.empty()) attach_to_cgroups(cgroup_programs);
}

// Runs an iterator that fills a table and writes nothing, if it is loaded.
void BpfObject::visit(const char* name) const {
  bpf_program* program = bpf_object__find_program_by_name(object_.get(), name);
  if (!bpf_program__autoload(program)) return;
  std::unique_ptr<bpf_link, int (*)(bpf_link*)> link(bpf_program__attach_iter(program, nullptr), bpf_link__destroy);
  if (!link) fail((std::string("bpf_program__attach_iter ") + name).c_str(), errno);
  const int fd = bpf_iter_create(bpf_link__fd(link.get()));
  if (fd < 0) fail((std::string("bpf_iter_create ") + name).c_str(), errno);
  char nothing[64];
  ssize_t n;
  do {
    n = read(fd, nothing, sizeof nothing);
  } while (n > 0 || (n < 0 && (errno == EINTR || errno == EAGAIN)));
  const int error = n < 0 ? errno : 0;
  close(fd);
  if (error) fail((std::string("read of the iterator ") + name).c_str(), error);
}

// Links go with this process, and leave room for those of others.
void BpfObject::attach_to_cgroups(const std::vector<bpf_program*>& programs) {
  const std::string path = cgroup_root().path;
  const int fd = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  int error = fd < 0 ? errno : 0;
  for (bpf_program* p : programs) {
    if (error) break;
    bpf_link* link = bpf_program__attach_cgroup(p, fd);
    if (link)
      links_.push_back(link);
    else
      error = errno;
  }
  if (fd >= 0) close(fd);
  if (error) limits_.push_back("not all packets are seen: programs cannot be attached to " + path + ": " + strerror(error));
}

void BpfObject::attach_to_calls(bpf_program* p) {
  if (!tracepoints_) tracepoints_ = std::make_unique<Tracepoints>();
  for (const std::string& name : tracepoint_names(bpf_program__section_name(p))) {
    const std::optional<int> id = tracepoints_->id(name);
    if (!id) continue;  // arm64 has no open, creat, unlink and the like: nothing goes unseen
    bpf_link* link = attach_tracepoint(p, *id);
    if (!link) {
      const int error = errno;
      const std::string operation = "attach " + std::string(bpf_program__name(p)) + " to " + name;
      // Debian's and Ubuntu's kernels have levels above 2, which mainline does not.
      if ((error == EACCES || error == EPERM) && perf_event_paranoid() > 2)
        throw Failure("PERMISSION", operation, error,
                      operation + " failed: " + strerror(error) +
                          ". kernel.perf_event_paranoid is above 2, and this kernel then lets only root (CAP_SYS_ADMIN) follow system calls: set it to 2 "
                          "(sysctl kernel.perf_event_paranoid=2), run as root, or leave out NetworkConnect and the events about files");
      fail(operation.c_str(), error);
    }
    call_links_.push_back(link);
  }
}

void BpfObject::detach() {
  if (auto* stopped = static_cast<uint32_t*>(find_variable(object_.get(), ".bss", "sm_stopped", sizeof(uint32_t))))
    __atomic_store_n(stopped, 1, __ATOMIC_RELEASE);
  for (bpf_link* link : links_) bpf_link__destroy(link);
  links_.clear();
  if (call_links_.empty()) return;
  // The kernel waits for a grace period after each, which for all together is seconds. They do nothing any more, and
  // whoever stops the sensor need not wait for that.
  const auto destroy = [](const std::vector<bpf_link*>& links) {
    for (bpf_link* link : links) bpf_link__destroy(link);
  };
  try {
    std::thread(destroy, call_links_).detach();
  } catch (const std::system_error&) {  // no thread to be had: this runs in a destructor, from which nothing may be thrown
    destroy(call_links_);
  }
  call_links_.clear();
}

int BpfObject::epoll_fd() const { return ring_buffer__epoll_fd(ring_.get()); }

int BpfObject::consume() { return ring_buffer__consume(ring_.get()); }

LossCounters BpfObject::counters() const {
  LossCounters sum;
  const int fd = bpf_object__find_map_fd_by_name(object_.get(), "sm_counts");
  std::vector<sm_counters> per_cpu(static_cast<size_t>(libbpf_num_possible_cpus()));
  for (uint32_t type = 0; type < SM_TYPES; type++) {
    if (bpf_map_lookup_elem(fd, &type, per_cpu.data()) != 0) continue;
    for (const auto& c : per_cpu) {
      sum.produced[type] += c.produced;
      for (int reason = 0; reason < SM_DROP_REASONS; reason++) sum.dropped[type][reason] += c.dropped[reason];
    }
  }
  std::vector<uint64_t> uring(static_cast<size_t>(libbpf_num_possible_cpus()));
  const uint32_t first = 0;
  if (bpf_map_lookup_elem(bpf_object__find_map_fd_by_name(object_.get(), "sm_uring_count"), &first, uring.data()) == 0)
    for (const uint64_t n : uring) sum.io_uring += n;
  return sum;
}

void BpfObject::iterate(const std::function<void(const void*, size_t)>& on_alive) const {
  bpf_program* program = bpf_object__find_program_by_name(object_.get(), "sm_process_alive");
  std::unique_ptr<bpf_link, int (*)(bpf_link*)> link(bpf_program__attach_iter(program, nullptr), bpf_link__destroy);
  if (!link) fail("bpf_program__attach_iter", errno);
  const int fd = bpf_iter_create(bpf_link__fd(link.get()));
  if (fd < 0) fail("bpf_iter_create", errno);
  std::vector<uint64_t> buffer((256 << 10) / 8);
  auto* bytes = reinterpret_cast<uint8_t*>(buffer.data());
  size_t have = 0;
  for (;;) {
    const ssize_t n = read(fd, bytes + have, buffer.size() * 8 - have);
    if (n < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (n <= 0) {
      const int error = n < 0 ? errno : 0;
      close(fd);
      if (error) fail("read of the task iterator", error);
      return;
    }
    have += static_cast<size_t>(n);
    size_t at = 0;
    while (have - at >= sizeof(sm_header)) {
      const auto* h = reinterpret_cast<const sm_header*>(bytes + at);
      // Sizes are multiples of 8 and far below the buffer; anything else would never end.
      if (h->size < sizeof(sm_header) || h->size % 8 != 0 || h->size > buffer.size() * 8) {
        close(fd);
        throw Failure("LOAD", "read of the task iterator", 0, "the task iterator returned a record of impossible size");
      }
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
