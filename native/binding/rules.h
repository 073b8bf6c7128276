#pragma once
#include <napi.h>

// Adds the rule engine to the addon's exports:
//   compilePlan(plan: Uint8Array): { fields: string[], exact: boolean, evaluate(eventId, values), evaluateBatch(…) };
//   throws on a bad plan
void register_rules(Napi::Env env, Napi::Object exports);
