#include "dns/message.h"

#include <arpa/inet.h>

#include <algorithm>
#include <cstring>

namespace sysmon::dns {

namespace {

constexpr size_t kHeader = 12, kMaxName = 255;
constexpr char kHex[] = "0123456789abcdef";

void append_escaped(uint8_t c, std::string* out) {
  const char escaped[] = {'\\', 'x', kHex[c >> 4], kHex[c & 15]};
  out->append(escaped, sizeof escaped);
}

class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}
  size_t at = 0;

  size_t left() const { return bytes_.size() - at; }
  bool ended() const { return ended_; }
  std::string_view take(size_t n) {
    const std::string_view s = bytes_.substr(at, n);
    at += s.size();
    return s;
  }
  bool number(size_t n, uint32_t* out) {
    if (left() < n) return end();
    for (*out = 0; n > 0; n--) *out = *out << 8 | byte(at++);
    return true;
  }
  // A name, which may go on in an earlier part of the message, but never in a later one: so it always comes to an end.
  bool name(std::string* out) {
    size_t p = at, earliest = at, length = 1;
    bool jumped = false;
    out->clear();
    for (;;) {
      if (p >= bytes_.size()) return end();
      const uint8_t n = byte(p);
      if (n == 0) {
        if (!jumped) at = p + 1;
        if (out->empty()) *out = ".";
        return true;
      }
      if ((n & 0xc0) == 0xc0) {
        if (p + 1 >= bytes_.size()) return end();
        const size_t target = (n & 0x3fu) << 8 | byte(p + 1);
        if (target >= earliest || target < kHeader) return false;
        if (!jumped) at = p + 2;
        jumped = true;
        p = earliest = target;
        continue;
      }
      if (n & 0xc0) return false;  // forms that nobody uses
      if (p + 1 + n > bytes_.size()) return end();
      if ((length += n + 1u) > kMaxName) return false;
      if (!out->empty()) *out += '.';
      for (const char c : bytes_.substr(p + 1, n)) {
        if (c == '.')
          append_escaped('.', out);
        else
          *out += c;
      }
      p += n + 1u;
    }
  }

 private:
  uint8_t byte(size_t i) const { return static_cast<uint8_t>(bytes_[i]); }
  bool end() {
    ended_ = true;
    return false;
  }
  const std::string_view bytes_;
  bool ended_ = false;  // something lay beyond the end
};

// Entries are separated by semicolons: none may come from the packet.
void append_plain(std::string_view bytes, std::string* out) {
  for (const char c : bytes) {
    if (c == ';')
      append_escaped(';', out);
    else
      *out += c;
  }
}

void append_hex(std::string_view data, std::string* out) {
  for (const char c : data) {
    *out += kHex[static_cast<uint8_t>(c) >> 4];
    *out += kHex[c & 15];
  }
}

// The strings of a TXT record, put together as those who read them do.
bool append_strings(std::string_view data, std::string* out) {
  while (!data.empty()) {
    const auto n = static_cast<uint8_t>(data[0]);
    if (n >= data.size()) return false;
    append_plain(data.substr(1, n), out);
    data.remove_prefix(n + 1u);
  }
  return true;
}

// Bytes in front of the name in the data of a record; -1: there is no name that its text would be.
int name_offset(uint16_t type) {
  static constexpr struct {
    uint16_t type;
    int offset;
  } kNamed[] = {{kNs, 0}, {kCname, 0}, {kSoa, 0}, {kPtr, 0}, {kMx, 2}, {kSrv, 6}, {kDname, 0}};
  for (const auto& n : kNamed)
    if (n.type == type) return n.offset;
  return -1;
}

bool read_data(std::string_view message, size_t at, size_t length, Answer* a) {
  const std::string_view data = message.substr(at, length);
  const bool internet = (a->klass & 0x7fff) == 1;  // the upper bit belongs to multicast DNS
  char text[INET6_ADDRSTRLEN];
  if (internet && a->type == kA) {
    if (length != 4) return false;
    a->address = data;
    a->text = std::string("::ffff:") + inet_ntop(AF_INET, data.data(), text, sizeof text);
    return true;
  }
  if (internet && a->type == kAaaa) {
    if (length != 16) return false;
    a->address = data;
    a->text = inet_ntop(AF_INET6, data.data(), text, sizeof text);
    return true;
  }
  if (const int skip = name_offset(a->type); skip >= 0) {
    Reader name(message.substr(0, at + length));
    name.at = at + std::min<size_t>(static_cast<size_t>(skip), length);
    std::string plain;
    if (!name.name(&plain)) return false;
    append_plain(plain, &a->text);
    return true;
  }
  if (a->type == kTxt || a->type == kSpf) return append_strings(data, &a->text);
  append_hex(data, &a->text);
  return true;
}

