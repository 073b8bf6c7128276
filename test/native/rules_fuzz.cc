// Plans made of anything: the loader refuses them or the engine runs them, in bounded time and memory.
#include <cstdint>
#include <string>

#include "rules/engine.h"

namespace {

class Fixed : public sysmon::rules::FieldSource {
 public:
  std::string_view field(uint32_t i) const override {
    static const std::string kMany("/usr/bin/x\0/bin/sh\0-", 21);
    return i % 4 == 0 ? "/usr/bin/BASH" : i % 4 == 1 ? "10.0.0.1" : i % 4 == 2 ? kMany : std::string_view("12");
  }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string error;
  const auto engine = sysmon::rules::Engine::create(data, size, error);
  if (!engine) return 0;
  sysmon::rules::Scratch scratch;
  std::vector<std::string_view> names;
  for (uint32_t id = 0; id < 256; id++) engine->evaluate(id, Fixed(), scratch, &names);
  return 0;
}
