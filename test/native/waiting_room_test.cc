// Who waits, for how long, and in which order they leave.
#include "event/waiting_room.h"

#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "event_types.h"
#include "records.h"

using namespace sysmon;
using namespace sysmon::test;
using namespace std::chrono_literals;

namespace {

constexpr uint32_t kUnknownUser = 4000000001;

struct Left {
  uint32_t pid;
  uint64_t number;
  Findings found;
  std::string image;
};

// A room whose pools never work, unless they are told to.
struct Waiters {
  explicit Waiters(unsigned threads = 0, uint32_t timeout_ms = 1000) : pools(threads, [] {}) {
    Settings s;
    s.hash_algorithms = kMd5;
    s.hash_timeout_ms = timeout_ms;
    room.emplace(s, &facts, &table, &pools, [this](const Record& r, Pending* event) {
      EXPECT_EQ(r.header->pid, event->process->key.pid);
      left.push_back({r.header->pid, event->number, event->found, event->process->program->image});
    });
  }
  // A process that executes a file of this inode, or that was made by somebody who has no name yet.
  Needs needs_of(uint32_t nth, uint64_t ino, uint32_t uid, Findings* found) {
    Exec e;
    e.who = {kPid + nth, kSecond + nth, 1};
    bytes = exec_of(e);
    p = table.insert(key_of(bytes.as<sm_header>()), nullptr);
    auto program = std::make_shared<Program>();
    program->exe.ino = ino;
    p->program = program;
    p->task.uid = uid;
    return room->needs_of(kProcessCreate, record(), *p, found);
  }
  bool enter(uint32_t nth, uint64_t ino, uint32_t uid = 0) {
    Pending event{.event = &kProcessCreate, .process = nullptr, .target = nullptr, .number = nth};
    Needs needs = needs_of(nth, ino, uid, &event.found);
    EXPECT_TRUE(needs.any());
    event.process = p;
    const bool entered = room->enter(record(), std::move(needs), &event);
    if (!entered) refused = event.found;
    return entered;
  }
  Record record() { return {&bytes.as<sm_header>()}; }

  Facts facts;
  Pools pools;
  ProcessTable table{[](const Process&) {}};
  std::optional<WaitingRoom> room;
  Bytes bytes;
  Process* p = nullptr;
  std::vector<Left> left;
  Findings refused;
};

TEST(WaitingRoom, WhatIsKnownNeedsNothing) {
  Waiters w;
  Findings found;
  const Needs none = w.needs_of(1, 0, 0, &found);
  EXPECT_FALSE(none.any()) << "root is known, and there is no file";
  const Needs hash = w.needs_of(2, 7, 0, &found);
  EXPECT_TRUE(hash.hash && hash.findings() && !hash.user && !hash.content);
  const Needs user = w.needs_of(3, 0, kUnknownUser, &found);
  EXPECT_TRUE(user.user && user.any() && !user.findings());
  EXPECT_TRUE(w.room->empty());
  EXPECT_EQ(w.room->next_deadline(), INT64_MAX);
}

TEST(WaitingRoom, HasAnEndOfItsPatience) {
  Waiters w;
  const int64_t before = now_ns(CLOCK_MONOTONIC);
  ASSERT_TRUE(w.enter(1, 7));
  EXPECT_FALSE(w.room->empty());
  const int64_t deadline = w.room->next_deadline();
  EXPECT_GE(deadline, before + kSecond);
  w.room->tick(deadline - 1);
  EXPECT_TRUE(w.left.empty());
  w.room->tick(deadline);
  ASSERT_EQ(w.left.size(), 1u);
  EXPECT_EQ(w.left[0].pid, kPid + 1);
  EXPECT_EQ(w.left[0].number, 1u);
  EXPECT_STREQ(w.left[0].found.digest.why, "timeout");
  EXPECT_EQ(w.room->stats().timeouts, 1u);
  EXPECT_TRUE(w.room->empty());
  EXPECT_EQ(w.room->next_deadline(), INT64_MAX);
}

TEST(WaitingRoom, TheyLeaveInTheOrderInWhichTheyCame) {
  Waiters w;
  for (uint32_t i = 0; i < 20; i++) ASSERT_TRUE(w.enter(i, 7, i % 2 ? kUnknownUser : 0));
  w.room->give_up();
  ASSERT_EQ(w.left.size(), 20u);
  for (uint32_t i = 0; i < 20; i++) EXPECT_EQ(w.left[i].pid, kPid + i);
  EXPECT_EQ(w.room->stats().timeouts, 0u) << "nobody's patience ended";
}

TEST(WaitingRoom, IsBounded) {
  Waiters w;
  for (uint32_t i = 0; i < WaitingRoom::kMost; i++) ASSERT_TRUE(w.enter(i, 7)) << i;
  EXPECT_FALSE(w.enter(WaitingRoom::kMost, 7));
  EXPECT_STREQ(w.refused.digest.why, "busy");
  EXPECT_EQ(w.room->stats().full, 1u);
  EXPECT_TRUE(w.left.empty());
  w.room->give_up();
  EXPECT_EQ(w.left.size(), WaitingRoom::kMost);
  EXPECT_TRUE(w.enter(WaitingRoom::kMost + 1, 7)) << "there is room again";
}

TEST(WaitingRoom, HoldsTheProcess) {
  Waiters w;
  ASSERT_TRUE(w.enter(1, 7));
  w.table.end(w.p, kSecond);
  w.table.expire(kSecond + 2 * ProcessTable::kKeepNs);
  w.room->give_up();
  ASSERT_EQ(w.left.size(), 1u);
  EXPECT_EQ(w.left[0].image, "-") << "it was still there";
  w.table.expire(kSecond + 2 * ProcessTable::kKeepNs);
  EXPECT_EQ(w.table.size(), 0u);
}

TEST(WaitingRoom, WhoseRequestNobodyTakesLeavesAtOnce) {
  Waiters w;
  for (size_t i = 0; i < Pool::kMaxJobs; i++) w.pools.files.submit([]() -> Pool::Done { return [] {}; });
  EXPECT_TRUE(w.enter(1, 7));
  ASSERT_EQ(w.left.size(), 1u);
  EXPECT_STREQ(w.left[0].found.digest.why, "busy");
  EXPECT_TRUE(w.room->empty());
}

TEST(WaitingRoom, OneAnswerServesAllWhoAskForAUser) {
  Waiters w(1, 60000);
  ASSERT_TRUE(w.enter(1, 0, kUnknownUser));
  ASSERT_TRUE(w.enter(2, 0, kUnknownUser));
  for (int i = 0; i < 10000 && !w.room->empty(); i++) {
    w.pools.collect();
    std::this_thread::sleep_for(1ms);
  }
  ASSERT_EQ(w.left.size(), 2u);
  EXPECT_EQ(w.left[0].pid, kPid + 1);
  EXPECT_NE(w.facts.users.find(kUnknownUser, w.facts.now), nullptr) << "that there is none is known by now";
}

}  // namespace
