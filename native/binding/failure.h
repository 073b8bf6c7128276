#pragma once
#include <napi.h>

#include "core/base/failure.h"

namespace sysmon {

// A failure as JavaScript sees it: NativeFailure of lib/native.ts.
Napi::Object to_object(Napi::Env env, const Failure& f);

}  // namespace sysmon
