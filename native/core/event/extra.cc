#include "event/extra.h"

#include <algorithm>
#include <cstring>
#include <optional>

#include "base/text.h"
#include "event/location.h"

namespace sysmon {

static bool has_field(const schema::Event& e, std::string_view name) {
  for (uint16_t i = 0; i < e.field_count; i++)
    if (name == e.fields[i].name) return true;
  return false;
}

static const uint8_t* bytes_of(const Record& r) { return reinterpret_cast<const uint8_t*>(r.header); }

const schema::Hook& hook_of(const schema::Event& e, const Record& r) {
  const uint16_t index = e.hook_offset ? bytes_of(r)[e.hook_offset] : e.usual_hook;
  return e.hooks[index < e.hook_count ? index : e.usual_hook];
}

static const sm_location& location_of(const Record& r, const schema::Field& f) {
  return *reinterpret_cast<const sm_location*>(bytes_of(r) + f.wire_offset);
}

// As it is called in lists of fields: those of Sysmon by their names alone.
static std::string name_of(const schema::Event& e, const schema::Field& f) {
  const bool sysmons = &f >= e.fields && &f < e.fields + e.field_count;
  return sysmons ? f.name : std::string("extra.") + f.name;
}

// What the marks of its locations say, and those that are the event's own.
static void add_marked(const schema::Event& e, const Record& r, bool truncated, std::vector<std::string>* out) {
  for (uint16_t i = 0; i < e.mark_count; i++) {
    const schema::Mark& m = e.marks[i];
    uint32_t word = 0;
    std::memcpy(&word, bytes_of(r) + m.wire_offset, m.wire_size);
    if (m.truncated != truncated || !(word & m.bits)) continue;
    for (const char* const* field = m.fields; *field; field++) out->emplace_back(*field);
  }
  for (const schema::Field* const* f = e.locations; *f; f++) {
    const sm_location& l = location_of(r, **f);
    if (truncated ? (l.marks & SM_LOCATION_CUT) != 0 : is_exposed(r, l)) out->push_back(name_of(e, **f));
  }
}

std::vector<std::string> truncated_fields(const schema::Event& e, const Record& r, const Process& p) {
  static constexpr struct {
    uint32_t marks;
    const char* field;
  } kCut[] = {{SM_EXEC_CUT_IMAGE, "Image"},
              {SM_EXEC_CUT_CWD, "CurrentDirectory"},
              {SM_EXEC_CUT_ARGV | SM_EXEC_FAULT_ARGV, "CommandLine"},
              {SM_EXEC_CUT_ENV | SM_EXEC_FAULT_ENV, "process.env"},
              {SM_EXEC_CUT_STDIO, "process.stdio"},
              {SM_EXEC_CUT_SCRIPT, "process.script"}};
  std::vector<std::string> out;
  add_marked(e, r, true, &out);
  if (p.program->marks == 0) return out;
  // Where the process begins, all of it is told.
  const bool created = e.content == schema::Content::Program;
  for (const auto& c : kCut)
    if (p.program->marks & c.marks && (created || has_field(e, c.field))) out.push_back(c.field);
  return out;
}

std::vector<std::string> exposed_fields(const schema::Event& e, const Record& r) {
  std::vector<std::string> out;
  add_marked(e, r, false, &out);
  return out;
}

const sm_file* file_of(const schema::Event& e, const Record& r) {
  if (!e.file_offset) return nullptr;
  const auto* f = reinterpret_cast<const sm_file*>(bytes_of(r) + e.file_offset);
  return f->mode ? f : nullptr;
}

namespace {

// The members of an object of JSON, one after the other. Those that have a dot in their names, and the same word in
// front of it, follow each other and are one object.
class Members {
 public:
  explicit Members(std::string* out) : out_(out) {}
  void add(std::string_view name, std::string_view json) {
    const size_t dot = name.find('.');
    const std::string_view group = dot == name.npos ? "" : name.substr(0, dot);
    const bool goes_on = !group.empty() && group == group_;
    if (!goes_on) end_group();
    *out_ += out_->empty() ? "{\"" : ",\"";
    if (!group.empty() && !goes_on) out_->append(group).append("\":{\"");
    group_ = group;
    out_->append(group.empty() ? name : name.substr(dot + 1)).append("\":").append(json);
  }
  void end() {
    end_group();
    if (!out_->empty()) *out_ += '}';
  }
  void add_text(std::string_view name, std::string_view text) { add(name, json_string(text)); }
  void add_list(std::string_view name, const std::vector<std::string>& values) {
    std::string list;
    for (const auto& v : values) list += (list.empty() ? "[\"" : ",\"") + v + '"';
    if (!list.empty()) add(name, list + ']');
  }

