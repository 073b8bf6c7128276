#include "dns/stream.h"

namespace sysmon::dns {

static constexpr size_t kLength = 2, kLeast = 12;  // of a message: its header
static constexpr size_t kMaxEarlyBytes = 128 << 10;

bool Stream::reset() {
  buffer_.clear();
  early_.clear();
  early_bytes_ = 0;
  begun_ = false;
  return false;
}

bool Stream::add(uint32_t seq, std::string_view bytes, uint32_t total, bool syn,
                 const std::function<void(std::string_view)>& on_message) {
  if (syn) {
    reset();
    seq++;  // it takes a number of its own
  }
  if (!begun_) {
    begin_ = seq;
    next_ = 0;
    begun_ = true;
  }
  if (total == 0) return true;
  // Distances of a connection that lasts wrap around as the numbers do: what counts is whether one is before the other.
  const auto ahead = static_cast<int32_t>(seq - begin_ - next_);
  if (ahead > 0) {
    if (early_.size() >= kMaxEarly || early_bytes_ + bytes.size() > kMaxEarlyBytes || bytes.size() < total)
      return reset();
    const auto [it, added] = early_.try_emplace(seq - begin_, bytes);
    if (added) early_bytes_ += bytes.size();
    return true;
  }
  const auto old = static_cast<uint32_t>(-static_cast<int64_t>(ahead));
  if (old >= total) return true;  // sent again
  if (old > bytes.size()) return reset();
  if (!take(bytes.substr(old), total - old, on_message)) return reset();
  // What had come too early may follow now.
  while (!early_.empty()) {
    const auto it = early_.begin();
    const auto gap = static_cast<int32_t>(it->first - next_);
    if (gap > 0) break;
    const std::string held = std::move(it->second);
    early_bytes_ -= held.size();
    early_.erase(it);
    const auto known = static_cast<uint32_t>(-static_cast<int64_t>(gap));
    if (known >= held.size()) continue;
    const std::string_view rest = std::string_view(held).substr(known);
    if (!take(rest, static_cast<uint32_t>(rest.size()), on_message)) return reset();
  }
  return true;
}

// False: the next byte is not where a message could go on.
bool Stream::take(std::string_view bytes, uint32_t total, const std::function<void(std::string_view)>& on_message) {
  buffer_.append(bytes);
  next_ += total;
  size_t at = 0;
  while (buffer_.size() - at >= kLength) {
    const size_t length =
        static_cast<size_t>(static_cast<uint8_t>(buffer_[at])) << 8 | static_cast<uint8_t>(buffer_[at + 1]);
    if (length < kLeast) return false;
    if (buffer_.size() - at - kLength < length) break;
    on_message(std::string_view(buffer_).substr(at + kLength, length));
    at += kLength + length;
  }
  buffer_.erase(0, at);
  return bytes.size() == total;
}

}  // namespace sysmon::dns
