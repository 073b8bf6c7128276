#include "plain.h"

#include <bpf/libbpf.h>

#include <cerrno>
#include <cstring>

#include "base/clock.h"
#include "base/failure.h"
#include "kernel.h"

namespace sysmon::bench {

static void turn(std::string_view leaf_first, std::string* out) {
  out->reserve(leaf_first.size() + 1);
  size_t end = leaf_first.size();
  while (end > 0) {
    size_t from = end - 1;
    while (from > 0 && leaf_first[from - 1] != '/') from--;
    *out += '/';
    out->append(leaf_first.data() + from, end - 1 - from);
    end = from;
  }
}

void decode_plain(const Record& r, PlainExec* out) {
  const auto& e = r.as<sm_exec_record>();
  out->header = e.hdr;
  out->task = e.task;
  out->file = e.exe;
  out->old_tid = e.old_tid;
  out->argv_total = e.argv_total;
  turn(r.text(e.image), &out->image);
  turn(r.text(e.cwd), &out->cwd);
  out->command_line = r.text(e.argv);
  if (!out->command_line.empty() && out->command_line.back() == '\0') out->command_line.pop_back();
  for (char& c : out->command_line)
    if (c == '\0') c = ' ';
  out->env = r.text(e.env);
  out->script = r.text(e.script);
  for (int i = 0; i < 3; i++) turn(r.text(e.stdio[i].target), &out->stdio[i]);
  out->tty.assign(e.task.tty, strnlen(e.task.tty, sizeof e.task.tty));
  out->comm.assign(e.task.comm, strnlen(e.task.comm, sizeof e.task.comm));
}

void PlainConsumer::take(const Record& r) {
  PlainExec e;
  decode_plain(r, &e);
  // Something must depend on all of it, or the compiler leaves it out.
  bytes_.fetch_add(e.image.size() + e.cwd.size() + e.command_line.size() + e.stdio[0].size(),
                   std::memory_order_relaxed);
  asm volatile("" : : "r"(&e) : "memory");
  count();
}

int Consumer::sample(void* self, void* data, size_t) {
  auto* c = static_cast<Consumer*>(self);
  c->take(Record{static_cast<const sm_header*>(data)});
  return c->stopping_ ? -ECANCELED : 0;
}

void Consumer::run() {
  pthread_setname_np(pthread_self(), "sysmon");
  ring_buffer* ring = ring_buffer__new(Producer::get().ring(), sample, this, nullptr);
  while (ring && !stopping_) ring_buffer__poll(ring, 100);
  ring_buffer__free(ring);
}

void Consumer::start() {
  Producer::get();  // throws here, not on the thread
  thread_ = std::thread([this] { run(); });
}

void Consumer::stop() {
  stopping_ = true;
  if (thread_.joinable()) thread_.join();
}

}  // namespace sysmon::bench
