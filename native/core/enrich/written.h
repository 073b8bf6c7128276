// Digests of files that are being written: taken once nobody has them open for writing any more.
#pragma once
#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/pool.h"
#include "base/wire.h"
#include "enrich/hashes.h"

namespace sysmon {

class WrittenFiles {
 public:
  // How many open files may write to the file that this descriptor of ours is open on; negative: it cannot be known.
  // Called on pool threads.
  using Writers = std::function<int(int fd)>;

  static constexpr unsigned kMaxOpen = 128;  // descriptors kept between looks; the host needs some as well

  // `read`: where others look for what was read; null: nobody does.
  WrittenFiles(Pools* pools, uint32_t algorithms, KnownDigests* read = nullptr)
      : pools_(pools), algorithms_(algorithms), read_(read) {}
  void set_writers(Writers writers) { writers_ = std::move(writers); }
  void set_runs(AskRuns runs) { runs_ = std::move(runs); }

  // Opens the file at once: that it gets another name meanwhile, or loses its own, does no harm; beyond kMaxOpen it is
  // opened anew each time. Looks again and again, until `deadline` at most. `done` runs on the worker, in the pool's
  // collect() or in tick(). False: too much is waiting.
  bool request(const sm_file& file, std::vector<std::string> paths, int64_t deadline,
               std::function<void(const Digest&)> done);
  // When tick() has something to do; INT64_MAX: never.
  int64_t next_look() const { return looks_.empty() ? INT64_MAX : looks_.begin()->first; }
  void tick(int64_t now);

 private:
  struct Wait;

  bool submit(std::shared_ptr<Wait> wait);
  Digest look(Wait* wait);  // pool thread
  Digest digest_if_closed(int fd, Wait* wait) const;
  void finish(Wait* wait, const Digest& d);
  void looked(std::shared_ptr<Wait> wait, const Digest& d);

  Pools* const pools_;
  const uint32_t algorithms_;
  KnownDigests* const read_;
  Writers writers_;
  AskRuns runs_;
  std::atomic<unsigned> open_{0};                        // descriptors that are kept
  std::multimap<int64_t, std::shared_ptr<Wait>> looks_;  // by the time of the next one
};

}  // namespace sysmon
