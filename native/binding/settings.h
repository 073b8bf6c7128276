#pragma once
#include <napi.h>

#include "core/settings.h"

namespace sysmon {

// Settings out of NativeSettings of lib/native.ts, which TypeScript has checked.
Settings settings_of(const Napi::Object& o);

}  // namespace sysmon
