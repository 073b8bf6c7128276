// The module: what the addon exports, and what can be asked of it without a sensor.
#include <napi.h>

#include "binding/datagram.h"
#include "binding/failure.h"
#include "binding/rules.h"
#include "binding/sensor.h"
#include "core/event/batcher.h"
#include "core/kernel/bpf_object.h"
#include "core/kernel/platform.h"
#include "core/process/proc_fs.h"
#include "core/schema.gen.h"
#include "core/settings.h"

namespace {

using sysmon::Batcher;
using sysmon::Failure;

Napi::Value Inspect(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const sysmon::Platform p = sysmon::inspect_platform();
  auto o = Napi::Object::New(env);
  o["kernel"] = p.kernel;
  o["btf"] = p.btf;
  o["ringBuffer"] = p.ring_buffer;
  o["lockdown"] = p.lockdown;
  o["cgroup2"] = p.cgroup2;
  const sysmon::CgroupRoot root = sysmon::cgroup_root();
  o["packets"] = !root.path.empty();
  o["packetsLimit"] = root.limit;
  o["hashing"] = p.hashing;
  auto privileges = Napi::Array::New(env);
  for (const auto& c : p.privileges) {
    auto row = Napi::Object::New(env);
    row["name"] = c.name;
    row["held"] = c.held;
    row["neededFor"] = c.needed_for;
    privileges.Set(privileges.Length(), row);
  }
  o["privileges"] = privileges;
  try {
    sysmon::check_platform(info[0].As<Napi::String>());
    o["failure"] = env.Undefined();
  } catch (const Failure& f) {
    o["failure"] = to_object(env, f);
  }
  return o;
}

// verify(btfPath): what each program costs this kernel's verifier, or the failure that start() would report.
Napi::Value Verify(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  sysmon::Settings s;
  s.btf_path = info[0].As<Napi::String>();
  for (const auto& e : sysmon::schema::kEvents)
    s.events.push_back(e.id);        // programs are loaded for the events that want them
  s.env.emplace_back("LD_PRELOAD");  // the search of the environment is only there if something is searched
  try {
    auto rows = Napi::Array::New(env);
    for (const auto& c : sysmon::BpfObject::costs(s)) {
      auto row = Napi::Object::New(env);
      row["name"] = c.name;
      row["section"] = c.section;
      row["instructions"] = c.instructions;
      row["statistics"] = c.statistics;
      rows.Set(rows.Length(), row);
    }
    return rows;
  } catch (const Failure& f) {
    return to_object(env, f);
  }
}

// killProcess(pid, start in ns since boot): 0, or an error number.
Napi::Value KillProcess(const Napi::CallbackInfo& info) {
  bool lossless = false;
  const uint64_t start = info[1].As<Napi::BigInt>().Uint64Value(&lossless);
  return Napi::Number::New(info.Env(), sysmon::proc_kill(info[0].As<Napi::Number>().Uint32Value(), start));
}

class Addon : public Napi::Addon<Addon> {
 public:
  Addon(Napi::Env env, Napi::Object exports) {
    exports["NativeSensor"] = sysmon::NativeSensor::Define(env);
    exports["inspect"] = Napi::Function::New(env, Inspect, "inspect");
    register_rules(env, exports);
    sysmon::register_datagrams(env, exports);
    exports["killProcess"] = Napi::Function::New(env, KillProcess, "killProcess");
    exports["verify"] = Napi::Function::New(env, Verify, "verify");
    exports["schemaHash"] = sysmon::schema::kHash;
    exports["slotBytes"] = Batcher::kSlotBytes;
    exports["slots"] = Batcher::kSlots;
  }
};

}  // namespace

NODE_API_ADDON(Addon)
