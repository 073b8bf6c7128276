#include "kernel/setup.h"

#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <linux/bpf.h>

#include <algorithm>
#include <cstring>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "base/failure.h"
#include "enrich/cgroups.h"
#include "kernel/kernel_btf.h"
#include "kernel/platform.h"
#include "kernel/variables.h"
#include "kernel/watched.h"

namespace sysmon {

namespace {
// One allowed variable as the probe compares it; the same layout as in bpf/settings.h.
struct EnvName {
  uint64_t prefix, mask;
};
constexpr size_t kEnvNames = 16;
constexpr uint32_t kUringCalls = 1024;  // SM_URING_CALLS in bpf/read/call.h

// What the kernel has, by its BTF. Its types are read once: libbpf goes through all hundred thousand for each question.
class KernelTypes {
 public:
  explicit KernelTypes(const btf* kernel) : kernel_(kernel) {
    for (uint32_t id = 1; id < btf__type_cnt(kernel); id++) {
      const btf_type* t = btf__type_by_id(kernel, id);
      if (btf_is_struct(t))
        structs_.insert(btf__name_by_offset(kernel, t->name_off));
      else if (const std::string_view name = btf_is_typedef(t) ? btf__name_by_offset(kernel, t->name_off) : "";
               name.substr(0, kHook.size()) == kHook)
        hooks_.emplace(name.substr(kHook.size()), t);
    }
  }

  // Number of arguments of a raw tracepoint; 0 if it does not exist.
  int arguments_of(std::string_view hook) const {
    const auto found = hooks_.find(hook);
    if (found == hooks_.end()) return 0;
    const btf_type* t = btf__type_by_id(kernel_, found->second->type);  // pointer
    t = btf__type_by_id(kernel_, t->type);  // prototype; its first argument is the hook's private data
    return btf_is_func_proto(t) ? btf_vlen(t) - 1 : 0;
  }

  bool have(const schema::Need& need) const {
    if (need.most < 0) return structs_.count(need.name) != 0;
    const int arguments = arguments_of(need.name);
    return arguments >= need.least && arguments <= need.most;
  }

