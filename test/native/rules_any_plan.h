// Plans made of anything: the loader refuses them or the engine runs them, in bounded time and memory.
#pragma once
#include <string>
#include <vector>

#include "rules/engine.h"

namespace sysmon::rules::test {

// One text for each kind of field: a path, an address, several values, a number.
class AnySource : public FieldSource {
 public:
  std::string_view field(uint32_t i) const override {
    static const std::string kMany("/usr/bin/x\0/bin/sh\0-", 21);
    return i % 4 == 0 ? "/usr/bin/BASH" : i % 4 == 1 ? "10.0.0.1" : i % 4 == 2 ? kMany : std::string_view("12");
  }
};

// False: refused, and why.
inline bool run_any_plan(const uint8_t* data, size_t size, std::string* why = nullptr) {
  std::string error;
  const auto engine = Engine::create(data, size, error);
  if (!engine && why) *why = error;
  if (!engine) return false;
  Scratch scratch;
  std::vector<std::string_view> names;
  for (uint32_t id = 0; id < 256; id++) engine->evaluate(id, AnySource(), scratch, &names);
  return true;
}

}  // namespace sysmon::rules::test
