// What `event.extra` says: one place for JSON, for rules and for filters that ask for a single member.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "enrich/redactor.h"
#include "event/decoder.h"
#include "event/findings.h"
#include "event/values.h"
#include "process/process_table.h"
#include "schema.gen.h"

namespace sysmon {

// The hook that saw this record.
const schema::Hook& hook_of(const schema::Event& e, const Record& r);
// Names of the fields of which the record has only a part.
std::vector<std::string> truncated_fields(const schema::Event& e, const Record& r, const Process& p);
// Names of the fields that somebody could have changed meanwhile.
std::vector<std::string> exposed_fields(const schema::Event& e, const Record& r);
// The file that the event is about, if it is known.
const sm_file* file_of(const schema::Event& e, const Record& r);
// All members that JavaScript does not assume, but for the file, as a JSON object; empty, which is the rule, if there
// are none. `redacted`: names of the fields that are told without their secrets.
std::string extra_json(const schema::Event& e, const Record& r, const Process& p, const Values& values, bool late,
                       const Redactor& redactor, std::vector<std::string> redacted);

}  // namespace sysmon
