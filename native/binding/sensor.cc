// The only file with N-API entry points. It moves settings in and batches out; nothing here is worth reading but the
// order in which things end, each rule of which is there for a crash that happened without it.
#include <napi.h>
#include <sys/mman.h>

#include <atomic>
#include <cstring>
#include <memory>
#include <string>
#include <system_error>
#include <vector>

#include "kernel/bpf_object.h"
#include "kernel/platform.h"
#include "rules.h"
#include "schema.gen.h"
#include "sensor.h"
#include "stats.h"

namespace {

using sysmon::Batcher;
using sysmon::Failure;
using sysmon::Sensor;
using sysmon::Settings;

// What the worker tells the main thread: a full slot, or the end of the sensor.
struct Message {
  uint32_t slot;
  std::unique_ptr<Failure> failure;
};

Napi::Object to_object(Napi::Env env, const Failure& f) {
  auto o = Napi::Object::New(env);
  o["code"] = f.code;
  o["operation"] = f.operation;
  o["errno"] = f.error;
  o["message"] = std::string(f.what());
  return o;
}

constexpr size_t kSlotsBytes = size_t{Batcher::kSlots} * Batcher::kSlotBytes;

// Straight from the kernel: most pages of the slots are never touched and so cost nothing. What the engine allocates
// comes from malloc, which after the first free hands such a size out of its heap and writes zeros over all of it.
std::shared_ptr<uint8_t> map_slots() {
  void* memory = mmap(nullptr, kSlotsBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED) return nullptr;
  return {static_cast<uint8_t*>(memory), [](uint8_t* m) { munmap(m, kSlotsBytes); }};
}

class NativeSensor : public Napi::ObjectWrap<NativeSensor> {
 public:
  static Napi::Function Define(Napi::Env env) {
    return DefineClass(
        env, "NativeSensor",
        {InstanceMethod<&NativeSensor::Start>("start"), InstanceMethod<&NativeSensor::Stop>("stop"),
         InstanceMethod<&NativeSensor::Close>("close"), InstanceMethod<&NativeSensor::Release>("release"),
         InstanceMethod<&NativeSensor::Stats>("stats"), InstanceMethod<&NativeSensor::Lookup>("lookup"),
         InstanceMethod<&NativeSensor::Connections>("connections"), InstanceMethod<&NativeSensor::Slots>("slots")});
  }

  // new NativeSensor(settings, onMessage: (slot: number, failure?) => void)
  explicit NativeSensor(const Napi::CallbackInfo& info) : Napi::ObjectWrap<NativeSensor>(info), env_(info.Env()) {
    Settings s;
    const auto o = info[0].As<Napi::Object>();
    const auto number = [&o](const char* name) { return o.Get(name).As<Napi::Number>().Int64Value(); };
    const auto events = o.Get("events").As<Napi::Array>();
    for (uint32_t i = 0; i < events.Length(); i++)
      s.events.push_back(static_cast<uint16_t>(events.Get(i).As<Napi::Number>().Uint32Value()));
    const auto names = o.Get("environment").As<Napi::Array>();
    for (uint32_t i = 0; i < names.Length(); i++) s.env.push_back(names.Get(i).As<Napi::String>());
    const auto plan = o.Get("plan").As<Napi::Uint8Array>();
    s.plan.assign(plan.Data(), plan.Data() + plan.ByteLength());
    s.btf_path = o.Get("btfPath").As<Napi::String>();
    s.ring_bytes = static_cast<uint64_t>(number("ringBytes"));
    s.hash_algorithms = static_cast<uint32_t>(number("hashAlgorithms"));
    s.hash_timeout_ms = static_cast<uint32_t>(number("hashTimeoutMs"));
    s.mdns = o.Get("mdns").As<Napi::Boolean>();
    s.flush_interval_ms = static_cast<uint32_t>(number("flushIntervalMs"));
    const auto archive = o.Get("archive").As<Napi::Object>();
    const auto in_archive = [&archive](const char* name) { return archive.Get(name).As<Napi::Number>().Int64Value(); };
    s.archive.directory = archive.Get("directory").As<Napi::String>();
    s.archive.max_file_bytes = static_cast<uint64_t>(in_archive("maxFileBytes"));
    s.archive.max_total_bytes = static_cast<uint64_t>(in_archive("maxTotalBytes"));
    s.archive.min_free_percent = static_cast<uint32_t>(in_archive("minFreePercent"));
    s.archive.timeout_ms = static_cast<uint32_t>(in_archive("timeoutMs"));
    s.archive.hold_files = static_cast<uint32_t>(in_archive("holdFiles"));
    s.archive.hold_bytes = static_cast<uint64_t>(in_archive("holdBytes"));
    const auto hold = archive.Get("hold").As<Napi::Array>();
    for (uint32_t i = 0; i < hold.Length(); i++) s.archive.hold.push_back(hold.Get(i).As<Napi::String>());
    s.flow_seconds = static_cast<uint32_t>(number("flowSeconds"));
    s.failed_connects = o.Get("failedConnects").As<Napi::Boolean>();

    MakeSlots();
    settings_ = std::move(s);
    on_message_ = Napi::Persistent(info[1].As<Napi::Function>());
  }

