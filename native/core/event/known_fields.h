// Which records the rules may drop before they are made, and what of their events is known by then.
#pragma once
#include <vector>

#include "rules/pushdown.h"
#include "schema.gen.h"
#include "settings.h"

namespace sysmon {

// Records that change what the worker knows are not among them, nor those whose process the header names otherwise.
inline constexpr uint16_t kPushed[] = {SM_FILE_CREATE, SM_FILE_DELETE,           SM_FILE_MODIFY, SM_RAW_ACCESS,
                                       SM_PIPE_CREATE, SM_PIPE_CONNECT,          SM_FILE_TIME,   SM_IMAGE_LOAD,
                                       SM_FILE_OPEN,   SM_FILE_ATTRIBUTE_CHANGE, SM_NETWORK,     SM_PROCESS_ACCESS};

// Where the location is in a record of this type whose path rules may ask for; 0: it has none.
uint32_t pushed_path_of(uint16_t type);

// `wanted`: ids of events.
std::vector<rules::Pushdown::Record> pushed_records(const Settings& settings, const std::vector<uint16_t>& wanted);

rules::Knowledge knowledge_of(const rules::Engine* engine);

}  // namespace sysmon
