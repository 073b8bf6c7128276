#include "sensor.h"

#include <poll.h>
#include <pthread.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "kernel/setup.h"
#include "process/proc_fs.h"
#include "process/scope.h"
#include "process/snapshot.h"

namespace sysmon {

static constexpr int64_t kMs = 1000000;
static constexpr int64_t kCheckNs = 1000 * kMs;    // losses, forgetting
static constexpr int64_t kModulesNs = 3000 * kMs;  // the kernel's list of modules
// While batches are held back the ring is emptied at least so often that 256 bytes a microsecond do not fill it: a
// million events of a second. Oftener would cost wake-ups, which are most of what a quiet system pays.
static constexpr uint64_t kBytesPerUs = 256;
// So many batches may follow at once after a pause: the start of a program and its end soon after are both told at
// once, and only what goes on and on is held back.
static constexpr int64_t kBurst = 4;
static constexpr int kDrainRecords = 4096;  // after so many, look whether somebody wants something else
static constexpr unsigned kPoolThreads = 2;
static constexpr uint32_t kHoldLongerMs =
    1000;                                      // the record of an exec comes after the notice, and it may have to wait
static constexpr size_t kFewProcesses = 8192;  // in the table, whose end may have gone untold

Sensor::Sensor(Settings settings, uint8_t* slots, Callbacks callbacks)
    : settings_(std::move(settings)),
      callbacks_(std::move(callbacks)),
      wake_fd_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
      batch_(slots, Batcher::kSlots,
             [this](uint32_t slot) {
               batches_++;
               callbacks_.on_slot(slot);
             }),
      pools_(std::in_place, kPoolThreads, [this] { wake(); }),
      pipeline_(settings_, &batch_, &*pools_),
      loss_(settings_.events, [this](uint64_t start, uint32_t pid) { return pipeline_.image_of(start, pid); }) {
  if (!wake_fd_)
    throw Failure("LOAD", "eventfd", errno, "No descriptor is left: raise the limit of open files (ulimit -n).");
  batch_.unlock_while_waiting(&pipeline_.lock());
}

Sensor::~Sensor() {
  abort();
  join();
  archive_.reset();
  pools_.reset();  // before the descriptor that they wake us by, and what they ask
  executed_.reset();
}

void Sensor::start() {
  thread_ = std::thread([this] { run(); });
}

void Sensor::stop(std::optional<uint32_t> patience_ms) {
  if (patience_ms) give_up_at_ = now_ns(CLOCK_MONOTONIC) + *patience_ms * kMs;
  stopping_ = true;
  wake();
}

void Sensor::abort() {
  aborting_ = stopping_ = true;
  batch_.abort();
  wake();
}

void Sensor::join() {
  if (thread_.joinable()) thread_.join();
}

void Sensor::wake() const {
  const uint64_t one = 1;
  [[maybe_unused]] const ssize_t n = write(wake_fd_.get(), &one, sizeof one);  // full means: awake already
}

SensorStats Sensor::stats() const {
  std::lock_guard lock(stats_mutex_);
  SensorStats s = published_;
  s.batches = batches_;
  s.queue_waits = batch_.waits();
  return s;
}

void Sensor::run() {
  pthread_setname_np(pthread_self(), "sysmon");
  const auto die = [this](const Failure& f) {
    if (pipeline_.lock().owns_lock()) pipeline_.lock().unlock();
    end_changes();
    further_.clear();
    object_.reset();
    if (!aborting_) callbacks_.on_fatal(f);
  };
  try {
    serve();
  } catch (const Failure& f) {
    batch_.flush();  // what was found out until then
    die(f);
  } catch (const std::exception& e) {
    die(Failure("INTERNAL", "worker", 0, e.what()));  // in the middle of an entry, perhaps
  }
}

void Sensor::serve() {
  const int64_t begun = now_ns(CLOCK_MONOTONIC);
  if (!settings_.archive.directory.empty()) {
    archive_ = std::make_unique<Archive>(settings_, [this] { wake(); });
    pipeline_.set_archive(archive_.get());
  }
  hold_executed();
  int records = 0;
  object_ = std::make_unique<BpfObject>(settings_, [this, &records](void* data, size_t size) {
    pipeline_.on_record(data, size);
    taken_bytes_ += size;
    // Every record that was taken counts, also the one at which we stop.
    truncated_drain_ = ++records >= kDrainRecords;
    if (truncated_drain_) records = 0;
    return !truncated_drain_;
  });
  const int64_t loaded = now_ns(CLOCK_MONOTONIC);
  if (settings_.measure) measuring_ = BpfObject::measure();
  loaded_ = loaded_events(settings_);
  redactions_ = settings_.redactions;
  ask_kernel(settings_);
  {
    pipeline_.lock().lock();
    pipeline_.begin_drain();
    take_snapshot(*object_, pipeline_.lifecycle(), false);
    most_processes_ = 2 * pipeline_.processes() + kFewProcesses;
    if (settings_.scope.pid)
      find_members(*object_, pipeline_.lifecycle()->table(), settings_.scope.pid, [this] {
        do {
          truncated_drain_ = false;
          object_->consume();
        } while (truncated_drain_);
      });
    // Until it runs, with a scope or not, everybody's life is told: of others nothing must be published.
    if (!settings_.scope.all()) object_->run(true);
    pipeline_.begin_publishing();
    object_->run();
    push_down();
    if (settings_.scope.tree()) {
      std::lock_guard lock(stats_mutex_);
      spawner_ = object_->spawner();
      populated_ = object_->populated();
    }
    batch_.begin(static_cast<uint32_t>(schema::Entry::kReady), 2);
    batch_.end();
    report_limits();
    find_modules();
    batch_.flush();
    pipeline_.lock().unlock();
    std::lock_guard lock(stats_mutex_);
    published_.load_ns = static_cast<uint64_t>(loaded - begun);
    published_.snapshot_ns = static_cast<uint64_t>(now_ns(CLOCK_MONOTONIC) - loaded);
  }
  last_check_ = now_ns(CLOCK_MONOTONIC);
  while (!stopping_) {
    wait_for_records();
    drain();
    linger();
  }
  end_changes();
  if (!aborting_) finish();
  further_.clear();
  object_.reset();
}

// Before the hooks are live: the notice of a file is there before the record of its exec.
void Sensor::hold_executed() {
  if (settings_.hash_source == HashSource::kPath) return;
  try {
    executed_ = std::make_unique<ExecutedFiles>(settings_.hash_timeout_ms + kHoldLongerMs);
    pipeline_.set_files(executed_.get());
  } catch (const Failure& f) {
    const std::string text = std::string("hash.source '") +
                             (settings_.hash_source == HashSource::kAuto ? "auto" : "fanotify") + "': " + f.what();
    if (settings_.hash_source == HashSource::kFanotify)
      throw Failure(f.code, f.operation, f.error, text + ". Give what is missing, or take 'auto' or 'path'.");
    not_held_ = text + " (errno " + std::to_string(f.error) + "). Files are hashed by path.";
  }
}

// Sleeps until the ring has something (if `ring`), the time is over, or somebody wakes the worker. Returns true in the
// last case.
bool Sensor::sleep(int64_t ns, bool ring) const {
  const timespec t{ns / 1000000000, ns % 1000000000};
  pollfd fds[] = {{wake_fd_.get(), POLLIN, 0}, {ring ? object_->epoll_fd() : -1, POLLIN, 0}};
  ppoll(fds, 2, &t, nullptr);
  if (!(fds[0].revents & POLLIN)) return false;
  uint64_t n;
  [[maybe_unused]] const ssize_t got = read(wake_fd_.get(), &n, sizeof n);
  return true;
}

void Sensor::wait_for_records() {
  if (truncated_drain_) return;
  const int64_t now = now_ns(CLOCK_MONOTONIC);
  int64_t until = last_check_ + kCheckNs;
  {
    std::lock_guard guard(*pipeline_.lock().mutex());
    until = std::min(until, pipeline_.next_deadline());
  }
  if (until > now) sleep(until - now, true);
}

// Takes records off the ring, looks after what waits and, once a second, after losses. Hands over a batch if it is
// time.
bool Sensor::drain() {
  pipeline_.lock().lock();
  pipeline_.begin_drain();
  truncated_drain_ = false;
  object_->consume();
  pools_->collect();
  if (archive_) archive_->collect();
  if (!stopping_) begin_change();
  if (change_) end_change();
  if (pipeline_.questions_due()) note_lost_answers();
  pipeline_.tick();
  const int64_t now = now_ns(CLOCK_MONOTONIC);
  if (now - last_check_ >= kCheckNs) check_losses();
  if (now >= flush_due() && !batch_.empty()) {
    batch_.flush();
    flush_credit_ = std::max(flush_credit_, now) + settings_.flush_interval_ms * kMs;
  }
  const bool pending = !batch_.empty();
  pipeline_.lock().unlock();
  return pending;
}

// When the next batch may go. Each one takes a flush interval, of which kBurst can be saved up.
int64_t Sensor::flush_due() const { return flush_credit_ - (kBurst - 1) * settings_.flush_interval_ms * kMs; }

// Batches are held back so that many events share one wake-up of the host, and one of the worker: while it sleeps here,
// the kernel wakes nobody. The ring is emptied all the while.
void Sensor::linger() {
  const int64_t slice = std::max(kMs, static_cast<int64_t>(settings_.ring_bytes / kBytesPerUs) * 1000);
  while (!stopping_) {
    const int64_t left = flush_due() - now_ns(CLOCK_MONOTONIC);
    if (truncated_drain_) {
      drain();
    } else if (left <= 0) {
      if (batch_.empty()) return;
      drain();  // hands over what has gathered; another interval begins
    } else if (sleep(std::min(left, slice), false) || left > slice) {
      drain();
    }
  }
}

// Events are worth more than a table without gaps: where the kernel refuses, for want of descriptors or memory, it is
// asked again.
bool Sensor::resync() {
  try {
    take_snapshot(*object_, pipeline_.lifecycle(), true);
    resync_ = false;
    most_processes_ = 2 * pipeline_.processes() + kFewProcesses;
  } catch (const Failure& f) {
    batch_.add_error(
        "RESYNC",
        std::string("Processes whose start was lost cannot be learnt of now, it is tried again: ") + f.what());
  }
  return !resync_;
}

void Sensor::note_lost_answers() {
  uint64_t lost = object_->dropped(SM_DNS_ANSWER) + object_->dropped(SM_DNS_SEGMENT);
  for (const auto& o : further_) lost += o->skipped(SM_DNS_ANSWER) + o->skipped(SM_DNS_SEGMENT);
  pipeline_.note_lost_answers(lost);
}

void Sensor::check_losses() {
  last_check_ = now_ns(CLOCK_MONOTONIC);
  if (!stopping_ && last_check_ - modules_at_ >= kModulesNs) find_modules();
  LossCounters counters = counted();
  std::vector<LossesOf> losses;
  if (loss_.has_lost(counters)) {  // which it seldom has: then nobody is looked for
    losses = object_->take_losses();
    counters = counted();
  }
  note_lost_answers();
  if (settings_.origin) pipeline_.note_lost_writes(object_->dropped(SM_FILE_MODIFY));
  resync_ |= loss_.report(losses, pipeline_.take_suppressed(), counters, pipeline_.dns_stats(), WallClock(), &batch_);
  // Of others, and of those who leave a control group, no end is told: they are looked after when there are many.
  resync_ |= !settings_.scope.all() && pipeline_.processes() > most_processes_;
  const bool resynced = resync_ && !aborting_ && resync();
  if (archive_)
    for (const auto& text : archive_->troubles()) batch_.add_error("ARCHIVE", text);
  if (!stopping_)
    for (auto* object : objects())
      for (const auto& text : object->mend()) batch_.add_error("TAMPERING", text);
  if (executed_)
    for (const auto& text : executed_->troubles()) batch_.add_error("HASH", text);
  std::lock_guard lock(stats_mutex_);
  if (measuring_) published_.programs = measured();
  if (resynced) published_.resyncs++;
  published_.kernel = counters;
  published_.pipeline = pipeline_.stats();
  if (archive_) published_.archive = archive_->stats();
  if (executed_) published_.executed = executed_->stats();
  published_.dns = pipeline_.dns_stats();
  published_.processes = pipeline_.processes();
}

void Sensor::finish() {
  for (auto* object : objects()) object->stop();
  // Nothing is produced any more: take all that is left.
  do {
    drain();
  } while (truncated_drain_ && !aborting_);
  const int64_t patience =
      now_ns(CLOCK_MONOTONIC) + std::max(settings_.hash_timeout_ms, archive_ ? archive_->timeout_ms() : 0) * kMs;
  for (;;) {
    {
      std::lock_guard guard(*pipeline_.lock().mutex());
      if (!pipeline_.waiting()) break;
    }
    const int64_t left = std::min(patience, give_up_at_.load()) - now_ns(CLOCK_MONOTONIC);
    if (left <= 0 || aborting_) break;
    sleep(left, false);
    drain();
  }
  for (auto* object : objects())
    object->detach();  // before the host is told of the end, which then need not wait for the worker
  pipeline_.lock().lock();
  note_lost_answers();
  pipeline_.give_up_waiting();
  check_losses();
  batch_.begin(static_cast<uint32_t>(schema::Entry::kEnd), 2);
  batch_.end();
  batch_.flush();
  pipeline_.lock().unlock();
}

}  // namespace sysmon