  ~NativeSensor() override { Shut(); }

 private:
  // The memory belongs to the buffer and to this object, whoever goes last: when an environment ends, node frees what
  // buffers refer to before it runs the hook that joins the worker, which until then writes.
  void MakeSlots() {
    memory_ = map_slots();
    if (memory_) {
      auto* share = new std::shared_ptr<uint8_t>(memory_);
      const auto drop = [](napi_env, void*, void* hint) { delete static_cast<std::shared_ptr<uint8_t>*>(hint); };
      napi_value buffer = nullptr;
      if (napi_create_external_arraybuffer(env_, memory_.get(), kSlotsBytes, drop, share, &buffer) == napi_ok) {
        slots_ = Napi::Persistent(Napi::ArrayBuffer(env_, buffer));
        return;
      }
      delete share;
    }
    // Where the engine allows no memory but its own. It lives as long as the reference.
    auto own = Napi::ArrayBuffer::New(env_, kSlotsBytes);
    memory_ = {std::shared_ptr<void>(), static_cast<uint8_t*>(own.Data())};
    slots_ = Napi::Persistent(own);
  }

  Napi::Value Slots(const Napi::CallbackInfo&) {
    return slots_.IsEmpty() ? env_.Undefined() : Napi::Value(slots_.Value());
  }

  void Start(const Napi::CallbackInfo&) {
    if (sensor_ || !memory_)
      return Napi::Error::New(env_, sensor_ ? "already started" : "closed").ThrowAsJavaScriptException();
    napi_value name = Napi::String::New(env_, "sysmon");
    if (napi_create_threadsafe_function(env_, on_message_.Value(), nullptr, name, 0, 1, nullptr, nullptr, nullptr,
                                        CallJs, &tsfn_) != napi_ok)
      return Napi::Error::New(env_, "napi_create_threadsafe_function failed").ThrowAsJavaScriptException();
    // After the function: hooks run last in, first out, so the worker is joined before node closes the function.
    napi_add_env_cleanup_hook(env_, Cleanup, this);
    hooked_ = true;
    Sensor::Callbacks callbacks;
    callbacks.on_slot = [this](uint32_t slot) { Post({slot, nullptr}); };
    callbacks.on_fatal = [this](const Failure& f) { Post({0, std::make_unique<Failure>(f)}); };
    // An exception that leaves here ends the process: it goes the way of those of the worker.
    try {
      sensor_ = std::make_unique<Sensor>(settings_, memory_.get(), std::move(callbacks));
      sensor_->start();
    } catch (const Failure& f) {
      Post({0, std::make_unique<Failure>(f)});
    } catch (const std::system_error& e) {  // of a thread's constructor
      Post({0, std::make_unique<Failure>("LOAD", "pthread_create", e.code().value(),
                                         "The sensor's threads could not be made: raise the limit of processes (ulimit "
                                         "-u, pids.max of the control group).")});
    } catch (const std::exception& e) {
      Post({0, std::make_unique<Failure>("INTERNAL", "start", 0, e.what())});
    }
  }

  // Worker thread.
  void Post(Message m) {
    if (closing_) return;
    auto* message = new Message(std::move(m));
    const napi_status status = napi_call_threadsafe_function(tsfn_, message, napi_tsfn_nonblocking);
    if (status == napi_ok) return;
    delete message;
    if (status == napi_closing) closing_ = true;  // the function must not be touched again
  }

  // Main thread, from node's queue. Raw calls with checks: an exception thrown here while the environment ends would
  // terminate the process.
  static void CallJs(napi_env env, napi_value callback, void*, void* data) {
    std::unique_ptr<Message> m(static_cast<Message*>(data));
    if (!env || !callback) return;  // node drains the queue after the environment is gone
    napi_value receiver, args[2];
    if (napi_get_undefined(env, &receiver) != napi_ok || napi_create_uint32(env, m->slot, &args[0]) != napi_ok) return;
    args[1] = receiver;
    if (m->failure) {
      try {
        args[1] = to_object(env, *m->failure);
      } catch (const Napi::Error&) {
        return;
      }
    }
    // An exception of the callback is left pending: node makes an uncaughtException of it, as of one in any callback.
    napi_call_function(env, receiver, callback, 2, args, nullptr);
  }

  void Stop(const Napi::CallbackInfo&) {
    if (sensor_) sensor_->stop();
  }

  void Close(const Napi::CallbackInfo&) {
    Shut();
    // The callback refers to the JavaScript objects that refer to this one: kept, it would keep all of them for ever.
    on_message_.Reset();
    slots_.Reset();
    memory_.reset();
  }