 private:
  void end_group() {
    if (!group_.empty()) *out_ += '}';
    group_ = "";
  }

  std::string* const out_;
  std::string_view group_;  // the one that is open
};

}  // namespace

// One that has nothing to say is left out.
static void add_member(const schema::Field& f, const Values& values, const Redactor& redactor,
                       std::vector<std::string>* redacted, Members* out) {
  std::string made;
  Value v = values.of(f, &made);
  std::optional<std::string> shown;
  if (redactor.enabled() && f.op == schema::Op::Text) shown = redactor.text(f.name, v.text);
  if (shown) {
    redacted->push_back("extra." + std::string(f.name));
    v.text = *shown;
  }
  switch (v.kind) {
    case Value::Kind::kNumber:
      return out->add(f.name, std::to_string(v.number));
    case Value::Kind::kFlag:
      if (v.number) out->add(f.name, "true");
      return;
    case Value::Kind::kChoice:
      if (const std::string_view word = choice_of(f, v.number); word != "-") out->add_text(f.name, word);
      return;
    case Value::Kind::kText:
    case Value::Kind::kRepeating:
      return out->add_text(f.name, v.text);
    case Value::Kind::kNothing:
    case Value::Kind::kPending:
    case Value::Kind::kEventTime:
    case Value::Kind::kCommandLine:
      return;
  }
}

// Exact bytes of what is not UTF-8.
static std::string raw_json(const schema::Event& e, const Record& r, const Process& p,
                            const std::vector<std::string>& redacted) {
  std::string out;
  const auto add = [&out, &redacted](const char* field, const std::string& base64) {
    // The exact bytes have the secret.
    if (std::find(redacted.begin(), redacted.end(), field) != redacted.end()) return;
    out += (out.empty() ? "{\"" : ",\"") + std::string(field) + "\":\"" + base64 + '"';
  };
  for (uint16_t i = 0; i < e.carried_count; i++) {
    const schema::Field& f = e.fields[e.carried[i]];
    if (f.op != schema::Op::Text) continue;
    sm_text t;
    std::memcpy(&t, bytes_of(r) + f.wire_offset, sizeof t);
    if (!is_text(r.text(t))) add(f.name, base64(r.text(t)));
  }
  for (const auto& [field, base64] : p.program->raw)
    if (has_field(e, field)) add(field, base64);
  for (const schema::Field* const* f = e.locations; *f; f++) {
    const sm_location& l = location_of(r, **f);
    // Nearly all paths are text, and need not be put together once more to know it.
    if (is_text(r.text(l.path)) && is_text(r.text(l.base)) && is_text(r.text(l.name))) continue;
    const std::string path = path_of_location(r, l);
    std::string text;
    if (!append_text(path, &text)) add(name_of(e, **f).c_str(), base64(path));
  }
  return out.empty() ? out : out + '}';
}

std::string extra_json(const schema::Event& e, const Record& r, const Process& p, const Values& values, bool late,
                       const Redactor& redactor, std::vector<std::string> redacted) {
  std::string out;
  Members members(&out);
  const schema::Hook &hook = hook_of(e, r), &usual = e.hooks[e.usual_hook];
  if (&hook != &usual) {
    members.add_text("hook", hook.name);
    if (std::strcmp(hook.tier, usual.tier) != 0) members.add_text("tier", hook.tier);
  }
  // Most events have nothing that could be marked, of a program whose record is whole.
  if (e.mark_count || e.locations[0] || p.program->marks) {
    members.add_list("truncated", truncated_fields(e, r, p));
    members.add_list("exposed", exposed_fields(e, r));
  }
  if (p.uncertain) members.add("uncertain", "true");
  if (late) members.add("late", "true");
  for (uint16_t i = 0; i < e.extra_count; i++) add_member(e.extra[i], values, redactor, &redacted, &members);
  members.add_list("redacted", redacted);
  if (const std::string raw = raw_json(e, r, p, redacted); !raw.empty()) members.add("raw", raw);
  members.end();
  return out;
}

}  // namespace sysmon
