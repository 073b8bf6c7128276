// What `event.extra` says: one place for JSON, for rules and for filters that ask for a single member.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "event/decoder.h"
#include "event/findings.h"
#include "process/process_table.h"
#include "schema.gen.h"

namespace sysmon {

struct Member {
  const char* name;
  std::string value;
  bool text;  // JSON puts it in quotes; otherwise it is JSON already
};

bool has_field(const schema::Event& e, std::string_view name);
// The hook that saw this record.
const char* hook_of(const schema::Event& e, const Record& r);
// Names of the fields of which the record has only a part.
std::vector<std::string> truncated_fields(const schema::Event& e, const Record& r, const Process& p);
// IPPROTO_* of a record about the network, otherwise 0.
uint8_t transport_of(const Record& r);
// Members that only this kind of record has.
void own_members(const Record& r, std::vector<Member>* out);
// All members beside the tier and the static hook, as a JSON object; empty, which is the rule, if there are none.
std::string extra_json(const schema::Event& e, const Record& r, const Process& p, const Findings& found, bool late);
// The file that the event is about, if it is known.
const sm_file* file_of(const schema::Event& e, const Record& r);
// `extra.archive`; empty: nothing to say.
const char* archive_note(const Kept& kept);
// Names of the fields that somebody could have changed meanwhile.
std::vector<std::string> exposed_fields(const schema::Event& e, const Record& r);

}  // namespace sysmon
