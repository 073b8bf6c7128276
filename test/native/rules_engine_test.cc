#include "rules/engine.h"

#include <gtest/gtest.h>
#include <re2/re2.h>

#include <random>

#include "rules/fold.h"
#include "rules_plan_builder.h"

namespace sysmon::rules {
namespace {

using test::MapSource;
using test::PlanBuilder;

std::unique_ptr<Engine> make(const PlanBuilder& b, std::string* why = nullptr) {
  std::string error;
  const auto bytes = b.bytes();
  auto engine = Engine::create(bytes.data(), bytes.size(), error);
  if (why) *why = error;
  return engine;
}

TEST(RulesEngine, EveryTextConditionThroughItsIndex) {
  struct Case {
    Op op;
    const char *pattern, *yes, *no;
  };
  for (const Case& c : std::vector<Case>{{Op::Equal, "/Bin/SH", "/bin/sh", "/bin/sh "},
                                         {Op::Contains, "é;x", "aÉ;Xb", "é;y"},
                                         {Op::Prefix, "/tmp/", "/TMP/x", "/tm"},
                                         {Op::Suffix, "/bash", "/usr/bin/BASH", "bash"},
                                         {Op::BaseName, "x.exe", "C:\\X.exe", "C:\\x.exe\\"},
                                         {Op::FileName, "bash", "/usr/bin/bash", "/usr/bin/xbash"}}) {
    for (const bool negated : {false, true}) {
      PlanBuilder b;
      const uint32_t f = b.field("F");
      uint32_t e = b.atom(f, c.op, c.pattern);
      if (negated) e = b.negate(e);
      const uint32_t row = b.line(e, "n");
      b.event(row, 1, e);
      auto engine = make(b);
      ASSERT_TRUE(engine);
      Scratch scratch;
      EXPECT_EQ(engine->evaluate(1, MapSource({c.yes}), scratch).log, !negated) << c.pattern;
      EXPECT_EQ(engine->evaluate(1, MapSource({c.no}), scratch).log, negated) << c.pattern;
    }
  }
}

TEST(RulesEngine, AnExactPlanFoldsAsciiAlone) {
  for (const bool exact : {false, true}) {
    PlanBuilder b;
    b.exact = exact;
    const uint32_t e = b.atom(b.field("F"), Op::Contains, "CAFÉ");
    const uint32_t row = b.line(e);
    b.event(row, 1, e);
    auto engine = make(b);
    ASSERT_TRUE(engine);
    Scratch scratch;
    EXPECT_EQ(engine->evaluate(1, MapSource({"un café"}), scratch).log, !exact);
    EXPECT_TRUE(engine->evaluate(1, MapSource({"un cafÉ"}), scratch).log);
  }
}

TEST(RulesEngine, AsksForAFieldOnceAndOnlyIfNeeded) {
  PlanBuilder b;
  const uint32_t cheap = b.field("Image"), dear = b.field("Hashes");
  std::vector<uint32_t> of;
  for (int i = 0; i < 50; i++)
    of.push_back(b.logic(ExprKind::And, {b.atom(dear, Op::Contains, "aa" + std::to_string(i)),
                                         b.atom(cheap, Op::Equal, "/x" + std::to_string(i))}));
  const uint32_t root = b.logic(ExprKind::Or, of);
  const uint32_t first = b.line(of[0]);
  for (int i = 1; i < 50; i++) b.line(of[i]);
  b.event(first, 50, root);
  auto engine = make(b);
  ASSERT_TRUE(engine);
  Scratch scratch;
  const MapSource none({"/other", "aa1"}), one({"/x7", "aa7"});
  EXPECT_FALSE(engine->evaluate(1, none, scratch).log);
  EXPECT_EQ(none.asked, 1);
  EXPECT_TRUE(engine->evaluate(1, one, scratch).log);
  EXPECT_EQ(one.asked, 2);
}

TEST(RulesEngine, AsksForHashesLast) {
  // Include: a hash alone, or a hash of one image. Exclude (asked first): an image.
  PlanBuilder b;
  const uint32_t image = b.field("Image"), hashes = b.field("Hashes");
  const uint32_t out = b.atom(image, Op::Equal, "/out");
  const uint32_t shared = b.row(3, {hashes, static_cast<uint32_t>(Op::Contains), b.string("abcdef")});
  const auto hash = [&] { return b.row(4, {2, shared, 0}); };
  const uint32_t both = b.logic(ExprKind::And, {b.atom(image, Op::Suffix, "/sh"), hash()});
  const uint32_t alone = hash();
  const uint32_t any = b.logic(ExprKind::Or, {alone});
  const uint32_t first = b.line(out, "out");
  b.line(both, "both");
  b.line(alone, "alone");
  b.row(7, {0, 0, out, first, 1});
  b.row(7, {1, 0, both, first + 1, 1});
  b.row(7, {1, 0, any, first + 2, 1});
  b.row(8, {1, 1, 0, 3, 0});
  auto engine = make(b);
  ASSERT_TRUE(engine);
  Scratch scratch;
  const MapSource dropped({"/out", "SHA256=abcdef"}), shell({"/bin/sh", "SHA256=ABCDEF"}),
      other({"/bin/ls", "SHA256=abcdef"}), none({"/bin/sh", "-"});
  EXPECT_FALSE(engine->evaluate(1, dropped, scratch).log);
  EXPECT_EQ(dropped.asked, 1);
  std::vector<std::string_view> names;
  EXPECT_EQ(engine->evaluate(1, shell, scratch, &names).rule_name, "both");
  EXPECT_EQ(names, (std::vector<std::string_view>{"alone", "both"}));
  EXPECT_EQ(engine->evaluate(1, other, scratch, &names).rule_name, "alone");
  EXPECT_EQ(names, (std::vector<std::string_view>{"alone"}));
  EXPECT_FALSE(engine->evaluate(1, none, scratch).log);
}

TEST(RulesEngine, AgreesWithAPlainSearchOnManyPatterns) {
  std::mt19937 rnd(5);
  const auto word = [&](size_t max) {
    std::string s;
    for (size_t n = rnd() % (max + 1); n > 0; n--) s += static_cast<char>("aAbB/\\\xC3\x89"[rnd() % 8]);
    return s;
  };
  for (int round = 0; round < 200; round++) {
    PlanBuilder b;
    const uint32_t f = b.field("F", round % 2);
    std::vector<std::pair<Op, std::string>> patterns;
    std::vector<uint32_t> of;
    for (int i = 0; i < 40; i++) {
      patterns.emplace_back(static_cast<Op>(rnd() % 6), word(4));
      of.push_back(b.atom(f, patterns.back().first, patterns.back().second));
    }
    const uint32_t root = b.logic(ExprKind::Or, of);
    const uint32_t first = b.line(of[0], "r0");
    for (int i = 1; i < 40; i++) b.line(of[i], "r" + std::to_string(i));
    b.event(first, 40, root);
    auto engine = make(b);
    ASSERT_TRUE(engine);
    Scratch scratch;
    for (int k = 0; k < 50; k++) {
      const std::string a = word(8), c = word(8);
      const std::string value = round % 2 ? a + std::string(1, '\0') + c : a;
      std::vector<std::string_view> names;
      engine->evaluate(1, MapSource({value}), scratch, &names);
      std::vector<std::string> expected, got(names.begin(), names.end());
      for (size_t i = 0; i < patterns.size(); i++) {
        const auto meets = [&](const std::string& v) {
          return holds(patterns[i].first, fold(v), fold(patterns[i].second));
        };
        if (meets(a) || (round % 2 && meets(c))) expected.push_back("r" + std::to_string(i));
      }
      EXPECT_EQ(got, expected) << value;
    }
  }
}

TEST(RulesEngine, FindsRegularExpressionsThatAnIndexGuards) {
  const std::vector<std::string> patterns = {
      "/(ba|da)?sh$", "curl .*\\| *(sudo +)?sh", "^/tmp/", "s+", "x{3}|yy", "(?-i)ABC", "caf\xC3\xA9", "[0-9]+", "",
      "mask"};
  const std::vector<std::string> values = {"/bin/BASH",
                                           "CURL x | sudo sh",
                                           "/tmp/a",
                                           "a\xC5\xBF"
                                           "b",
                                           "xxx",
                                           "YY",
                                           "abc",
                                           "ABC",
                                           "CAF\xC3\x89",
                                           "7",
                                           "",
                                           "MAS\xE2\x84\xAA",
                                           "zsh",
                                           "a\nb"};
  PlanBuilder b;
  const uint32_t f = b.field("F");
  std::vector<uint32_t> of;
  for (const auto& p : patterns) of.push_back(b.atom(f, Op::Regex, p));
  const uint32_t root = b.logic(ExprKind::Or, of);
  const uint32_t first = b.line(of[0], "r0");
  for (size_t i = 1; i < of.size(); i++) b.line(of[i], "r" + std::to_string(i));
  b.event(first, static_cast<uint32_t>(of.size()), root);
  auto engine = make(b);
  ASSERT_TRUE(engine);
  Scratch scratch;
  for (const auto& v : values) {
    std::vector<std::string> expected;
    for (size_t i = 0; i < patterns.size(); i++) {
      re2::RE2::Options options;
      options.set_case_sensitive(false);
      options.set_dot_nl(true);
      if (re2::RE2::PartialMatch(v, re2::RE2(patterns[i], options))) expected.push_back("r" + std::to_string(i));
    }
    std::vector<std::string_view> names;
    engine->evaluate(1, MapSource({v}), scratch, &names);
    EXPECT_EQ(std::vector<std::string>(names.begin(), names.end()), expected) << v;
  }
}

TEST(RulesEngine, ForgetsTheLastEventAndTheLastEngine) {
  PlanBuilder a, b;
  const uint32_t x = a.atom(a.field("F"), Op::Equal, "x");
  a.event(a.line(x), 1, x);
  const uint32_t y = b.atom(b.field("F"), Op::Equal, "y");
  b.event(b.line(y), 1, y);
  auto first = make(a), second = make(b);
  Scratch scratch;
  EXPECT_TRUE(first->evaluate(1, MapSource({"x"}), scratch).log);
  EXPECT_FALSE(first->evaluate(1, MapSource({"y"}), scratch).log);
  EXPECT_TRUE(second->evaluate(1, MapSource({"y"}), scratch).log);
  EXPECT_FALSE(second->evaluate(1, MapSource({"x"}), scratch).log);
  EXPECT_TRUE(first->evaluate(1, MapSource({"x"}), scratch).log);
}

TEST(RulesEngine, RefusesBadPatterns) {
  std::string why;
  PlanBuilder b;
  const uint32_t e = b.atom(b.field("F"), Op::Regex, "a(");
  b.event(b.line(e), 1, e);
  EXPECT_FALSE(make(b, &why));
  EXPECT_NE(why.find("a("), std::string::npos);
  PlanBuilder c;
  const uint32_t n = c.atom(c.field("F"), Op::Cidr, "10.0.0.0/33");
  c.event(c.line(n), 1, n);
  EXPECT_FALSE(make(c, &why));
}

}  // namespace
}  // namespace sysmon::rules
