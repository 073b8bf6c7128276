#pragma once
#include <napi.h>

#include "core/sensor.h"

namespace sysmon {

// Counters as JavaScript sees them: NativeStats of lib/native.ts.
Napi::Object stats_object(Napi::Env env, const SensorStats& s);

}  // namespace sysmon
