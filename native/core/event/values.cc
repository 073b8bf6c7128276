#include "event/values.h"

#include <cstring>

#include "base/text.h"
#include "event/extra.h"
#include "event/location.h"

namespace sysmon {

using schema::Op;
using Kind = Value::Kind;

static Value repeating(std::string_view text) { return {text.empty() ? Kind::kNothing : Kind::kRepeating, 0, text}; }

static Value repeating(const std::string* text) { return text ? repeating(*text) : Value{}; }

// What stands behind the first `before` bytes of the buffer.
static Value text_of(const std::string& buffer, size_t before) {
  return {Kind::kText, 0, std::string_view(buffer).substr(before)};
}

static Value text_or_nothing(const std::string& buffer, size_t before) {
  return buffer.size() == before ? Value{} : text_of(buffer, before);
}

Value Values::of(const schema::Field& f, std::string* buffer) const {
  const auto* at = reinterpret_cast<const uint8_t*>(record_.header) + f.wire_offset;
  const size_t before = buffer->size();
  uint32_t number = 0;
  sm_text text{};
  if (f.wire_size <= 4) std::memcpy(&number, at, f.wire_size);
  if (f.wire_size == sizeof text) std::memcpy(&text, at, sizeof text);
  switch (f.op) {
    case Op::Number:
      return {Kind::kNumber, number};
    case Op::Choice:
      return {Kind::kChoice, number};
    case Op::Flag:
      return {Kind::kFlag, number};
    case Op::Ipv6:
      return {Kind::kFlag, is_ipv6(at)};
    case Op::Time:
      return {Kind::kEventTime};
    case Op::Text:
      append_text(record_.text(text), buffer);
      return text_or_nothing(*buffer, before);
    case Op::Path:
      append_text(path_of(record_.text(text), false, false), buffer);
      return text_of(*buffer, before);
    case Op::Location: {
      sm_location l;
      std::memcpy(&l, at, sizeof l);
      append_text(path_of_location(record_, l), buffer);
      return text_or_nothing(*buffer, before);
    }
    case Op::Argv: {
      // An exec that has just made the program of the process has the same arguments: they need no second look.
      const std::string& known = process_.program->command_line.text;
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
      const std::string* user = facts_->users.find(number, facts_->now);
      return user ? repeating(*user) : Value{Kind::kPending};
    }
    case Op::Hashes:
      return found_ ? repeating(found_->digest.text) : Value{Kind::kPending};
    case Op::Archived:
      return found_ ? repeating(std::string_view(found_->kept.name.empty() ? "false" : "true")) : Value{Kind::kPending};
    case Op::Created:
      if (number == 0) return {Kind::kEventTime};
      return found_ ? repeating(found_->birth) : Value{Kind::kPending};
    case Op::Hostname:
      return repeating(facts_->hostnames.find(address_of(at, true), facts_->now));
    case Op::Service:
      return repeating(facts_->services.find(transport_of(record_), static_cast<uint16_t>(number)));
    case Op::Protocol:
      return repeating(std::string_view(transport_name(static_cast<uint8_t>(number))));
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
