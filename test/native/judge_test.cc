// What the rules say of one event: at once, or once more is known.
#include "event/judge.h"

#include <gtest/gtest.h>

#include "base/failure.h"
#include "event_types.h"
#include "records.h"
#include "rules_plan_builder.h"

using namespace sysmon;
using namespace sysmon::test;
using rules::test::PlanBuilder;

namespace {

// One rule, of process creation: the field has this text in it.
std::vector<uint8_t> plan(const char* field, const char* text) {
  PlanBuilder b;
  const uint32_t e = b.atom(b.field(field), rules::Op::Contains, text);
  const uint32_t first = b.line(e, "the \"rule\"");
  b.event(first, 1, e);
  return b.bytes();
}

struct Court {
  explicit Court(const std::vector<uint8_t>& plan) : judge(plan, &facts) {}
  bool keeps(const Findings* found, bool last) {
    judgement = {};
    return judge.keeps(kProcessCreate, record, p, nullptr, found, last, &judgement);
  }
  Facts facts;
  Judge judge;
  Bytes bytes = exec_of({});
  Record record{&bytes.as<sm_header>()};
  Process p = process();
  Judgement judgement;
};

TEST(Judge, WithoutRulesEverythingIsKept) {
  Court court({});
  EXPECT_TRUE(court.keeps(nullptr, false));
  EXPECT_TRUE(court.judgement.made);
  EXPECT_EQ(court.judgement.name, "");
  EXPECT_EQ(court.judgement.rules, "");
}

TEST(Judge, RefusesABrokenPlan) { EXPECT_THROW(Court(std::vector<uint8_t>(64, 1)), Failure); }

TEST(Judge, TellsTheRulesThatHold) {
  Court court(plan("Image", "/bin/"));
  EXPECT_TRUE(court.keeps(nullptr, false)) << "nothing that is still to come was asked for";
  EXPECT_TRUE(court.judgement.made);
  EXPECT_EQ(court.judgement.name, "the \"rule\"");
  EXPECT_EQ(court.judgement.rules, R"(["the \"rule\""])");
  EXPECT_EQ(court.judge.ruled_out(), 0u);
}

TEST(Judge, CountsWhatTheRulesDrop) {
  Court court(plan("Image", "/sbin/"));
  EXPECT_FALSE(court.keeps(nullptr, false));
  EXPECT_EQ(court.judge.ruled_out(), 1u);
}

TEST(Judge, IsAskedAgainOnceMoreIsKnown) {
  Court court(plan("Hashes", "MD5=AB"));
  EXPECT_TRUE(court.keeps(nullptr, false)) << "nobody can say yet";
  EXPECT_FALSE(court.judgement.made);
  Findings found;
  found.digest.text = "MD5=CD";
  EXPECT_FALSE(court.keeps(&found, true));
  found.digest.text = "MD5=AB";
  EXPECT_TRUE(court.keeps(&found, true));
  EXPECT_TRUE(court.judgement.made);
  EXPECT_EQ(court.judge.ruled_out(), 1u);
}

TEST(Judge, AUserWhoIsNotKnownInTheEndIsNobody) {
  Court court(plan("User", "-"));
  court.p.task.uid = 4000000001;
  EXPECT_TRUE(court.keeps(nullptr, false));
  EXPECT_FALSE(court.judgement.made);
  EXPECT_TRUE(court.keeps(nullptr, true));
  EXPECT_TRUE(court.judgement.made);
}

}  // namespace
