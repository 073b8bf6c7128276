// An event as the rule engine asks for it: text of one field at a time, made only when a rule needs it to decide.
#pragma once
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "enrich/facts.h"
#include "event/findings.h"
#include "event/values.h"
#include "process/process_table.h"
#include "rules/engine.h"
#include "schema.gen.h"

namespace sysmon {

class RuleFields : public rules::FieldSource {
 public:
  // `found`: null while it is still to come. All arguments outlive this.
  RuleFields(const rules::Engine& engine, Facts* facts, const schema::Event& event, const Record& record,
             const Process& process, const Findings* found)
      : engine_(engine),
        facts_(facts),
        event_(event),
        record_(record),
        process_(process),
        found_(found),
        values_(facts, record, process, found) {}

  std::string_view field(uint32_t index) const override;

  // A rule asked for what is not known yet (a hash, a user's name): the verdict does not count.
  bool incomplete() const { return incomplete_; }

 private:
  std::string data(const schema::Field& f) const;
  std::string of_origin(const schema::Field& f) const;
  std::string dotted(std::string_view name) const;
  std::string extra(std::string_view name) const;
  std::string of_process(const Process& p, std::string_view name) const;
  std::string user_name(uint32_t uid) const;

  const rules::Engine& engine_;
  Facts* const facts_;
  const schema::Event& event_;
  const Record& record_;
  const Process& process_;
  const Findings* const found_;
  const Values values_;
  mutable bool incomplete_ = false;
  mutable std::deque<std::string> texts_;  // what field() has handed out
};

}  // namespace sysmon
