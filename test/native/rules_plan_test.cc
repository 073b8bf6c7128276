#include "rules/plan.h"

#include <gtest/gtest.h>

#include "rules/condition.h"
#include "rules/fold.h"
#include "rules_plan_builder.h"

namespace sysmon::rules {
namespace {

using test::PlanBuilder;

std::string refuse(const PlanBuilder& b) {
  const auto bytes = b.bytes();
  Plan plan;
  std::string error;
  return load_plan(bytes.data(), bytes.size(), plan, error) ? "" : error;
}

PlanBuilder good() {
  PlanBuilder b;
  const uint32_t e = b.atom(b.field("F"), Op::Equal, "x");
  b.event(b.line(e, "name"), 1, e);
  return b;
}

TEST(RulesPlan, ReadsWhatIsRight) { EXPECT_EQ(refuse(good()), ""); }

TEST(RulesPlan, RefusesEveryCut) {
  const auto bytes = good().bytes();
  for (size_t n = 0; n < bytes.size(); n++) {
    Plan plan;
    std::string error;
    // A copy of its own size, so that a sanitizer sees the first byte too many.
    const std::vector<uint8_t> cut(bytes.begin(), bytes.begin() + static_cast<long>(n));
    EXPECT_FALSE(load_plan(cut.data(), cut.size(), plan, error));
  }
}

TEST(RulesPlan, RefusesWhatPointsOutside) {
  for (const int section : {1, 2, 3, 4, 6, 7, 8}) {
    const size_t cells = good().rows[section].size();
    for (size_t i = 0; i < cells; i++) {
      PlanBuilder b = good();
      // Flags take any value, and some cells have no meaning for their row.
      b.rows[section][i] = 0xFFFFFFF0;
      const auto bytes = b.bytes();
      Plan plan;
      std::string error;
      load_plan(bytes.data(), bytes.size(), plan, error);
    }
  }
  PlanBuilder b = good();
  b.rows[3][0] = 9;
  EXPECT_EQ(refuse(b), "plan: no such field");
  b = good();
  b.rows[4][1] = 9;
  EXPECT_EQ(refuse(b), "plan: no such atom");
  b = good();
  b.rows[1][1] = 0x7FFFFFFF;
  EXPECT_EQ(refuse(b), "plan: string out of bounds");
}

TEST(RulesPlan, RefusesWhatWouldTakeForever) {
  PlanBuilder shared = good();
  const uint32_t e = shared.atom(0, Op::Equal, "y");
  shared.logic(ExprKind::And, {e, e});
  EXPECT_EQ(refuse(shared), "plan: child of two parents");

  PlanBuilder deep = good();
  uint32_t at = deep.atom(0, Op::Equal, "y");
  for (uint32_t i = 0; i < kMaxPlanDepth; i++) at = deep.negate(at);
  EXPECT_EQ(refuse(deep), "plan: nested too deeply");

  PlanBuilder cycle = good();
  cycle.row(4, {3, static_cast<uint32_t>(cycle.rows[4].size() / 3), 0});
  EXPECT_EQ(refuse(cycle), "plan: child after its parent");
}

TEST(RulesFold, LowersTheBasicPlaneOnly) {
  EXPECT_EQ(fold("AbC/É Σς İ K Ⱥ"), "abc/é σς i k ⱥ");
  EXPECT_EQ(fold("𐐀"), "𐐀");
  EXPECT_EQ(fold("\xC3(\xFF"
                 "A\xED\xA0\x80"),
            "\xC3(\xFF"
            "a\xED\xA0\x80");
}

TEST(RulesFold, LowersAsciiAloneIfAsked) {
  EXPECT_EQ(fold("AbZ[/É Σς İ \u212A Ⱥ", Letters::Ascii), "abz[/É Σς İ \u212A Ⱥ");
}

TEST(RulesFold, OrdersByUtf16Units) {
  EXPECT_LT(compare_utf16("𐐀", "\xEF\xBF\xAE"), 0);  // D801 before FFEE
  EXPECT_GT(compare_utf16("\xEE\x80\x80", "𐐀"), 0);
  EXPECT_GT(compare_utf16("𐐀", "中"), 0);
  EXPECT_LT(compare_utf16("a", "ab"), 0);
  EXPECT_EQ(compare_utf16("ab", "ab"), 0);
}

TEST(RulesFold, OrdersWithCapitalsIfAsked) {
  for (const char* between : {"[", "\\", "]", "^", "_", "`"}) {
    EXPECT_LT(compare_utf16(between, "z"), 0);
    EXPECT_GT(compare_utf16(between, "z", true), 0) << between;
  }
  EXPECT_LT(compare_utf16("@", "a", true), 0);
  EXPECT_LT(compare_utf16("z", "{", true), 0);
  EXPECT_LT(compare_utf16("𐐀", "\xEF\xBF\xAE", true), 0);
}

TEST(RulesCondition, Numbers) {
  double x = 0;
  for (const char* s : {"0", "-5", "+7", "1.5", "0x1F", "18446744073709551615", "007"})
    EXPECT_TRUE(parse_number(s, x)) << s;
  for (const char* s : {"", "-", "1.", ".5", "1e3", "0x", "0xg", " 1", "1 ", "inf", "nan", "0x11111111111111111"})
    EXPECT_FALSE(parse_number(s, x)) << s;
}

TEST(RulesCondition, Networks) {
  const auto in = [](const char* network, const char* address) {
    Network n;
    Address a;
    return parse_network(network, n) && parse_address(address, a) && contains(n, a);
  };
  EXPECT_TRUE(in("10.0.0.0/8", "10.255.0.1"));
  EXPECT_TRUE(in("0.0.0.0/0", "1.2.3.4"));
  EXPECT_FALSE(in("10.0.0.0/9", "10.128.0.1"));
  EXPECT_TRUE(in("::ffff:10.0.0.0/104", "10.1.1.1"));
  EXPECT_TRUE(in("2001:db8::/32", "2001:db8:0:0:0:0:0:1"));
  EXPECT_FALSE(in("::/0", "1.2.3.4"));
  EXPECT_FALSE(in("10.0.0.0/33", "10.0.0.1"));
  EXPECT_FALSE(in("10.0.0.0/", "10.0.0.0"));
}

}  // namespace
}  // namespace sysmon::rules
