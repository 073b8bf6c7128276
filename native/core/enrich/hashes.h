// Digests of files, of the very file that the kernel recorded or none.
#pragma once
#include <sys/stat.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/clock.h"
#include "base/fd.h"
#include "base/pool.h"
#include "base/wire.h"
#include "enrich/known_digests.h"

namespace sysmon {

// Overlay and btrfs answer stat(2) with other device (and overlay with other inode) numbers than their inodes have:
// there only the rest is compared.
bool same_device(const sm_file& f, dev_t dev);
bool same_file(const sm_file& f, const struct stat& st);
// Also the same size and modification time. A new name, or one less, changes neither, but the change time.
bool same_content(const sm_file& f, const struct stat& st);
bool same_content(const struct stat& a, const struct stat& b);

struct Digest {
  std::string text;      // "SHA1=…,MD5=…,SHA256=…"; empty on failure
  const char* why = "";  // of a failure: gone, changed, unreadable, large, open, timeout, busy, unavailable. Of a
                         // digest: touched, or nothing
};

// Opens the first of the paths that leads to the regular file that is meant. Returns Digest::why; empty: it is open.
const char* open_regular(const std::vector<std::string>& paths, const std::function<bool(const struct stat&)>& is_it,
                         Fd* out);

// Files beyond this are for the pool of the large ones; and those beyond the other are not read at all.
constexpr uint64_t kSmallFile = 16 << 20, kLargestFile = 1 << 30;

// Pool thread. `unchanged` is asked when all was read; nothing is read any more once `enough` says so.
struct Reading {
  std::function<bool(const struct stat& before, const struct stat& after)> unchanged;
  std::function<bool()> enough;
};
Digest digest_of(int fd, uint32_t algorithms, const Reading& reading);

// What was executed, or loaded, as it was then.
struct Executed {
  sm_file file;
  sm_process process;        // that runs it
  uint64_t clock;            // whatever happened to the file later bears this time or a later one
  uint64_t file_system = 0;  // a number that only this one has; 0: not known
  uint64_t super_block = 0;  // its address
};
Executed executed_of(const sm_exec_record& r, const WallClock& clock);
Executed executed_of(const sm_image_load_record& r, const WallClock& clock);

// As what a file is remembered for its deletion: the change time is not among it.
FileState deleted_state_of(const sm_file& f);
// Of a file that has lost a name: what was read of it when it had this size and modification time, which its owner may
// have set since: it is marked. Without a text: nobody read it.
Digest digest_of_deleted(const sm_file& f, KnownDigests* read, uint32_t algorithms);

// Where the file may be opened: the first path that leads to the same file is taken.
struct HashRequest {
  Executed what;
  std::string running;             // leads to it as long as somebody runs it; empty: none
  std::vector<std::string> paths;  // its names
  bool executed = false;           // it was opened to be executed: it may be held
};

// Asks the kernel about a file that we have open, and about a process (a pidfd; negative: none): SM_SAME_INODE,
// SM_STILL_RUNS. Called on pool threads.
using AskRuns = std::function<uint32_t(int fd, int pidfd, const sm_file& file, const sm_process& process)>;

class ExecutedFiles;

class Hasher {
 public:
  // `read`: where others look for what was read; null: nobody does.
  Hasher(Pools* pools, uint32_t algorithms, KnownDigests* read = nullptr)
      : pools_(pools), algorithms_(algorithms), read_(read) {}

  bool enabled() const { return algorithms_ != 0; }
  // False where neither the process nor the system has a libcrypto.
  static bool available();
  // Before the first request; null: what only the kernel knows is taken for unknown.
  void set_runs(AskRuns runs) { runs_ = std::move(runs); }
  // Before the first request. It outlives this; null: nothing is held.
  void set_files(ExecutedFiles* files) { files_ = files; }
  // The digest, if it is known.
  std::optional<std::string> cached(const Executed& e);
  // Computes it on a pool; `done` runs on the worker. Requests for one file at a time share one
  // reading, if what it gives must be the same for all.
  // False: too much is waiting already.
  bool request(HashRequest r, std::function<void(const Digest&)> done);
  uint64_t computed() const { return computed_; }

 private:
  struct Found {
    Digest digest;
    std::optional<FileState> state;  // what the digest is known of from now on
    bool computed = false;
  };
  using Done = std::function<void(const Digest&)>;

  Found find(const HashRequest& r);                  // pool thread
  Fd held(const HashRequest& r) const;               // pool thread
  bool is_that(int fd, const Executed& e) const;     // pool thread
  bool still_runs(int fd, const Executed& e) const;  // pool thread
  bool submit(HashRequest r, Done done);

  Pools* const pools_;
  const uint32_t algorithms_;
  AskRuns runs_;
  KnownDigests* const read_;
  ExecutedFiles* files_ = nullptr;
  uint64_t computed_ = 0;
  KnownDigests known_;
  std::unordered_map<FileState, std::vector<Done>, FileStateHash> waiting_;
};

}  // namespace sysmon
