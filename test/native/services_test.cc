#include "enrich/services.h"

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <unistd.h>

#include <fstream>

using namespace sysmon;

namespace {
std::string name(Services& s, uint8_t protocol, uint16_t port) {
  const std::string* found = s.find(protocol, port);
  return found ? *found : "-";
}
}  // namespace

TEST(Services, NamesByProtocolAndPort) {
  char path[] = "/tmp/sysmon-test-XXXXXX";
  close(mkstemp(path));
  std::ofstream(path)
      << "# ports\nhttp\t80/tcp\t\twww # WorldWideWeb\nsecond 80/tcp\ndomain 53/tcp\ndomain 53/udp\nntp 123/udp\n"
         "sctpish 9/sctp\nbroken 99999/tcp\nbroken2 x/tcp\nalone\n#off 81/tcp\n";
  Services s(path);
  EXPECT_EQ(name(s, IPPROTO_TCP, 80), "http") << "the first line of a port counts";
  EXPECT_EQ(name(s, IPPROTO_UDP, 80), "-");
  EXPECT_EQ(name(s, IPPROTO_TCP, 53), "domain");
  EXPECT_EQ(name(s, IPPROTO_UDP, 53), "domain");
  EXPECT_EQ(name(s, IPPROTO_UDP, 123), "ntp");
  EXPECT_EQ(name(s, IPPROTO_TCP, 123), "-");
  EXPECT_EQ(name(s, IPPROTO_TCP, 9), "-");
  EXPECT_EQ(name(s, IPPROTO_TCP, 99999 & 0xffff), "-");
  EXPECT_EQ(name(s, IPPROTO_TCP, 81), "-");
  std::ofstream(path) << "late 81/tcp\n";
  EXPECT_EQ(name(s, IPPROTO_TCP, 81), "-") << "the file is read once";
  unlink(path);
}

TEST(Services, WithoutFileNothingHasAName) {
  Services s("/nonexistent/services");
  EXPECT_EQ(name(s, IPPROTO_TCP, 80), "-");
}
