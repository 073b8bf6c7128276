// The plan loader and the engine, for libFuzzer.
#include "rules_any_plan.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  sysmon::rules::test::run_any_plan(data, size);
  return 0;
}