 private:
  static constexpr std::string_view kHook = "btf_trace_";
  const btf* const kernel_;
  std::unordered_set<std::string_view> structs_;
  std::unordered_map<std::string_view, const btf_type*> hooks_;
};

bool lists(const char* const* names, const std::string& name) {
  for (; *names; names++)
    if (name == *names) return true;
  return false;
}

// Also for what else is made of its records.
bool is_wanted(const Settings& settings, const schema::Event& e) {
  return (settings.origin && e.for_origin) ||
         std::find(settings.events.begin(), settings.events.end(), e.id) != settings.events.end();
}

// The others are loaded for the events that are wanted.
bool needed(const Settings& settings, const schema::Program& program, bool cgroups) {
  if (program.keeps) return !settings.addition;
  if (program.role == schema::Role::Scope) return !settings.scope.cgroup.empty();
  if (program.role == schema::Role::Spawner) return settings.scope.spawned && !settings.addition;
  return std::any_of(std::begin(schema::kEvents), std::end(schema::kEvents), [&](const auto& e) {
    const bool substitute = lists(e.without_cgroup2, program.name);
    return is_wanted(settings, e) && (substitute ? !cgroups : lists(e.programs, program.name));
  });
}
}  // namespace

const schema::Program& program_row(const std::string& name) {
  for (const auto& p : schema::kPrograms)
    if (name == p.name) return p;
  throw Failure("LOAD", "look up " + name, 0,
                "the BPF object has a program " + name + " that the schema does not know: the build is inconsistent");
}

std::vector<uint16_t> loaded_events(const Settings& settings) {
  std::vector<uint16_t> ids;
  for (const auto& e : schema::kEvents)
    if (is_wanted(settings, e)) ids.push_back(e.id);
  return ids;
}

const char* program_for(schema::Role role) {
  for (const auto& p : schema::kPrograms)
    if (p.role == role) return p.name;
  return "";
}

std::string events_of_calls(bpf_object* object) {
  std::string names;
  const char* last = "";
  for (const auto& e : schema::kEvents) {
    const auto follows = [&](const char* const* list) {
      for (; *list; list++)
        if (bpf_program__type(bpf_object__find_program_by_name(object, *list)) == BPF_PROG_TYPE_TRACEPOINT) return true;
      return false;
    };
    if (std::strcmp(last, e.name) == 0 || !(follows(e.programs) || follows(e.without_cgroup2))) continue;
    names += (names.empty() ? "" : ", ") + std::string(e.name);
    last = e.name;
  }
  return names;
}

uint16_t record_of(const Settings& settings, const std::string& name) {
  if (const uint16_t kept = program_row(name).keeps) return kept;
  for (const auto& e : schema::kEvents)
    if (is_wanted(settings, e) && (lists(e.programs, name) || lists(e.without_cgroup2, name))) return e.wire_type;
  return 0;
}

static bpf_map* map_of(bpf_object* object, const char* name) {
  if (bpf_map* map = bpf_object__find_map_by_name(object, name)) return map;
  throw Failure("LOAD", std::string("look up ") + name, 0,
                std::string("the BPF object has no map ") + name + ": the build is inconsistent");
}

void configure_object(bpf_object* object, const Settings& settings) {
  const int cpus = libbpf_num_possible_cpus();
  if (cpus < 0)
    throw Failure("LOAD", "libbpf_num_possible_cpus", -cpus,
                  std::string("the number of CPUs cannot be known: ") + strerror(-cpus));
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
  set_constant(object, "sm_cpus", &count, sizeof count);
  set_constant(object, "sm_ring_bytes", &settings.ring_bytes, sizeof settings.ring_bytes);
  uint8_t wanted[256] = {};
  for (const auto& e : schema::kEvents)
    if (is_wanted(settings, e) && e.id < sizeof wanted) wanted[e.id] = 1;
  set_constant(object, "sm_wanted", wanted, sizeof wanted);
  const uint64_t flow_ns = settings.flow_seconds * 1000000000ull;
  const uint8_t failed_connects = settings.failed_connects;
  set_constant(object, "sm_flow_ns", &flow_ns, sizeof flow_ns);
  const uint8_t failed_access = settings.failed_access;
  set_constant(object, "sm_failed_access", &failed_access, sizeof failed_access);
  set_constant(object, "sm_failed_connects", &failed_connects, sizeof failed_connects);
  const uint32_t scope = settings.scope.tree() ? SM_SCOPE_TREE : settings.scope.all() ? SM_SCOPE_ALL : SM_SCOPE_CGROUP;
  set_constant(object, "sm_scope", &scope, sizeof scope);
  if (scope != SM_SCOPE_TREE) bpf_map__set_max_entries(map_of(object, "sm_members"), 1);
  const uint8_t mdns = settings.mdns;
  set_constant(object, "sm_mdns", &mdns, sizeof mdns);
  const uint8_t v1_cgroups = Cgroups::has_v1();
  set_constant(object, "sm_v1_cgroups", &v1_cgroups, sizeof v1_cgroups);
  set_watched(object, settings.watch_files);
  set_constant(object, "sm_env_count", &env_count, sizeof env_count);
  set_constant(object, "sm_env_names", names, sizeof names);
  bpf_map__set_max_entries(map_of(object, "sm_ring"), static_cast<uint32_t>(settings.ring_bytes));
  bpf_map__set_max_entries(map_of(object, "sm_scratches"), count + 1);
  // Two are for kernels that have no storage for each task, and two for the others.
  const uint8_t threads_keep_calls =
      libbpf_probe_bpf_helper(BPF_PROG_TYPE_TRACEPOINT, BPF_FUNC_task_storage_get, nullptr) == 1;
  set_constant(object, "sm_threads_keep_calls", &threads_keep_calls, sizeof threads_keep_calls);
  for (const char* own : {"sm_task_calls", "sm_task_writes"})
    bpf_map__set_autocreate(map_of(object, own), threads_keep_calls);
  if (threads_keep_calls) {
    bpf_map__set_max_entries(map_of(object, "sm_calls"), kUringCalls);
    bpf_map__set_max_entries(map_of(object, "sm_writes"), 1);
  }
  // Tables take megabytes, whether there is anything in them or not.
  for (const auto& e : schema::kEvents)
    for (const char* const* name = e.maps; *name; name++)
      if (std::none_of(std::begin(schema::kEvents), std::end(schema::kEvents),
                       [&](const auto& o) { return is_wanted(settings, o) && lists(o.maps, *name); }))
        bpf_map__set_max_entries(map_of(object, *name), 1);
}

bool of_cgroups(const bpf_program* p) {
  const bpf_prog_type type = bpf_program__type(p);
  return type == BPF_PROG_TYPE_CGROUP_SKB || type == BPF_PROG_TYPE_CGROUP_SOCK_ADDR;
}

// Puts calls of these functions of the kernel in place of what stands for them; bpf/hooks/program.h says why. Throws
// Failure.
static void hold_cpus(bpf_object* object, const btf* kernel) {
  struct {
    const int32_t placeholder;
    const int function;
    size_t replaced = 0;
  } calls[] = {{0x53594d01, btf__find_by_name_kind(kernel, "bpf_preempt_disable", BTF_KIND_FUNC)},
               {0x53594d02, btf__find_by_name_kind(kernel, "bpf_preempt_enable", BTF_KIND_FUNC)}};
  for (auto& c : calls)
    if (c.function < 0) return;  // what the kernel passes over is counted
  bpf_program* p;
  bpf_object__for_each_program(p, object) {
    // libbpf's own copy, which it has still to load.
    auto* code = const_cast<bpf_insn*>(bpf_program__insns(p));
    for (size_t i = 0; i < bpf_program__insn_cnt(p); i++) {
      for (auto& c : calls) {
        if (code[i].code != (BPF_ALU64 | BPF_MOV | BPF_K) || code[i].dst_reg != 0 || code[i].imm != c.placeholder)
          continue;
        code[i] = {BPF_JMP | BPF_CALL, 0, BPF_PSEUDO_KFUNC_CALL, 0, c.function};
        c.replaced++;
      }
    }
  }
  for (const auto& c : calls)
    if (c.replaced == 0)
      throw Failure("LOAD", "hold CPUs", 0,
                    "the BPF object has nothing that stands for holding the CPU: the build is inconsistent");
}

std::string select_programs(bpf_object* object, const Settings& settings, const btf* kernel) {
  const KernelTypes types(kernel);
  for (const auto& fact : schema::kKernelFacts) {
    const uint8_t there = types.arguments_of(fact.hook) > 0;
    set_constant(object, fact.constant, &there, sizeof there);
  }
  if (kernel_at_least(7, 0)) {  // a file that stands in for the kernel's BTF numbers its types otherwise
    const Btf own = settings.btf_path.empty() ? nullptr : load_kernel_btf("", bpf_object__btf(object));
    hold_cpus(object, own ? own.get() : kernel);
  }
  for (const auto& row : schema::kPrograms)
    if (!bpf_object__find_program_by_name(object, row.name))
      throw Failure("LOAD", std::string("look up ") + row.name, 0,
                    std::string("the BPF object has no program ") + row.name + ": the build is inconsistent");
  const CgroupRoot cgroups = cgroup_root();
  bool limited = false;
  bpf_program* p;
  bpf_object__for_each_program(p, object) {
    const schema::Program& row = program_row(bpf_program__name(p));
    if (!needed(settings, row, !cgroups.path.empty())) {
      bpf_program__set_autoload(p, false);
    } else if (of_cgroups(p)) {
      limited |= !cgroups.limit.empty();
      if (cgroups.path.empty()) bpf_program__set_autoload(p, false);
    }
    // A hook that this kernel does not have, or not in this form: its event says what is not seen without it.
    const std::string_view section = bpf_program__section_name(p);
    constexpr std::string_view kTypedHook = "tp_btf/";
    const bool typed = section.substr(0, kTypedHook.size()) == kTypedHook;
    const bool absent = typed && !types.arguments_of(section.substr(kTypedHook.size()));
    if (absent || !std::all_of(row.needs, row.needs + row.need_count, [&](const auto& n) { return types.have(n); }))
      bpf_program__set_autoload(p, false);
  }
  return limited ? cgroups.limit : "";
}

}  // namespace sysmon
