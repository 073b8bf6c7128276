// DNS messages: what is read of them, and what is refused.
#include <gtest/gtest.h>

#include <random>

#include "dns/message.h"
#include "dns_packets.h"

using namespace sysmon;
using namespace sysmon::dns;
using namespace sysmon::test;

namespace {
const std::string kV4("\xc0\0\2\1", 4);

Message read(const Dns& d, Kind expected = Kind::kMessage) {
  Message m;
  EXPECT_EQ(parse(d.bytes(), &m), expected);
  return m;
}
std::string results(std::vector<std::string> answers) {
  Dns d;
  d.flags = kAnswer;
  d.answers = std::move(answers);
  const Message m = read(d);
  EXPECT_TRUE(m.complete);
  return results_of(m);
}
const std::string kAsked = pointer(kQuestionAt);
}  // namespace

TEST(DnsMessage, Question) {
  Dns d;
  d.name = "Www.Example";
  d.type = 28;
  const Message m = read(d);
  EXPECT_EQ(m.id, 0x1234);
  EXPECT_FALSE(m.response);
  ASSERT_EQ(m.questions.size(), 1u);
  EXPECT_EQ(m.questions[0].name, "Www.Example");
  EXPECT_EQ(m.questions[0].type, 28);
  EXPECT_EQ(m.questions[0].klass, 1);
}

TEST(DnsMessage, WhatStandsBehindAQuestionDoesNotHideIt) {
  Dns d;
  d.behind = "garbage";
  EXPECT_EQ(read(d).questions.size(), 1u);
  d.behind.clear();
  d.additional = {record({"\0", 1}, kOpt, "", 0, 1232)};
  EXPECT_EQ(read(d).questions.size(), 1u);
}

TEST(DnsMessage, Names) {
  Dns root;
  root.name = "";
  EXPECT_EQ(read(root).questions[0].name, ".");
  Dns odd;
  odd.name = std::string("a\xff\x00z.example", 12);
  EXPECT_EQ(read(odd).questions[0].name, odd.name);
  // A dot inside a label is none between two.
  Message m;
  ASSERT_EQ(parse(be16(1) + be16(0) + be16(1) + be16(0) + be32(0) + std::string("\4a.b;\0", 6) + be16(1) + be16(1), &m),
            Kind::kMessage);
  EXPECT_EQ(m.questions[0].name, "a\\x2eb;");
  Dns longest;
  longest.name =
      std::string(63, 'a') + '.' + std::string(63, 'b') + '.' + std::string(63, 'c') + '.' + std::string(61, 'd');
  EXPECT_EQ(read(longest).questions[0].name, longest.name);
  longest.name += 'd';
  read(longest, Kind::kMalformed);
}

TEST(DnsMessage, Results) {
  const std::string v6("\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\1", 16),
      mapped("\0\0\0\0\0\0\0\0\0\0\xff\xff\xc0\0\2\2", 16);
  EXPECT_EQ(results({record(kAsked, kA, kV4)}), "::ffff:192.0.2.1;");
  EXPECT_EQ(results({record(kAsked, kAaaa, v6), record(kAsked, kAaaa, mapped)}), "2001:db8::1;::ffff:192.0.2.2;");
  EXPECT_EQ(results({record(kAsked, kCname, labels("b.example")), record(labels("b.example"), kA, kV4)}),
            "type:  5 b.example;::ffff:192.0.2.1;");
  EXPECT_EQ(results({record(kAsked, kNs, labels("n.example")), record(kAsked, kPtr, labels("p.example")),
                     record(kAsked, kDname, labels("d.example"))}),
            "type:  2 n.example;type:  12 p.example;type:  39 d.example;");
  EXPECT_EQ(results({record(kAsked, kMx, be16(10) + labels("m.example"))}), "type:  15 m.example;");
  EXPECT_EQ(results({record(kAsked, kSrv, be16(0) + be16(5) + be16(389) + labels("s.example"))}),
            "type:  33 s.example;");
  EXPECT_EQ(
      results({record(kAsked, kSoa,
                      labels("o.example") + labels("h.example") + be32(1) + be32(2) + be32(3) + be32(4) + be32(5))}),
      "type:  6 o.example;");
  EXPECT_EQ(results({record(kAsked, kTxt, "\5v=1; \3k=x")}), "type:  16 v=1\\x3b k=x;");
  EXPECT_EQ(results({record(kAsked, kTxt, "")}), "type:  16 ;");
  EXPECT_EQ(results({record(kAsked, 65, std::string("\0\1\0", 3))}), "type:  65 000100;");
  // An address of another class is none.
  EXPECT_EQ(results({record(kAsked, kA, kV4, 60, 3)}), "type:  1 c0000201;");
  EXPECT_EQ(results({}), "");
}

