// Takes the place of native/core/kernel/bpf_object.cc: the same class over the producer's ring. Everything behind it is
// the package's.
#include "kernel/bpf_object.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include <cerrno>

#include "base/failure.h"
#include "kernel.h"

namespace sysmon {

static int sample(void* ctx, void* data, size_t size) {
  return (*static_cast<BpfObject::OnRecord*>(ctx))(data, size) ? 0 : -ECANCELED;
}

void BpfObject::Free::operator()(bpf_object* o) const { bpf_object__close(o); }
void BpfObject::Free::operator()(ring_buffer* r) const { ring_buffer__free(r); }

BpfObject::BpfObject(const Settings&, OnRecord on_record) : on_record_(std::move(on_record)) {
  ring_.reset(ring_buffer__new(bench::Producer::get().ring(), sample, &on_record_, nullptr));
  if (!ring_) throw Failure("LOAD", "ring_buffer__new", errno, "ring_buffer__new failed");
}
// The bench changes no running sensor, and has no scope.
BpfObject::BpfObject(const Settings&, const BpfObject&) {
  throw Failure("LOAD", "configure", ENOTSUP, "the producer makes records of one type only");
}
BpfObject::~BpfObject() = default;

int BpfObject::epoll_fd() const { return ring_buffer__epoll_fd(ring_.get()); }
int BpfObject::consume() { return ring_buffer__consume(ring_.get()); }
void BpfObject::add_member(uint32_t, uint64_t) const {}
void BpfObject::run(bool) {}                                      // the producer begins when it is told to
void BpfObject::fill_pushdown(const rules::PushTables&) const {}  // its plans are judged by the worker
void BpfObject::set_pushdown(uint32_t) {}
void BpfObject::push_process(const sm_push_process&, uint64_t) const {}
void BpfObject::stop() { bench::Producer::get().stop(); }
void BpfObject::detach() {}
std::vector<std::string> BpfObject::mend() { return {}; }
std::string BpfObject::find_modules(const Modules::Found&) { return {}; }

LossCounters BpfObject::counters() const {
  LossCounters c;
  c.produced[SM_EXEC] = bench::Producer::get().produced();
  c.dropped[SM_EXEC][SM_DROP_RING] = bench::Producer::get().lost();
  return c;
}

void BpfObject::add_further(LossCounters*) const {}
uint64_t BpfObject::dropped(uint16_t) const { return 0; }  // no answers to questions
uint64_t BpfObject::skipped(uint16_t) const { return 0; }

std::vector<LossesOf> BpfObject::take_losses() const { return {}; }
void BpfObject::add_program_runs(std::map<std::string, ProgramRuns>*) const {}
Fd BpfObject::measure() { return Fd(); }

std::function<int(int)> BpfObject::writers() const { return nullptr; }  // its events have no digests of what is written

std::function<uint32_t(int, int, const sm_file&, const sm_process&)> BpfObject::runs() const { return nullptr; }

std::function<bool(bool)> BpfObject::spawner() const { return nullptr; }
std::function<bool()> BpfObject::populated() const { return nullptr; }

std::vector<ProgramCost> BpfObject::costs(const Settings&) { return {}; }  // none of the package's programs is in here

// Nobody lived before: the processes of the load come by the ring.
void BpfObject::iterate(const std::function<void(const void*, size_t)>&) const {}

}  // namespace sysmon
