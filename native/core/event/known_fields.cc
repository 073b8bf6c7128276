#include "event/known_fields.h"

#include <algorithm>
#include <cstddef>

#include "event/rule_fields.h"

namespace sysmon {

using rules::KnownAs;
using schema::Op;
using schema::ProcessField;

static_assert(rules::kDimensions == SM_PUSH_DIMENSIONS && rules::kPushTextBytes == SM_PUSH_TEXT);
static_assert(static_cast<int>(rules::Dimension::Tail) == SM_PUSH_TAIL);
static_assert(std::size(kPushed) <= 32);  // bits of Process::pushed

// What the record of a process says once and for all. Names of users, groups and containers are found out later, and
// parents can be.
static bool is_frozen(ProcessField f) {
  switch (f) {
    case ProcessField::StrongId:
    case ProcessField::Guid:
    case ProcessField::Pid:
    case ProcessField::Image:
    case ProcessField::CommandLine:
    case ProcessField::Argv:
    case ProcessField::Cwd:
    case ProcessField::Root:
    case ProcessField::Uid:
    case ProcessField::Gid:
    case ProcessField::Euid:
    case ProcessField::Egid:
    case ProcessField::Suid:
    case ProcessField::LoginUid:
    case ProcessField::Session:
    case ProcessField::Env:
    case ProcessField::Script:
    case ProcessField::Memfd:
    case ProcessField::Deleted:
      return true;
    default:
      return false;
  }
}

static KnownAs of_network(const schema::Field& f) {
  const bool source =
      f.wire_offset == offsetof(sm_network_record, source) || f.wire_offset == offsetof(sm_network_record, source_port);
  if (f.op == Op::Protocol) return KnownAs::Protocol;
  if (f.op == Op::Ipv6) return source ? KnownAs::SourceIsIpv6 : KnownAs::DestinationIsIpv6;
  if (f.op == Op::Address) return source ? KnownAs::Source : KnownAs::Destination;
  if (f.op == Op::Flag && f.wire_offset == offsetof(sm_network_record, initiated)) return KnownAs::Initiated;
  if (f.op != Op::Number) return KnownAs::Nothing;
  if (source) return KnownAs::SourcePort;
  return f.wire_offset == offsetof(sm_network_record, destination_port) ? KnownAs::DestinationPort : KnownAs::Nothing;
}

static KnownAs known_as(const schema::Event& e, const FieldOrigin& origin) {
  if (origin.kind == FieldOrigin::Kind::kProcess)
    return origin.generations == 0 && is_frozen(origin.query.field) ? KnownAs::Process : KnownAs::Nothing;
  if (origin.kind != FieldOrigin::Kind::kField) return KnownAs::Nothing;
  const schema::Field& f = *origin.field;
  if (f.op == Op::Process)
    return f.who == schema::Who::Process && is_frozen(f.process_field) ? KnownAs::Process : KnownAs::Nothing;
  if (e.wire_type == SM_NETWORK) return of_network(f);
  const uint32_t path = pushed_path_of(e.wire_type);
  return path && f.op == Op::Location && f.wire_offset == path ? KnownAs::Path : KnownAs::Nothing;
}

uint32_t pushed_path_of(uint16_t type) {
  switch (type) {
    case SM_FILE_CREATE:
      return offsetof(sm_file_create_record, target);
    case SM_FILE_DELETE:
      return offsetof(sm_file_delete_record, target);
    case SM_FILE_MODIFY:
      return offsetof(sm_file_modify_record, target);
    case SM_RAW_ACCESS:
      return offsetof(sm_raw_access_record, target);
    case SM_PIPE_CREATE:
      return offsetof(sm_pipe_create_record, target);
    case SM_PIPE_CONNECT:
      return offsetof(sm_pipe_connect_record, target);
    case SM_FILE_TIME:
      return offsetof(sm_file_time_record, target);
    case SM_IMAGE_LOAD:
      return offsetof(sm_image_load_record, target);
    case SM_FILE_OPEN:
      return offsetof(sm_file_open_record, target);
    case SM_FILE_ATTRIBUTE_CHANGE:
      return offsetof(sm_file_attribute_change_record, target);
  }
  return 0;
}

std::vector<rules::Pushdown::Record> pushed_records(const Settings& settings, const std::vector<uint16_t>& wanted) {
  std::vector<rules::Pushdown::Record> records;
  for (const uint16_t type : kPushed) {
    rules::Pushdown::Record r{type, {}};
    bool needed = type == SM_NETWORK && settings.recent_connections;  // whatever the rules say
    for (const auto& e : schema::kEvents) {
      if (e.wire_type != type) continue;
      needed |= settings.origin && e.for_origin;
      if (std::find(wanted.begin(), wanted.end(), e.id) != wanted.end()) r.events.push_back(e.id);
    }
    if (!needed) records.push_back(std::move(r));
  }
  return records;
}

rules::Knowledge knowledge_of(const rules::Engine* engine) {
  rules::Knowledge k;
  k.protocols = {{6, "tcp"}, {17, "udp"}};
  if (!engine) return k;
  std::map<std::pair<uint32_t, uint32_t>, KnownAs> known;  // by event and field
  for (const auto& e : schema::kEvents)
    for (uint32_t i = 0; i < engine->fields().size(); i++)
      if (const KnownAs as = known_as(e, origin_of(e, engine->fields()[i].name)); as != KnownAs::Nothing)
        known[{e.id, i}] = as;
  k.of = [known = std::move(known)](uint32_t event, uint32_t field) {
    const auto found = known.find({event, field});
    return found == known.end() ? KnownAs::Nothing : found->second;
  };
  return k;
}

}  // namespace sysmon
