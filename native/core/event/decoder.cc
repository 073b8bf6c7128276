#include "event/decoder.h"

#include <array>

#include "schema.gen.h"

namespace sysmon {

// By type; null: there is none. All that comes passes here, so nothing is searched.
static constexpr auto kRecordOf = [] {
  std::array<const schema::Record*, SM_TYPES> of{};
  for (const auto& r : schema::kRecords) of[r.type] = &r;
  return of;
}();

DecodeError decode(const void* data, size_t size, Record* out) {
  if (size < sizeof(sm_header)) return DecodeError::kShort;
  const auto* h = static_cast<const sm_header*>(data);
  const schema::Record* r = h->type < kRecordOf.size() ? kRecordOf[h->type] : nullptr;
  if (!r) return DecodeError::kType;
  if (h->size < r->fixed_size || h->size > size) return DecodeError::kSize;
  const auto* bytes = static_cast<const uint8_t*>(data);
  for (uint16_t i = 0; i < r->text_count; i++) {
    sm_text t;
    std::memcpy(&t, bytes + r->texts[i], sizeof t);
    if (t.len != 0 && (t.off < r->fixed_size || t.off > h->size || t.len > h->size - t.off)) return DecodeError::kText;
  }
  out->header = h;
  return DecodeError::kNone;
}

const char* describe(DecodeError e) {
  switch (e) {
    case DecodeError::kNone:
      return "none";
    case DecodeError::kShort:
      return "shorter than a header";
    case DecodeError::kType:
      return "unknown type";
    case DecodeError::kSize:
      return "size does not fit its type";
    case DecodeError::kText:
      return "a text lies outside the record";
  }
  return "";
}

}  // namespace sysmon
