#include "binding/stats.h"

#include <iterator>

#include "core/schema.gen.h"

namespace sysmon {

Napi::Object stats_object(Napi::Env env, const SensorStats& s) {
  auto o = Napi::Object::New(env);
  const auto set = [](Napi::Object to, const char* name, uint64_t v) { to[name] = static_cast<double>(v); };
  set(o, "records", s.pipeline.records);
  set(o, "malformed", s.pipeline.malformed);
  set(o, "duplicates", s.pipeline.duplicates);
  set(o, "kernelThreads", s.pipeline.kernel_threads);
  set(o, "ruledOut", s.pipeline.ruled_out);
  set(o, "unwanted", s.pipeline.unwanted);
  set(o, "earlyExecs", s.pipeline.early_execs);
  set(o, "earlyExits", s.pipeline.early_exits);
  set(o, "events", s.pipeline.events);
  set(o, "late", s.pipeline.late);
  set(o, "hashTimeouts", s.pipeline.hash_timeouts);
  set(o, "waitingFull", s.pipeline.waiting_full);
  set(o, "processes", s.processes);
  set(o, "queueWaits", s.queue_waits);
  set(o, "batches", s.batches);
  set(o, "ioUring", s.kernel.io_uring);
  set(o, "resyncs", s.resyncs);
  set(o, "loadNs", s.load_ns);
  set(o, "snapshotNs", s.snapshot_ns);
  auto dns = Napi::Object::New(env);
  set(dns, "packets", s.dns.packets);
  set(dns, "malformed", s.dns.malformed);
  set(dns, "other", s.dns.other);
  set(dns, "unmatched", s.dns.unmatched);
  set(dns, "unowned", s.dns.unowned);
  set(dns, "unanswered", s.dns.unanswered);
  set(dns, "overflow", s.dns.overflow);
  set(dns, "unfollowed", s.dns.unfollowed);
  o["dns"] = dns;
  auto kernel = Napi::Object::New(env);
  for (const auto& r : schema::kRecords) {
    auto row = Napi::Object::New(env);
    set(row, "produced", s.kernel.produced[r.type]);
    set(row, "filtered", s.kernel.filtered[r.type]);
    auto dropped = Napi::Object::New(env);
    for (int reason = 0; reason < SM_DROP_REASONS; reason++)
      set(dropped, schema::kDropReasons[reason], s.kernel.dropped[r.type][reason]);
    row["dropped"] = dropped;
    kernel[r.name] = row;
  }
  o["kernel"] = kernel;
  auto programs = Napi::Object::New(env);
  for (const auto& [name, p] : s.programs) {
    auto row = Napi::Object::New(env);
    set(row, "runs", p.runs);
    set(row, "ns", p.ns);
    programs[name] = row;
  }
  o["programs"] = programs;
  auto executed = Napi::Object::New(env);
  set(executed, "files", s.executed.files);
  set(executed, "taken", s.executed.taken);
  set(executed, "found", s.executed.found);
  set(executed, "missed", s.executed.missed);
  set(executed, "evicted", s.executed.evicted);
  set(executed, "failed", s.executed.failed);
  set(executed, "overflows", s.executed.overflows);
  set(executed, "unmarked", s.executed.unmarked);
  o["executed"] = executed;
  auto archive = Napi::Object::New(env);
  set(archive, "kept", s.archive.kept);
  set(archive, "bytes", s.archive.bytes);
  set(archive, "duplicates", s.archive.duplicates);
  set(archive, "changed", s.archive.changed);
  set(archive, "totalBytes", s.archive.total_bytes);
  auto refused = Napi::Object::New(env);
  for (size_t why = 1; why < std::size(s.archive.refused); why++) set(refused, kRefusals[why], s.archive.refused[why]);
  archive["refused"] = refused;
  auto held = Napi::Object::New(env);
  set(held, "files", s.archive.held.files);
  set(held, "bytes", s.archive.held.bytes);
  set(held, "taken", s.archive.held.taken);
  set(held, "evicted", s.archive.held.evicted);
  set(held, "unmounted", s.archive.held.unmounted);
  set(held, "lowSpace", s.archive.held.low_space);
  set(held, "failed", s.archive.held.failed);
  set(held, "overflows", s.archive.held.overflows);
  archive["held"] = held;
  o["archive"] = archive;
  return o;
}

}  // namespace sysmon
