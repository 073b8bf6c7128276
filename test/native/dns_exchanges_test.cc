// Questions and answers as they pass the sockets, to events.
#include <gtest/gtest.h>

#include <random>

#include "dns_rig.h"

using namespace sysmon;
using namespace sysmon::test;
using Rig = DnsRig;

TEST(DnsExchanges, Answered) {
  Rig rig;
  rig.ask();
  EXPECT_TRUE(rig.events.empty());
  EXPECT_EQ(rig.exchanges.next_deadline(), 1 + Exchanges::kPatienceNs);
  rig.reply(with_address());
  ASSERT_EQ(rig.events.size(), 1u);
  EXPECT_EQ(rig.events[0].name, "name.example");
  EXPECT_EQ(rig.events[0].status, "0");
  EXPECT_EQ(rig.events[0].results, "::ffff:192.0.2.1;");
  EXPECT_EQ(rig.events[0].attempts, 1u);
  EXPECT_EQ(rig.events[0].process->key, (Key{kSecond, 1, kPid}));
  EXPECT_EQ(rig.events[0].process->holds, 0u);
  EXPECT_EQ(rig.exchanges.next_deadline(), INT64_MAX);
  EXPECT_EQ(rig.learned, std::vector<std::string>{"name.example=::ffff:192.0.2.1"});
  rig.reply(with_address());
  EXPECT_EQ(rig.events.size(), 1u);
  EXPECT_EQ(rig.stats().unmatched, 1u);
}

TEST(DnsExchanges, Unanswered) {
  Rig rig;
  rig.ask();
  rig.exchanges.tick(Exchanges::kPatienceNs);
  EXPECT_TRUE(rig.events.empty());
  rig.exchanges.tick(Exchanges::kPatienceNs + 1);
  ASSERT_EQ(rig.events.size(), 1u);
  EXPECT_EQ(rig.events[0].status, "1460");
  EXPECT_EQ(rig.events[0].results, "");
  EXPECT_EQ(rig.stats().unanswered, 1u);
  rig.reply(with_address());  // too late
  EXPECT_EQ(rig.stats().unmatched, 1u);
}

TEST(DnsExchanges, AnAnswerThatMayBeLost) {
  Rig rig;
  rig.exchanges.note_lost_answers(3);  // before anything was asked
  rig.ask();
  rig.exchanges.tick(Exchanges::kPatienceNs + 1);
  rig.ask();
  rig.exchanges.note_lost_answers(4);
  rig.reply(with_address());  // its own was not
  rig.ask();
  rig.exchanges.note_lost_answers(5);
  rig.exchanges.give_up();
  std::vector<std::pair<std::string, uint32_t>> told;
  for (const DnsSeen& e : rig.events) told.emplace_back(e.status, e.attributes);
  EXPECT_EQ(told, (decltype(told){{"1460", 0}, {"0", 0}, {"-", SM_DNS_ANSWERS_LOST}}));
}

TEST(DnsExchanges, GivenUp) {
  Rig rig;
  rig.ask();
  rig.exchanges.give_up();
  ASSERT_EQ(rig.events.size(), 1u);
  EXPECT_EQ(rig.events[0].status, "-");
}

TEST(DnsExchanges, WhatTellsQuestionsApart) {
  Rig rig;
  Dns other_name, other_type, other_id;
  other_name.name = "other.example";
  other_type.type = 28;
  other_id.id = 2;
  Packet other_socket;
  other_socket.cookie = 8;
  rig.ask();
  rig.ask(other_name);
  rig.ask(other_type);
  rig.ask(other_id);
  rig.ask({}, other_socket);
  EXPECT_EQ(rig.exchanges.next_deadline(), 1 + Exchanges::kPatienceNs);
  rig.reply(other_name);
  ASSERT_EQ(rig.events.size(), 1u);
  EXPECT_EQ(rig.events[0].name, "other.example");
  rig.reply(other_type);
  ASSERT_EQ(rig.events.size(), 2u);
  EXPECT_EQ(rig.events[1].type, 28u);
  rig.reply(with_address(), other_socket);
  rig.reply(other_id);
  rig.reply();
  ASSERT_EQ(rig.events.size(), 5u);
  EXPECT_EQ(rig.events[2].results, "::ffff:192.0.2.1;");
  EXPECT_EQ(rig.stats().unmatched, 0u);
  Dns never_asked;
  never_asked.name = "never.example";
  rig.reply(never_asked);
  EXPECT_EQ(rig.events.size(), 5u);
  EXPECT_EQ(rig.stats().unmatched, 1u);
}

TEST(DnsExchanges, AskedAgain) {
  Rig rig;
  rig.ask();
  rig.now = 1000;
  rig.ask();
  EXPECT_EQ(rig.exchanges.next_deadline(), 1 + Exchanges::kPatienceNs);
  Dns shouted;
  shouted.name = "NAME.example";
  rig.reply(shouted);
  ASSERT_EQ(rig.events.size(), 1u);
  EXPECT_EQ(rig.events[0].attempts, 2u);
  EXPECT_EQ(rig.events[0].name, "name.example");
}

TEST(DnsExchanges, ARefusalWithoutTheQuestion) {
  Rig rig;
  Dns bare;
  bare.questions = 0;
  bare.flags = 5;
  rig.reply(bare);
  EXPECT_EQ(rig.stats().unmatched, 1u);
  rig.ask();
  rig.reply(bare);
  ASSERT_EQ(rig.events.size(), 1u);
  EXPECT_EQ(rig.events[0].status, "9005");
  // It could be for either of two.
  Dns second;
  second.name = "second.example";
  rig.ask();
  rig.ask(second);
  rig.reply(bare);
  EXPECT_EQ(rig.events.size(), 1u);
}

