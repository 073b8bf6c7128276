#include "event/batcher.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <deque>
#include <thread>

#include "entries.h"

using namespace sysmon;
using namespace sysmon::test;
using namespace std::chrono_literals;
using schema::Entry;

namespace {
// The slots, page-guarded as far as the sanitizer sees: a write behind the last one is found.
struct Slots {
  explicit Slots(uint32_t n) : memory(size_t{n} * Batcher::kSlotBytes) {}
  std::vector<uint8_t> memory;
  const uint8_t* at(uint32_t i) const { return memory.data() + size_t{i} * Batcher::kSlotBytes; }
};

// Reads and releases each slot as it comes.
struct Direct {
  Slots slots{3};
  Entries seen;
  Batcher batch{slots.memory.data(), 3, [this](uint32_t s) {
                  seen.take(slots.at(s));
                  batch.release(s);
                }};
};

void entry(Batcher& b, Entry kind = Entry::kReady, uint32_t words = 2) {
  b.begin(static_cast<uint32_t>(kind), words);
  b.end();
}
}  // namespace

TEST(Batcher, HandsOverOnFlushAndNothingWhenEmpty) {
  Direct d;
  d.batch.flush();
  EXPECT_TRUE(d.batch.empty());
  EXPECT_EQ(d.seen.batches, 0u);
  entry(d.batch);
  EXPECT_FALSE(d.batch.empty());
  d.batch.flush();
  d.batch.flush();
  EXPECT_TRUE(d.batch.empty());
  EXPECT_EQ(d.seen.batches, 1u);
  EXPECT_EQ(d.seen.kinds, std::vector<uint32_t>{uint32_t(Entry::kReady)});
}

TEST(Batcher, HandsOverByItselfOnceASlotIsFullEnough) {
  Direct d;
  for (uint32_t written = 0; written <= Batcher::kSoftLimit; written += 16) entry(d.batch, Entry::kLoss, 4);
  EXPECT_EQ(d.seen.batches, 1u);
}

TEST(Batcher, SendsATextOnce) {
  Direct d;
  const uint32_t a = d.batch.intern("/usr/bin/ls"), b = d.batch.intern("/usr/bin/ps"),
                 again = d.batch.intern("/usr/bin/ls");
  EXPECT_EQ(a, again);
  EXPECT_NE(a, b);
  EXPECT_EQ(d.batch.intern("-"), 0u);
  d.batch.flush();
  EXPECT_EQ(d.seen.kinds.size(), 2u);
  EXPECT_EQ(d.batch.intern("/usr/bin/ls"), a) << "over batches";
  d.batch.flush();
  EXPECT_EQ(d.seen.batches, 1u);
}

TEST(Batcher, StartsTheTextsAnewByNumber) {
  Direct d;
  uint32_t highest = 0;
  for (int i = 0; i < 20000; i++) {
    d.batch.prepare();
    highest = std::max(highest, d.batch.intern("text " + std::to_string(i)));
  }
  d.batch.flush();
  EXPECT_GE(d.seen.resets, 2u);
  EXPECT_LE(highest, 8192u);
}

TEST(Batcher, StartsTheTextsAnewByBytes) {
  Direct d;
  for (int i = 0; i < 100; i++) {
    d.batch.prepare();
    d.batch.intern(std::string(30000, 'x') + std::to_string(i));
  }
  d.batch.flush();
  EXPECT_GE(d.seen.resets, 2u);
}

TEST(Batcher, TextsBehindAnEntryAreInsideItsBatch) {
  Direct d;
  uint32_t* w = d.batch.begin(static_cast<uint32_t>(Entry::kDefineString), 4);
  w[2] = 1;
  w[3] = d.batch.add_text("abc");
  d.batch.end();
  w = d.batch.begin(static_cast<uint32_t>(Entry::kDefineString), 4);
  w[2] = 2;
  w[3] = d.batch.add_text("");
  d.batch.end();
  d.batch.flush();
  EXPECT_EQ(d.seen.kinds.size(), 2u);
}

