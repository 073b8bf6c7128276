// What the package is compared with.
#pragma once
#include <napi.h>
#include <pthread.h>

#include <atomic>
#include <cstdint>
#include <string>
#include <thread>

#include "base/wire.h"

namespace sysmon::bench {

// An exec record with its texts as a C++ program would like to have them.
struct PlainExec {
  sm_header header;
  sm_task task;
  sm_file file;
  std::string image, cwd, command_line, env, script, stdio[3], tty, comm;
  uint32_t old_tid, argv_total;
};

// The cheapest honest decoding: each text once, paths turned round, NULs to spaces. No check of UTF-8, no bounds.
void decode_plain(const Record& r, PlainExec* out);

// Consumes the ring on a thread of its own.
class Consumer {
 public:
  virtual ~Consumer() = default;
  void start();
  void stop();
  uint64_t events() const { return events_; }

 protected:
  virtual void take(const Record& r) = 0;
  void count() { events_.fetch_add(1, std::memory_order_relaxed); }

 private:
  void run();
  static int sample(void* self, void* data, size_t size);
  std::atomic<uint64_t> events_{0};
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

// Decodes and forgets.
class PlainConsumer final : public Consumer {
 public:
  ~PlainConsumer() override { stop(); }

 private:
  void take(const Record& r) override;
  std::atomic<size_t> bytes_{0};
};

// One thread-safe call per event, which makes an object by napi_set_named_property.
class NaiveAddon final : public Consumer {
 public:
  NaiveAddon(Napi::Env env, Napi::Function callback);
  ~NaiveAddon() override;

 private:
  void take(const Record& r) override;
  napi_threadsafe_function function_ = nullptr;
};

}  // namespace sysmon::bench
