#include "event/rule_fields.h"

#include "base/text.h"
#include "event/extra.h"

namespace sysmon {

using schema::FieldType;
using Kind = FieldOrigin::Kind;

static bool cut(std::string_view* name, std::string_view prefix) {
  if (name->substr(0, prefix.size()) != prefix) return false;
  name->remove_prefix(prefix.size());
  return true;
}

static FieldOrigin of_extra(const schema::Event& e, std::string_view name) {
  static constexpr struct {
    std::string_view name;
    Kind kind;
  } kOfAll[] = {{"hook", Kind::kHook},
                {"tier", Kind::kTier},
                {"uncertain", Kind::kUncertain},
                {"truncated", Kind::kTruncated},
                {"exposed", Kind::kExposed}};
  for (const auto& member : kOfAll)
    if (name == member.name) return {.kind = member.kind};
  if (cut(&name, "file.")) return {.kind = Kind::kFile, .key = name};
  for (uint16_t i = 0; i < e.extra_count; i++)
    if (name == e.extra[i].name) return {.kind = Kind::kMember, .field = &e.extra[i]};
  return {};
}

// `origin`, `remote`: what this version does not know has none.
FieldOrigin origin_of(const schema::Event& e, std::string_view name) {
  if (cut(&name, "extra.")) return of_extra(e, name);
  if (!cut(&name, "process.")) {
    for (uint16_t i = 0; i < e.field_count; i++)
      if (name == e.fields[i].name) return {.kind = Kind::kField, .field = &e.fields[i]};
    return {};
  }
  FieldOrigin origin{.kind = Kind::kProcess};
  if (cut(&name, "ancestors.")) origin.kind = Kind::kAncestors;
  while (cut(&name, "parent.")) origin.generations++;
  const auto query = process_query(name);
  if (!query) return {};
  origin.query = *query;
  return origin;
}

const std::vector<FieldOrigin>& FieldOrigins::of(const schema::Event& e) {
  auto& origins = known_[&e];
  if (origins.empty())
    for (const auto& field : engine_.fields()) origins.push_back(origin_of(e, field.name));
  return origins;
}

static std::string utc_text(const WallTime& t) { return utc_text(int64_t{t.sec}, t.usec * 1000); }

static std::string of_file(const sm_file* f, std::string_view member) {
  if (!f) return "-";
  if (member == "dev") return device_text(f->dev);
  if (member == "inode") return std::to_string(f->ino);
  if (member == "size") return std::to_string(f->size);
  if (member == "mode") return std::to_string(f->mode);
  if (member == "mtime") return iso_text(static_cast<int64_t>(f->mtime_sec), f->mtime_nsec);
  return "-";
}

std::string RuleFields::text(const FieldOrigin& origin) const {
  switch (origin.kind) {
    case Kind::kNothing:
      return "-";
    case Kind::kField:
      return value(*origin.field);
    case Kind::kMember: {
      // A member that is not true is not there.
      std::string text = value(*origin.field);
      return text == "false" && origin.field->type == FieldType::Bool ? "-" : text;
    }
    case Kind::kHook:
      return hook_of(event_, record_).name;
    case Kind::kTier:
      return hook_of(event_, record_).tier;
    case Kind::kUncertain:
      return process_.uncertain ? "true" : "-";
    case Kind::kTruncated:
      return joined(truncated_fields(event_, record_, process_));
    case Kind::kExposed:
      return joined(exposed_fields(event_, record_));
    case Kind::kFile:
      return of_file(file_of(event_, record_), origin.key);
    case Kind::kProcess: {
      const Process* p = &process_;
      for (unsigned i = 0; p && i < origin.generations; i++) p = p->parent;
      return p ? process_text(*p, origin.query, facts_, &incomplete_) : "-";
    }
    case Kind::kAncestors:
      return of_ancestors(origin.query);
  }
  return "-";
}

std::string RuleFields::value(const schema::Field& f) const {
  if (f.op == schema::Op::Process) return of_process(f);
  std::string made;
  const Value v = values_.of(f, &made);
  switch (v.kind) {
    case Value::Kind::kNothing:
      return "-";
    case Value::Kind::kPending:
      incomplete_ = true;
      return "-";
    case Value::Kind::kNumber:
      return std::to_string(v.number);
    case Value::Kind::kChoice:
      return std::string(choice_of(f, v.number));
    case Value::Kind::kFlag:
      return v.number ? "true" : "false";
    case Value::Kind::kEventTime:
      return utc_text(facts_->clock.wall(record_.header->time));
    case Value::Kind::kText:  // the only one in its buffer
      return made;
    case Value::Kind::kRepeating:
    case Value::Kind::kCommandLine:
      return std::string(v.text);
  }
  return "-";
}

// What a process that takes part in the event says of itself.
std::string RuleFields::of_process(const schema::Field& f) const {
  const Process* p = values_.who(f.who);
  if (!p)  // as JavaScript has it
    return f.type == FieldType::Guid ? "{00000000-0000-0000-0000-000000000000}" : f.type == FieldType::U32 ? "0" : "-";
  return f.type == FieldType::Time ? utc_text(p->start) : process_text(*p, {f.process_field, {}}, facts_, &incomplete_);
}

std::string RuleFields::of_ancestors(const ProcessQuery& query) const {
  std::string out;
  bool first = true;
  for (const Process* p = process_.parent; p; p = p->parent)
    if (const std::string value = process_text(*p, query, facts_, &incomplete_); value != "-")
      join(&out, &first, value);
  return first ? "-" : out;
}

}  // namespace sysmon
