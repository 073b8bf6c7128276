// A good plan with some of its words changed, thousands of times: what `npm run test:native -- fuzz` searches for
// longer.
#include <gtest/gtest.h>

#include <cstring>
#include <random>

#include "rules_any_plan.h"
#include "rules_plan_builder.h"

namespace sysmon::rules {
namespace {

using test::PlanBuilder;

// Every operator, every kind of expression, blocks that include and exclude.
std::vector<uint8_t> rich() {
  PlanBuilder b;
  std::vector<uint32_t> entries;
  for (const bool negated : {false, true}) {
    std::vector<uint32_t> atoms;
    for (int op = 0; op < static_cast<int>(Op::Count); op++) {
      const auto o = static_cast<Op>(op);
      const char* pattern = o == Op::Cidr    ? "10.0.0.0/8"
                            : o == Op::Regex ? "^/(usr/)?bin/b.*h$"
                            : o >= Op::Eq    ? "12"
                                             : "/usr/bin/bash";
      const uint32_t atom = b.atom(b.field("f" + std::to_string(op), op % 4 == 2), o, pattern);
      atoms.push_back(negated ? b.negate(atom) : atom);
    }
    entries.push_back(b.logic(negated ? ExprKind::And : ExprKind::Or, atoms));
  }
  const uint32_t first = b.line(entries[0], "any");
  b.line(entries[1], "none");
  b.event(first, 2, b.logic(ExprKind::Or, entries));
  return b.bytes();
}

TEST(RulesPlan, WhateverItsWordsSayItIsRefusedOrRuns) {
  const std::vector<uint8_t> plan = rich();
  std::string why;
  ASSERT_TRUE(test::run_any_plan(plan.data(), plan.size(), &why)) << why;
  std::mt19937 random(11);
  unsigned accepted = 0;
  constexpr unsigned kRounds = 20000;
  for (unsigned round = 0; round < kRounds; round++) {
    std::vector<uint8_t> input = plan;
    for (unsigned n = 1 + random() % 3; n > 0; n--) {
      uint32_t word;
      uint8_t* at = input.data() + random() % (input.size() / 4) * 4;
      std::memcpy(&word, at, 4);
      switch (random() % 4) {
        case 0:
          word += random() % 7 - 3;
          break;
        case 1:
          word = random() % 32;
          break;
        case 2:
          word ^= 1u << random() % 32;
          break;
        default:
          word = static_cast<uint32_t>(random());
      }
      std::memcpy(at, &word, 4);
    }
    accepted += test::run_any_plan(input.data(), input.size());
  }
  // Were all refused, nothing would have been tried.
  EXPECT_GT(accepted, kRounds / 20);
  EXPECT_LT(accepted, kRounds);
}

}  // namespace
}  // namespace sysmon::rules
