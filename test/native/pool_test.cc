#include "base/pool.h"

#include <gtest/gtest.h>

#include <chrono>
#include <memory>

using namespace sysmon;
using namespace std::chrono_literals;

namespace {
// Waits for a condition without depending on how fast the machine is.
template <typename F>
bool eventually(F f) {
  for (int i = 0; i < 20000; i++) {
    if (f()) return true;
    std::this_thread::sleep_for(1ms);
  }
  return false;
}

// A gate that jobs wait at.
struct Gate {
  std::mutex mutex;
  std::condition_variable opened;
  bool open = false;
  std::atomic<int> waiting{0};
  void wait() {
    std::unique_lock lock(mutex);
    waiting++;
    opened.wait(lock, [this] { return open; });
  }
  void let() {
    {
      std::lock_guard lock(mutex);
      open = true;
    }
    opened.notify_all();
  }
};
}  // namespace

TEST(Pool, ResultsRunWhereTheyAreCollected) {
  std::atomic<int> wakes{0};
  Pool pool(2, [&] { wakes++; });
  const auto collector = std::this_thread::get_id();
  int done = 0;
  for (int i = 0; i < 100; i++)
    ASSERT_TRUE(pool.submit([&, collector]() -> Pool::Done {
      EXPECT_NE(std::this_thread::get_id(), collector);
      return [&, collector] {
        EXPECT_EQ(std::this_thread::get_id(), collector);
        done++;
      };
    }));
  EXPECT_TRUE(eventually([&] {
    pool.collect();
    return done == 100;
  }));
  EXPECT_TRUE(eventually([&] { return wakes == 100; }));
}

TEST(Pool, RefusesWhenTooMuchWaits) {
  Gate gate;
  Pool pool(1, [] {});
  ASSERT_TRUE(pool.submit([&]() -> Pool::Done {
    gate.wait();
    return [] {};
  }));
  ASSERT_TRUE(eventually([&] { return gate.waiting == 1; }));
  size_t accepted = 0;
  while (pool.submit([]() -> Pool::Done { return [] {}; })) accepted++;
  EXPECT_EQ(accepted, Pool::kMaxJobs);
  gate.let();
  EXPECT_TRUE(eventually([&] { return pool.submit([]() -> Pool::Done { return [] {}; }); })) << "room again";
}

TEST(Pool, EndsWhileJobsRunAndWait) {
  for (int round = 0; round < 50; round++) {
    std::atomic<int> begun{0}, finished{0};
    auto gate = std::make_unique<Gate>();
    auto token = std::make_shared<int>();
    {
      auto pool = std::make_unique<Pool>(2, [] {});
      for (int i = 0; i < 20; i++)
        pool->submit([&, token]() -> Pool::Done {
          begun++;
          gate->wait();
          finished++;
          return [token] { FAIL() << "nobody collects any more"; };
        });
      ASSERT_TRUE(eventually([&] { return begun == 2; }));
      // Those that have begun are waited for, the others never begin.
      std::thread opener([&gate, p = pool.get()] {
        while (!p->stopping()) std::this_thread::yield();
        gate->let();
      });
      pool.reset();
      opener.join();
    }
    EXPECT_EQ(begun, 2);
    EXPECT_EQ(finished, 2);
    EXPECT_EQ(token.use_count(), 1) << "jobs and results are freed";
  }
}

TEST(Pool, JobsSeeThatItEnds) {
  std::atomic<bool> seen{false};
  std::atomic<bool> begun{false};
  {
    Pool pool(1, [] {});
    pool.submit([&]() -> Pool::Done {
      begun = true;
      while (!pool.stopping()) std::this_thread::yield();
      seen = true;
      return [] {};
    });
    ASSERT_TRUE(eventually([&] { return begun.load(); }));
  }
  EXPECT_TRUE(seen);
}
