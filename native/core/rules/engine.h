// Judges events by a plan. One engine is shared by all threads and never changes; what changes stands in a Scratch, one
// per thread.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "rules/condition.h"
#include "rules/fold.h"
#include "rules/plan.h"
#include "rules/text_index.h"

namespace re2 {
class RE2;
}

namespace sysmon::rules {

// Where an event's fields come from. A field is asked for at most once per event, and only if a rule needs it to
// decide.
class FieldSource {
 public:
  virtual ~FieldSource() = default;
  // Hashes are asked for last, and only if nothing else decides: a digest may have to be waited for.
  // The value of field `index` of the plan (Engine::fields), UTF-8 as it stands in `data`: numbers decimal, booleans
  // true or false, and
  // `-` for what is missing. A field with several values has them separated by NUL. It must stay valid until evaluate()
  // returns.
  virtual std::string_view field(uint32_t index) const = 0;
};

// In a number that an index reports: not the atom holds, but the regular expression may.
constexpr uint32_t kPossible = 0x80000000;

enum class Reason : uint8_t {
  Default,    // no rule speaks of this event
  Include,    // a rule of an include block holds
  Exclude,    // a rule of an exclude block holds
  Unmatched,  // no rule holds
};

struct Verdict {
  bool log = false;
  Reason reason = Reason::Default;
  std::string_view rule_name;  // of the rule that decided; empty: none. Points into the engine's plan
};

// State of one evaluation, reused by the next so that nothing is allocated. Belongs to one thread and one engine at a
// time.
class Scratch {
 public:
  Scratch() = default;

 private:
  friend class Engine;
  friend class Evaluation;
  struct Value {
    uint32_t epoch = 0;
    bool folded = false;
    std::string_view raw;
    std::string text;  // folded
  };
  uint64_t engine_ = 0;  // which engine the sizes below are for
  uint32_t epoch_ = 0;
  std::vector<Value> values_;
  std::vector<uint32_t> atom_epoch_;  // of the last evaluation in which the atom was judged
  std::vector<uint8_t> atom_holds_;
  std::vector<uint32_t>
      found_epoch_;  // of the last evaluation in which an index found the atom, or a literal of its expression
  std::vector<uint32_t> candidate_epoch_;
  std::vector<uint32_t> candidates_;
  std::vector<uint32_t> name_epoch_;  // of the last evaluation in which the name was given
};

class Engine {
 public:
  // Nothing, and why, if the plan is not valid or a pattern in it is not.
  static std::unique_ptr<Engine> create(const uint8_t* plan, size_t size, std::string& error);
  ~Engine();

  const std::vector<Field>& fields() const { return plan_.fields; }
  bool exact() const { return plan_.exact; }
  const Plan& plan() const { return plan_; }
  // What an atom compares with, folded; empty of regular expressions and networks.
  std::string_view pattern(uint32_t atom) const { return folded_[atom]; }
  // Null: the plan does not speak of it.
  const Event* event(uint32_t event_id) const;
  // Whether an atom holds for a value of its field, as evaluate() takes it.
  bool holds(uint32_t atom, std::string_view value) const;
  // Whether rules speak of an event, and whether it is logged without any.
  bool has_rules(uint32_t event_id) const;

  // `names`: if given, receives the names of all rules in include blocks that hold, each once, in the order of the
  // file; only if the verdict is to log.
  Verdict evaluate(uint32_t event_id, const FieldSource& source, Scratch& scratch,
                   std::vector<std::string_view>* names = nullptr) const;

 private:
  friend class Evaluation;
  // One alternative of a block: an entry if the block is `or`, the whole block if it is `and`.
  struct Alternative {
    uint32_t expr;
    uint32_t entry;
  };
  struct BlockProgram {
    const Block* block;
    uint32_t first, count;         // alternatives
    std::vector<uint32_t> always;  // alternatives that no indexed atom guards
    bool late = false;             // a field of `late` guards some alternative
  };
  struct FieldProgram {
    uint32_t field;
    TextIndex index;
    std::vector<uint32_t> regexes;  // indexed atoms that are regular expressions
  };
  struct EventProgram {
    const Event* event = nullptr;
    std::vector<BlockProgram> blocks;
    std::vector<FieldProgram> fields;
    std::vector<FieldProgram> late;  // of fields that are dear: searched only when a block that needs them has its turn
  };

  Engine() = default;
  bool holds(uint32_t atom, std::string_view raw, std::string_view folded) const;
  bool build(std::string& error);
  bool prepare_patterns(std::string& error);
  Letters letters() const { return plan_.exact ? Letters::Ascii : Letters::All; }
  void number_names();
  // Atoms of which at least one holds whenever the expression does. False: there are none that an index can find.
  bool guards(uint32_t expr, std::vector<uint32_t>& out, uint64_t& cost) const;

  uint64_t id_ = 0;
  Plan plan_;
  std::vector<std::string> folded_;                 // patterns, by atom
  std::vector<std::shared_ptr<re2::RE2>> regexes_;  // by atom; one for each distinct pattern
  std::vector<std::shared_ptr<const std::vector<std::string>>>
      literals_;                   // by atom: texts of which a match of the regular expression has one
  std::vector<Network> networks_;  // by atom
  std::vector<bool> indexed_;      // atom is found by an index: not found means false
  std::vector<bool> late_;         // by field
  std::vector<uint32_t> name_of_;  // by entry: number of its name; kNone: it has none
  uint32_t name_count_ = 0;
  std::vector<Alternative> alternatives_;
  std::vector<uint32_t> guard_first_;  // by atom: alternatives that it guards
  std::vector<uint32_t> guarded_;
  std::vector<EventProgram> programs_;
  std::vector<uint16_t> program_of_;  // by event id; 0: none, else 1 + index
};

}  // namespace sysmon::rules