  // Joins the worker first: then nobody calls the function any more and it can be given up.
  void Shut() {
    if (sensor_) {
      stats_ = sensor_->stats();
      closing_ = true;
      sensor_.reset();
    }
    if (tsfn_) {
      napi_release_threadsafe_function(tsfn_, napi_tsfn_abort);
      tsfn_ = nullptr;
    }
    if (hooked_) {
      napi_remove_env_cleanup_hook(env_, Cleanup, this);
      hooked_ = false;
    }
  }

  static void Cleanup(void* self) {
    auto* s = static_cast<NativeSensor*>(self);
    s->hooked_ = false;  // a hook that ran must not be removed
    s->Shut();
  }

  void Release(const Napi::CallbackInfo& info) {
    if (sensor_) sensor_->release(info[0].As<Napi::Number>().Uint32Value());
  }

  Napi::Value Stats(const Napi::CallbackInfo&) { return stats_object(env_, sensor_ ? sensor_->stats() : stats_); }

  // lookup(pid): the entries that define the process and its ancestors, as a slot of its own; undefined if unknown.
  Napi::Value Lookup(const Napi::CallbackInfo& info) {
    if (!sensor_) return env_.Undefined();
    // One slot, copied away and released each time it is full: a line of long command lines needs any number of them,
    // and nobody else could release one while this thread waits.
    std::vector<uint8_t> slot(Batcher::kSlotBytes), copy;
    uint32_t count = 0;
    Batcher out(slot.data(), 1, [&](uint32_t index) {
      uint32_t bytes;
      std::memcpy(&bytes, slot.data(), sizeof bytes);
      copy.resize(size_t{++count} * Batcher::kSlotBytes);
      std::memcpy(copy.data() + copy.size() - Batcher::kSlotBytes, slot.data(), bytes);
      out.release(index);
    });
    if (!sensor_->lookup(info[0].As<Napi::Number>().Uint32Value(), &out)) return env_.Undefined();
    out.flush();
    auto memory = Napi::ArrayBuffer::New(env_, copy.size());
    std::memcpy(memory.Data(), copy.data(), copy.size());
    auto used = Napi::Array::New(env_);
    for (uint32_t i = 0; i < count; i++) used[i] = i;
    auto result = Napi::Object::New(env_);
    result["memory"] = memory;
    result["slots"] = used;
    return result;
  }

  // connections(strongId): the last ones of a process, the newest first; undefined if it is not known.
  Napi::Value Connections(const Napi::CallbackInfo& info) {
    std::vector<sysmon::NamedConnection> found;
    if (!sensor_ || !sensor_->connections(info[0].As<Napi::String>(), &found)) return env_.Undefined();
    auto list = Napi::Array::New(env_, found.size());
    for (uint32_t i = 0; i < found.size(); i++) {
      const sysmon::NamedConnection& c = found[i];
      auto o = Napi::Object::New(env_);
      o["seconds"] = Napi::Number::New(env_, c.time.sec);
      o["microseconds"] = Napi::Number::New(env_, c.time.usec);
      o["protocol"] = Napi::String::New(env_, c.protocol);
      o["initiated"] = Napi::Boolean::New(env_, c.initiated);
      o["source"] = Napi::String::New(env_, c.source);
      o["sourcePort"] = Napi::Number::New(env_, c.source_port);
      o["destination"] = Napi::String::New(env_, c.destination);
      o["destinationPort"] = Napi::Number::New(env_, c.destination_port);
      o["hostname"] = Napi::String::New(env_, c.hostname);
      o["errno"] = Napi::Number::New(env_, c.error);
      list[i] = o;
    }
    return list;
  }

  // Destroyed in the reverse order: the sensor (and with it the worker) before the memory that it writes to.
  const Napi::Env env_;
  Napi::FunctionReference on_message_;
  std::shared_ptr<uint8_t> memory_;
  Napi::Reference<Napi::ArrayBuffer> slots_;
  Settings settings_;
  napi_threadsafe_function tsfn_ = nullptr;
  std::atomic<bool> closing_{false};
  bool hooked_ = false;
  sysmon::SensorStats stats_{};  // of a sensor that is gone
  std::unique_ptr<Sensor> sensor_;
};

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
  Settings s;
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

class Addon : public Napi::Addon<Addon> {
 public:
  Addon(Napi::Env env, Napi::Object exports) {
    exports["NativeSensor"] = NativeSensor::Define(env);
    exports["inspect"] = Napi::Function::New(env, Inspect, "inspect");
    register_rules(env, exports);
    exports["verify"] = Napi::Function::New(env, Verify, "verify");
    exports["schemaHash"] = sysmon::schema::kHash;
    exports["slotBytes"] = Batcher::kSlotBytes;
    exports["slots"] = Batcher::kSlots;
  }
};

}  // namespace

NODE_API_ADDON(Addon)
