// The rule engine as an addon of its own: lets the tests of configurations run where the sensor is not built.
#include "rules_binding.h"

static Napi::Object init(Napi::Env env, Napi::Object exports) {
  register_rules(env, exports);
  return exports;
}

NODE_API_MODULE(sysmon_rules, init)
