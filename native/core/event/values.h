// The value of a field of an event, for whoever needs it: an entry for JavaScript, or a rule.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "enrich/facts.h"
#include "event/decoder.h"
#include "event/findings.h"
#include "process/process_table.h"
#include "schema.gen.h"

namespace sysmon {

struct Value {
  enum class Kind : uint8_t {
    kNothing,  // "-"
    kPending,  // not known yet; should nothing more come, it is nothing
    kNumber,
    kChoice,       // `number` is the index of one of the words of the field
    kFlag,         // `number` is 0: no
    kEventTime,    // that of the event itself
    kText,         // will hardly repeat; stands at the end of the buffer
    kRepeating,    // a text that is likely to come again, so worth interning
    kCommandLine,  // the text is the command line of the process, whose own record tells it already
  };
  Kind kind = Kind::kNothing;
  uint32_t number = 0;
  std::string_view text{};
};

class Values {
 public:
  // `found`: null while it is still to come. `rule`: the name of the one that decided; empty: none has. All arguments
  // outlive this.
  Values(Facts* facts, const Record& record, const Process& process, const Findings* found, std::string_view rule = {})
      : facts_(facts), record_(record), process_(process), found_(found), rule_(rule) {}

  // A text that must be made is appended to `buffer`; others stand where they stood. It is valid until the buffer is
  // written to, the next value is asked for, or the pipeline's lock is let go.
  Value of(const schema::Field& f, std::string* buffer) const;

 private:
  Facts* const facts_;
  const Record& record_;
  const Process& process_;
  const Findings* const found_;
  const std::string_view rule_;
};

}  // namespace sysmon