TEST(DnsMessage, NoEntryOfTheResultsCanBeForged) {
  EXPECT_EQ(results({record(kAsked, kCname, labels("x;::ffff:192.0.2.9"))}), "type:  5 x\\x3b::ffff:192.0.2.9;");
}

TEST(DnsMessage, CompressedNames) {
  // "b" and then the name that was asked for; and a name within the data of another record.
  const unsigned data = kQuestionAt + 14 + 4 + 2 + 10;
  EXPECT_EQ(results({record(kAsked, kCname, labels("b", pointer(kQuestionAt))),
                     record(pointer(data), kCname, labels("c", pointer(data)))}),
            "type:  5 b.name.example;type:  5 c.b.name.example;");
}

TEST(DnsMessage, NamesThatNeverEnd) {
  const unsigned first = kQuestionAt + 14 + 4;
  for (const std::string& name : {pointer(first), pointer(first + 2), labels("a", pointer(first)), pointer(0),
                                  pointer(11), std::string("\x40")}) {
    Dns d;
    d.flags = kAnswer;
    d.answers = {record(name, kA, kV4)};
    const Message m = read(d);
    EXPECT_TRUE(m.answers.empty());
    EXPECT_FALSE(m.complete);
    EXPECT_TRUE(m.broken);
  }
  // In a chain each pointer leads further back: as deep as the message is long, and no deeper.
  Dns chain;
  chain.flags = kAnswer;
  for (unsigned i = 0; i < 1000; i++)
    chain.answers.push_back(record(i == 0 ? kAsked : pointer(first + (i - 1) * 16), kA, kV4));
  EXPECT_EQ(read(chain).answers.size(), 1000u);
}

TEST(DnsMessage, Broken) {
  Dns d;
  d.flags = kAnswer;
  d.answers = {record(kAsked, kA, kV4), record(kAsked, kA, "abc"), record(kAsked, kA, kV4)};
  Message m = read(d);
  EXPECT_TRUE(m.broken);
  EXPECT_EQ(results_of(m), "::ffff:192.0.2.1;");
  d.answers = {record(kAsked, kTxt, "\5abc")};
  EXPECT_TRUE(read(d).broken);
  d.answers = {record(kAsked, kMx, "\0")};
  EXPECT_TRUE(read(d).broken);
}

TEST(DnsMessage, CutAnywhere) {
  Dns d;
  d.flags = kAnswer;
  d.answers = {record(kAsked, kCname, labels("b.example")), record(labels("b.example"), kA, kV4)};
  d.authorities = {record(kAsked, kNs, labels("n.example"))};
  const std::string all = d.bytes();
  const size_t question = kQuestionAt + 14 + 4,
               answers = question + 2 * 2 + 8 + d.answers[0].size() + d.answers[1].size() - 12;
  for (size_t n = 0; n < all.size(); n++) {
    Message m;
    const Kind kind = parse(all.substr(0, n), &m);
    EXPECT_EQ(kind, n < question ? Kind::kMalformed : Kind::kMessage) << n;
    if (kind != Kind::kMessage) continue;
    EXPECT_EQ(m.complete, n >= answers) << n;
    EXPECT_FALSE(m.broken) << n;
  }
}

TEST(DnsMessage, NoDns) {
  Message m;
  for (const std::string& bytes :
       {std::string(), std::string("x"), std::string("GET / HTTP/1.1\r\nHost: a\r\n\r\n"), std::string(12, '\0'),
        std::string(12, '\xff'), std::string("hello, name server on port 53")}) {
    m = {};
    EXPECT_EQ(parse(bytes, &m), Kind::kMalformed) << bytes;
  }
  Dns d;
  d.questions = 17;
  read(d, Kind::kMalformed);
  d.questions = 2;  // and there is one
  read(d, Kind::kMalformed);
}

