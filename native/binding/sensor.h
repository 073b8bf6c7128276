// A sensor as JavaScript holds it. It moves settings in and batches out; nothing here is worth reading but the order in
// which things end, each rule of which is there for a crash that happened without it.
#pragma once
#include <napi.h>

#include <atomic>
#include <cstdint>
#include <memory>

#include "core/sensor.h"
#include "core/settings.h"

namespace sysmon {

class NativeSensor : public Napi::ObjectWrap<NativeSensor> {
 public:
  static Napi::Function Define(Napi::Env env);

  // new NativeSensor(settings, onMessage: (slot: number, failure?, refused: boolean) => void)
  explicit NativeSensor(const Napi::CallbackInfo& info);
  ~NativeSensor() override;

 private:
  struct Message;

  // --- what JavaScript calls ---
  void Start(const Napi::CallbackInfo& info);
  // stop(patienceMs?): with a time, nothing waits longer than that for digests and content.
  void Stop(const Napi::CallbackInfo& info);
  // keepAlive(alive): whether the loop goes on because of the worker.
  void KeepAlive(const Napi::CallbackInfo& info);
  // configure(settings): one change at a time; a refusal comes as a message.
  void Configure(const Napi::CallbackInfo& info);
  void Close(const Napi::CallbackInfo& info);
  void Release(const Napi::CallbackInfo& info);
  Napi::Value Slots(const Napi::CallbackInfo& info);
  Napi::Value Stats(const Napi::CallbackInfo& info);
  // lookup(pid): the entries that define the process and its ancestors, as a slot of its own; undefined if unknown.
  Napi::Value Lookup(const Napi::CallbackInfo& info);
  // connections(strongId): the last ones of a process, the newest first; undefined if it is not known.
  Napi::Value Connections(const Napi::CallbackInfo& info);

  // adopt(on): what this thread makes from now on is of the scope, or no longer; false: it cannot be.
  Napi::Value Adopt(const Napi::CallbackInfo& info);
  // populated(): whether anybody of the tree lives that is the scope.
  Napi::Value Populated(const Napi::CallbackInfo& info);

  void MakeSlots();
  void Shut();
  static void Cleanup(void* self);
  void Post(Message m);  // worker thread
  static void CallJs(napi_env env, napi_value callback, void* context, void* data);

  // Destroyed in the reverse order: the sensor (and with it the worker) before the memory that it writes to.
  const Napi::Env env_;
  Napi::FunctionReference on_message_;
  std::shared_ptr<uint8_t> memory_;
  Napi::Reference<Napi::ArrayBuffer> slots_;
  Settings settings_;
  napi_threadsafe_function tsfn_ = nullptr;
  std::atomic<bool> closing_{false};
  bool hooked_ = false;
  SensorStats stats_{};  // of a sensor that is gone
  std::unique_ptr<Sensor> sensor_;
};

}  // namespace sysmon
