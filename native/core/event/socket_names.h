// Names of the protocols of sockets, as C programs have them.
#pragma once

#include <cstdint>
#include <string>

namespace sysmon {

// `family`: AF_*, which says what the number means. The number itself where it has no name here.
std::string socket_protocol_name(uint16_t protocol, uint16_t family);

}  // namespace sysmon
