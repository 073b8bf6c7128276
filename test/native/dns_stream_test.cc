// Messages in the bytes of a connection: what is short, urgent, late or missing.
#include "dns/stream.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "dns_packets.h"

namespace sysmon::test {
namespace {
struct Reader {
  dns::Stream stream;
  std::vector<std::string> messages;

  bool add(uint32_t seq, std::string_view bytes, uint32_t urgent = 0, bool syn = false) {
    return stream.add(
        {.seq = seq, .total = static_cast<uint32_t>(bytes.size()), .urgent = urgent, .syn = syn, .bytes = bytes},
        [this](std::string_view m) { messages.emplace_back(m); });
  }
  bool begin() { return add(99, "", 0, true); }
};

std::string tcp(const std::string& message) { return be16(static_cast<unsigned>(message.size())) + message; }
std::string named(const char* name) {
  Dns d;
  d.name = name;
  return d.bytes();
}
using Messages = std::vector<std::string>;
}  // namespace

TEST(DnsStream, WhatFollowsAShortMessage) {
  const std::string first = named("first.example"), second = named("second.example");
  const std::string all = tcp(first) + tcp("") + tcp("short") + tcp(second) + tcp("eleven byte") + tcp(first);
  Reader whole;
  whole.begin();
  EXPECT_TRUE(whole.add(100, all));
  const Messages expected{first, "", "short", second, "eleven byte", first};
  EXPECT_EQ(whole.messages, expected);
  // Where the segments end makes no difference.
  for (size_t cut = 1; cut < all.size(); cut++) {
    Reader two;
    two.begin();
    EXPECT_TRUE(two.add(100, all.substr(0, cut)));
    EXPECT_TRUE(two.add(100 + static_cast<uint32_t>(cut), all.substr(cut)));
    EXPECT_EQ(two.messages, expected) << cut;
  }
}

TEST(DnsStream, OlderThanTheSensor) {
  const std::string first = named("first.example"), second = named("second.example");
  Reader r;
  // The rest of the segment is read; where the next message begins is not known after that.
  EXPECT_FALSE(r.add(100, tcp("short") + tcp(first) + "\x7f"));
  EXPECT_TRUE(r.add(5000, tcp(second)));
  EXPECT_EQ(r.messages, (Messages{first, second}));
}

TEST(DnsStream, AByteOutOfBand) {
  const std::string first = named("first.example"), second = named("second.example");
  const std::string all = tcp(first) + tcp(second);
  for (size_t at = 0; at <= all.size(); at++) {
    std::string with = all;
    with.insert(at, "!");
    const auto urgent = static_cast<uint32_t>(at + 1);
    Reader r;
    r.begin();
    EXPECT_TRUE(r.add(100, with, urgent));
    EXPECT_TRUE(r.add(100, with, urgent));  // sent again
    EXPECT_EQ(r.messages, (Messages{first, second})) << at;
    // In segments of two bytes, of which each says where the byte is: the last ones come first.
    Reader small;
    small.begin();
    for (size_t block = 0; block < with.size(); block += 20) {
      for (size_t i = std::min(block + 20, with.size()); i > block; i -= std::min<size_t>(2, i - block)) {
        const size_t begin = i - std::min<size_t>(2, i - block);
        const auto pointer = urgent > begin ? static_cast<uint32_t>(urgent - begin) : 0;
        EXPECT_TRUE(small.add(static_cast<uint32_t>(100 + begin), with.substr(begin, i - begin), pointer));
      }
    }
    EXPECT_EQ(small.messages, (Messages{first, second})) << at;
  }
  // With the SYN, which has a number of its own.
  Reader opened;
  EXPECT_TRUE(opened.add(99, "!" + tcp(first), 2, true));
  EXPECT_EQ(opened.messages, Messages{first});
}

TEST(DnsStream, AGapEndsWhatIsKnown) {
  const std::string first = named("first.example"), second = named("second.example");
  Reader r;
  r.begin();
  // Two bytes of ten thousand were kept.
  EXPECT_FALSE(r.stream.add({.seq = 100, .total = 10000, .bytes = "\x01\x02"}, [](std::string_view) { FAIL(); }));
  EXPECT_FALSE(r.add(20000, tcp("short")));
  EXPECT_TRUE(r.add(30000, tcp(second) + tcp(first)));
  EXPECT_EQ(r.messages, (Messages{second, first}));
  EXPECT_EQ(r.stream.held(), 0u);
}

}  // namespace sysmon::test