// One record. `out`: null, if only its end is wanted.
bool read_record(std::string_view message, Reader* r, Answer* out, Answer* scratch) {
  Answer* a = out ? out : scratch;
  uint32_t type, klass, length;
  a->text.clear();
  a->address.clear();
  if (!r->name(&a->name) || !r->number(2, &type) || !r->number(2, &klass) || !r->number(4, &a->ttl) ||
      !r->number(2, &length))
    return false;
  a->type = static_cast<uint16_t>(type);
  a->klass = static_cast<uint16_t>(klass);
  const size_t at = r->at;
  if (r->take(length).size() != length) return r->number(1, &length);  // beyond the end: says so
  return !out || read_data(message, at, length, a);
}

void read_answers(std::string_view message, Reader* r, uint32_t count, Message* out) {
  size_t text = 0;
  for (uint32_t i = 0; i < count; i++) {
    out->complete = false;
    if (out->answers.size() == kMaxAnswers || text > kMaxText) return;
    Answer a;
    if (!read_record(message, r, &a, nullptr)) {
      out->broken = !r->ended();
      return;
    }
    out->complete = true;
    text += a.text.size() + a.name.size();
    out->answers.push_back(std::move(a));
  }
}

}  // namespace

Kind parse(std::string_view bytes, Message* out) {
  Reader r(bytes);
  uint32_t id, flags, questions, answers, authorities, additional;
  if (!r.number(2, &id) || !r.number(2, &flags) || !r.number(2, &questions) || !r.number(2, &answers) ||
      !r.number(2, &authorities) || !r.number(2, &additional))
    return Kind::kMalformed;
  out->id = static_cast<uint16_t>(id);
  out->response = flags & 0x8000;
  out->truncated = flags & 0x0200;
  out->rcode = flags & 15;
  const uint32_t opcode = flags >> 11 & 15;
  const bool other = opcode == 1 || opcode == 2 || (opcode >= 4 && opcode <= 6);
  if (opcode != 0 && !other) return Kind::kMalformed;
  // An answer may do without the question, as some servers' refusals do; and those of multicast DNS always.
  if (questions > kMaxQuestions || (questions == 0 && !out->response && !other)) return Kind::kMalformed;
  for (uint32_t i = 0; i < questions; i++) {
    Question q;
    uint32_t type, klass;
    if (!r.name(&q.name) || !r.number(2, &type) || !r.number(2, &klass)) return Kind::kMalformed;
    q.type = static_cast<uint16_t>(type);
    q.klass = static_cast<uint16_t>(klass);
    out->questions.push_back(std::move(q));
  }
  if (other) return Kind::kOther;
  if (!out->response) return Kind::kMessage;  // what a question brings along is no answer
  read_answers(bytes, &r, answers, out);
  if (!out->complete) return Kind::kMessage;
  Answer skipped;
  for (uint32_t i = 0; i < authorities + additional; i++) {
    if (!read_record(bytes, &r, nullptr, &skipped)) return Kind::kMessage;
    if (i >= authorities && skipped.type == kOpt) out->rcode |= static_cast<uint16_t>(skipped.ttl >> 24 << 4);
  }
  return Kind::kMessage;
}

std::string type_name(uint16_t type) {
  static constexpr struct {
    uint16_t type;
    const char* name;
  } kNames[] = {{1, "A"},      {2, "NS"},       {5, "CNAME"},       {6, "SOA"},     {12, "PTR"},    {13, "HINFO"},
                {15, "MX"},    {16, "TXT"},     {17, "RP"},         {24, "SIG"},    {25, "KEY"},    {28, "AAAA"},
                {29, "LOC"},   {33, "SRV"},     {35, "NAPTR"},      {36, "KX"},     {37, "CERT"},   {39, "DNAME"},
                {42, "APL"},   {43, "DS"},      {44, "SSHFP"},      {46, "RRSIG"},  {47, "NSEC"},   {48, "DNSKEY"},
                {49, "DHCID"}, {50, "NSEC3"},   {51, "NSEC3PARAM"}, {52, "TLSA"},   {53, "SMIMEA"}, {55, "HIP"},
                {59, "CDS"},   {60, "CDNSKEY"}, {61, "OPENPGPKEY"}, {62, "CSYNC"},  {63, "ZONEMD"}, {64, "SVCB"},
                {65, "HTTPS"}, {99, "SPF"},     {108, "EUI48"},     {109, "EUI64"}, {249, "TKEY"},  {250, "TSIG"},
                {251, "IXFR"}, {252, "AXFR"},   {255, "ANY"},       {256, "URI"},   {257, "CAA"}};
  for (const auto& n : kNames)
    if (n.type == type) return n.name;
  return "TYPE" + std::to_string(type);
}

std::string results_of(const Message& m) {
  std::string out;
  for (const auto& a : m.answers) {
    if (a.address.empty()) out += "type:  " + std::to_string(a.type) + ' ';
    out += a.text + ';';
  }
  return out;
}

uint32_t status_of(const Message& m, uint16_t asked_type) {
  constexpr uint32_t kResponseCodes = 9000, kNoRecords = 9501;
  if (m.rcode != 0) return kResponseCodes + m.rcode;
  const bool found = std::any_of(m.answers.begin(), m.answers.end(),
                                 [&](const Answer& a) { return a.type == asked_type || asked_type >= 251; });
  return found || !m.complete || m.truncated ? 0 : kNoRecords;
}

bool same_name(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [&](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace sysmon::dns
