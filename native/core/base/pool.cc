#include "base/pool.h"

#include <atomic>

namespace sysmon {

Pool::Pool(unsigned threads, std::function<void()> wake, size_t most) : wake_(std::move(wake)), most_(most) {
  try {
    for (unsigned i = 0; i < threads; i++) threads_.emplace_back([this] { run(); });
  } catch (...) {  // too many threads on this system: those that are there must end first
    end();
    throw;
  }
}

Pool::~Pool() { end(); }

void Pool::end() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
    jobs_.clear();
  }
  ready_.notify_all();
  for (auto& t : threads_) t.join();
}

bool Pool::submit(Job job) {
  {
    std::lock_guard lock(mutex_);
    if (jobs_.size() >= most_) return false;
    jobs_.push_back(std::move(job));
  }
  ready_.notify_one();
  return true;
}

void Pool::collect() {
  std::vector<Done> done;
  {
    std::lock_guard lock(mutex_);
    done.swap(done_);
  }
  for (auto& d : done) d();
}

void Pool::run() {
  for (;;) {
    Job job;
    {
      std::unique_lock lock(mutex_);
      ready_.wait(lock, [this] { return stopping_ || !jobs_.empty(); });
      if (stopping_) return;
      job = std::move(jobs_.front());
      jobs_.pop_front();
    }
    Done done = job();
    {
      std::lock_guard lock(mutex_);
      if (stopping_) return;
      done_.push_back(std::move(done));
    }
    wake_();
  }
}

}  // namespace sysmon
