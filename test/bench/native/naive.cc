// What an addon looks like that follows the first page of every tutorial.
#include <napi.h>

#include <cstdio>
#include <memory>
#include <unordered_map>

#include "base/clock.h"
#include "enrich/guid.h"
#include "plain.h"

namespace sysmon::bench {

namespace {

// Calls may wait in node's queue; beyond this the consumer waits, or memory would grow without end.
constexpr size_t kQueue = 1024;

struct Event {
  std::string utc_time, process_guid, image, command_line, cwd, user, logon_guid, logon_id, parent_guid, parent_image,
      parent_command_line, parent_user;
  uint32_t pid, session, parent_pid;
};

std::string utc(uint64_t boot_ns) {
  const int64_t wall = static_cast<int64_t>(boot_ns) + now_ns(CLOCK_REALTIME) - now_ns(CLOCK_BOOTTIME);
  const time_t second = wall / 1000000000;
  tm t;
  gmtime_r(&second, &t);
  char out[64];
  const size_t n = strftime(out, sizeof out, "%Y-%m-%d %H:%M:%S", &t);
  std::snprintf(out + n, sizeof out - n, ".%03d", static_cast<int>(wall / 1000000 % 1000));
  return out;
}

// The consumer's own memory of processes: enough for the parent's fields.
thread_local std::unordered_map<uint32_t, std::pair<std::string, std::string>> known;  // pid -> image, command line

void call_js(napi_env env, napi_value callback, void*, void* data) {
  std::unique_ptr<Event> e(static_cast<Event*>(data));
  if (!env) return;
  napi_value object, value, receiver;
  napi_create_object(env, &object);
  const auto text = [&](const char* name, const std::string& s) {
    napi_create_string_utf8(env, s.data(), s.size(), &value);
    napi_set_named_property(env, object, name, value);
  };
  const auto number = [&](const char* name, uint32_t n) {
    napi_create_uint32(env, n, &value);
    napi_set_named_property(env, object, name, value);
  };
  text("RuleName", "-");
  text("UtcTime", e->utc_time);
  text("ProcessGuid", e->process_guid);
  number("ProcessId", e->pid);
  text("Image", e->image);
  text("FileVersion", "-");
  text("Description", "-");
  text("Product", "-");
  text("Company", "-");
  text("OriginalFileName", "-");
  text("CommandLine", e->command_line);
  text("CurrentDirectory", e->cwd);
  text("User", e->user);
  text("LogonGuid", e->logon_guid);
  text("LogonId", e->logon_id);
  number("TerminalSessionId", e->session);
  text("IntegrityLevel", "no level");
  text("Hashes", "-");
  text("ParentProcessGuid", e->parent_guid);
  number("ParentProcessId", e->parent_pid);
  text("ParentImage", e->parent_image);
  text("ParentCommandLine", e->parent_command_line);
  text("ParentUser", e->parent_user);
  napi_get_undefined(env, &receiver);
  napi_call_function(env, receiver, callback, 1, &object, nullptr);
}

}  // namespace

NaiveAddon::NaiveAddon(Napi::Env env, Napi::Function callback) {
  const napi_value name = Napi::String::New(env, "naive");
  if (napi_create_threadsafe_function(env, callback, nullptr, name, kQueue, 1, nullptr, nullptr, nullptr, call_js,
                                      &function_) != napi_ok)
    throw Napi::Error::New(env, "napi_create_threadsafe_function failed");
}

NaiveAddon::~NaiveAddon() {
  if (function_) napi_release_threadsafe_function(function_, napi_tsfn_abort);
  stop();
}

void NaiveAddon::take(const Record& r) {
  PlainExec p;
  decode_plain(r, &p);
  auto e = std::make_unique<Event>();
  e->utc_time = utc(p.header.start);
  e->process_guid = guid(1, static_cast<uint32_t>(p.header.start / 1000000000), p.task.end_code);
  e->logon_guid = guid(1, 0, p.task.uid);
  e->logon_id = std::to_string(p.task.uid);
  e->user = "root";
  e->pid = p.header.pid;
  e->session = p.task.audit_session;
  e->parent_pid = p.task.ppid;
  e->parent_guid = guid(1, static_cast<uint32_t>(p.task.parent_start / 1000000000), p.task.end_code);
  e->parent_user = "root";
  auto& own = known[e->pid];
  own = {p.image, p.command_line};
  const auto& parent = known[e->parent_pid];
  e->parent_image = parent.first;
  e->parent_command_line = parent.second;
  e->image = std::move(p.image);
  e->command_line = std::move(p.command_line);
  e->cwd = std::move(p.cwd);
  if (napi_call_threadsafe_function(function_, e.get(), napi_tsfn_blocking) != napi_ok) return;
  e.release();
  count();
}

}  // namespace sysmon::bench
