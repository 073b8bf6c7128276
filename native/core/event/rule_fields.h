// An event as the rule engine asks for it: text of one field at a time, made only when a rule needs it to decide.
#pragma once
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "enrich/facts.h"
#include "event/values.h"
#include "process/process_fields.h"
#include "rules/engine.h"
#include "schema.gen.h"

namespace sysmon {

// Where a field that rules name comes from, for one type of event.
struct FieldOrigin {
  enum class Kind : uint8_t {
    kNothing,  // this event has no such field
    kField,    // of `data`
    kMember,   // of `extra`, that this event has beside those of all
    kHook,     // of `extra`, that all events have
    kTier,
    kUncertain,
    kTruncated,
    kExposed,
    kFile,       // a member of the file: see `key`
    kProcess,    // of the process, or of an ancestor so many generations above
    kAncestors,  // of all ancestors
  };
  Kind kind = Kind::kNothing;
  const schema::Field* field = nullptr;
  ProcessQuery query{};
  unsigned generations = 0;
  std::string_view key{};
};

FieldOrigin origin_of(const schema::Event& e, std::string_view name);

// The origins of all fields that the rules name, looked up once for each type of event.
class FieldOrigins {
 public:
  explicit FieldOrigins(const rules::Engine& engine) : engine_(engine) {}
  // By the index of the field.
  const std::vector<FieldOrigin>& of(const schema::Event& e);

 private:
  const rules::Engine& engine_;
  std::unordered_map<const schema::Event*, std::vector<FieldOrigin>> known_;
};

class RuleFields : public rules::FieldSource {
 public:
  // `found`: null while it is still to come. All arguments outlive this.
  RuleFields(const std::vector<FieldOrigin>& origins, Facts* facts, const schema::Event& event, const Record& record,
             const Process& process, const Process* target, const Findings* found)
      : origins_(origins),
        facts_(facts),
        event_(event),
        record_(record),
        process_(process),
        values_(facts, record, process, target, found) {}

  std::string_view field(uint32_t index) const override { return texts_.emplace_back(text(origins_[index])); }

  // A rule asked for what is not known yet (a hash, a user's name): the verdict does not count.
  bool incomplete() const { return incomplete_; }

 private:
  std::string text(const FieldOrigin& origin) const;
  std::string value(const schema::Field& f) const;
  std::string of_process(const schema::Field& f) const;
  std::string of_ancestors(const ProcessQuery& query) const;

  const std::vector<FieldOrigin>& origins_;
  Facts* const facts_;
  const schema::Event& event_;
  const Record& record_;
  const Process& process_;
  const Values values_;
  mutable bool incomplete_ = false;
  mutable std::deque<std::string> texts_;  // what field() has handed out
};

}  // namespace sysmon
