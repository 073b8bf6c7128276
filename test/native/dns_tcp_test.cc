// DNS over TCP: questions and answers in segments that may be lost, late or cut anywhere.
#include <gtest/gtest.h>

#include <random>

#include "dns_rig.h"

using namespace sysmon;
using namespace sysmon::test;
using Rig = DnsRig;

TEST(DnsExchanges, TcpWithAShortMessageAndAByteOutOfBand) {
  Rig rig;
  Packet p;
  p.protocol = IPPROTO_TCP;
  p.seq = 100;
  p.tcp_flags = 2;
  rig.take(p);
  p.tcp_flags = 0;
  p.seq = 101;
  p.payload = tcp("short") + "!" + tcp(Dns().bytes());
  p.urgent = 8;
  rig.take(p);
  rig.exchanges.give_up();
  ASSERT_EQ(rig.events.size(), 1u);
  EXPECT_EQ(rig.events[0].name, "name.example");
  EXPECT_EQ(rig.stats().malformed, 1u);
}

TEST(DnsExchanges, Tcp) {
  Rig rig;
  Packet p;
  p.protocol = IPPROTO_TCP;
  p.seq = 100;
  p.tcp_flags = 2;
  rig.take(p);
  p.answer = true;
  p.seq = 0xfffffff0;  // goes round
  rig.take(p);
  p.tcp_flags = 0;
  Dns second;
  second.name = "second.example";
  p.answer = false;
  p.seq = 101;
  p.payload = tcp(Dns().bytes()) + tcp(second.bytes());
  rig.take(p);
  rig.take(p);  // sent again
  Dns answer = with_address();
  answer.flags = kAnswer;
  std::string stream = tcp(answer.bytes());
  second.flags = kAnswer | 3;
  stream += tcp(second.bytes());
  p.answer = true;
  // Byte by byte, each third one twice, some in the wrong order.
  for (size_t i = 0; i < stream.size(); i++) {
    const size_t at = i % 8 == 0 && i + 1 < stream.size() ? i + 1 : i % 8 == 1 ? i - 1 : i;
    p.seq = 0xfffffff1 + static_cast<uint32_t>(at);
    p.payload = stream.substr(at, 1);
    rig.take(p);
    if (i % 3 == 0) rig.take(p);
  }
  ASSERT_EQ(rig.events.size(), 2u);
  EXPECT_EQ(rig.events[0].status, "0");
  EXPECT_EQ(rig.events[0].attempts, 1u);
  EXPECT_EQ(rig.events[0].protocol, IPPROTO_TCP);
  EXPECT_EQ(rig.events[1].name, "second.example");
  EXPECT_EQ(rig.events[1].status, "9003");
  EXPECT_EQ(rig.stats().malformed, 0u);
}

TEST(DnsExchanges, TcpOlderThanTheSensorAndGaps) {
  Rig rig;
  Packet p;
  p.protocol = IPPROTO_TCP;
  p.seq = 5000;
  p.payload = "the middle of something";
  rig.take(p);
  EXPECT_EQ(rig.stats().malformed, 0u);  // "th" could be a length: it waits for the rest
  p.seq = 5023;
  p.payload = std::string(2, '\0');
  p.more = 100000;  // of which we have two bytes: what was begun is lost
  rig.take(p);
  EXPECT_EQ(rig.stats().malformed, 1u);
  p.more = 0;
  p.seq = 900000;
  p.payload = tcp(Dns().bytes());
  rig.take(p);
  rig.exchanges.give_up();
  EXPECT_EQ(rig.events.size(), 1u);
  // A segment that never comes: with so many behind it, it is given up.
  for (size_t i = 0; i <= dns::Stream::kMaxEarly; i++) {
    p.seq += 1000;
    rig.take(p);
  }
  EXPECT_EQ(rig.stats().malformed, 2u);
}
