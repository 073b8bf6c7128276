// What is told of what the kernel side has dropped.
#include "event/loss.h"

#include <gtest/gtest.h>

#include "entries.h"

using namespace sysmon;
using namespace sysmon::test;

namespace {

struct Reporter {
  explicit Reporter(const std::vector<uint16_t>& events)
      : loss(events, [this](uint64_t, uint32_t pid) {
          asked++;
          return pid == 7 ? std::string("/bin/a\"b") : std::string();
        }) {}
  std::vector<SeenLoss> report() {
    lifecycle =
        loss.report(std::exchange(losses, {}), std::exchange(suppressed, {}), counters, dns, WallClock(), &batch);
    batch.flush();
    return std::exchange(seen.losses, {});
  }
  std::vector<uint8_t> memory = std::vector<uint8_t>(size_t{Batcher::kSlots} * Batcher::kSlotBytes);
  Entries seen;
  Batcher batch{memory.data(), Batcher::kSlots, [this](uint32_t slot) {
                  seen.take(memory.data() + size_t{slot} * Batcher::kSlotBytes);
                  batch.release(slot);
                }};
  LossCounters counters;
  dns::Stats dns;
  std::vector<LossesOf> losses;
  std::vector<Suppressed> suppressed;
  int asked = 0;
  bool lifecycle = false;
  LossReporter loss;
};

using Losses = std::vector<SeenLoss>;
sm_loss of(uint32_t pid, uint16_t type, uint16_t reason = SM_DROP_RING) { return {pid * 10, pid, type, reason}; }

}  // namespace

TEST(Loss, ARecordThatIsSeveralEvents) {
  Reporter both({23, 26});
  both.counters.dropped[SM_FILE_DELETE][SM_DROP_RESERVE] = 3;
  EXPECT_EQ(both.report(),
            (Losses{{"reserve", "FileDelete", "-", "-", 3}, {"reserve", "FileDeleteDetected", "-", "-", 3}}));
  EXPECT_FALSE(both.lifecycle);
  EXPECT_EQ(both.report(), Losses{}) << "told once";
  Reporter one({26});
  one.counters.dropped[SM_FILE_DELETE][SM_DROP_RING] = 2;
  EXPECT_EQ(one.report(), (Losses{{"ring", "FileDeleteDetected", "-", "-", 2}})) << "nobody wants the other";
}

TEST(Loss, TheLifeOfProcessesIsToldThoughNobodyWantsItsEvents) {
  Reporter r({11});
  r.counters.dropped[SM_FORK][SM_DROP_RING] = 1;
  r.counters.dropped[SM_EXEC][SM_DROP_SCRATCH] = 2;
  EXPECT_EQ(r.report(), (Losses{{"ring", "ProcessFork", "-", "-", 1}, {"scratch", "ProcessCreate", "-", "-", 2}}));
  EXPECT_TRUE(r.lifecycle);
}

TEST(Loss, SaysWhatItCounts) {
  Reporter r({22});
  r.counters.dropped[SM_DNS_QUESTION][SM_DROP_RING] = 1;
  r.counters.dropped[SM_DNS_ANSWER][SM_DROP_RING] = 2;
  r.counters.dropped[SM_DNS_SEGMENT][SM_DROP_RING] = 3;
  r.counters.dropped[SM_DNS_QUERY][SM_DROP_SKIPPED] = 4;
  r.dns.overflow = 5;
  r.dns.unfollowed = 6;
  r.dns.unowned = 7;
  Losses losses = r.report();
  std::sort(losses.begin(), losses.end(), [](const auto& a, const auto& b) { return a.count < b.count; });
  EXPECT_EQ(losses, (Losses{{"ring", "DnsQuery", "-", "-", 1},
                            {"ring", "DnsAnswer", "packets", "-", 2},
                            {"ring", "DnsSegment", "packets", "-", 3},
                            {"skipped", "DnsQuery", "runs", "-", 4},
                            {"table", "DnsQuery", "-", "-", 5},
                            {"table", "DnsConnection", "connections", "-", 6},
                            {"owner", "DnsQuery", "-", "-", 7}}));
  EXPECT_EQ(r.report(), Losses{});
}

TEST(Loss, NamesThoseThatLostMost) {
  Reporter r({11});
  r.losses = {{of(1, SM_FORK), 9}, {of(8, SM_FILE_CREATE), 2}, {of(9, SM_FILE_CREATE, SM_DROP_RESERVE), 99}};
  for (uint32_t pid = 3; pid < 8; pid++) r.losses.push_back({of(pid, SM_FILE_CREATE), pid * 10});
  r.counters.dropped[SM_FILE_CREATE][SM_DROP_RING] = 300;
  EXPECT_EQ(r.report(),
            (Losses{{"ring", "FileCreate", "-",
                     R"([{"pid":7,"image":"/bin/a\"b","count":70},{"pid":6,"count":60},{"pid":5,"count":50},)"
                     R"({"pid":4,"count":40},{"pid":3,"count":30}])",
                     300}}));
  r.losses = {{of(7, SM_FILE_CREATE), 1}};
  EXPECT_EQ(r.report(), Losses{});
  EXPECT_EQ(r.asked, 5) << "nothing more was lost";
  r.counters.dropped[SM_FILE_CREATE][SM_DROP_RING]++;
  EXPECT_EQ(r.report(), (Losses{{"ring", "FileCreate", "-", "-", 1}})) << "not known";
}
