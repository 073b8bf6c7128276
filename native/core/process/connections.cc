#include "process/connections.h"

#include <cstring>

#include "base/text.h"
#include "enrich/services.h"

namespace sysmon {

void Connections::add(const sm_network_record& n, WallTime time) {
  if (!ring_) ring_ = std::make_unique<std::array<Connection, kMost>>();  // most processes have none
  Connection& c = (*ring_)[count_++ % kMost];
  c.time = time;
  std::memcpy(c.source, n.source, sizeof c.source);
  std::memcpy(c.destination, n.destination, sizeof c.destination);
  c.source_port = n.source_port;
  c.destination_port = n.destination_port;
  c.error = n.error;
  c.protocol = n.protocol;
  c.initiated = n.initiated;
}

std::vector<NamedConnection> Connections::named(const Hostnames& hostnames, int64_t now) const {
  std::vector<NamedConnection> out;
  for (uint32_t i = 0; i < size(); i++) {
    const Connection& c = (*this)[i];
    NamedConnection n{c.time,        transport_name(c.protocol), c.initiated, {},     {},
                      c.source_port, c.destination_port,         {},          c.error};
    append_address(c.source, &n.source);
    append_address(c.destination, &n.destination);
    if (const std::string* name = hostnames.find(address_of(c.destination, true), now)) n.hostname = *name;
    out.push_back(std::move(n));
  }
  return out;
}

}  // namespace sysmon
