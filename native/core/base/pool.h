// Threads for what may block: digests of files and the name service. Results come back to the worker.
#pragma once
#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace sysmon {

class Pool {
 public:
  using Done = std::function<void()>;  // runs on the worker, in collect()
  using Job = std::function<Done()>;   // runs on a pool thread

  static constexpr size_t kMaxJobs = 1024;

  // `wake` is called on a pool thread when a result is ready. `most`: jobs that wait.
  Pool(unsigned threads, std::function<void()> wake, size_t most = kMaxJobs);
  // Joins; a job that has begun is waited for, the others are dropped.
  ~Pool();

  // False if too many jobs wait already.
  bool submit(Job job);
  // Runs the results. Worker only.
  void collect();
  // Jobs look here now and then and give up.
  bool stopping() const { return stopping_.load(std::memory_order_relaxed); }

 private:
  void run();
  void end();

  const std::function<void()> wake_;
  const size_t most_;
  std::mutex mutex_;  // guards jobs_ and done_
  std::condition_variable ready_;
  std::deque<Job> jobs_;
  std::vector<Done> done_;
  std::atomic<bool> stopping_{false};
  std::vector<std::thread> threads_;  // last: they use all of the above
};

// Neither large files nor a name service that hangs keep small files waiting. Who makes large files in a row shall not
// keep a core busy for hours: few of them wait.
struct Pools {
  static constexpr size_t kMaxLarge = 16;

  Pools(unsigned threads, const std::function<void()>& wake)
      : files(threads, wake), large(std::min(threads, 1u), wake, kMaxLarge), names(std::min(threads, 1u), wake) {}
  void collect() {
    for (Pool* p : {&files, &large, &names}) p->collect();
  }
  Pool files, large, names;
};

}  // namespace sysmon
