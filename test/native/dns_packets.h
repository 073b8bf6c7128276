// DNS messages and the records of the packets that carry them, made by hand.
#pragma once
#include <netinet/in.h>

#include <string>
#include <string_view>
#include <vector>

#include "records.h"

namespace sysmon::test {

inline std::string be16(unsigned v) { return {static_cast<char>(v >> 8), static_cast<char>(v)}; }
inline std::string be32(uint32_t v) { return be16(v >> 16) + be16(v & 0xffff); }

// "a.example" in labels, ended by the root or by what `end` says.
inline std::string labels(std::string_view name, std::string_view end = {"\0", 1}) {
  std::string out;
  while (!name.empty()) {
    const size_t dot = std::min(name.find('.'), name.size());
    out += static_cast<char>(dot);
    out += name.substr(0, dot);
    name.remove_prefix(std::min(dot + 1, name.size()));
  }
  return out.append(end);
}

inline std::string pointer(unsigned offset) { return be16(0xc000 | offset); }

inline std::string record(std::string_view owner, unsigned type, std::string_view data, uint32_t ttl = 60,
                          unsigned klass = 1) {
  return std::string(owner) + be16(type) + be16(klass) + be32(ttl) + be16(static_cast<unsigned>(data.size())) +
         std::string(data);
}

struct Dns {
  unsigned id = 0x1234, flags = 0x0100;
  std::string name = "name.example";
  unsigned type = 1, klass = 1, questions = 1;
  std::vector<std::string> answers, authorities, additional;
  std::string behind;

  std::string bytes() const {
    std::string out = be16(id) + be16(flags) + be16(questions) + be16(static_cast<unsigned>(answers.size())) +
                      be16(static_cast<unsigned>(authorities.size())) + be16(static_cast<unsigned>(additional.size()));
    if (questions) out += labels(name) + be16(type) + be16(klass);
    for (const auto* list : {&answers, &authorities, &additional})
      for (const auto& r : *list) out += r;
    return out + behind;
  }
};
constexpr unsigned kAnswer = 0x8180;  // flags: response, recursion desired and available
constexpr unsigned kQuestionAt = 12;  // where a pointer finds the name that was asked for

struct Packet {
  std::string payload;
  bool answer = false;
  uint64_t cookie = 7;
  Who who{};
  uint32_t seq = 0;
  uint8_t tcp_flags = 0;
  uint8_t protocol = IPPROTO_UDP;
  uint16_t port = 53;
  uint32_t more = 0;  // bytes that the packet had beside the payload
  uint16_t segment_size = 0, urgent = 0;
};

inline Bytes packet_of(const Packet& p) {
  const auto type = p.protocol == IPPROTO_TCP ? SM_DNS_SEGMENT : p.answer ? SM_DNS_ANSWER : SM_DNS_QUESTION;
  sm_dns_question_record r{};  // the others are the same
  r.hdr = header(static_cast<uint16_t>(type), p.who);
  if (p.answer) r.hdr.pid = r.hdr.tid = 0;
  r.cookie = p.cookie;
  r.seq = p.seq;
  r.total = static_cast<uint32_t>(p.payload.size()) + p.more;
  const unsigned char server[] = {192, 0, 2, 53};
  std::memcpy(r.address.peer, server, sizeof server);
  r.address.peer_port = p.port;
  r.address.local_port = 40000;
  r.family = 4;
  r.protocol = p.protocol;
  r.answer = p.answer;
  r.tcp_flags = p.tcp_flags;
  r.segment_size = p.segment_size;
  r.urgent = p.urgent;
  return Bytes::of(r).text(offsetof(sm_dns_question_record, payload), p.payload).finish();
}

}  // namespace sysmon::test
