// From bytes to a record: type and bounds are checked here, once, and nowhere else.
#pragma once
#include "base/wire.h"

namespace sysmon {

enum class DecodeError { kNone, kShort, kType, kSize, kText };

// `data` must be aligned to 8 bytes and stay valid as long as the record is used.
DecodeError decode(const void* data, size_t size, Record* out);
const char* describe(DecodeError e);

}  // namespace sysmon
