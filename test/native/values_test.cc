// The value of each kind of field, as entries and rules get it.
#include "event/values.h"

#include <gtest/gtest.h>

#include "event_types.h"
#include "records.h"

using namespace sysmon;
using namespace sysmon::test;
using Kind = Value::Kind;

namespace {

struct Asked {
  Kind kind;
  uint32_t number;
  std::string text, buffer;
};

Asked ask(Facts* facts, const schema::Event& e, Bytes bytes, const Process& p, const Findings* found, const char* name,
          std::string_view rule = {}) {
  const Record r{&bytes.as<sm_header>()};
  std::string buffer = "before|";
  const Value v = Values(facts, r, p, nullptr, found, rule).of(field_of(e, name), &buffer);
  return {v.kind, v.number, std::string(v.text), buffer};
}

TEST(Values, OfAConnection) {
  Facts facts;
  const Process p = process();
  const Findings none;
  const auto of = [&](const char* name) {
    return ask(&facts, kNetworkConnect, connection_of({}, 40000, 443), p, &none, name);
  };
  EXPECT_EQ(of("DestinationPort").kind, Kind::kNumber);
  EXPECT_EQ(of("DestinationPort").number, 443u);
  EXPECT_EQ(of("Initiated").kind, Kind::kFlag);
  EXPECT_EQ(of("Initiated").number, 1u);
  EXPECT_EQ(of("SourceIsIpv6").kind, Kind::kFlag);
  EXPECT_EQ(of("SourceIsIpv6").number, 0u);
  EXPECT_EQ(of("Protocol").kind, Kind::kRepeating);
  EXPECT_EQ(of("Protocol").text, "tcp");
  EXPECT_EQ(of("UtcTime").kind, Kind::kEventTime);
  const Asked address = of("DestinationIp");
  EXPECT_EQ(address.kind, Kind::kText);
  EXPECT_EQ(address.text, "127.0.0.1");
  EXPECT_EQ(address.buffer, "before|127.0.0.1") << "what was in the buffer stays";
  EXPECT_EQ(of("DestinationHostname").kind, Kind::kNothing);
}

TEST(Values, HostNamesAreThoseOfTheDrain) {
  Facts facts;
  const Process p = process();
  uint8_t address[16] = {};
  address[10] = address[11] = 0xff;
  address[12] = 127;
  address[15] = 1;
  facts.hostnames.learn(address_of(address, true), "here.example", 1, facts.now);
  const auto name = [&] {
    return ask(&facts, kNetworkConnect, connection_of({}, 1, 2), p, nullptr, "DestinationHostname");
  };
  EXPECT_EQ(name().text, "here.example");
  EXPECT_EQ(name().kind, Kind::kRepeating);
  EXPECT_EQ(name().buffer, "before|") << "it stands elsewhere";
  facts.now += int64_t{Hostnames::kLeastSeconds + 1} * 1000000000;
  EXPECT_EQ(name().kind, Kind::kNothing);
}

TEST(Values, WhatIsStillToComeIsPending) {
  Facts facts;
  const Process p = process();
  Findings found;
  const auto hashes = [&](const Findings* f) { return ask(&facts, kProcessCreate, exec_of({}), p, f, "Hashes"); };
  EXPECT_EQ(hashes(nullptr).kind, Kind::kPending);
  EXPECT_EQ(hashes(&found).kind, Kind::kNothing);
  found.digest.text = "MD5=00";
  EXPECT_EQ(hashes(&found).kind, Kind::kRepeating);
  EXPECT_EQ(hashes(&found).text, "MD5=00");

  const schema::Event& removed = type_of(SM_EVENT_FILE_DELETE);
  Bytes record = Bytes::of(sm_file_delete_record{}).finish();
  const auto archived = [&](const Findings* f) { return ask(&facts, removed, record, p, f, "Archived"); };
  EXPECT_EQ(archived(nullptr).kind, Kind::kPending);
  EXPECT_EQ(archived(&found).kind, Kind::kFlag);
  EXPECT_EQ(archived(&found).number, 0u);
  found.kept.name = "A";
  EXPECT_EQ(archived(&found).number, 1u);
}

TEST(Values, AUserWhoIsNotKnownIsPending) {
  Facts facts;
  const Process p = process();
  Bytes record = connection_of({}, 1, 2);
  record.as<sm_network_record>().uid = 4000000001;
  const auto user = [&] { return ask(&facts, kNetworkConnect, record, p, nullptr, "User"); };
  EXPECT_EQ(user().kind, Kind::kPending);
  facts.users.learn(4000000001, "maria", facts.now);
  EXPECT_EQ(user().kind, Kind::kRepeating);
  EXPECT_EQ(user().text, "maria");
}

TEST(Values, TheCommandLineIsThatOfTheProcessIfItCan) {
  Facts facts;
  Process p = process();
  const auto line = [&] { return ask(&facts, kProcessCreate, exec_of({}), p, nullptr, "CommandLine"); };
  EXPECT_EQ(line().kind, Kind::kCommandLine) << "equal to what the record says";
  EXPECT_EQ(line().text, "ls -l");
  EXPECT_EQ(line().buffer, "before|");
  p = process("rewritten");
  EXPECT_EQ(line().kind, Kind::kText);
  EXPECT_EQ(line().text, "ls -l");
  p.fresh = true;
  EXPECT_EQ(line().kind, Kind::kCommandLine) << "made of this very record: nobody looks at it again";
  EXPECT_EQ(line().text, "rewritten");
}

TEST(Values, TimesOfFiles) {
  Facts facts;
  const Process p = process();
  const schema::Event& created = type_of(SM_EVENT_FILE_CREATE);
  Bytes record = file_create_of({}, {}, "a/tmp/");
  Findings found;
  const schema::Field& time = field_of(created, "CreationUtcTime");
  EXPECT_EQ(ask(&facts, created, record, p, nullptr, time.name).kind, Kind::kEventTime) << "it is new";
  record.data()[time.wire_offset] = 1;
  EXPECT_EQ(ask(&facts, created, record, p, nullptr, time.name).kind, Kind::kPending);
  EXPECT_EQ(ask(&facts, created, record, p, &found, time.name).kind, Kind::kNothing);
  found.birth = "2026-11-24 08:15:45.804";
  EXPECT_EQ(ask(&facts, created, record, p, &found, time.name).text, found.birth);
  EXPECT_EQ(ask(&facts, created, record, p, &found, "TargetFilename").text, "/tmp/a");

  const schema::Event& set = type_of(SM_EVENT_FILE_CREATE_TIME);
  sm_file_time_record fixed{};
  fixed.now = {1795508145, 804000000, 1};
  const auto stamp = [&](const char* name) { return ask(&facts, set, Bytes::of(fixed).finish(), p, &found, name); };
  EXPECT_EQ(stamp("CreationUtcTime").kind, Kind::kRepeating);
  EXPECT_EQ(stamp("CreationUtcTime").text, utc_text(1795508145, 804000000));
  EXPECT_EQ(stamp("PreviousCreationUtcTime").kind, Kind::kNothing);
  EXPECT_EQ(stamp("TargetFilename").kind, Kind::kNothing);
}

TEST(Values, TheRuleThatDecided) {
  Facts facts;
  const Process p = process();
  EXPECT_EQ(ask(&facts, kProcessCreate, exec_of({}), p, nullptr, "RuleName").kind, Kind::kNothing);
  EXPECT_EQ(ask(&facts, kProcessCreate, exec_of({}), p, nullptr, "RuleName", "one").text, "one");
  EXPECT_EQ(ask(&facts, kProcessCreate, exec_of({}), p, nullptr, "Image").kind, Kind::kNothing)
      << "the record of the process tells it";
}

}  // namespace
