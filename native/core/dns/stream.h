// DNS over TCP: messages with their length in front, put together from segments as they pass a socket.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace sysmon::dns {

// One direction of one connection. A segment may come again, or before an earlier one; the connection may be older than
// the sensor, or carry something else than DNS.
class Stream {
 public:
  static constexpr size_t kMaxEarly = 32;  // segments that wait for an earlier one

  // `bytes`: of `total` that the segment has. Complete messages go to `on_message`. False: what is there is no DNS, or
  // something is missing for good; what has gathered is dropped, and the next segment is taken for a beginning.
  bool add(uint32_t seq, std::string_view bytes, uint32_t total, bool syn,
           const std::function<void(std::string_view)>& on_message);
  size_t held() const { return buffer_.size() + early_bytes_; }

 private:
  bool take(std::string_view bytes, uint32_t total, const std::function<void(std::string_view)>& on_message);
  bool reset();

  std::string buffer_;                     // of a message that is not complete, its length included
  std::map<uint32_t, std::string> early_;  // by distance from where the connection began
  size_t early_bytes_ = 0;
  uint32_t begin_ = 0;  // sequence number of the first byte
  uint32_t next_ = 0;   // of the first byte that is not in the buffer yet, as a distance from there
  bool begun_ = false;
};

}  // namespace sysmon::dns
