#include "enrich/services.h"

#include <netinet/in.h>

#include <charconv>

#include "base/files.h"

namespace sysmon {

const char* transport_name(uint8_t protocol) {
  return protocol == IPPROTO_TCP ? "tcp" : protocol == IPPROTO_UDP ? "udp" : "-";
}

void Services::read() {
  names_.emplace();
  const std::string all = read_file(path_);
  std::string_view rest = all;
  for (std::string_view line; next_line(&rest, &line);) {
    line = line.substr(0, line.find('#'));
    const std::string_view name = next_word(&line), place = next_word(&line);
    const size_t slash = place.find('/');
    if (slash == std::string_view::npos) continue;
    const std::string_view protocol = place.substr(slash + 1);
    uint16_t port;
    const auto [end, error] = std::from_chars(place.data(), place.data() + slash, port);
    if (error != std::errc() || end != place.data() + slash) continue;
    const uint32_t number = protocol == "tcp" ? IPPROTO_TCP : protocol == "udp" ? IPPROTO_UDP : 0;
    if (number != 0) names_->emplace(number << 16 | port, name);  // the first line counts, as in getservbyport(3)
  }
}

const std::string* Services::find(uint8_t protocol, uint16_t port) {
  if (!names_) read();
  const auto it = names_->find(uint32_t{protocol} << 16 | port);
  return it == names_->end() ? nullptr : &it->second;
}

}  // namespace sysmon
