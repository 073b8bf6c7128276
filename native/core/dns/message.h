// DNS messages (RFC 1035), read from bytes that anybody may have sent.
//
// A library would refuse a message as a whole where anything in it is wrong, and so be blind to a question that has one
// byte too many behind it, which servers answer all the same; and it would hand out names with their odd bytes
// rewritten.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sysmon::dns {

enum RecordType : uint16_t {
  kA = 1,
  kNs = 2,
  kCname = 5,
  kSoa = 6,
  kPtr = 12,
  kMx = 15,
  kTxt = 16,
  kAaaa = 28,
  kSrv = 33,
  kDname = 39,
  kOpt = 41,
  kSpf = 99,
  kAny = 255
};

struct Question {
  std::string name;  // labels joined by dots, as bytes; "." for the root. A dot inside a label is \x2e.
  uint16_t type = 0, klass = 0;
};

struct Answer {
  std::string name;
  uint16_t type = 0, klass = 0;
  uint32_t ttl = 0;
  std::string text;     // without the type: address, name, or what else the record holds. Bytes; a semicolon is \x3b.
  std::string address;  // 4 or 16 bytes, of A and AAAA
};

struct Message {
  uint16_t id = 0;
  uint16_t rcode = 0;  // with the upper bits of EDNS
  bool response = false;
  bool truncated = false;  // by the server, to fit a packet
  bool complete = true;    // false: there are more answers than those that could be read
  bool broken = false;     // and that is because the bytes make no sense, not because they end
  std::vector<Question> questions;
  std::vector<Answer> answers;
};

enum class Kind {
  kMessage,
  kOther,      // well-formed, but neither a question nor its answer (notify, update)
  kMalformed,  // no DNS
};

// Bounds: what is beyond is not kept, and `complete` says so.
inline constexpr size_t kMaxQuestions = 16, kMaxAnswers = 1024, kMaxText = 32 << 10;

Kind parse(std::string_view bytes, Message* out);

// "AAAA"; "TYPE65280" if it has no name here (RFC 3597).
std::string type_name(uint16_t type);

// As DnsQuery prints them: "type:  5 name.example;::ffff:192.0.2.1;".
std::string results_of(const Message& m);

// As Windows numbers it: 0, 9003, 9501, ….
uint32_t status_of(const Message& m, uint16_t asked_type);

// Names are equal whatever the case of their letters.
bool same_name(std::string_view a, std::string_view b);

}  // namespace sysmon::dns