TEST(DnsMessage, NeitherQuestionNorAnswer) {
  Dns d;
  d.flags = 4 << 11;  // notify
  read(d, Kind::kOther);
  d.flags = 5 << 11;  // update
  read(d, Kind::kOther);
}

TEST(DnsMessage, Status) {
  const auto status = [](unsigned rcode, std::vector<std::string> answers = {}, uint16_t asked = kA,
                         std::vector<std::string> additional = {}) {
    Dns d;
    d.flags = kAnswer | rcode;
    d.answers = std::move(answers);
    d.additional = std::move(additional);
    return status_of(read(d), asked);
  };
  EXPECT_EQ(status(0, {record(kAsked, kA, kV4)}), 0u);
  EXPECT_EQ(status(0), 9501u);
  EXPECT_EQ(status(0, {record(kAsked, kCname, labels("b.example"))}), 9501u);
  EXPECT_EQ(status(0, {record(kAsked, kCname, labels("b.example"))}, kCname), 0u);
  EXPECT_EQ(status(0, {record(kAsked, kTxt, "\1a")}, kAny), 0u);
  EXPECT_EQ(status(1), 9001u);
  EXPECT_EQ(status(2), 9002u);
  EXPECT_EQ(status(3, {record(kAsked, kCname, labels("b.example"))}), 9003u);
  EXPECT_EQ(status(4), 9004u);
  EXPECT_EQ(status(5), 9005u);
  EXPECT_EQ(status(10), 9010u);
  EXPECT_EQ(status(0, {}, kA, {record({"\0", 1}, kOpt, "", 1u << 24, 1232)}), 9016u);
  Dns cut;
  cut.flags = kAnswer | 0x0200;
  EXPECT_TRUE(read(cut).truncated);
  EXPECT_EQ(status_of(read(cut), kA), 0u);
}

TEST(DnsMessage, Bounds) {
  // The largest message, of names that unfold to the longest there are.
  Dns d;
  d.name = std::string(63, 'a') + '.' + std::string(63, 'b') + '.' + std::string(63, 'c') + '.' + std::string(61, 'd');
  d.flags = kAnswer;
  while (d.answers.size() < 4600) d.answers.push_back(record(kAsked, kCname, kAsked));
  const Message m = read(d);
  EXPECT_FALSE(m.complete);
  EXPECT_FALSE(m.broken);
  EXPECT_LE(results_of(m).size(), 2 * kMaxText);
  d.name = "a";
  d.answers.assign(2000, record(kAsked, kA, kV4));
  EXPECT_EQ(read(d).answers.size(), kMaxAnswers);
}

TEST(DnsMessage, TypesAndNames) {
  EXPECT_EQ(type_name(28), "AAAA");
  EXPECT_EQ(type_name(65280), "TYPE65280");
  EXPECT_TRUE(same_name("a.EXAMPLE", "A.example"));
  EXPECT_FALSE(same_name("a.example", "a.exampl"));
  EXPECT_FALSE(same_name("[", "{"));  // 0x20 apart, and no letters
}

// Every byte of a message may be anything, and nothing is read that is not there (the sanitizers watch).
TEST(DnsMessage, AnyByte) {
  Dns d;
  d.flags = kAnswer;
  d.answers = {record(kAsked, kCname, labels("b.example")), record(pointer(40), kTxt, "\5hello"),
               record(kAsked, kMx, be16(1) + kAsked)};
  d.additional = {record({"\0", 1}, kOpt, "", 0, 1232)};
  const std::string good = d.bytes();
  std::mt19937 random(11);
  for (size_t at = 0; at < good.size(); at++)
    for (unsigned value = 0; value < 256; value++) {
      std::string bytes = good;
      bytes[at] = static_cast<char>(value);
      if (value % 4 == 0) bytes.resize(random() % (bytes.size() + 1));
      bytes.shrink_to_fit();
      Message m;
      if (parse(bytes, &m) == Kind::kMessage) {
        EXPECT_LE(results_of(m).size(), 2 * kMaxText);
      }
    }
}
