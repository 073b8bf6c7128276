// Changing what a running sensor wants and by which rules, and whom it takes in. Whatever takes time is done on a
// thread of its own, while records go on; the worker then takes over the result between two of them.
#include <algorithm>
#include <iterator>
#include <thread>

#include "process/proc_fs.h"
#include "sensor.h"

namespace sysmon {

struct Sensor::Change {
  Settings settings;
  std::vector<uint16_t> added;
  Rules rules;
  std::unique_ptr<Redactor> redactor;  // null: the one that is there
  std::unique_ptr<BpfObject> object;   // null: every program is there
  std::optional<Failure> failure;
  std::atomic<bool> ready{false};
  std::thread thread;
  ~Change() {
    if (thread.joinable()) thread.join();
  }
};

bool Sensor::adopt(bool on) const {
  std::lock_guard lock(stats_mutex_);
  return spawner_ && spawner_(on);
}

bool Sensor::populated() const {
  std::lock_guard lock(stats_mutex_);
  return populated_ && populated_();
}

void Sensor::configure(Settings next) {
  {
    std::lock_guard lock(change_mutex_);
    next_ = std::move(next);
  }
  wake();
}

// Worker, with the pipeline's lock.
void Sensor::begin_change() {
  if (change_) return;
  std::lock_guard lock(change_mutex_);
  if (!next_) return;
  change_ = std::make_shared<Change>();
  Change& c = *change_;
  c.settings = std::move(*next_);
  next_.reset();
  std::copy_if(c.settings.events.begin(), c.settings.events.end(), std::back_inserter(c.added),
               [this](uint16_t id) { return std::find(loaded_.begin(), loaded_.end(), id) == loaded_.end(); });
  const bool redacts_anew = c.settings.redactions != redactions_;
  const auto prepare = [this, &c, redacts_anew] {
    try {
      if (redacts_anew) c.redactor = std::make_unique<Redactor>(c.settings.redactions);
      c.rules = pipeline_.make_rules(c.settings);
      if (!c.added.empty()) {
        Settings further = settings_;
        further.addition = true;
        further.origin = false;  // what it is made of is loaded
        further.events = c.added;
        c.object = std::make_unique<BpfObject>(further, *object_);
        c.object->run(true);
      }
    } catch (const Failure& f) {
      c.failure = f;
    } catch (const std::exception& e) {
      c.failure.emplace("INTERNAL", "configure", 0, e.what());
    }
    c.ready = true;
    wake();
  };
  if (c.added.empty())
    prepare();  // takes less than to make a thread
  else
    c.thread = std::thread(prepare);
}

// Worker, with the pipeline's lock, between two records.
void Sensor::end_change() {
  if (!change_->ready) return;
  const std::shared_ptr<Change> change = std::move(change_);
  if (change->thread.joinable()) change->thread.join();
  if (change->failure) return callbacks_.on_refused(*change->failure);
  suspend_pushdown();
  pipeline_.configure(change->settings.events, std::move(change->rules), change->settings.throttle);
  if (change->redactor) {
    redactions_ = change->settings.redactions;
    pipeline_.redact(change->redactor.get());
  }
  if (change->object) {
    further_.push_back(std::move(change->object));
    loaded_.insert(loaded_.end(), change->added.begin(), change->added.end());
    loss_.add_events(change->added);
  }
  ask_kernel(change->settings);
  push_down();
  batch_.begin(static_cast<uint32_t>(schema::Entry::kConfigured), 2);
  batch_.end();
  if (!change->added.empty()) report_limits();
}

// The kernel side drops nothing more by the rules that are about to go, and what happened until now is judged by them:
// nothing is judged by both.
void Sensor::suspend_pushdown() {
  if (!pushing_) return;
  pushing_ = false;
  for (BpfObject* o : objects()) o->set_pushdown(0);
  // By then all that was on the ring has been taken.
  const uint64_t upto = taken_bytes_ + settings_.ring_bytes;
  do {
    truncated_drain_ = false;
    object_->consume();
  } while (truncated_drain_ && taken_bytes_ < upto);
}

// The rules in force are given to the kernel side, as far as it can apply them. What it does not take the worker
// decides, as it would without.
void Sensor::push_down() {
  KernelFilter& filter = pipeline_.kernel_filter();
  if (!settings_.pushdown || filter.tables().types.empty()) return;
  try {
    object_->fill_pushdown(filter.tables());
  } catch (const Failure& f) {
    batch_.add_error("PUSHDOWN", std::string(f.what()) + ". The worker decides them all, at more cost.");
    return;
  }
  push_set_++;
  filter.begin(push_set_,
               [this](const sm_push_process& who, uint64_t clauses) { object_->push_process(who, clauses); });
  for (BpfObject* o : objects()) o->set_pushdown(push_set_);
  pushing_ = true;
}

// The sensor ends: a change that is under way is not made.
void Sensor::end_changes() { change_.reset(); }

void Sensor::report_limits() {
  if (!not_held_.empty()) batch_.add_error("HASH", std::exchange(not_held_, {}));
  for (const auto& limit : (further_.empty() ? object_ : further_.back())->limits()) batch_.add_error("SCOPE", limit);
  if (further_.empty() && !proc_shows_all())
    batch_.add_error(
        "SCOPE",
        "/proc does not show the processes of the whole machine, as in a pid namespace of its own: parents "
        "that are older than the sensor and not shown are not known, and digests of what they run are "
        "missing (extra.hash: gone). Share the host's pid namespace.");
}

std::vector<BpfObject*> Sensor::objects() const {
  std::vector<BpfObject*> all{object_.get()};
  for (const auto& o : further_) all.push_back(o.get());
  return all;
}

// They are of the whole machine: of no scope.
void Sensor::find_modules() {
  if (!settings_.scope.all()) return;
  modules_at_ = now_ns(CLOCK_MONOTONIC);
  for (auto* object : objects()) {
    const std::string limit = object->find_modules([this](const void* r, size_t n) { pipeline_.on_record(r, n); });
    if (!limit.empty()) batch_.add_error("SCOPE", limit);
  }
}

LossCounters Sensor::counted() const {
  LossCounters sum = object_->counters();
  for (const auto& o : further_) o->add_further(&sum);
  return sum;
}

std::map<std::string, ProgramRuns> Sensor::measured() const {
  std::map<std::string, ProgramRuns> sum;
  for (const BpfObject* o : objects()) o->add_program_runs(&sum);
  return sum;
}

// Any of the objects may have the programs that are called.
void Sensor::ask_kernel(const Settings& now) {
  WrittenFiles::Writers writers;
  AskRuns runs;
  for (const BpfObject* o : objects()) {
    if (!writers) writers = o->writers();
    if (!runs) runs = o->runs();
  }
  pipeline_.set_digests(now.hash_algorithms, writers, runs);
}

}  // namespace sysmon
