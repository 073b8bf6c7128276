#include "event/judge.h"

#include "base/failure.h"
#include "base/text.h"

namespace sysmon {

Judge::Judge(const std::vector<uint8_t>& plan, Facts* facts) : facts_(facts) {
  if (plan.empty()) return;
  std::string error;
  engine_ = rules::Engine::create(plan.data(), plan.size(), error);
  if (!engine_) throw Failure("CONFIG", "load the plan of the rules", 0, "the rules cannot be used: " + error);
  origins_.emplace(*engine_);
}

bool Judge::keeps(const schema::Event& e, const Record& r, const Process& p, const Process* target,
                  const Findings* found, bool last, Judgement* out) {
  if (!engine_ || !engine_->has_rules(e.id)) {  // what is captured and has no rules is kept
    out->made = true;
    return true;
  }
  const RuleFields fields(origins_->of(e), facts_, e, r, p, target, found);
  std::vector<std::string_view> names;
  const rules::Verdict verdict = engine_->evaluate(e.id, fields, scratch_, &names);
  if (fields.incomplete() && !last) return true;
  if (!verdict.log) {
    ruled_out_++;
    return false;
  }
  out->made = true;
  out->name = verdict.rule_name;
  for (const auto& n : names) out->rules += (out->rules.empty() ? "[" : ",") + json_string(n);
  if (!out->rules.empty()) out->rules += ']';
  return true;
}

}  // namespace sysmon