// Nothing that large comes through the decoder; what does all the same must not leave the slot.
TEST(Batcher, CutsTextsThatDoNotFit) {
  Direct d;
  const std::string huge(Batcher::kSlotBytes * 2, 'x');
  for (int texts : {1, 2, 3, 8, 40}) {
    uint32_t* w = d.batch.begin(static_cast<uint32_t>(Entry::kDefineString), 4);
    w[2] = 1;
    for (int i = 0; i < texts; i++) {
      const uint32_t ref = d.batch.add_text(huge);
      if (i == 0) w[3] = ref;
    }
    d.batch.end();
    d.batch.flush();
  }
  EXPECT_EQ(d.seen.batches, 5u);
}

TEST(Batcher, WaitsForASlotAndGoesOn) {
  Slots slots(2);
  std::mutex mutex;
  std::deque<uint32_t> delivered;
  Batcher batch(slots.memory.data(), 2, [&](uint32_t s) {
    std::lock_guard lock(mutex);
    delivered.push_back(s);
  });
  std::atomic<bool> done{false};
  std::thread worker([&] {
    for (int i = 0; i < 100; i++) {
      entry(batch);
      batch.flush();
    }
    done = true;
  });
  while (batch.waits() == 0) std::this_thread::yield();
  EXPECT_FALSE(done) << "two slots are out, the worker waits for one";
  Entries seen;
  while (seen.kinds.size() < 100) {
    uint32_t slot;
    {
      std::lock_guard lock(mutex);
      if (delivered.empty()) continue;
      slot = delivered.front();
      delivered.pop_front();
    }
    seen.take(slots.at(slot));
    batch.release(slot);
  }
  worker.join();
  EXPECT_TRUE(done);
}

TEST(Batcher, IgnoresReleasesOfSlotsThatDoNotExist) {
  Direct d;
  d.batch.release(3);
  d.batch.release(UINT32_MAX);
  for (int i = 0; i < 10; i++) {
    entry(d.batch);
    d.batch.flush();
  }
  EXPECT_EQ(d.seen.batches, 10u);
}

TEST(Batcher, AbortFreesAWaitingWorker) {
  Slots slots(1);
  std::atomic<int> delivered{0};
  Batcher batch(slots.memory.data(), 1, [&](uint32_t) { delivered++; });
  std::thread worker([&] {
    for (int i = 0; i < 1000; i++) {
      entry(batch, Entry::kLoss, 16);
      batch.flush();
    }
  });
  while (batch.waits() == 0) std::this_thread::yield();
  batch.abort();
  worker.join();
  EXPECT_EQ(delivered, 1) << "what is written after abort() goes nowhere";
}

TEST(Batcher, AbortBeforeTheFirstEntry) {
  Slots slots(1);
  int delivered = 0;
  Batcher batch(slots.memory.data(), 1, [&](uint32_t) { delivered++; });
  batch.abort();
  batch.intern("text");
  entry(batch);
  batch.flush();
  EXPECT_EQ(delivered, 0);
}

// The lock of the pipeline is let go while the worker waits, and held again when it goes on.
TEST(Batcher, LetsTheOuterLockGoWhileItWaits) {
  Slots slots(1);
  std::mutex outer;
  std::unique_lock<std::mutex> held(outer, std::defer_lock);
  Batcher batch(slots.memory.data(), 1, [](uint32_t) {});
  batch.unlock_while_waiting(&held);
  int shared = 0;  // guarded by outer
  std::atomic<bool> done{false};
  std::thread worker([&] {
    held.lock();
    for (int i = 0; i < 200; i++) {
      entry(batch);
      batch.flush();
      shared++;
    }
    held.unlock();
    done = true;
  });
  uint64_t looked = 0;
  while (!done) {
    {
      std::lock_guard lock(outer);  // would hang for ever if the waiting worker kept it
      shared++;
      looked++;
    }
    batch.release(0);
    std::this_thread::yield();
  }
  worker.join();
  EXPECT_EQ(static_cast<uint64_t>(shared), 200 + looked);
}
