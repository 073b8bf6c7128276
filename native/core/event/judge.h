// What the rules say of one event of one record.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "enrich/facts.h"
#include "event/decoder.h"
#include "event/findings.h"
#include "event/rule_fields.h"
#include "process/process_table.h"
#include "rules/engine.h"
#include "schema.gen.h"

namespace sysmon {

// Of an event that is kept.
struct Judgement {
  bool made = false;  // false: the rules asked for what was not known yet
  std::string name;   // of the rule that decided
  std::string rules;  // names of all that hold, as a JSON array; empty: none
};

class Judge {
 public:
  // `plan`: of the rules; empty: everything is kept. Throws Failure if it is broken. `facts` outlives this.
  Judge(const std::vector<uint8_t>& plan, Facts* facts);

  // False: the rules drop it. `found`: null while it is still to come. `last`: nothing more will come; until then rules
  // that ask for what is missing are asked again, and nothing is made of what they said.
  bool keeps(const schema::Event& e, const Record& r, const Process& p, const Process* target, const Findings* found,
             bool last, Judgement* out);
  const rules::Engine* engine() const { return engine_.get(); }  // null: no rules
  uint64_t ruled_out() const { return ruled_out_; }

 private:
  Facts* const facts_;
  std::unique_ptr<rules::Engine> engine_;  // null: no rules
  std::optional<FieldOrigins> origins_;    // of its fields
  rules::Scratch scratch_;
  uint64_t ruled_out_ = 0;
};

}  // namespace sysmon
