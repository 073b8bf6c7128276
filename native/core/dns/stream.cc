#include "dns/stream.h"

namespace sysmon::dns {

static constexpr size_t kLength = 2, kLeast = 12;  // of a message: its header
static constexpr size_t kMaxEarlyBytes = 128 << 10;

bool Stream::reset() {
  buffer_.clear();
  early_.clear();
  early_bytes_ = 0;
  begun_ = whole_ = false;
  return false;
}

bool Stream::add(const Segment& s, const OnMessage& on_message) {
  uint32_t seq = s.seq, urgent = s.urgent;
  if (s.syn) {
    reset();
    seq++;  // it takes a number of its own
    if (urgent) urgent--;
  }
  if (!begun_) {
    begin_ = seq;
    next_ = 0;
    begun_ = true;
    whole_ = s.syn;
  }
  if (s.total == 0) return true;
  if (urgent == 0 || urgent > s.bytes.size()) return place(seq, {s.bytes, s.total, false}, on_message);
  const uint32_t before = urgent - 1;
  if (before && !place(seq, {s.bytes.substr(0, before), before, false}, on_message)) return false;
  if (!place(seq + before, {s.bytes.substr(before, 1), 1, true}, on_message)) return false;
  if (s.total == urgent) return true;
  return place(seq + urgent, {s.bytes.substr(urgent), s.total - urgent, false}, on_message);
}

bool Stream::place(uint32_t seq, Part part, const OnMessage& on_message) {
  // Distances of a connection that lasts wrap around as the numbers do: what counts is whether one is before the other.
  const auto ahead = static_cast<int32_t>(seq - begin_ - next_);
  if (ahead > 0) {
    if (early_.size() >= kMaxEarly || early_bytes_ + part.bytes.size() > kMaxEarlyBytes ||
        part.bytes.size() < part.total)
      return reset();
    const auto [it, added] = early_.try_emplace(seq - begin_, Early{std::string(part.bytes), part.left_out});
    if (added) early_bytes_ += part.bytes.size();
    return true;
  }
  const auto old = static_cast<uint32_t>(-static_cast<int64_t>(ahead));
  if (old >= part.total) return true;  // sent again
  if (old > part.bytes.size()) return reset();
  if (!take({part.bytes.substr(old), part.total - old, part.left_out}, on_message)) return reset();
  // What had come too early may follow now.
  while (!early_.empty()) {
    const auto it = early_.begin();
    const auto gap = static_cast<int32_t>(it->first - next_);
    if (gap > 0) break;
    const Early held = std::move(it->second);
    early_bytes_ -= held.bytes.size();
    early_.erase(it);
    const auto known = static_cast<uint32_t>(-static_cast<int64_t>(gap));
    if (known >= held.bytes.size()) continue;
    const std::string_view rest = std::string_view(held.bytes).substr(known);
    if (!take({rest, static_cast<uint32_t>(rest.size()), held.left_out}, on_message)) return reset();
  }
  return true;
}

// False: what follows cannot be read any more.
bool Stream::take(Part part, const OnMessage& on_message) {
  next_ += part.total;
  if (part.left_out) return true;
  buffer_.append(part.bytes);
  size_t at = 0;
  bool sound = true;
  while (buffer_.size() - at >= kLength) {
    const size_t length =
        static_cast<size_t>(static_cast<uint8_t>(buffer_[at])) << 8 | static_cast<uint8_t>(buffer_[at + 1]);
    if (buffer_.size() - at - kLength < length) break;
    // Too short for DNS: where messages begin is known all the same, if the connection was seen from its beginning.
    // Else this may be the middle of one, and the next segment is as good a beginning.
    if (length >= kLeast || whole_)
      on_message(std::string_view(buffer_).substr(at + kLength, length));
    else
      sound = false;
    at += kLength + length;
  }
  buffer_.erase(0, at);
  return sound && part.bytes.size() == part.total;
}

}  // namespace sysmon::dns
