// No more than so many events a second of each process, control group or type: of those that the rules keep.
#pragma once
#include <cstdint>
#include <map>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "process/process_table.h"
#include "schema.gen.h"
#include "settings.h"

namespace sysmon {

// Of one process: pid 0: of several that are not told apart.
struct Suppressed {
  uint16_t event;
  uint64_t start;
  uint32_t pid;
  uint64_t count;
};

// Not thread-safe: the worker's.
class Throttle {
 public:
  static constexpr size_t kMost = 4096;  // that are counted apart in a second; others share one count

  explicit Throttle(const ThrottleSettings& settings) { set(settings); }
  // What was suppressed stays to be told.
  void set(const ThrottleSettings& settings);
  // False: it is suppressed, and counted. `boot_ns`: when it happened; seconds begin where those of the clock do.
  bool passes(const schema::Event& e, const Process& p, uint64_t boot_ns);
  // What was suppressed since this was asked last.
  std::vector<Suppressed> take();

 private:
  using Key = std::pair<uint64_t, uint64_t>;
  struct Hash {
    size_t operator()(const Key& k) const { return k.first * 0x9e3779b97f4a7c15 ^ k.second; }
  };
  Key key_of(const schema::Event& e, const Process& p) const;
  void suppress(const schema::Event& e, const Process& p);

  ThrottleSettings settings_;
  bool throttled_[256] = {};  // by id of the event
  uint64_t second_ = 0;
  std::unordered_map<Key, uint32_t, Hash> counts_;                         // of this second
  std::map<std::tuple<uint16_t, uint64_t, uint32_t>, uint64_t> untold_{};  // event, start, pid
};

}  // namespace sysmon
