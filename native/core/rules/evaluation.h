// One event against one plan.
#pragma once
#include "rules/engine.h"

namespace sysmon::rules {

class Evaluation {
 public:
  Evaluation(const Engine& engine, const Engine::EventProgram& program, const FieldSource& source, Scratch& scratch);
  Verdict run(std::vector<std::string_view>* names);

 private:
  using BlockProgram = Engine::BlockProgram;

  Scratch::Value& value(uint32_t field);
  std::string_view folded(Scratch::Value& v);
  void search(const std::vector<Engine::FieldProgram>& fields);
  void search_late();
  bool atom(uint32_t index);
  bool judge(uint32_t index);
  bool expr(uint32_t index);
  // Alternatives of a block that may hold, in order.
  template <typename F>
  void each_candidate(const BlockProgram& block, F&& visit);
  bool first_match(const BlockProgram& block, uint32_t& alternative);
  std::string_view name(size_t block_index, uint32_t alternative);
  bool walk_block(const Block& block, std::string_view& name);
  bool walk_entry(const Entry& entry, std::string_view& name);
  void collect(const Entry& entry, std::vector<std::string_view>& names);

  const Engine& engine_;
  const Plan& plan_;
  const Engine::EventProgram& program_;
  const FieldSource& source_;
  Scratch& scratch_;
  bool late_ = false;  // the late fields were searched
};

}  // namespace sysmon::rules
