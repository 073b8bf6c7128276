// What passes the sockets, taken in as the worker does, and what came of it: for tests of the exchanges of DNS.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "dns/exchanges.h"
#include "dns_packets.h"
#include "entries.h"
#include "event/decoder.h"

namespace sysmon::test {
using dns::Exchanges;

inline const std::string kV4("\xc0\0\2\1", 4);
inline constexpr Who kAsker{kPid, kSecond, 1};

struct DnsSeen {
  std::string name, status, results;
  uint32_t type, attempts, attributes;
  uint8_t protocol;
  Process* process;
};

struct DnsRig {
  ProcessTable table{[](const Process&) {}};
  std::vector<DnsSeen> events;
  std::vector<std::string> learned;
  Exchanges exchanges{
      &table,
      {[this](const sm_header& h) { return table.insert(key_of(h), nullptr); },
       [this](const Record& r, Process* p) {
         const auto& q = r.as<sm_dns_query_record>();
         Record again{};
         EXPECT_EQ(decode(r.header, r.header->size, &again), DecodeError::kNone);
         events.push_back({std::string(r.text(q.name)), std::string(r.text(q.status)), std::string(r.text(q.results)),
                           q.query_type, q.attempts, q.attributes, q.protocol, p});
       },
       [this](const dns::Answer& a, const std::string& asked, int64_t) { learned.push_back(asked + '=' + a.text); }}};
  int64_t now = 1;

  void take(Packet p) {
    if (p.who.pid == kPid && p.who.start == kSecond) p.who = kAsker;
    Bytes b = packet_of(p);
    Record r{};
    ASSERT_EQ(decode(b.data(), b.size(), &r), DecodeError::kNone);
    exchanges.packet(r, now);
  }
  void ask(const Dns& d = {}, Packet p = {}) {
    p.payload = d.bytes();
    take(p);
  }
  void reply(Dns d = {}, Packet p = {}) {
    d.flags |= 0x8000;
    p.payload = d.bytes();
    p.answer = true;
    take(p);
  }
  const dns::Stats& stats() const { return exchanges.stats(); }
};

inline Dns with_address(Dns d = {}) {
  d.answers = {record(pointer(kQuestionAt), 1, kV4)};
  return d;
}
inline std::string tcp(const std::string& message) { return be16(static_cast<unsigned>(message.size())) + message; }
}  // namespace sysmon::test
