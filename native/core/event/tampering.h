// Others that lay hands on the eBPF of this sensor: what is said of it beside the event.
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "event/decoder.h"

namespace sysmon {

class Tampering {
 public:
  using Say = std::function<void(std::string_view description)>;

  // A record of an object of ours. `image`: of who did it. Says so, but not more than kMost times a second: whoever
  // does it a million times is said to.
  void note(const Record& r, std::string_view image, int64_t now_ns, const Say& say);

 private:
  static constexpr int kMost = 10;
  int64_t since_ = 0;  // CLOCK_MONOTONIC ns
  int said_ = 0;       // since then
  uint64_t unsaid_ = 0;
};

}  // namespace sysmon
