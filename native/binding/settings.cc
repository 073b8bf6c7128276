#include "binding/settings.h"

namespace sysmon {

Settings settings_of(const Napi::Object& o) {
  Settings s;
  const auto number = [&o](const char* name) { return o.Get(name).As<Napi::Number>().Int64Value(); };
  const auto events = o.Get("events").As<Napi::Array>();
  for (uint32_t i = 0; i < events.Length(); i++)
    s.events.push_back(static_cast<uint16_t>(events.Get(i).As<Napi::Number>().Uint32Value()));
  const auto names = o.Get("environment").As<Napi::Array>();
  for (uint32_t i = 0; i < names.Length(); i++) s.env.push_back(names.Get(i).As<Napi::String>());
  const auto plan = o.Get("plan").As<Napi::Uint8Array>();
  s.plan.assign(plan.Data(), plan.Data() + plan.ByteLength());
  s.btf_path = o.Get("btfPath").As<Napi::String>();
  s.ring_bytes = static_cast<uint64_t>(number("ringBytes"));
  s.hash_algorithms = static_cast<uint32_t>(number("hashAlgorithms"));
  s.hash_source = static_cast<HashSource>(number("hashSource"));
  s.hash_timeout_ms = static_cast<uint32_t>(number("hashTimeoutMs"));
  s.recent_connections = o.Get("recentConnections").As<Napi::Boolean>();
  s.measure = o.Get("measure").As<Napi::Boolean>();
  s.pushdown = o.Get("pushdown").As<Napi::Boolean>();
  s.mdns = o.Get("mdns").As<Napi::Boolean>();
  s.origin = o.Get("origin").As<Napi::Boolean>();
  s.flush_interval_ms = static_cast<uint32_t>(number("flushIntervalMs"));
  const auto archive = o.Get("archive").As<Napi::Object>();
  const auto in_archive = [&archive](const char* name) { return archive.Get(name).As<Napi::Number>().Int64Value(); };
  s.archive.directory = archive.Get("directory").As<Napi::String>();
  s.archive.max_file_bytes = static_cast<uint64_t>(in_archive("maxFileBytes"));
  s.archive.max_total_bytes = static_cast<uint64_t>(in_archive("maxTotalBytes"));
  s.archive.min_free_percent = static_cast<uint32_t>(in_archive("minFreePercent"));
  s.archive.timeout_ms = static_cast<uint32_t>(in_archive("timeoutMs"));
  s.archive.hold_files = static_cast<uint32_t>(in_archive("holdFiles"));
  s.archive.hold_bytes = static_cast<uint64_t>(in_archive("holdBytes"));
  const auto hold = archive.Get("hold").As<Napi::Array>();
  for (uint32_t i = 0; i < hold.Length(); i++) s.archive.hold.push_back(hold.Get(i).As<Napi::String>());
  const auto scope = o.Get("scope").As<Napi::Object>();
  s.scope.pid = scope.Get("pid").As<Napi::Number>().Uint32Value();
  s.scope.cgroup = scope.Get("cgroup").As<Napi::String>();
  s.scope.spawned = scope.Get("spawned").As<Napi::Boolean>();
  const auto redactions = o.Get("redactions").As<Napi::Array>();
  for (uint32_t i = 0; i < redactions.Length(); i++) {
    const auto r = redactions.Get(i).As<Napi::Object>();
    const auto text = [&r](const char* name) { return r.Get(name).As<Napi::String>().Utf8Value(); };
    s.redactions.push_back({text("field"), text("pattern"), text("replace")});
  }
  const auto watched = o.Get("watchFiles").As<Napi::Array>();
  for (uint32_t i = 0; i < watched.Length(); i++) s.watch_files.push_back(watched.Get(i).As<Napi::String>());
  const auto throttle = o.Get("throttle").As<Napi::Object>();
  s.throttle.per_second = throttle.Get("perSecond").As<Napi::Number>().Uint32Value();
  s.throttle.by = static_cast<ThrottleSettings::By>(throttle.Get("by").As<Napi::Number>().Uint32Value() % 3);
  const auto throttled = throttle.Get("events").As<Napi::Array>();
  for (uint32_t i = 0; i < throttled.Length(); i++)
    s.throttle.events.push_back(static_cast<uint16_t>(throttled.Get(i).As<Napi::Number>().Uint32Value()));
  s.flow_seconds = static_cast<uint32_t>(number("flowSeconds"));
  s.failed_connects = o.Get("failedConnects").As<Napi::Boolean>();
  s.failed_access = o.Get("failedAccess").As<Napi::Boolean>();
  return s;
}

}  // namespace sysmon
