// The pipeline: those who were there before, those who are gone, and look-ups.
#include <atomic>
#include <deque>
#include <thread>

#include "pipeline_rig.h"

using namespace sysmon;
using namespace sysmon::test;

TEST(Pipeline, TheLivingAreLinkedWhateverTheirOrder) {
  Rig rig;
  Exec child, parent;
  child.who = kChild;
  child.parent = kShell;
  parent.who = kShell;
  parent.image = "sh/bin/";
  rig.alive(child, std::string_view("ls\0-la\0", 7));
  rig.alive(parent, std::string_view("sh\0", 3));
  rig.all_alive();
  rig.take(exit_of(kChild));
  const auto& p = rig.events().at(0).process;
  EXPECT_EQ(p.command_line, "ls -la");
  EXPECT_EQ(p.flags, schema::kProcessSnapshot);
  ASSERT_NE(p.parent, 0u);
  EXPECT_EQ(rig.seen.processes.at(p.parent - 1).image, "/bin/sh");
}

TEST(Pipeline, TheIteratorDoesNotOverrideTheRing) {
  Rig rig;
  Exec e;
  e.who = kChildExec;
  rig.take(exec_of(e));
  Exec stale;
  stale.who = kChild;  // as it was before its exec
  stale.image = "old/";
  rig.alive(stale);
  rig.all_alive();
  rig.take(exit_of(kChildExec));
  EXPECT_EQ(rig.events()[1].process.image, "/usr/bin/ls");
}

TEST(Pipeline, TheRecordKnowsBetterThanProc) {
  Rig rig;
  Exec e;
  e.who = kShell;
  rig.alive(e, std::string_view("rewritten\0", 10));
  rig.all_alive();
  rig.take(exec_of(e));  // was on the ring when the iterator ran
  ASSERT_EQ(rig.events().size(), 1u);
  EXPECT_EQ(rig.events()[0].process.command_line, "ls -l");
}

TEST(Pipeline, WhatWasSeenBeforeTheLivingWereKnownIsNoEvent) {
  Rig rig;
  Exec shell, child;
  shell.who = kShell;
  child.who = kChildExec;
  rig.alive(shell, std::string_view("sh\0", 3));
  rig.all_alive();
  rig.pipeline.begin_publishing();
  rig.take(exec_of(child));
  EXPECT_TRUE(rig.events().empty());
  // It was on its way out when the iterator passed: nothing is known of it.
  const auto now = static_cast<uint64_t>(now_ns(CLOCK_BOOTTIME));
  rig.take(exit_of(nth(1), 0, now));
  EXPECT_TRUE(rig.events().empty());
  EXPECT_EQ(rig.pipeline.stats().early_execs, 1u);
  EXPECT_EQ(rig.pipeline.stats().early_exits, 1u);
  // What was learnt then counts.
  rig.take(exit_of(kChildExec, 0, now));
  ASSERT_EQ(rig.events().size(), 1u);
  EXPECT_EQ(rig.events()[0].process.image, "/usr/bin/ls");
  // One whose beginning was lost later on is told of.
  rig.take(exit_of(Who{kPid + 77, now, 1}, 0, now + 1));
  ASSERT_EQ(rig.events().size(), 2u);
  EXPECT_EQ(rig.events()[1].process.image, "-");
  EXPECT_EQ(rig.events()[1].process.ppid, UINT32_MAX) << "not known";
  EXPECT_EQ(rig.events()[1].process.cgroup, "-") << "none";
}

TEST(Pipeline, ResyncBuriesTheGoneAndMarksTheNew) {
  Rig rig;
  Exec gone, stays, fresh;
  gone.who = kShell;
  stays.who = kChild;
  fresh.who = nth(1);
  rig.take(exec_of(gone));
  rig.take(exec_of(stays));
  rig.alive(stays, {}, true);
  rig.alive(fresh, {}, true);
  rig.all_alive();
  Batcher none(rig.memory.data(), 1, [](uint32_t) {});
  EXPECT_FALSE(rig.pipeline.lookup(kPid, &none));
  rig.take(exit_of(fresh.who));
  rig.take(exit_of(stays.who));
  const auto& events = rig.events();
  EXPECT_EQ(events[2].extra, R"({"uncertain":true,"exitCode":0})");
  EXPECT_EQ(events[3].extra, R"({"exitCode":0})");
  // Its exit record was on the ring all the while.
  rig.take(exit_of(gone.who));
  EXPECT_EQ(rig.events().size(), 5u);
}

