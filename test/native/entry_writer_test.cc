// Entries as JavaScript reads them.
#include "event/entry_writer.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "entries.h"
#include "event_types.h"
#include "records.h"

using namespace sysmon;
using namespace sysmon::test;

namespace {

struct Desk {
  void write(const schema::Event& e, Bytes b, Process* p, const Findings& found = {}, const Judgement& judgement = {},
             bool late = false) {
    writer.event(e, {&b.as<sm_header>()}, p, nullptr, found, judgement, late);
    batch.flush();
  }
  // A process with a ref of its own.
  Process named(uint32_t ref, Process* parent = nullptr) {
    Process p = process();
    p.ref = ref;
    p.key.pid += ref;
    p.parent = parent;
    return p;
  }
  Facts facts;
  std::vector<uint8_t> memory = std::vector<uint8_t>(size_t{2} * Batcher::kSlotBytes);
  Entries seen;
  Batcher batch{memory.data(), 2, [this](uint32_t slot) {
                  seen.take(memory.data() + size_t{slot} * Batcher::kSlotBytes);
                  batch.release(slot);
                }};
  Redactor redactor{{}};
  EntryWriter writer{&facts, &batch, &redactor};
};

TEST(EntryWriter, DefinesAProcessOnceAndItsAncestorsFirst) {
  Desk desk;
  Process top = desk.named(1), middle = desk.named(2, &top), p = desk.named(3, &middle);
  desk.write(kNetworkConnect, connection_of({}, 1, 2), &p);
  EXPECT_TRUE(top.defined && middle.defined && p.defined);
  ASSERT_EQ(desk.seen.processes.size(), 3u) << "the reader refuses a parent that stands behind its child";
  EXPECT_EQ(desk.seen.processes.at(3).parent, 2u + 1);
  Process sister = desk.named(4, &middle);
  desk.write(kNetworkConnect, connection_of({}, 1, 2), &p);
  desk.write(kNetworkConnect, connection_of({}, 1, 2), &sister);
  EXPECT_EQ(desk.seen.processes.size(), 4u);
  EXPECT_EQ(desk.writer.events(), 3u);
}

TEST(EntryWriter, AnEventBearsWhatItsFieldsSay) {
  Desk desk;
  Process p = desk.named(1);
  Findings found;
  found.digest.text = "MD5=00";
  desk.write(kProcessCreate, exec_of({}), &p, found, {true, "one", R"(["one","two"])"}, true);
  ASSERT_EQ(desk.seen.events.size(), 1u);
  const SeenEvent& e = desk.seen.events[0];
  EXPECT_EQ(e.texts[0], "one");
  EXPECT_EQ(e.texts[2], "MD5=00");
  EXPECT_EQ(e.extra, R"({"late":true})");
  EXPECT_EQ(desk.writer.late(), 1u);
}

TEST(EntryWriter, ACommandLineIsSentOnce) {
  Desk desk;
  Process p = desk.named(1);
  p.fresh = true;
  desk.write(kProcessCreate, exec_of({}), &p);
  EXPECT_FALSE(p.fresh);
  Process other = process("rewritten");
  other.ref = 2;
  desk.write(kProcessCreate, exec_of({}), &other);
  size_t lines = 0, at = 0;
  for (uint16_t i = 0; i < kProcessCreate.carried_count; i++)
    if (kProcessCreate.fields[kProcessCreate.carried[i]].op == schema::Op::Argv) lines++, at = i;
  ASSERT_EQ(lines, 1u);
  EXPECT_EQ(desk.seen.events[0].words[at], 0u) << "the process has it";
  EXPECT_EQ(desk.seen.events[1].texts[at], "ls -l") << "the process says something else";
}

TEST(EntryWriter, TextsThatRepeatAreSentOnce) {
  Desk desk;
  Process p = desk.named(1);
  desk.write(kNetworkConnect, connection_of({}, 40, 50), &p);
  const auto defined = [&] {
    return std::count(desk.seen.kinds.begin(), desk.seen.kinds.end(), uint32_t(schema::Entry::kDefineString));
  };
  const auto before = defined();
  desk.write(kNetworkConnect, connection_of({}, 40, 50), &p);
  EXPECT_EQ(defined(), before);
  EXPECT_EQ(desk.seen.events[0].texts, desk.seen.events[1].texts);
}

TEST(EntryWriter, ALineNeedsNothingThatWasSentBefore) {
  Desk desk;
  Process top = desk.named(1), p = desk.named(2, &top);
  desk.write(kNetworkConnect, connection_of({}, 1, 2), &p);
  std::vector<uint8_t> own(Batcher::kSlotBytes);
  Entries answer;
  Batcher out(own.data(), 1, [&](uint32_t) { answer.take(own.data()); });
  desk.writer.line(p, &out);
  out.flush();
  ASSERT_EQ(answer.processes.size(), 2u);
  EXPECT_EQ(answer.processes.at(2).image, "/usr/bin/ls");
}

TEST(EntryWriter, RetiresInTheStream) {
  Desk desk;
  Process p = desk.named(1);
  desk.write(kNetworkConnect, connection_of({}, 1, 2), &p);
  desk.writer.retire(p);
  desk.batch.flush();
  EXPECT_EQ(desk.seen.retired, std::vector<uint32_t>{1});
  EXPECT_TRUE(desk.seen.processes.empty());
}

}  // namespace
