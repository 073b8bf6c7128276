#include "extra.h"

#include <sys/wait.h>

#include "location.h"
#include "text.h"

namespace sysmon {

static bool has_field(const schema::Event& e, std::string_view name) {
  for (uint16_t i = 0; i < e.field_count; i++)
    if (name == e.fields[i].name) return true;
  return false;
}

// The field that holds the path of the file that the event is about.
static const char* location_field(const schema::Event& e) {
  for (uint16_t i = 0; i < e.field_count; i++)
    if (e.fields[i].op == schema::Op::Location) return e.fields[i].name;
  return "";
}

const char* hook_of(const schema::Event& e, const Record& r) { return e.hooks ? e.hooks[reinterpret_cast<const uint8_t*>(r.header)[e.hook_offset]] : e.hook; }

std::vector<std::string> truncated_fields(const schema::Event& e, const Record& r, const Process& p) {
  static constexpr struct {
    uint16_t flag;
    const char* field;
  } kCut[] = {{SM_F_TRUNC_IMAGE, "Image"},
              {SM_F_TRUNC_CWD, "CurrentDirectory"},
              {SM_F_TRUNC_ARGV | SM_F_FAULT_ARGV, "CommandLine"},
              {SM_F_TRUNC_ENV | SM_F_FAULT_ENV, "process.env"},
              {SM_F_TRUNC_STDIO, "process.stdio"},
              {SM_F_TRUNC_SCRIPT, "process.script"}};
  std::vector<std::string> out;
  if (r.header->flags & SM_F_TRUNC_TARGET) out.push_back(location_field(e));
  if (p.program->flags == 0) return out;
  const bool created = r.header->type == SM_EXEC;
  for (const auto& c : kCut)
    if (p.program->flags & c.flag && (created || has_field(e, c.field))) out.push_back(c.field);
  return out;
}

std::vector<std::string> exposed_fields(const schema::Event& e, const Record& r) {
  if (r.header->flags & SM_F_EXPOSED_TARGET) return {location_field(e)};
  return {};
}

const sm_file* file_of(const schema::Event& e, const Record& r) {
  if (!e.file_offset) return nullptr;
  const auto* f = reinterpret_cast<const sm_file*>(reinterpret_cast<const uint8_t*>(r.header) + e.file_offset);
  return f->mode ? f : nullptr;
}

static void add_flag(const char* name, bool value, std::vector<Member>* out) {
  if (value) out->push_back({name, "true", false});
}

static void add_exit_status(uint32_t exit_code, std::vector<Member>* out) {
  const auto status = static_cast<int>(exit_code);
  if (!WIFSIGNALED(status)) return void(out->push_back({"exitCode", std::to_string(WEXITSTATUS(status)), false}));
  out->push_back({"signal", std::to_string(WTERMSIG(status)), false});
  if (WCOREDUMP(status)) out->push_back({"coreDump", "true", false});
}

void own_members(const Record& r, std::vector<Member>* out) {
  switch (static_cast<sm_type>(r.header->type)) {
    case SM_EXIT:
      return add_exit_status(r.as<sm_exit_record>().exit_code, out);
    case SM_FILE_CREATE:
      return add_flag("directory", r.as<sm_file_create_record>().directory, out);
    case SM_FILE_DELETE: {
      const auto& d = r.as<sm_file_delete_record>();
      add_flag("directory", d.directory, out);
      if (d.file.mode) out->push_back({"nlink", std::to_string(d.file.nlink), false});
      return;
    }
    case SM_RAW_ACCESS: {
      const auto& a = r.as<sm_raw_access_record>();
      static constexpr const char* kAccess[] = {"read", "write", "readWrite", "-"};
      out->push_back({"access", kAccess[a.access & 3], true});
      out->push_back({"device", std::to_string(a.rdev >> 20) + ':' + std::to_string(a.rdev & 0xfffff), true});
      return;
    }
    case SM_FILE_MODIFY:
    case SM_PIPE_CREATE:
    case SM_PIPE_CONNECT:
    case SM_FILE_TIME:
    case SM_FORK:
    case SM_EXEC:
    case SM_ALIVE:
      return;
  }
}

const char* archive_note(const Kept& kept) { return kept.changed ? "changed" : kRefusals[static_cast<size_t>(kept.refusal)]; }

std::string extra_json(const schema::Event& e, const Record& r, const Process& p, const Findings& found, bool late) {
  std::string out;
  const auto add = [&out](std::string_view name, std::string_view value) {
    out += out.empty() ? "{\"" : ",\"";
    out.append(name).append("\":").append(value);
  };
  const char* hook = hook_of(e, r);
  if (hook != e.hook) add("hook", '"' + std::string(hook) + '"');
  std::string cut;
  for (const auto& field : truncated_fields(e, r, p)) cut += (cut.empty() ? "\"" : ",\"") + field + '"';
  if (!cut.empty()) add("truncated", '[' + cut + ']');
  std::string exposed;
  for (const auto& field : exposed_fields(e, r)) exposed += (exposed.empty() ? "\"" : ",\"") + field + '"';
  if (!exposed.empty()) add("exposed", '[' + exposed + ']');
  if (p.uncertain) add("uncertain", "true");
  if (late) add("late", "true");
  std::vector<Member> own;
  own_members(r, &own);
  for (const auto& m : own) add(m.name, m.text ? json_string(m.value) : m.value);
  if (*found.digest.why && found.digest.text.empty()) add("hash", '"' + std::string(found.digest.why) + '"');
  if (const char* note = archive_note(found.kept); *note) add("archive", '"' + std::string(note) + '"');
  if (!found.kept.name.empty()) add("archiveFile", json_string(found.kept.name));
  std::string raw;
  for (const auto& [field, base64] : p.program->raw)
    if (has_field(e, field)) raw += (raw.empty() ? "" : ",") + ('"' + std::string(field) + "\":\"" + base64 + '"');
  for (uint16_t i = 0; i < e.field_count; i++) {
    if (e.fields[i].op != schema::Op::Location) continue;
    const std::string path = path_of_location(r, *reinterpret_cast<const sm_location*>(reinterpret_cast<const uint8_t*>(r.header) + e.fields[i].wire_offset));
    std::string text;
    if (!append_text(path, &text)) raw += (raw.empty() ? "\"" : ",\"") + std::string(e.fields[i].name) + "\":\"" + base64(path) + '"';
  }
  if (!raw.empty()) add("raw", '{' + raw + '}');
  if (!out.empty()) out += '}';
  return out;
}

}  // namespace sysmon
