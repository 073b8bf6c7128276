// Keeps the content of deleted files, as far as it can still be had: the kernel gives it back while another name of the
// file or a descriptor of it exists, somebody's or one of Held.
#pragma once
#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "archive/held.h"
#include "archive/kept.h"
#include "archive/search.h"
#include "archive/store.h"
#include "base/pool.h"
#include "base/wire.h"
#include "settings.h"

namespace sysmon {

struct ArchiveStats {
  uint64_t kept = 0, bytes = 0;  // of events, and of what was new
  uint64_t duplicates = 0;       // kept, and there already
  uint64_t changed = 0;          // kept, and changed meanwhile
  uint64_t refused[static_cast<size_t>(Refusal::kCount)] = {};
  uint64_t total_bytes = 0;  // in the directory
  HeldStats held;
};

// One content on its way into the archive.
class Keeping {
 public:
  // Worker. True: given up, nothing will be kept. False: it was too late for that, see result().
  bool give_up();
  const Kept& result() const { return kept_; }

 private:
  friend class Archive;
  bool given_up() const { return state_.load(std::memory_order_relaxed) == kGivenUp; }
  bool finish(Kept kept);  // pool; false: it was given up
  enum : int { kAtWork, kDone, kGivenUp };
  std::atomic<int> state_{kAtWork};
  Kept kept_;
};

class Archive {
 public:
  // `wake` is called on another thread when something is to be collected. Throws Failure.
  Archive(const Settings& settings, const std::function<void()>& wake);

  // --- worker ---
  // Why a file is not even tried; kNone: keep() may be asked. `file`: null if the record does not say which it was.
  Refusal refusal(const sm_file* file, const std::string& path) const;
  // `done` runs in collect(). Null: too much is waiting.
  std::shared_ptr<Keeping> keep(const Lost& lost, const std::function<void()>& done);
  void collect();
  // What became of it is known now, and whether an event tells of it.
  void settle(const Kept& kept, bool told);
  ArchiveStats stats() const;
  // What went wrong with what is held since this was asked last, in sentences.
  std::vector<std::string> troubles();
  uint32_t timeout_ms() const { return settings_.archive.timeout_ms; }

 private:
  Kept copy(const Fd& from, const std::string& extension, const Keeping& keeping);
  Kept copy_into(Store::Draft draft, const Fd& from, uint64_t size, const std::string& extension,
                 const Keeping& keeping, Refusal refusal);

  const Settings settings_;
  Store store_;
  std::unique_ptr<Held> held_;  // null: nothing is held
  Mounts mounts_;               // opener's
  const unsigned max_open_;
  std::atomic<unsigned> open_files_{0};  // opened and not copied yet
  ArchiveStats stats_;
  HeldStats told_;
  // Two pools of one thread: a file is opened before its last user closes it, however long others take to copy. Last,
  // and the opener after the copier that it feeds: they use all of the above.
  Pool copier_, opener_;
};

// The extension of a path, with its dot, if it is one that may stand in a file name anywhere.
std::string extension_of(const std::string& path);

}  // namespace sysmon
