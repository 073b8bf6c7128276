// What a sensor is told. Plain data: checked in TypeScript, rechecked where safety asks for it.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace sysmon {

enum HashAlgorithm : uint32_t { kSha1 = 1, kMd5 = 2, kSha256 = 4 };

// How executed files are reached whose digest is wanted: by what leads to them afterwards, or by holding them open from
// before they run.
enum class HashSource : uint32_t { kPath, kAuto, kFanotify };

// Of the content of deleted files; without a directory there is none.
struct ArchiveSettings {
  std::string directory;
  uint64_t max_file_bytes = 0, max_total_bytes = 0;
  uint32_t min_free_percent = 0;  // of the file systems of the archive and of what is held
  uint32_t timeout_ms = 0;
  std::vector<std::string> hold;  // directories whose files are held open once they have been written
  uint32_t hold_files = 0;
  uint64_t hold_bytes = 0;
};

// Who is captured: a process with all that descends from it, what a thread makes when it says so, or those in a control
// group. None of them: everybody.
struct ScopeSettings {
  uint32_t pid = 0;
  std::string cgroup;
  bool spawned = false;
  bool all() const { return !tree() && cgroup.empty(); }
  bool tree() const { return pid != 0 || spawned; }
};

// No more than so many events a second of each of these.
struct ThrottleSettings {
  enum By : uint32_t { kProcess = 0, kCgroup = 1, kType = 2 };
  uint32_t per_second = 0;  // 0: as many as there are
  By by = kProcess;
  std::vector<uint16_t> events;  // Sysmon's ids of those that count
};

// What is taken out of texts before they go to JavaScript.
struct Redaction {
  std::string field;    // empty: all
  std::string pattern;  // RE2; empty: the default set
  std::string replace;
  bool operator==(const Redaction&) const = default;
};

struct Settings {
  bool addition = false;         // to a sensor that runs: the table of processes is kept there
  std::vector<uint16_t> events;  // Sysmon's ids
  std::vector<std::string> env;  // names of environment variables
  std::vector<uint8_t> plan;     // of the rules (native/core/rules/plan.h); empty: no rules
  std::string btf_path;          // empty: the kernel's own
  uint64_t ring_bytes = 8u << 20;
  uint32_t hash_algorithms = kSha256;
  HashSource hash_source = HashSource::kPath;
  uint32_t hash_timeout_ms = 250;
  uint32_t flush_interval_ms = 1;
  ArchiveSettings archive;
  ScopeSettings scope;
  std::vector<Redaction> redactions;
  std::vector<std::string> watch_files;  // whose opens are told: paths with stars
  ThrottleSettings throttle;
  uint32_t flow_seconds = 1800;  // a UDP flow is reported once in so long
  bool failed_connects = true;
  bool failed_access = false;
  bool origin = false;             // processes tell where they come from
  bool mdns = false;               // port 5353 as well
  bool recent_connections = true;  // of each process, those that rules drop as well
  bool measure = false;            // the kernel measures what programs take
  bool pushdown = true;            // rules are applied on the kernel side where that is certain
};

}  // namespace sysmon