TEST(Pipeline, TheDeadAreRetiredInTheStream) {
  Rig rig;
  for (uint32_t i = 0; i < 6000; i++) {
    Exec e;
    e.who = nth(i);
    rig.take(exec_of(e));
    rig.take(exit_of(e.who));
  }
  rig.pipeline.tick();
  EXPECT_EQ(rig.events().size(), 12000u);
  EXPECT_LE(rig.pipeline.processes(), ProcessTable::kKeepEnded);
  EXPECT_EQ(rig.seen.processes.size(), rig.pipeline.processes()) << "JavaScript forgets what the table forgets";
}

TEST(Pipeline, WildParentsDoNoHarm) {
  Rig rig;
  Exec own;
  own.who = own.parent = kShell;  // its own parent
  rig.take(exec_of(own));
  rig.take(fork_of(kChild, kChild));
  rig.take(fork_of(kChild, kShell));
  rig.take(fork_of(kShell, kChild));  // a loop of two
  rig.take(exit_of(kChild));
  rig.take(exit_of(kShell));
  EXPECT_EQ(rig.events().size(), 3u);
  Batcher out(rig.memory.data(), 1, [](uint32_t) {});
  rig.pipeline.lookup(kPid, &out);
}

// --- lookups ---

TEST(Pipeline, LookupWritesTheWholeLine) {
  Rig rig;
  Exec shell;
  shell.who = kShell;
  rig.take(exec_of(shell));
  rig.take(fork_of(kChild, kShell));
  std::vector<uint8_t> memory(Batcher::kSlotBytes);
  Entries seen;
  Batcher out(memory.data(), 1, [&](uint32_t) { seen.take(memory.data()); });
  EXPECT_FALSE(rig.pipeline.lookup(kPid + 77, &out));
  ASSERT_TRUE(rig.pipeline.lookup(kPid + 1, &out));
  out.flush();
  ASSERT_EQ(seen.processes.size(), 2u);
  rig.take(exit_of(kChild));
  EXPECT_FALSE(rig.pipeline.lookup(kPid + 1, &out)) << "the dead are not looked up";
}

// The worker waits for a slot with its lock let go; look-ups go on meanwhile and see a whole table.
TEST(Pipeline, LookupsWhileTheWorkerWaits) {
  std::vector<uint8_t> memory(size_t{2} * Batcher::kSlotBytes);
  std::mutex mutex;
  std::deque<uint32_t> delivered;
  Batcher batch(memory.data(), 2, [&](uint32_t s) {
    std::lock_guard lock(mutex);
    delivered.push_back(s);
  });
  Pools pools(2, [] {});
  Pipeline pipeline(settings(), &batch, &pools);
  pipeline.begin_publishing(0);
  batch.unlock_while_waiting(&pipeline.lock());
  std::atomic<bool> done{false};
  constexpr uint32_t kCount = 6000;
  std::thread worker([&] {
    const auto take = [&](Bytes b) { pipeline.on_record(b.data(), b.size()); };
    pipeline.lock().lock();
    Exec shell;
    shell.who = kShell;
    take(exec_of(shell));
    for (uint32_t i = 0; i < kCount; i++) {
      Exec e;
      e.who = nth(i);
      e.parent = kShell;
      e.uid = i % 7 ? 0 : 4000000000 + i % 3;
      e.argv += std::to_string(i);
      take(exec_of(e));
      if (i >= 10) take(exit_of(nth(i - 10)));
      if (i % 100 == 0) {
        pools.collect();
        pipeline.tick();
      }
    }
    pipeline.give_up_waiting();
    batch.flush();
    pipeline.lock().unlock();
    done = true;
  });
  Entries seen;
  uint64_t found = 0;
  std::vector<uint8_t> own(Batcher::kSlotBytes);
  const auto drain = [&] {
    for (;;) {
      uint32_t slot;
      {
        std::lock_guard lock(mutex);
        if (delivered.empty()) return;
        slot = delivered.front();
        delivered.pop_front();
      }
      seen.take(memory.data() + size_t{slot} * Batcher::kSlotBytes);
      batch.release(slot);
    }
  };
  for (uint32_t round = 0; !done; round++) {
    for (int i = 0; i < 20; i++) {
      Entries answer;
      Batcher out(own.data(), 1, [&](uint32_t) { answer.take(own.data()); });
      if (!pipeline.lookup(i ? kPid + 100 + (round * 20 + static_cast<uint32_t>(i)) % kCount : kPid, &out)) continue;
      out.flush();
      found++;
      EXPECT_GE(answer.processes.size(), 1u);
    }
    drain();
  }
  worker.join();
  drain();
  EXPECT_EQ(seen.events.size(), 1 + kCount + kCount - 10);
  EXPECT_GT(batch.waits(), 0u);
  EXPECT_GT(found, 0u);
}
