// The last connections of a process: what it talked to before it did what is looked at now.
#pragma once
#include <array>
#include <cstdint>
#include <memory>

#include "base/clock.h"
#include "base/wire.h"

namespace sysmon {

struct Connection {
  WallTime time;
  uint8_t source[16], destination[16];
  uint16_t source_port, destination_port;
  uint32_t error;  // errno; 0: it did not fail
  uint8_t protocol;
  bool initiated;
};

class Connections {
 public:
  static constexpr uint32_t kMost = 8;

  // Most processes have none: the ring is made with the first.
  Connection& add() {
    if (!ring_) ring_ = std::make_unique<std::array<Connection, kMost>>();
    return (*ring_)[count_++ % kMost];
  }
  uint32_t size() const { return count_ < kMost ? count_ : kMost; }
  // 0 is the newest.
  const Connection& operator[](uint32_t i) const { return (*ring_)[(count_ - 1 - i) % kMost]; }

 private:
  std::unique_ptr<std::array<Connection, kMost>> ring_;
  uint32_t count_ = 0;
};

}  // namespace sysmon
