// What is remembered of the connections of a process.
#include "enrich/guid.h"
#include "pipeline_rig.h"

using namespace sysmon;
using namespace sysmon::test;

namespace {
Settings wanting(std::vector<uint16_t> events) {
  Settings s = settings();
  s.events = std::move(events);
  return s;
}
Exec program(const Who& w) {
  Exec e;
  e.who = w;
  return e;
}
std::string id_of(const Who& w) { return strong_id(boot_id(), w.start, w.pid, w.exec_id); }
std::vector<uint16_t> ports(Rig& rig, const Who& w) {
  std::vector<NamedConnection> found;
  EXPECT_TRUE(rig.pipeline.connections(id_of(w), &found));
  std::vector<uint16_t> out;
  for (const auto& c : found) out.push_back(c.source_port);
  return out;
}
}  // namespace

TEST(PipelineConnections, NewestFirstAndEightAtMost) {
  Rig rig(wanting({3}));
  rig.take(exec_of(program(kShell)));
  EXPECT_EQ(ports(rig, kShell), std::vector<uint16_t>());
  for (uint16_t i = 1; i <= 3; i++) rig.take(connection_of(kShell, i, 80));
  EXPECT_EQ(ports(rig, kShell), (std::vector<uint16_t>{3, 2, 1}));
  for (uint16_t i = 4; i <= 20; i++) rig.take(connection_of(kShell, i, 80));
  EXPECT_EQ(ports(rig, kShell), (std::vector<uint16_t>{20, 19, 18, 17, 16, 15, 14, 13}));
}

TEST(PipelineConnections, OfOneProgram) {
  Rig rig(wanting({3}));
  rig.take(exec_of(program(kShell)));
  rig.take(fork_of(kChild, kShell));
  rig.take(connection_of(kChild, 1, 80, 111));
  rig.take(exec_of(program(kChildExec)));
  rig.take(connection_of(kChildExec, 2, 80));
  EXPECT_EQ(ports(rig, kShell), std::vector<uint16_t>());
  EXPECT_EQ(ports(rig, kChild), std::vector<uint16_t>{1});
  EXPECT_EQ(ports(rig, kChildExec), std::vector<uint16_t>{2});
  std::vector<NamedConnection> found;
  ASSERT_TRUE(rig.pipeline.connections(id_of(kChild), &found));
  EXPECT_EQ(found[0].source, "127.0.0.1");
  EXPECT_EQ(found[0].error, 111u);
  EXPECT_STREQ(found[0].protocol, "tcp");
}

TEST(PipelineConnections, UnknownIsNotNone) {
  std::vector<NamedConnection> found;
  Rig rig(wanting({3}));
  EXPECT_FALSE(rig.pipeline.connections(id_of(kShell), &found));
  EXPECT_FALSE(rig.pipeline.connections("nonsense", &found));
  Rig without(wanting({1, 5}));
  without.take(exec_of(program(kShell)));
  EXPECT_FALSE(without.pipeline.connections(id_of(kShell), &found));
}