TEST(DnsExchanges, CutByTheServerAndByUs) {
  Rig rig;
  rig.ask();
  Dns cut = with_address();
  cut.flags |= 0x0200;
  rig.reply(cut);
  ASSERT_EQ(rig.events.size(), 1u);
  EXPECT_EQ(rig.events[0].attributes, uint32_t{SM_DNS_CUT_ANSWER});
  rig.ask();
  Dns large = with_address();
  large.name = "name.example";
  for (int i = 0; i < 1000; i++)
    large.answers.push_back(
        record(pointer(kQuestionAt), 16, "\x40" + std::string(64, static_cast<char>('a' + i % 26))));
  rig.reply(large);
  ASSERT_EQ(rig.events.size(), 2u);
  EXPECT_EQ(rig.events[1].attributes, uint32_t{SM_DNS_CUT_RESULTS});
  EXPECT_LE(rig.events[1].results.size(), dns::kMaxText);
  EXPECT_EQ(rig.events[1].results.back(), ';');
}

TEST(DnsExchanges, NoDnsAndOtherDns) {
  Rig rig;
  Packet junk;
  junk.payload = "no name server speaks like this";
  rig.take(junk);
  EXPECT_EQ(rig.stats().malformed, 1u);
  // A server that is bound to the port is asked by, and answers, one who is so too.
  Dns d;
  d.flags = kAnswer;
  rig.ask(d);
  Packet asked;
  asked.payload = Dns().bytes();
  asked.answer = true;
  rig.take(asked);
  d.flags = 5 << 11;
  rig.ask(d);
  EXPECT_EQ(rig.stats().other, 3u);
  Packet nobody;
  nobody.who = {0, 0, 0};
  rig.ask({}, nobody);
  EXPECT_EQ(rig.stats().unowned, 1u);
  rig.exchanges.give_up();
  EXPECT_TRUE(rig.events.empty());
}

TEST(DnsExchanges, SeveralDatagramsInOne) {
  Rig rig;
  const auto named = [](const char* name) {
    Dns d;
    d.name = name;
    d.id = static_cast<unsigned char>(name[0]);
    return d;
  };
  Packet p;
  p.payload = named("a.example").bytes() + named("b.example").bytes() + named("c.dev").bytes();
  p.segment_size = static_cast<uint16_t>(named("a.example").bytes().size());
  rig.take(p);
  p.payload = "";
  for (const char* name : {"c.example", "a.example", "b.example"}) {
    Dns d = with_address(named(name));
    d.flags = kAnswer;
    p.payload += d.bytes();
  }
  p.segment_size = static_cast<uint16_t>(p.payload.size() / 3);
  p.answer = true;
  rig.take(p);
  EXPECT_EQ(rig.stats().packets, 2u);
  EXPECT_EQ(rig.stats().unmatched, 1u);  // nobody asked for c.example
  rig.exchanges.give_up();
  ASSERT_EQ(rig.events.size(), 3u);
  EXPECT_EQ(rig.events[0].name, "a.example");
  EXPECT_EQ(rig.events[0].status, "0");
  EXPECT_EQ(rig.events[1].name, "b.example");
  EXPECT_EQ(rig.events[1].status, "0");
  EXPECT_EQ(rig.events[2].name, "c.dev");
  EXPECT_EQ(rig.events[2].status, "-");
}

TEST(DnsExchanges, Multicast) {
  Rig rig;
  Packet group;
  group.port = 5353;
  Dns local;
  local.id = 0;
  local.name = "printer.local";
  local.klass = 0x8001;  // an answer to the asker alone is welcome
  rig.ask(local, group);
  Dns answer = with_address();
  answer.id = 0;
  answer.questions = 0;
  answer.answers = {record(labels("other.local"), 1, kV4, 60, 0x8001)};
  rig.reply(answer, group);
  EXPECT_TRUE(rig.events.empty());
  answer.answers = {record(labels("Printer.local"), 1, kV4, 60, 0x8001)};
  rig.reply(answer, group);
  ASSERT_EQ(rig.events.size(), 1u);
  EXPECT_EQ(rig.events[0].name, "printer.local");
  EXPECT_EQ(rig.events[0].results, "::ffff:192.0.2.1;");
}

TEST(DnsExchanges, TablesAreBounded) {
  Rig rig;
  for (size_t i = 0; i < Exchanges::kMaxAsked + 10; i++) {
    Packet p;
    p.cookie = i;
    rig.ask({}, p);
  }
  EXPECT_EQ(rig.stats().overflow, 10u);
  rig.exchanges.tick(Exchanges::kPatienceNs + 1);
  EXPECT_EQ(rig.events.size(), Exchanges::kMaxAsked);
  for (size_t i = 0; i < Exchanges::kMaxStreams + 10; i++) {
    Packet p;
    p.cookie = i;
    p.protocol = IPPROTO_TCP;
    p.payload = std::string("\xff\xff", 2) + std::string(30000, 'x');
    rig.now = static_cast<int64_t>(i) + 2;
    rig.take(p);
  }
  EXPECT_GT(rig.stats().unfollowed, 10u);  // the bytes are bounded as well
}
