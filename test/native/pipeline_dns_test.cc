// Packets of DNS through the whole pipeline: an entry for the question, with its names as text.
#include <gtest/gtest.h>

#include "dns_packets.h"
#include "entries.h"
#include "event/pipeline.h"

using namespace sysmon;
using namespace sysmon::test;

namespace {
constexpr Who kAsker{kPid, kSecond, 1};
}  // namespace

TEST(Pipeline, QuestionsAndAnswers) {
  std::vector<uint8_t> memory(size_t{Batcher::kSlots} * Batcher::kSlotBytes);
  Entries seen;
  Batcher batch(memory.data(), Batcher::kSlots, [&](uint32_t slot) {
    seen.take(memory.data() + size_t{slot} * Batcher::kSlotBytes);
    batch.release(slot);
  });
  Pools pools(1, [] {});
  Settings settings;
  settings.events = {22};
  settings.hash_algorithms = 0;
  Pipeline pipeline(settings, &batch, &pools);
  pipeline.begin_publishing(0);
  const auto take = [&](Bytes b) { pipeline.on_record(b.data(), b.size()); };
  Exec shell;
  shell.who = kAsker;
  take(exec_of(shell));
  Packet p;
  Dns d;
  d.name = "a\xff.example";
  p.who = kAsker;
  p.payload = d.bytes();
  take(packet_of(p));
  take(exit_of(kAsker));  // it does not wait
  p.answer = true;
  d.flags = kAnswer | 0x0200;
  d.answers = {record(pointer(kQuestionAt), 5, labels("\xfe.example"))};
  p.payload = d.bytes();
  take(packet_of(p));
  batch.flush();
  ASSERT_EQ(seen.events.size(), 1u);
  const SeenEvent& e = seen.events[0];
  EXPECT_EQ(e.process.pid, kPid);
  EXPECT_EQ(e.texts, (std::vector<std::string>{"-", "a\\xff.example", "0", "type:  5 \\xfe.example;"}));
  EXPECT_EQ(e.extra,
            "{\"queryType\":\"A\",\"server\":\"192.0.2.53:53\",\"transport\":\"udp\",\"answerTruncated\":true,\"raw\":{"
            "\"QueryName\":\"Yf8uZXhhbXBsZQ==\",\"QueryResults\":\"dHlwZTogIDUg/i5leGFtcGxlOw==\"}}");
  // No probe writes this one.
  sm_dns_query_record forged{};
  forged.hdr = header(SM_DNS_QUERY, kAsker);
  take(Bytes::of(forged).finish());
  EXPECT_EQ(pipeline.stats().malformed, 1u);
}
