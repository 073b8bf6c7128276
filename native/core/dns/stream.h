// DNS over TCP: messages with their length in front, put together from segments as they pass a socket.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace sysmon::dns {

struct Segment {
  uint32_t seq = 0;
  uint32_t total = 0;   // bytes that it has, of which `bytes` may hold fewer
  uint32_t urgent = 0;  // the number of a byte, from 1 on, that its reader gets apart from the others; 0: none
  bool syn = false;
  std::string_view bytes;
};

// One direction of one connection. A segment may come again, or before an earlier one; the connection may be older than
// the sensor, or carry something else than DNS.
class Stream {
 public:
  static constexpr size_t kMaxEarly = 32;  // segments that wait for an earlier one
  using OnMessage = std::function<void(std::string_view)>;

  // Complete messages go to `on_message`, also those that are too short for any. False: something is missing for good,
  // or what is there is no DNS; what has gathered is dropped, and the next segment is taken for a beginning.
  bool add(const Segment& s, const OnMessage& on_message);
  size_t held() const { return buffer_.size() + early_bytes_; }

 private:
  // Bytes that follow each other. `left_out`: they are counted, but no part of what is read.
  struct Part {
    std::string_view bytes;
    uint32_t total;
    bool left_out;
  };
  struct Early {
    std::string bytes;
    bool left_out;
  };
  bool place(uint32_t seq, Part part, const OnMessage& on_message);
  bool take(Part part, const OnMessage& on_message);
  bool reset();

  std::string buffer_;               // of a message that is not complete, its length included
  std::map<uint32_t, Early> early_;  // by distance from where the connection began
  size_t early_bytes_ = 0;
  uint32_t begin_ = 0;  // sequence number of the first byte
  uint32_t next_ = 0;   // of the first byte that is not in the buffer yet, as a distance from there
  bool begun_ = false;
  bool whole_ = false;  // seen from its SYN on, without a gap: where messages begin is known and not guessed
};

}  // namespace sysmon::dns
