// The last connections of a process: what it talked to before it did what is looked at now.
#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/wire.h"
#include "enrich/hostnames.h"

namespace sysmon {

struct Connection {
  WallTime time;
  uint8_t source[16], destination[16];
  uint16_t source_port, destination_port;
  uint32_t error;  // errno; 0: it did not fail
  uint8_t protocol;
  bool initiated;
};

// The same in words.
struct NamedConnection {
  WallTime time;
  const char* protocol;
  bool initiated;
  std::string source, destination;
  uint16_t source_port, destination_port;
  std::string hostname;  // of the destination; empty: none is known
  uint32_t error;
};

class Connections {
 public:
  static constexpr uint32_t kMost = 8;

  void add(const sm_network_record& n, WallTime time);
  uint32_t size() const { return count_ < kMost ? count_ : kMost; }
  // 0 is the newest.
  const Connection& operator[](uint32_t i) const { return (*ring_)[(count_ - 1 - i) % kMost]; }
  // The newest first. `now`: CLOCK_MONOTONIC ns, which decides whether a name still counts.
  std::vector<NamedConnection> named(const Hostnames& hostnames, int64_t now) const;

 private:
  std::unique_ptr<std::array<Connection, kMost>> ring_;
  uint32_t count_ = 0;
};

}  // namespace sysmon
