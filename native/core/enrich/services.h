// Names of ports, as the services file has them.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>

namespace sysmon {

// "tcp" or "udp".
const char* transport_name(uint8_t protocol);

// Not thread-safe: the worker's. The file is read once, when the first name is asked for.
class Services {
 public:
  explicit Services(std::string path = "/etc/services") : path_(std::move(path)) {}
  // `protocol`: IPPROTO_*. Null if the port has no name.
  const std::string* find(uint8_t protocol, uint16_t port);

 private:
  void read();

  const std::string path_;
  std::optional<std::unordered_map<uint32_t, std::string>> names_;  // by protocol << 16 | port
};

}  // namespace sysmon
