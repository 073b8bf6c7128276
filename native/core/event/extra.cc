#include "event/extra.h"

#include <arpa/inet.h>
#include <sys/wait.h>

#include "base/text.h"
#include "dns/message.h"
#include "event/location.h"

namespace sysmon {

bool has_field(const schema::Event& e, std::string_view name) {
  for (uint16_t i = 0; i < e.field_count; i++)
    if (name == e.fields[i].name) return true;
  return false;
}

const char* hook_of(const schema::Event& e, const Record& r) {
  return e.hooks ? e.hooks[reinterpret_cast<const uint8_t*>(r.header)[e.hook_offset]] : e.hook;
}

static const sm_location& location_of(const Record& r, const schema::Field& f) {
  return *reinterpret_cast<const sm_location*>(reinterpret_cast<const uint8_t*>(r.header) + f.wire_offset);
}

static void add_marked_locations(const schema::Event& e, const Record& r, uint32_t mark,
                                 std::vector<std::string>* out) {
  for (auto f = e.locations; *f; f++)
    if (location_of(r, **f).marks & mark) out->push_back((*f)->name);
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
  if (r.header->type == SM_DNS_QUERY && r.as<sm_dns_query_record>().attributes & SM_DNS_CUT_RESULTS)
    out.push_back("QueryResults");
  add_marked_locations(e, r, SM_LOCATION_CUT, &out);
  if (p.program->marks == 0) return out;
  const bool created = r.header->type == SM_EXEC;
  for (const auto& c : kCut)
    if (p.program->marks & c.marks && (created || has_field(e, c.field))) out.push_back(c.field);
  return out;
}

std::vector<std::string> exposed_fields(const schema::Event& e, const Record& r) {
  if (r.header->type == SM_NETWORK && r.as<sm_network_record>().marks & SM_NETWORK_USER_ADDRESS)
    return {"DestinationIsIpv6", "DestinationIp", "DestinationHostname", "DestinationPort", "DestinationPortName"};
  std::vector<std::string> out;
  add_marked_locations(e, r, SM_LOCATION_EXPOSED, &out);
  return out;
}

uint8_t transport_of(const Record& r) { return r.header->type == SM_NETWORK ? r.as<sm_network_record>().protocol : 0; }

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

static void add_network(const sm_network_record& n, std::vector<Member>* out) {
  if (n.error != 0) out->push_back({"errno", std::to_string(n.error), false});
  out->push_back({"netns", std::to_string(n.netns), false});
}

// "192.0.2.1:53", "[2001:db8::1]:53"
static std::string peer_of(const sm_address& a, uint8_t family) {
  char text[INET6_ADDRSTRLEN];
  inet_ntop(family == 4 ? AF_INET : AF_INET6, a.peer, text, sizeof text);
  const std::string address = text;
  return (family == 4 ? address : '[' + address + ']') + ':' + std::to_string(a.peer_port);
}

static void add_dns(const sm_dns_query_record& q, std::vector<Member>* out) {
  out->push_back({"queryType", dns::type_name(static_cast<uint16_t>(q.query_type)), true});
  out->push_back({"server", peer_of(q.address, q.family), true});
  out->push_back({"transport", q.protocol == IPPROTO_TCP ? "tcp" : "udp", true});
  if (q.attempts > 1) out->push_back({"attempts", std::to_string(q.attempts), false});
  if (q.attributes & SM_DNS_CUT_ANSWER) out->push_back({"answerTruncated", "true", false});
}

void own_members(const Record& r, std::vector<Member>* out) {
  switch (static_cast<sm_type>(r.header->type)) {
    case SM_EXIT:
      return add_exit_status(r.as<sm_exit_record>().exit_code, out);
    case SM_DNS_QUERY:
      return add_dns(r.as<sm_dns_query_record>(), out);
    case SM_FILE_CREATE:
      return add_flag("directory", r.as<sm_file_create_record>().directory, out);
    case SM_FILE_DELETE: {
      const auto& d = r.as<sm_file_delete_record>();
      add_flag("directory", d.directory, out);
      if (d.file.mode) out->push_back({"nlink", std::to_string(d.file.nlink), false});
      return;
    }
    case SM_NETWORK:
      return add_network(r.as<sm_network_record>(), out);
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
    case SM_URING:
    case SM_FORK:
    case SM_EXEC:
    case SM_ALIVE:
    case SM_DNS_PACKET:
      return;
  }
}

// Names of DNS may hold any byte.
static std::string raw_name(const Record& r) {
  if (r.header->type != SM_DNS_QUERY) return {};
  std::string text;
  if (append_text(r.text(r.as<sm_dns_query_record>().name), &text)) return {};
  return "\"QueryName\":\"" + base64(r.text(r.as<sm_dns_query_record>().name)) + '"';
}

const char* archive_note(const Kept& kept) {
  return kept.changed ? "changed" : kRefusals[static_cast<size_t>(kept.refusal)];
}

std::string extra_json(const schema::Event& e, const Record& r, const Process& p, const Findings& found, bool late) {
  std::string out;
  const auto add = [&out](std::string_view name, std::string_view value) {
    out += out.empty() ? "{\"" : ",\"";
    out.append(name).append("\":").append(value);
  };
  const char* hook = hook_of(e, r);
  if (hook != e.hook) add("hook", '"' + std::string(hook) + '"');
  const auto add_list = [&add](std::string_view name, const std::vector<std::string>& values) {
    std::string list;
    for (const auto& v : values) list += (list.empty() ? "[\"" : ",\"") + v + '"';
    if (!list.empty()) add(name, list + ']');
  };
  add_list("truncated", truncated_fields(e, r, p));
  add_list("exposed", exposed_fields(e, r));
  if (p.uncertain) add("uncertain", "true");
  if (late) add("late", "true");
  std::vector<Member> own;
  own_members(r, &own);
  for (const auto& m : own) add(m.name, m.text ? json_string(m.value) : m.value);
  if (!found.digest.text.empty() && !has_field(e, "Hashes")) add("hashes", json_string(found.digest.text));
  if (*found.digest.why) add("hash", '"' + std::string(found.digest.why) + '"');
  if (const char* note = archive_note(found.kept); *note) add("archive", '"' + std::string(note) + '"');
  if (!found.kept.name.empty()) add("archiveFile", json_string(found.kept.name));
  std::string raw = raw_name(r);
  for (const auto& [field, base64] : p.program->raw)
    if (has_field(e, field)) raw += (raw.empty() ? "" : ",") + ('"' + std::string(field) + "\":\"" + base64 + '"');
  for (auto f = e.locations; *f; f++) {
    const sm_location& l = location_of(r, **f);
    // Nearly all paths are text, and need not be put together once more to know it.
    if (is_text(r.text(l.path)) && is_text(r.text(l.base)) && is_text(r.text(l.name))) continue;
    const std::string path = path_of_location(r, l);
    std::string text;
    if (!append_text(path, &text))
      raw += (raw.empty() ? "\"" : ",\"") + std::string((*f)->name) + "\":\"" + base64(path) + '"';
  }
  if (!raw.empty()) add("raw", '{' + raw + '}');
  if (!out.empty()) out += '}';
  return out;
}

}  // namespace sysmon
