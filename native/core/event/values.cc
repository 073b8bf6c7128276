#include "event/values.h"

#include <arpa/inet.h>
#include <sys/wait.h>

#include <algorithm>
#include <cstdio>
#include <cstring>

#include "base/text.h"
#include "dns/message.h"
#include "event/file_attribute.h"
#include "event/location.h"
#include "event/mount_options.h"
#include "event/socket_names.h"
#include "process/program.h"

namespace sysmon {

using schema::Op;
using Kind = Value::Kind;

static Value repeating(std::string_view text) { return {text.empty() ? Kind::kNothing : Kind::kRepeating, 0, text}; }

// What `extra.archive` says.
static std::string_view archive_note(const Kept& kept) {
  return kept.changed ? "changed" : kRefusals[static_cast<size_t>(kept.refusal)];
}

static Value repeating(const std::string* text) { return text ? repeating(*text) : Value{}; }

// What stands behind the first `before` bytes of the buffer.
static Value text_of(const std::string& buffer, size_t before) {
  return {Kind::kText, 0, std::string_view(buffer).substr(before)};
}

static Value text_or_nothing(const std::string& buffer, size_t before) {
  return buffer.size() == before ? Value{} : text_of(buffer, before);
}

std::string_view choice_of(const schema::Field& f, uint32_t index) {
  std::string_view words = f.constant;
  for (; index > 0 && !words.empty(); index--)
    words.remove_prefix(std::min(words.size(), words.find(',') == words.npos ? words.size() : words.find(',') + 1));
  return words.empty() ? "-" : words.substr(0, words.find(','));
}

std::string device_text(uint32_t device) {
  return std::to_string(device >> 20) + ':' + std::to_string(device & 0xfffff);
}

static void append_taints(uint32_t taints, std::string* out) {
  for (size_t i = 0; i < kTaints.size(); i++)
    if (taints >> i & 1) *out += kTaints[i];
}

// The second argument of an origin.
static uint8_t other_byte(const Record& r, const schema::Field& f) {
  return reinterpret_cast<const uint8_t*>(r.header)[f.other_offset];
}

// "192.0.2.1:53", "[2001:db8::1]:53"
static std::string peer_text(const uint8_t* at, uint8_t family) {
  sm_address a;
  std::memcpy(&a, at, sizeof a);
  char text[INET6_ADDRSTRLEN];
  inet_ntop(family == 4 ? AF_INET : AF_INET6, a.peer, text, sizeof text);
  const std::string address = text;
  return (family == 4 ? address : '[' + address + ']') + ':' + std::to_string(a.peer_port);
}

// Those of `now` that are others in `other`: "mnt:4026531841,net:4026531840".
static void append_namespaces(const uint8_t* now, const uint8_t* other, std::string* out) {
  sm_task a{}, b{};
  std::memcpy(a.ns, now, sizeof a.ns);
  std::memcpy(b.ns, other, sizeof b.ns);
  const size_t before = out->size();
  for (size_t i = 0; i < std::size(a.ns); i++)
    if (a.ns[i] != b.ns[i])
      *out += (out->size() == before ? "" : ",") + std::string(namespace_name(i)) + ':' + std::to_string(a.ns[i]);
}

static std::string comma_joined(const std::vector<std::string>& words) {
  std::string out;
  for (const auto& w : words) out += (out.empty() ? "" : ",") + w;
  return out.empty() ? "none" : out;
}

static std::string numbers(const uint32_t* at, size_t n) {
  std::vector<std::string> words;
  for (size_t i = 0; i < n; i++) words.push_back(std::to_string(at[i]));
  return comma_joined(words);
}

static sm_credentials credentials_at(const uint8_t* at) {
  sm_credentials c;
  std::memcpy(&c, at, sizeof c);
  return c;
}

static uint64_t capabilities_of(const sm_credentials& c, std::string_view set) {
  return set == "permitted"     ? c.permitted
         : set == "inheritable" ? c.inheritable
         : set == "ambient"     ? c.ambient
                                : c.bounding;
}

// What the schema calls a part of credentials, as text. Of capabilities those that `other` has not.
static std::string credentials_text(const sm_credentials& c, const sm_credentials& other, std::string_view part) {
  if (part == "uids") return numbers(c.uids, std::size(c.uids));
  if (part == "gids") return numbers(c.gids, std::size(c.gids));
  if (part == "groups") return numbers(c.groups, std::min<size_t>(c.group_count, std::size(c.groups)));
  if (part == "userNamespace") return std::to_string(c.user_ns);
  if (part == "securebits") {
    char text[16];
    snprintf(text, sizeof text, "0x%x", c.securebits);
    return text;
  }
  return comma_joined(capability_names(capabilities_of(c, part) & ~capabilities_of(other, part)));
}

const Process* Values::who(schema::Who who) const {
  switch (who) {
    case schema::Who::Process:
      return &process_;
    case schema::Who::Parent:
      return process_.parent;
    case schema::Who::Target:
      return target_;
  }
  return nullptr;
}

static uint32_t number_at(const uint8_t* at, uint8_t size) {
  uint16_t half;
  uint32_t word;
  switch (size) {
    case 1:
      return *at;
    case 2:
      std::memcpy(&half, at, sizeof half);
      return half;
    case 4:
      std::memcpy(&word, at, sizeof word);
      return word;
  }
  return 0;
}

// What wait(2) reports of an end.
static Value of_status(Op op, int status) {
  const bool killed = WIFSIGNALED(status);
  if (op == Op::CoreDump) return {Kind::kFlag, killed && WCOREDUMP(status)};
  if (killed != (op == Op::ExitSignal)) return {};
  return {Kind::kNumber, static_cast<uint32_t>(killed ? WTERMSIG(status) : WEXITSTATUS(status))};
}

Value Values::of(const schema::Field& f, std::string* buffer) const {
  const auto* at = reinterpret_cast<const uint8_t*>(record_.header) + f.wire_offset;
  const size_t before = buffer->size();
  // Read where they are asked for: most fields need neither.
  const auto number_of = [&] { return number_at(at, f.wire_size); };
  const auto text_at = [&] {
    sm_text text;
    std::memcpy(&text, at, sizeof text);
    return text;
  };
  switch (f.op) {
    case Op::Number:
      return {Kind::kNumber, number_of()};
    case Op::Hex: {
      char text[16];
      std::snprintf(text, sizeof text, "0x%x", number_of());
      *buffer += text;
      return repeating(std::string_view(*buffer).substr(before));
    }
    case Op::Choice:
      return {Kind::kChoice, number_of()};
    case Op::Flag:
      return {Kind::kFlag, number_of()};
    case Op::Bit:
      return {Kind::kFlag, number_of() & f.bits};
    case Op::Known:
    case Op::Several: {
      const uint32_t number = number_of();
      return number < (f.op == Op::Known ? 1u : 2u) ? Value{} : Value{Kind::kNumber, number};
    }
    case Op::Ipv6:
      return {Kind::kFlag, is_ipv6(at)};
    case Op::Time:
      return {Kind::kEventTime};
    case Op::Text:
      append_text(record_.text(text_at()), buffer);
      return text_or_nothing(*buffer, before);
    case Op::Path:
      append_text(path_of(record_.text(text_at()), false, false), buffer);
      return text_or_nothing(*buffer, before);
    case Op::Location: {
      sm_location l;
      std::memcpy(&l, at, sizeof l);
      append_text(path_of_location(record_, l), buffer);
      return text_or_nothing(*buffer, before);
    }
    case Op::Argv: {
      // An exec that has just made the program of the process has the same arguments: they need no second look.
      const std::string& known = process_.program->command_line.text;
      const sm_text text = text_at();
      if (text.len == 0 || process_.fresh) return {Kind::kCommandLine, 0, known};
      append_command_line(record_.text(text), buffer);
      if (std::string_view(*buffer).substr(before) != known) return text_of(*buffer, before);
      buffer->resize(before);
      return {Kind::kCommandLine, 0, known};
    }
    case Op::Address:
      append_address(at, buffer);
      return text_of(*buffer, before);
    case Op::Stamp: {
      sm_stamp stamp;
      std::memcpy(&stamp, at, sizeof stamp);
      if (!stamp.known) return {};
      *buffer += stamp_text(stamp);
      return repeating(std::string_view(*buffer).substr(before));
    }
    case Op::User: {
      const std::string* user = facts_->users.find(number_of(), facts_->now);
      return user ? repeating(*user) : Value{Kind::kPending};
    }
    case Op::Hashes:
      return found_ ? repeating(found_->digest.text) : Value{Kind::kPending};
    case Op::Archived:
      return found_ ? Value{Kind::kFlag, found_->kept.name.empty() ? 0u : 1u} : Value{Kind::kPending};
    case Op::HashNote:
      return found_ ? repeating(std::string_view(found_->digest.why)) : Value{Kind::kPending};
    case Op::ArchiveNote:
      return found_ ? repeating(archive_note(found_->kept)) : Value{Kind::kPending};
    case Op::ArchiveFile:
      return found_ ? repeating(std::string_view(found_->kept.name)) : Value{Kind::kPending};
    case Op::Created:
      if (number_of() == 0) return {Kind::kEventTime};
      return found_ ? repeating(found_->birth) : Value{Kind::kPending};
    case Op::Hostname:
      return repeating(facts_->hostnames.find(address_of(at, true), facts_->now));
    case Op::Service:
      return repeating(facts_->services.find(other_byte(record_, f), static_cast<uint16_t>(number_of())));
    case Op::Protocol:
      return repeating(std::string_view(transport_name(static_cast<uint8_t>(number_of()))));
    case Op::SocketProtocol: {
      const auto family = number_at(reinterpret_cast<const uint8_t*>(record_.header) + f.other_offset, 2);
      *buffer += socket_protocol_name(static_cast<uint16_t>(number_of()), static_cast<uint16_t>(family));
      return text_of(*buffer, before);
    }
    case Op::Attribute: {
      uint32_t values[2];
      std::memcpy(values, at, sizeof values);
      *buffer += file_attribute(other_byte(record_, f), values);
      return text_or_nothing(*buffer, before);
    }
    case Op::MountOptions: {
      const uint32_t flags = number_at(reinterpret_cast<const uint8_t*>(record_.header) + f.other_offset, 4);
      append_text(mount_options(flags, record_.text(text_at())), buffer);
      return text_or_nothing(*buffer, before);
    }
    case Op::Peer:
      *buffer += peer_text(at, other_byte(record_, f));
      return text_of(*buffer, before);
    case Op::DnsType:
      *buffer += dns::type_name(static_cast<uint16_t>(number_of()));
      return text_of(*buffer, before);
    case Op::Taints:
      append_taints(number_of(), buffer);
      return text_or_nothing(*buffer, before);
    case Op::Device:
      *buffer += device_text(number_of());
      return text_of(*buffer, before);
    case Op::Namespaces:
      append_namespaces(at, reinterpret_cast<const uint8_t*>(record_.header) + f.other_offset, buffer);
      return text_or_nothing(*buffer, before);
    case Op::Capabilities:
      *buffer += comma_joined(capability_names(credentials_at(at).effective));
      return repeating(std::string_view(*buffer).substr(before));
    case Op::Credentials: {
      const sm_credentials one = credentials_at(at);
      const auto other = credentials_at(reinterpret_cast<const uint8_t*>(record_.header) + f.other_offset);
      const std::string text = credentials_text(one, other, f.constant);
      if (text == credentials_text(other, one, f.constant)) return {};
      *buffer += text;
      return repeating(std::string_view(*buffer).substr(before));
    }
    case Op::Links: {
      sm_file file;
      std::memcpy(&file, at, sizeof file);
      return file.mode ? Value{Kind::kNumber, file.nlink} : Value{};
    }
    case Op::ExitCode:
    case Op::ExitSignal:
    case Op::CoreDump:
      return of_status(f.op, static_cast<int>(number_of()));
    case Op::Const:
      return repeating(std::string_view(f.constant));
    case Op::Rule:
      return repeating(rule_);
    case Op::Process:  // the record of the process tells it
    case Op::Sdk:      // JavaScript fills it in
      return {};
  }
  return {};
}

}  // namespace sysmon
