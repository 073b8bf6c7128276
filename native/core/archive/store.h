// The directory of the archive. Everything in it is reached by its descriptor and a name of our own making: no link is
// followed and nothing is written elsewhere, whatever happens to the paths.
#pragma once
#include <sys/stat.h>

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>

#include "archive/kept.h"
#include "base/fd.h"

namespace sysmon {

struct StoreLimits {
  uint64_t total_bytes;
  uint32_t min_free_percent;
};

// All methods are for any thread.
class Store {
 public:
  // Makes the directory if it is missing and has it alone until the end of this object or process. Throws Failure.
  Store(const std::string& path, const StoreLimits& limits);
  ~Store();

  // A file that has no place in the archive yet. It vanishes if it is not kept.
  class Draft {
   public:
    Draft(Draft&& other) noexcept
        : fd(std::move(other.fd)),
          store_(other.store_),
          name_(std::exchange(other.name_, "")),
          reserved_(std::exchange(other.reserved_, 0)) {}
    ~Draft();
    Fd fd;

   private:
    friend class Store;
    Draft(Store* store, uint64_t reserved) : store_(store), reserved_(reserved) {}
    Store* store_;
    std::string name_;  // empty: it has none
    uint64_t reserved_;
  };

  // Room for `bytes`. On failure an invalid fd and the reason.
  Draft begin(uint64_t bytes, Refusal* why);
  // Gives the draft its name, of which the archive has one at most. `fresh`: it did not have it. A claim on the name
  // begins.
  Refusal keep(Draft draft, const std::string& name, uint64_t bytes, bool* fresh);
  // Ends a claim. What was made fresh and nobody ever wanted is removed.
  void settle(const std::string& name, bool wanted);

  // True if the path is inside of the directory, by its letters.
  bool contains(const std::string& path) const;
  const std::string& path() const { return path_; }
  uint64_t total_bytes() const;

 private:
  struct Claim {
    unsigned open = 0;
    bool wanted = false;
    uint64_t bytes = 0;
  };
  bool reserve(uint64_t bytes);
  bool each_file(const std::function<void(const char* name, const struct stat& st)>& look) const;
  bool recount();
  void remove_leftovers(const std::string& given);

  std::string path_;  // without symbolic links
  Fd directory_;
  const StoreLimits limits_;
  mutable std::mutex mutex_;             // guards what follows
  uint64_t total_ = 0;                   // of what is stored
  uint64_t reserved_ = 0;                // by drafts
  int64_t counted_ = 0;                  // CLOCK_MONOTONIC ns
  std::map<std::string, Claim> claims_;  // on what was stored since, until its events have been judged
};

}  // namespace sysmon
