// Origins: files that came from somewhere, bounded, and forgotten where they cannot be relied on.
#include "process/origin.h"

#include <gtest/gtest.h>

#include <cstring>
#include <utility>

#include "enrich/facts.h"
#include "process/process_table.h"

namespace sysmon {
namespace {

sm_file file(uint64_t ino) {
  sm_file f{};
  f.ino = ino;
  f.dev = 8 << 20 | 1;
  f.mode = 0100755;
  return f;
}

// It has connected to 192.0.2.1 at this second.
Process process(uint32_t connected) {
  Process p;
  p.key = {1, 1, 42};
  auto program = std::make_shared<Program>();
  program->image = "/usr/bin/curl";
  p.program = program;
  if (!connected) return p;
  sm_network_record n{};
  const uint8_t address[16] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 192, 0, 2, 1};
  std::memcpy(n.destination, address, sizeof address);
  n.destination_port = 80;
  n.protocol = 6;
  n.initiated = 1;
  p.connections.add(n, {connected, 0});
  return p;
}

TEST(Origins, TellWhoWroteAFileAndAfterWhichConnection) {
  Facts facts;
  Origins origins;
  const auto name = [] { return std::string("/a"); };
  origins.wrote(file(1), name, process(100), {110, 5}, facts);
  const auto o = origins.of(file(1));
  ASSERT_TRUE(o);
  EXPECT_EQ(o->destination, "192.0.2.1");
  EXPECT_EQ(o->port, 80);
  EXPECT_EQ(o->image, "/usr/bin/curl");
  EXPECT_EQ(o->pid, 42u);
  EXPECT_FALSE(origins.of(file(2)));
  sm_file again = file(1);
  again.generation = 7;  // another file that has got the number
  EXPECT_FALSE(origins.of(again));
  origins.wrote(again, name, process(0), {110, 5}, facts);
  EXPECT_FALSE(origins.of(file(1))) << "that one is gone";
}

TEST(Origins, EndWithAWriteOfSomebodyWhoConnectedToNobodyLately) {
  Facts facts;
  Origins origins;
  const auto name = [] { return std::string("/a"); };
  for (const Process& other : {process(0), process(100)}) {
    origins.wrote(file(1), name, process(100), {110, 5}, facts);
    EXPECT_TRUE(origins.of(file(1)));
    origins.wrote(file(1), name, other, {101 + Origins::kRecentSeconds, 0}, facts);
    EXPECT_FALSE(origins.of(file(1)));
  }
}

TEST(Origins, AreBoundedAndForgotten) {
  Facts facts;
  Origins origins;
  const Process writer = process(100);
  const auto name = [] { return std::string("/a"); };
  for (uint64_t i = 0; i < 3 * Origins::kMost; i++) origins.wrote(file(i), name, writer, {110, 0}, facts);
  EXPECT_LE(origins.size(), Origins::kMost);
  EXPECT_FALSE(origins.of(file(0)));
  EXPECT_TRUE(origins.of(file(3 * Origins::kMost - 1)));
  // The same file again and again takes no place of others.
  const uint64_t second = 3 * Origins::kMost - 2;
  for (uint64_t i = 0; i < 3 * Origins::kMost; i++) origins.wrote(file(1), name, writer, {110, 0}, facts);
  EXPECT_TRUE(origins.of(file(1)));
  EXPECT_TRUE(origins.of(file(second)));
  origins.forget();
  EXPECT_EQ(origins.size(), 0u);
  EXPECT_FALSE(origins.of(file(1)));
}

// Executes with these pipes as descriptors 0 and 1; 0: something else.
void execute(Origins* origins, Process* p, uint64_t in, uint64_t out) {
  sm_exec_record r{};
  for (const auto& [at, ino] : {std::pair<int, uint64_t>{0, in}, std::pair<int, uint64_t>{1, out}}) {
    r.stdio[at].kind = ino ? SM_FD_PIPE : SM_FD_FILE;
    r.stdio[at].ino = ino;
    r.stdio[at].same_as = 255;
  }
  origins->executed(Record{&r.hdr}, p);
}

TEST(Origins, FollowPipesThatBothEndsWereExecutedWith) {
  Facts facts;
  Process curl = process(100), gunzip = process(0), tar = process(0), other = process(0);
  gunzip.key.pid = 43;
  tar.key.pid = 44;
  other.key.pid = 45;
  bool forgotten = false;
  Origins origins([&](const Key& key) -> const Process* {
    for (const Process* p : {&curl, &gunzip, &tar, &other})
      if (p->key == key && !(forgotten && p == &curl)) return p;
    return nullptr;
  });
  execute(&origins, &curl, 0, 7);
  execute(&origins, &gunzip, 7, 8);
  execute(&origins, &tar, 8, 0);
  execute(&origins, &other, 9, 0);
  const auto name = [] { return std::string("/a"); };
  origins.wrote(file(1), name, tar, {110, 5}, facts);
  const auto o = origins.of(file(1));
  ASSERT_TRUE(o);
  EXPECT_EQ(o->destination, "192.0.2.1");
  EXPECT_EQ(o->pid, 44u);
  EXPECT_EQ(o->through, "pipe:[7]");
  origins.wrote(file(1), name, other, {110, 5}, facts);
  EXPECT_FALSE(origins.of(file(1))) << "of another pipe";
  execute(&origins, &other, 9, 7);  // the newest writer has connected to nobody, the one before has
  origins.wrote(file(1), name, tar, {110, 5}, facts);
  EXPECT_TRUE(origins.of(file(1)));
  origins.wrote(file(1), name, tar, {101 + Origins::kRecentSeconds, 0}, facts);
  EXPECT_FALSE(origins.of(file(1))) << "too long ago";
  forgotten = true;
  origins.wrote(file(1), name, tar, {110, 5}, facts);
  EXPECT_FALSE(origins.of(file(1)));
}

TEST(Origins, PipesThatLeadInACircleOrAreManyDoNoHarm) {
  Facts facts;
  Process a = process(0), b = process(0);
  Origins origins([&](const Key&) { return &a; });
  execute(&origins, &a, 1, 2);
  execute(&origins, &b, 2, 1);
  for (uint64_t i = 3; i < 3 * Origins::kMostPipes; i++) execute(&origins, &b, 0, i);
  execute(&origins, &a, 1, 2);
  execute(&origins, &b, 2, 1);
  origins.wrote(
      file(1), [] { return std::string("/a"); }, b, {110, 5}, facts);
  EXPECT_FALSE(origins.of(file(1)));
}

}  // namespace
}  // namespace sysmon
