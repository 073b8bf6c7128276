// Questions and answers as they pass the sockets, to events.
#include <gtest/gtest.h>

#include <random>

#include "dns/exchanges.h"
#include "dns_packets.h"
#include "entries.h"
#include "event/decoder.h"

using namespace sysmon;
using namespace sysmon::test;
using dns::Exchanges;

namespace {
const std::string kV4("\xc0\0\2\1", 4);
constexpr Who kAsker{kPid, kSecond, 1};

struct Event {
  std::string name, status, results;
  uint32_t type, attempts, attributes;
  uint8_t protocol;
  Process* process;
};

struct Rig {
  ProcessTable table{[](const Process&) {}};
  std::vector<Event> events;
  std::vector<std::string> learned;
  Exchanges exchanges{
      &table,
      {[this](const sm_header& h) { return table.insert(key_of(h), nullptr); },
       [this](const Record& r, Process* p) {
         const auto& q = r.as<sm_dns_query_record>();
         Record again{};
         EXPECT_EQ(decode(r.header, r.header->size, &again), DecodeError::kNone);
         events.push_back({std::string(r.text(q.name)), std::string(r.text(q.status)), std::string(r.text(q.results)),
                           q.query_type, q.attempts, q.attributes, q.protocol, p});
       },
       [this](const dns::Answer& a, const std::string& asked, int64_t) { learned.push_back(asked + '=' + a.text); }}};
  int64_t now = 1;

  void take(Packet p) {
    if (p.who.pid == kPid && p.who.start == kSecond) p.who = kAsker;
    Bytes b = packet_of(p);
    Record r{};
    ASSERT_EQ(decode(b.data(), b.size(), &r), DecodeError::kNone);
    exchanges.packet(r, now);
  }
  void ask(const Dns& d = {}, Packet p = {}) {
    p.payload = d.bytes();
    take(p);
  }
  void reply(Dns d = {}, Packet p = {}) {
    d.flags |= 0x8000;
    p.payload = d.bytes();
    p.answer = true;
    take(p);
  }
  const dns::Stats& stats() const { return exchanges.stats(); }
};

Dns with_address(Dns d = {}) {
  d.answers = {record(pointer(kQuestionAt), 1, kV4)};
  return d;
}
std::string tcp(const std::string& message) { return be16(static_cast<unsigned>(message.size())) + message; }
}  // namespace

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
  for (const Event& e : rig.events) told.emplace_back(e.status, e.attributes);
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
