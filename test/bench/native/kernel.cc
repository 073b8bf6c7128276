#include "kernel.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstdlib>
#include <cstring>

#include "base/clock.h"
#include "base/failure.h"
#include "base/wire.h"
#include "load.h"

extern "C" const unsigned char sysmon_bench_bpf_start[], sysmon_bench_bpf_end[];

namespace sysmon::bench {

namespace {

struct Template {
  sm_exec_record exec;
  char texts[SM_BENCH_BYTES - sizeof(sm_exec_record)];
};
static_assert(sizeof(Template) == SM_BENCH_BYTES);

// What a shell with a terminal execs: an image of 4 components, a working directory of 3, one argument that differs
// each time, all descriptors the terminal. Texts and numbers add up to the bytes that the ring is measured with.
void fill(uint32_t i, Template* t) {
  static const char* const images[] = {"tool-00/bin/local/usr/", "tool-01/bin/local/usr/", "tool-02/bin/local/usr/",
                                       "tool-03/bin/local/usr/"};
  *t = {};
  sm_exec_record& e = t->exec;
  static const auto now =
      static_cast<uint64_t>(now_ns(CLOCK_BOOTTIME));  // one for all: the others name the first's start
  uint32_t at = offsetof(Template, texts);
  const auto text = [&](const char* s, size_t n) {
    std::memcpy(reinterpret_cast<char*>(t) + at, s, n);
    const sm_text placed{at, static_cast<uint32_t>(n)};
    at += static_cast<uint32_t>(n);
    return placed;
  };
  e.hdr = {SM_BENCH_BYTES, SM_EXEC, 0, now, now - (600 - i) * uint64_t{1000000}, 1, 3000000 + i, 3000000 + i};
  e.old_tid = e.hdr.pid;
  // The first is the parent of all others and has none.
  if (i > 0) {
    e.task.ppid = 3000000;
    e.task.parent_start = now - 600 * uint64_t{1000000};
    e.task.parent_exec_id = 1;
  }
  e.task.cap_permitted = e.task.cap_effective = i % 3 ? 0 : 0x1ffffffffff;
  const char* const group = std::getenv("SYSMON_BENCH_CGROUP");  // of transport.mjs
  e.task.cgroup_id = group ? std::strtoull(group, nullptr, 10) : 0;
  e.task.end_code = 0x555555560000 + i * 4096;
  e.task.ns_pid = e.hdr.pid;
  e.task.login_uid = e.task.audit_session = UINT32_MAX;
  e.task.sid = e.task.pgid = 3000000;
  for (uint32_t n = 0; n < 8; n++) e.task.ns[n] = 4026531830 + n;
  std::strcpy(e.task.tty, "pts0");
  std::strcpy(e.task.comm, "tool");
  e.exe = {1000 + i % 4, 65536, 1700000000'000000000, 1700000000, 0, 8 << 20 | 1, 0100755, 1, 0xef53, 0, 0, 0};
  e.image = text(images[i % 4], 22);
  e.cwd = text("src/user/home/", 14);
  e.stdio[0] = {3, text("0/pts/dev/", 10), SM_FD_CHAR, 255, 0, 136 << 20};
  e.stdio[1] = e.stdio[2] = {0, {}, SM_FD_CHAR, 0, 0, 0};
  static const char arguments[] =
      "tool-00\0--n\0"
      "00000000\0--last=these";
  static_assert(sizeof arguments == SM_BENCH_BYTES - sizeof(sm_exec_record) - 46);
  e.argv = text(arguments, sizeof arguments);
  e.argv_total = sizeof arguments;
  static_assert(offsetof(Template, texts) + 46 + 12 == SM_BENCH_DIGITS_AT);
}

void check(bool ok, const char* operation, int error) {
  if (!ok) throw Failure("LOAD", operation, error, std::string(operation) + ": " + std::strerror(error));
}

}  // namespace

Producer& Producer::get() {
  static Producer one;
  return one;
}

Producer::Producer() {
  const rlimit unlimited{RLIM_INFINITY, RLIM_INFINITY};
  setrlimit(RLIMIT_MEMLOCK, &unlimited);
  object_ = bpf_object__open_mem(sysmon_bench_bpf_start,
                                 static_cast<size_t>(sysmon_bench_bpf_end - sysmon_bench_bpf_start), nullptr);
  check(object_ != nullptr, "bpf_object__open", errno);
  const int error = bpf_object__load(object_);
  check(error == 0, "bpf_object__load", -error);
  ring_ = bpf_object__find_map_fd_by_name(object_, "ring");
  program_ = bpf_program__fd(bpf_object__find_program_by_name(object_, "sm_bench_produce"));
  const int templates = bpf_object__find_map_fd_by_name(object_, "templates");
  for (uint32_t i = 0; i < SM_BENCH_PROCESSES; i++) {
    Template t;
    fill(i, &t);
    check(bpf_map_update_elem(templates, &i, &t, BPF_ANY) == 0, "bpf_map_update_elem", errno);
  }
}

Producer::~Producer() {
  stop();
  bpf_object__close(object_);
}

void Producer::start(uint32_t rate, bool renew) {
  stop();
  stopping_ = false;
  thread_ = std::thread([this, rate, renew] { run(rate, renew); });
  pthread_getcpuclockid(thread_.native_handle(), &clock_);
}

void Producer::stop() {
  stopping_ = true;
  if (thread_.joinable()) thread_.join();
}

int64_t Producer::cpu_ns() const { return spent_ + (thread_.joinable() && !stopping_ ? now_ns(clock_) : 0); }

void Producer::run(uint32_t rate, bool renew) {
  const int64_t begun = now_ns(CLOCK_MONOTONIC);
  uint64_t due_before = 0;
  constexpr uint64_t kHalfRing = 4 << 20;
  while (!stopping_) {
    sm_bench_run run{sequence_, SM_BENCH_BURST, rate ? 0 : kHalfRing, renew};
    if (rate) {
      const auto due = static_cast<uint64_t>(now_ns(CLOCK_MONOTONIC) - begun) * rate / 1000000000;
      // A thread that had no CPU for long does not make up for all of it at once: that would be another rate.
      if (due - due_before > rate / 100) due_before = due - rate / 100;
      run.count = due - due_before < SM_BENCH_BURST ? due - due_before : SM_BENCH_BURST;
      due_before += run.count;
      if (run.count == 0) {
        usleep(100);
        continue;
      }
    }
    bpf_test_run_opts o{};
    o.sz = sizeof o;
    o.ctx_in = &run;
    o.ctx_size_in = sizeof run;
    if (bpf_prog_test_run_opts(program_, &o) != 0) break;  // seen by whoever waits for records
    const uint32_t done = o.retval & 0xffff, lost = o.retval >> 16;
    sequence_ += done + lost;
    lost_ += lost;
    produced_ += done + lost;
    if (!rate && done < SM_BENCH_BURST) usleep(500);
  }
  spent_ += now_ns(CLOCK_THREAD_CPUTIME_ID);
}

}  // namespace sysmon::bench
