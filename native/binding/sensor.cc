#include "binding/sensor.h"

#include <sys/mman.h>

#include <cstring>
#include <string>
#include <system_error>
#include <vector>

#include "binding/failure.h"
#include "binding/settings.h"
#include "binding/stats.h"

namespace sysmon {

// What the worker tells the main thread: a full slot, or the end of the sensor.
struct NativeSensor::Message {
  uint32_t slot;
  std::unique_ptr<Failure> failure;
  bool refused = false;  // a change is not made; the sensor goes on
};

static constexpr size_t kSlotsBytes = size_t{Batcher::kSlots} * Batcher::kSlotBytes;

// Straight from the kernel: most pages of the slots are never touched and so cost nothing. What the engine allocates
// comes from malloc, which after the first free hands such a size out of its heap and writes zeros over all of it.
static std::shared_ptr<uint8_t> map_slots() {
  void* memory = mmap(nullptr, kSlotsBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED) return nullptr;
  return {static_cast<uint8_t*>(memory), [](uint8_t* m) { munmap(m, kSlotsBytes); }};
}

Napi::Function NativeSensor::Define(Napi::Env env) {
  return DefineClass(
      env, "NativeSensor",
      {InstanceMethod<&NativeSensor::Start>("start"), InstanceMethod<&NativeSensor::Stop>("stop"),
       InstanceMethod<&NativeSensor::Configure>("configure"), InstanceMethod<&NativeSensor::Close>("close"),
       InstanceMethod<&NativeSensor::Release>("release"), InstanceMethod<&NativeSensor::Stats>("stats"),
       InstanceMethod<&NativeSensor::Lookup>("lookup"), InstanceMethod<&NativeSensor::Connections>("connections"),
       InstanceMethod<&NativeSensor::Slots>("slots"), InstanceMethod<&NativeSensor::Adopt>("adopt"),
       InstanceMethod<&NativeSensor::Populated>("populated"), InstanceMethod<&NativeSensor::KeepAlive>("keepAlive")});
}

NativeSensor::NativeSensor(const Napi::CallbackInfo& info) : Napi::ObjectWrap<NativeSensor>(info), env_(info.Env()) {
  settings_ = settings_of(info[0].As<Napi::Object>());
  MakeSlots();
  on_message_ = Napi::Persistent(info[1].As<Napi::Function>());
}

NativeSensor::~NativeSensor() { Shut(); }

// The memory belongs to the buffer and to this object, whoever goes last: when an environment ends, node frees what
// buffers refer to before it runs the hook that joins the worker, which until then writes.
void NativeSensor::MakeSlots() {
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

Napi::Value NativeSensor::Slots(const Napi::CallbackInfo&) {
  return slots_.IsEmpty() ? env_.Undefined() : Napi::Value(slots_.Value());
}

void NativeSensor::Start(const Napi::CallbackInfo&) {
  if (sensor_ || !memory_)
    return Napi::Error::New(env_, sensor_ ? "already started" : "closed").ThrowAsJavaScriptException();
  napi_value name = Napi::String::New(env_, "sysmon");
  if (napi_create_threadsafe_function(env_, on_message_.Value(), nullptr, name, 0, 1, nullptr, nullptr, nullptr, CallJs,
                                      &tsfn_) != napi_ok)
    return Napi::Error::New(env_, "napi_create_threadsafe_function failed").ThrowAsJavaScriptException();
  // After the function: hooks run last in, first out, so the worker is joined before node closes the function.
  napi_add_env_cleanup_hook(env_, Cleanup, this);
  hooked_ = true;
  Sensor::Callbacks callbacks;
  callbacks.on_slot = [this](uint32_t slot) { Post({slot, nullptr, false}); };
  callbacks.on_fatal = [this](const Failure& f) { Post({0, std::make_unique<Failure>(f), false}); };
  callbacks.on_refused = [this](const Failure& f) { Post({0, std::make_unique<Failure>(f), true}); };
  // An exception that leaves here ends the process: it goes the way of those of the worker.
  try {
    sensor_ = std::make_unique<Sensor>(settings_, memory_.get(), std::move(callbacks));
    sensor_->start();
  } catch (const Failure& f) {
    Post({0, std::make_unique<Failure>(f), false});
  } catch (const std::system_error& e) {  // of a thread's constructor
    Post({0, std::make_unique<Failure>("LOAD", "pthread_create", e.code().value(),
                                       "The sensor's threads could not be made: raise the limit of processes (ulimit "
                                       "-u, pids.max of the control group).")});
  } catch (const std::exception& e) {
    Post({0, std::make_unique<Failure>("INTERNAL", "start", 0, e.what())});
  }
}

void NativeSensor::Post(Message m) {
  if (closing_) return;
  auto* message = new Message(std::move(m));
  const napi_status status = napi_call_threadsafe_function(tsfn_, message, napi_tsfn_nonblocking);
  if (status == napi_ok) return;
  delete message;
  if (status == napi_closing) closing_ = true;  // the function must not be touched again
}

// Main thread, from node's queue. Raw calls with checks: an exception thrown here while the environment ends would
// terminate the process.
void NativeSensor::CallJs(napi_env env, napi_value callback, void*, void* data) {
  std::unique_ptr<Message> m(static_cast<Message*>(data));
  if (!env || !callback) return;  // node drains the queue after the environment is gone
  napi_value receiver, args[3];
  if (napi_get_undefined(env, &receiver) != napi_ok || napi_create_uint32(env, m->slot, &args[0]) != napi_ok ||
      napi_get_boolean(env, m->refused, &args[2]) != napi_ok)
    return;
  args[1] = receiver;
  if (m->failure) {
    try {
      args[1] = to_object(env, *m->failure);
    } catch (const Napi::Error&) {
      return;
    }
  }
  // An exception of the callback is left pending: node makes an uncaughtException of it, as of one in any callback.
  napi_call_function(env, receiver, callback, 3, args, nullptr);
}

void NativeSensor::Stop(const Napi::CallbackInfo& info) {
  if (!sensor_) return;
  if (info[0].IsNumber())
    sensor_->stop(info[0].As<Napi::Number>().Uint32Value());
  else
    sensor_->stop();
}

void NativeSensor::Configure(const Napi::CallbackInfo& info) {
  if (sensor_) sensor_->configure(settings_of(info[0].As<Napi::Object>()));
}

void NativeSensor::KeepAlive(const Napi::CallbackInfo& info) {
  if (!tsfn_) return;
  if (info[0].ToBoolean())
    napi_ref_threadsafe_function(env_, tsfn_);
  else
    napi_unref_threadsafe_function(env_, tsfn_);
}

void NativeSensor::Close(const Napi::CallbackInfo&) {
  Shut();
  // The callback refers to the JavaScript objects that refer to this one: kept, it would keep all of them for ever.
  on_message_.Reset();
  slots_.Reset();
  memory_.reset();
}

// Joins the worker first: then nobody calls the function any more and it can be given up.
void NativeSensor::Shut() {
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

void NativeSensor::Cleanup(void* self) {
  auto* s = static_cast<NativeSensor*>(self);
  s->hooked_ = false;  // a hook that ran must not be removed
  s->Shut();
}

void NativeSensor::Release(const Napi::CallbackInfo& info) {
  if (sensor_) sensor_->release(info[0].As<Napi::Number>().Uint32Value());
}

Napi::Value NativeSensor::Adopt(const Napi::CallbackInfo& info) {
  return Napi::Boolean::New(env_, sensor_ && sensor_->adopt(info[0].ToBoolean()));
}

Napi::Value NativeSensor::Populated(const Napi::CallbackInfo&) {
  return Napi::Boolean::New(env_, sensor_ && sensor_->populated());
}

Napi::Value NativeSensor::Stats(const Napi::CallbackInfo&) {
  return stats_object(env_, sensor_ ? sensor_->stats() : stats_);
}

Napi::Value NativeSensor::Lookup(const Napi::CallbackInfo& info) {
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

Napi::Value NativeSensor::Connections(const Napi::CallbackInfo& info) {
  std::vector<NamedConnection> found;
  if (!sensor_ || !sensor_->connections(info[0].As<Napi::String>(), &found)) return env_.Undefined();
  auto list = Napi::Array::New(env_, found.size());
  for (uint32_t i = 0; i < found.size(); i++) {
    const NamedConnection& c = found[i];
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

}  // namespace sysmon
