#include "event/tampering.h"

#include <cstring>

#include "event/values.h"

namespace sysmon {

static std::string_view command_of(uint8_t command) {
  for (const auto& e : schema::kEvents)
    for (uint16_t i = 0; e.wire_type == SM_BPF_EVENT && i < e.field_count; i++)
      if (std::string_view(e.fields[i].name) == "BpfCommand") return choice_of(e.fields[i], command);
  return "-";
}

static std::string object_of(const Record& r, const sm_bpf_event_record& b) {
  const bool map = b.map != 0;
  const std::string_view name = r.text(map ? b.map_name : b.name);
  const uint32_t id = map ? b.map : b.link ? b.link : b.program;
  return std::string(map      ? "map "
                     : b.link ? "link "
                              : "program ") +
         std::to_string(id) + " of this sensor" + (name.empty() ? "" : " (" + std::string(name) + ")");
}

void Tampering::note(const Record& r, std::string_view image, int64_t now_ns, const Say& say) {
  constexpr int64_t kSecond = 1000000000;
  if (now_ns - since_ >= kSecond) {
    since_ = now_ns;
    said_ = 0;
  }
  if (said_ >= kMost) {
    unsaid_++;
    return;
  }
  said_++;
  const auto& b = r.as<sm_bpf_event_record>();
  std::string text = "process " + std::to_string(b.hdr.pid) + " (" + std::string(image) + ") has called " +
                     std::string(command_of(b.command)) + " on " + object_of(r, b) + ": " +
                     (b.error ? std::string("refused, ") + strerror(static_cast<int>(b.error)) : "it succeeded");
  if (unsaid_) text += "; before, " + std::to_string(unsaid_) + " such calls were not told of";
  unsaid_ = 0;
  say(text);
}

}  // namespace sysmon
