// The producer: a loaded program, its ring, and a thread that runs it.
#pragma once
#include <pthread.h>

#include <atomic>
#include <cstdint>
#include <string>
#include <thread>

struct bpf_object;

namespace sysmon::bench {

class Producer {
 public:
  // Loads the program, once. Throws Failure.
  static Producer& get();
  ~Producer();

  int ring() const { return ring_; }
  // `rate`: records a second, and what does not fit is lost; 0: as many as keep the ring half full, and none is lost.
  void start(uint32_t rate, bool renew);
  // Ends the thread. Returns when it has ended.
  void stop();

  uint64_t produced() const { return produced_; }  // handed over and lost
  uint64_t lost() const { return lost_; }
  int64_t cpu_ns() const;  // of the thread

 private:
  Producer();
  void run(uint32_t rate, bool renew);

  bpf_object* object_;
  int ring_, program_;
  uint64_t sequence_ = 0;
  std::atomic<uint64_t> produced_{0}, lost_{0};
  std::atomic<bool> stopping_{false};
  std::atomic<int64_t> spent_{0};  // by earlier threads
  clockid_t clock_{};
  std::thread thread_;
};

}  // namespace sysmon::bench
