// Datagrams to a Unix socket, which Node does not have.
#pragma once

#include <napi.h>

namespace sysmon {

void register_datagrams(Napi::Env env, Napi::Object exports);

}  // namespace sysmon
