// The real addon (its source is included, its name for the module taken away) and beside it what only the benchmark
// calls.
#include <napi.h>
#undef NODE_API_ADDON
#define NODE_API_ADDON(name)
#include "binding/addon.cc"

#include <bpf/bpf.h>
#include <dirent.h>
#include <unistd.h>

#include <fstream>
#include <memory>
#include <string>

#include "base/clock.h"
#include "kernel.h"
#include "plain.h"

namespace {

using sysmon::bench::Consumer;
using sysmon::bench::Producer;

std::unique_ptr<Consumer> consumer;

double clock_of(clockid_t clock) { return static_cast<double>(sysmon::now_ns(clock)); }

// CPU time of the thread of this process with that name, ns. A thread's clock id is made of its tid, see
// clock_getcpuclockid(3).
double thread_cpu(const std::string& name) {
  double sum = 0;
  DIR* tasks = opendir("/proc/self/task");
  if (!tasks) return 0;
  while (const dirent* d = readdir(tasks)) {
    const int tid = std::atoi(d->d_name);
    if (tid <= 0) continue;
    std::ifstream in("/proc/self/task/" + std::string(d->d_name) + "/comm");
    std::string comm;
    std::getline(in, comm);
    if (comm == name) sum += clock_of(static_cast<clockid_t>(~static_cast<unsigned>(tid) << 3 | 6));
  }
  closedir(tasks);
  return sum;
}

Napi::Value Times(const Napi::CallbackInfo& info) {
  auto o = Napi::Object::New(info.Env());
  o["process"] = clock_of(CLOCK_PROCESS_CPUTIME_ID);
  o["main"] = clock_of(CLOCK_THREAD_CPUTIME_ID);
  o["worker"] = thread_cpu("sysmon");
  o["producer"] = static_cast<double>(Producer::get().cpu_ns());
  o["produced"] = static_cast<double>(Producer::get().produced());
  o["lost"] = static_cast<double>(Producer::get().lost());
  o["consumed"] = consumer ? static_cast<double>(consumer->events()) : 0.0;
  o["wall"] = clock_of(CLOCK_MONOTONIC);
  return o;
}

template <typename F>
void guarded(Napi::Env env, F f) {
  try {
    f();
  } catch (const Failure& e) {
    Napi::Error::New(env, e.what()).ThrowAsJavaScriptException();
  }
}

void Produce(const Napi::CallbackInfo& info) {
  guarded(info.Env(),
          [&] { Producer::get().start(info[0].As<Napi::Number>().Uint32Value(), info[1].As<Napi::Boolean>()); });
}

void Stop(const Napi::CallbackInfo&) {
  Producer::get().stop();
  consumer.reset();
}

void Plain(const Napi::CallbackInfo& info) {
  guarded(info.Env(), [&] {
    consumer = std::make_unique<sysmon::bench::PlainConsumer>();
    consumer->start();
  });
}

void Naive(const Napi::CallbackInfo& info) {
  guarded(info.Env(), [&] {
    consumer = std::make_unique<sysmon::bench::NaiveAddon>(info.Env(), info[0].As<Napi::Function>());
    consumer->start();
  });
}

// CPU time that a process has used, ns, those of its threads that ended included. See clock_getcpuclockid(3).
Napi::Value ProcessCpu(const Napi::CallbackInfo& info) {
  const uint32_t pid = info[0].As<Napi::Number>().Uint32Value();
  return Napi::Number::New(info.Env(), clock_of(static_cast<clockid_t>(~pid << 3 | 2)));
}

// Microseconds since the epoch, by the very clock that event times are told in.
Napi::Value Now(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), static_cast<double>(sysmon::now_ns(CLOCK_REALTIME)) / 1000);
}

// Makes the kernel count the run time of BPF programs as long as this process lives.
Napi::Value EnableBpfStats(const Napi::CallbackInfo& info) {
  return Napi::Boolean::New(info.Env(), bpf_enable_stats(BPF_STATS_RUN_TIME) >= 0);
}

// Run time and runs of all loaded programs whose name starts with sm_.
Napi::Value BpfRunTime(const Napi::CallbackInfo& info) {
  uint32_t id = 0;
  double ns = 0, runs = 0;
  while (bpf_prog_get_next_id(id, &id) == 0) {
    const int fd = bpf_prog_get_fd_by_id(id);
    if (fd < 0) continue;
    bpf_prog_info p{};
    uint32_t size = sizeof p;
    if (bpf_obj_get_info_by_fd(fd, &p, &size) == 0 && std::string_view(p.name).substr(0, 3) == "sm_") {
      ns += static_cast<double>(p.run_time_ns);
      runs += static_cast<double>(p.run_cnt);
    }
    close(fd);
  }
  auto o = Napi::Object::New(info.Env());
  o["ns"] = ns;
  o["runs"] = runs;
  return o;
}

Napi::Object InitBench(Napi::Env env, Napi::Object exports) {
  Addon::Init(env, exports);
  Napi::Object o = exports;
  o["times"] = Napi::Function::New(env, Times, "times");
  o["produce"] = Napi::Function::New(env, Produce, "produce");
  o["stop"] = Napi::Function::New(env, Stop, "stop");
  o["plain"] = Napi::Function::New(env, Plain, "plain");
  o["naive"] = Napi::Function::New(env, Naive, "naive");
  o["processCpu"] = Napi::Function::New(env, ProcessCpu, "processCpu");
  o["now"] = Napi::Function::New(env, Now, "now");
  o["enableBpfStats"] = Napi::Function::New(env, EnableBpfStats, "enableBpfStats");
  o["bpfRunTime"] = Napi::Function::New(env, BpfRunTime, "bpfRunTime");
  return o;
}

}  // namespace

NODE_API_MODULE(sysmon_bench, InitBench)
