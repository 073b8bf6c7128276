#include "enrich/hashes.h"

#include <fcntl.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <vector>

#include "archive/file_handle.h"
#include "base/clock.h"
#include "base/fd.h"
#include "enrich/digest.h"
#include "enrich/executed_files.h"
#include "enrich/stamps.h"

namespace sysmon {

// How far the clock that file systems take their times from may be behind: for a tick (10 ms at most), and for as long
// as the CPU that moves it is kept from running, as happens to those of virtual machines.
static constexpr uint64_t kClockLagNs = 100'000'000;
static constexpr uint32_t kBtrfsMagic = 0x9123683e, kOverlayMagic = 0x794c7630;

bool same_device(const sm_file& f, dev_t dev) {
  return f.magic == kBtrfsMagic || f.magic == kOverlayMagic || dev == makedev(f.dev >> 20, f.dev & 0xfffff);
}

bool same_file(const sm_file& f, const struct stat& st) {
  return f.magic == kOverlayMagic || (st.st_ino == f.ino && same_device(f, st.st_dev));
}

bool same_content(const sm_file& f, const struct stat& st) {
  return static_cast<uint64_t>(st.st_size) == f.size && static_cast<uint64_t>(st.st_mtim.tv_sec) == f.mtime_sec &&
         static_cast<uint32_t>(st.st_mtim.tv_nsec) == f.mtime_nsec && same_file(f, st);
}

bool same_content(const struct stat& a, const struct stat& b) {
  return a.st_size == b.st_size && a.st_mtim.tv_sec == b.st_mtim.tv_sec && a.st_mtim.tv_nsec == b.st_mtim.tv_nsec;
}

template <class R>
static Executed executed(const R& r, const sm_file& file, const WallClock& clock) {
  return {.file = file,
          .process = {r.hdr.start, r.hdr.exec_id, r.hdr.pid, r.hdr.tid},
          .clock = static_cast<uint64_t>(clock.wall_ns(r.hdr.time)) - kClockLagNs,
          .file_system = r.file_system,
          .super_block = r.super_block};
}

Executed executed_of(const sm_exec_record& r, const WallClock& clock) { return executed(r, r.exe, clock); }

Executed executed_of(const sm_image_load_record& r, const WallClock& clock) { return executed(r, r.file, clock); }

static FileState state_of(const Executed& e) {
  const sm_file& f = e.file;
  return {f.ino, f.size, f.mtime_sec, f.ctime, f.mtime_nsec, f.dev, e.file_system, e.super_block};
}

// To lose a name changes the change time.
FileState deleted_state_of(const sm_file& f) {
  return {f.ino, f.size, f.mtime_sec, 0, f.mtime_nsec, f.dev, 0, 0, uint64_t{f.generation} + 1};
}

Digest digest_of_deleted(const sm_file& f, KnownDigests* read, uint32_t algorithms) {
  if (stamps_of(f) == Stamps::kElsewhere) return {};
  if (f.size == 0) {
    Digester nothing(algorithms);
    return nothing.any() && nothing.finish() ? Digest{nothing.text(algorithms)} : Digest{};
  }
  auto known = read->look_up(deleted_state_of(f));
  return known ? Digest{std::move(*known), "touched"} : Digest{};
}

// As stat(2) says. The inode of an overlay does not learn of what is written to the file below it through memory, and
// those of two subvolumes of btrfs have the same numbers.
static FileState state_of(const struct stat& st, const Executed& e) {
  return {st.st_ino,
          static_cast<uint64_t>(st.st_size),
          static_cast<uint64_t>(st.st_mtim.tv_sec),
          change_time(st),
          static_cast<uint32_t>(st.st_mtim.tv_nsec),
          device_of(st),
          e.file_system,
          e.super_block};
}

// Had anything happened to the file since the exec, it would have another change time now. What is changed again within
// one tick of the clock keeps its time, unless somebody has asked for it in between.
static bool time_tells(const Executed& e) {
  constexpr uint64_t kSecond = 1'000'000'000;
  return stamps_of(e.file) == Stamps::kAlways &&
         (is_past(e.file.ctime, e.clock) || (e.file.attributes & SM_FILE_ASKED && e.file.ctime % kSecond != 0));
}

bool Hasher::available() { return Digester::available(); }

std::optional<std::string> Hasher::cached(const Executed& e) {
  return is_renumbered(e.file) || !time_tells(e) ? std::nullopt : known_.look_up(state_of(e));
}

bool Hasher::request(HashRequest r, Done done) {
  // Two that ran within one tick may have run different contents.
  if (!time_tells(r.what)) return submit(std::move(r), std::move(done));
  const FileState s = state_of(r.what);
  auto& queue = waiting_[s];
  queue.push_back(std::move(done));
  if (queue.size() > 1) return true;
  const bool accepted = submit(std::move(r), [this, s](const Digest& d) {
    auto node = waiting_.extract(s);
    for (auto& f : node.mapped()) f(d);
  });
  if (!accepted) waiting_.erase(s);
  return accepted;
}

bool Hasher::submit(HashRequest r, Done done) {
  Pool& pool = r.what.file.size > kSmallFile ? pools_->large : pools_->files;
  return pool.submit([this, r = std::move(r), done = std::move(done)]() -> Pool::Done {
    Found found = find(r);
    return [this, done, found = std::move(found), deleted = deleted_state_of(r.what.file)] {
      computed_ += found.computed;
      if (found.state && !found.digest.text.empty()) {
        known_.remember(*found.state, found.digest.text);
        if (read_) read_->remember(deleted, found.digest.text);
      }
      done(found.digest);
    };
  });
}

const char* open_regular(const std::vector<std::string>& paths, const std::function<bool(const struct stat&)>& is_it,
                         Fd* out) {
  bool other = false, denied = false;
  for (const std::string& path : paths) {
    // O_NONBLOCK: what stands at the path now may be a FIFO.
    Fd fd(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    struct stat st;
    if (!fd || fstat(fd.get(), &st) != 0) {
      denied |= errno != ENOENT && errno != ESRCH;
      continue;
    }
    if (!S_ISREG(st.st_mode) || !is_it(st)) {
      other = true;
      continue;
    }
    *out = std::move(fd);
    return "";
  }
  return denied ? "unreadable" : other ? "changed" : "gone";
}

Digest digest_of(int fd, uint32_t algorithms, const Reading& reading) {
  Digester digester(algorithms);
  if (!digester.any()) return {"", "unavailable"};
  struct stat before, after;
  if (fstat(fd, &before) != 0) return {"", "unreadable"};
  std::vector<unsigned char> buffer(256 << 10);
  for (uint64_t at = 0;;) {
    if (std::max(at, static_cast<uint64_t>(before.st_size)) > kLargestFile) return {"", "large"};
    const ssize_t n = pread(fd, buffer.data(), buffer.size(), static_cast<off_t>(at));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return {"", "unreadable"};
    if (n == 0) break;
    if (reading.enough()) return {"", "timeout"};
    digester.update(buffer.data(), static_cast<size_t>(n));
    at += static_cast<uint64_t>(n);
  }
  if (fstat(fd, &after) != 0 || !reading.unchanged(before, after)) return {"", "changed"};
  if (!digester.finish()) return {"", "unavailable"};
  return {digester.text(algorithms), ""};
}

// Its numbers in stat(2) say so, or else the kernel must.
bool Hasher::is_that(int fd, const Executed& e) const {
  return !is_renumbered(e.file) || (runs_ && runs_(fd, -1, e.file, e.process) & SM_SAME_INODE);
}

// The layers of an overlay can be written to beside it.
bool Hasher::still_runs(int fd, const Executed& e) const {
  if (!runs_ || stamps_of(e.file) == Stamps::kElsewhere || e.file.magic == kOverlayMagic) return false;
  const Fd process(static_cast<int>(syscall(SYS_pidfd_open, e.process.pid, 0)));
  return process && runs_(fd, process.get(), e.file, e.process) & SM_STILL_RUNS;
}

// The file itself, whatever it is called by now and whoever still runs it.
Fd Hasher::held(const HashRequest& r) const {
  if (!files_ || !r.executed) return Fd();
  const sm_file& file = r.what.file;
  return files_->find(file, r.what.process.pid, [&](int fd) {
    struct stat st;
    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || !same_content(file, st)) return false;
    // A number may be given again: where the file system numbers those who had it, that is compared too.
    if (is_renumbered(file)) return is_that(fd, r.what);
    return !has_handles(file.magic) || is_file_of(fd, file);
  });
}

// Nobody can write to a file while somebody runs it. So what was executed is what is read while the process still runs
// it, or what nothing at all has happened to since. Of anything else it is not certain, and it is marked: what was
// opened as the file of the process may have been changed between two executions, and its names and permissions may
// have; what was changed within the tick of the clock in which it was executed may have been changed again.
Hasher::Found Hasher::find(const HashRequest& r) {
  if (!available()) return {{"", "unavailable"}, {}};
  const sm_file& file = r.what.file;
  const bool renumbered = is_renumbered(file), tells = time_tells(r.what);
  const auto is_content = [&](const struct stat& st) { return same_content(file, st); };
  const auto is_untouched = [&](const struct stat& st) { return change_time(st) == file.ctime; };
  Fd fd;
  const char* why = r.running.empty() ? "gone" : open_regular({r.running}, is_content, &fd);
  const bool runs = !*why;
  if (!runs) fd = held(r);
  if (!runs && !fd) {
    const char* by_name = open_regular(
        r.paths, [&](const struct stat& st) { return is_content(st) && is_untouched(st); }, &fd);
    if (std::string_view(by_name) != "gone") why = by_name;
    if (*why) return {{"", why}, {}};
  }

  const Pool& pool = file.size > kSmallFile ? pools_->large : pools_->files;
  const bool is_it = is_that(fd.get(), r.what);
  for (int tries = 0;; tries++) {
    struct stat st;
    if (fstat(fd.get(), &st) != 0) return {{"", "unreadable"}, {}};
    const bool untouched = is_untouched(st);
    const bool known_later =
        (renumbered || untouched) && stamps_of(file) == Stamps::kAlways && is_past(change_time(st), file_clock());
    const auto mark = [&] {
      return (tells && untouched && is_it) || (runs && still_runs(fd.get(), r.what)) ? "" : "touched";
    };
    const FileState state = renumbered ? state_of(st, r.what) : state_of(r.what);
    if (const auto known = known_later ? known_.look_up(state) : std::nullopt) return {{*known, mark()}, {}};
    const auto unchanged = [&](const struct stat& before, const struct stat& after) {
      return is_content(after) && change_time(after) == change_time(before) && change_time(before) == change_time(st);
    };
    Digest d = digest_of(fd.get(), algorithms_, {unchanged, [&pool] { return pool.stopping(); }});
    // A name that comes or goes meanwhile is no change of the content; only reading it again shows that.
    if (std::string_view(d.why) == "changed" && tries < 2 && fstat(fd.get(), &st) == 0 && is_content(st)) continue;
    if (!d.text.empty()) d.why = mark();
    return {d, known_later ? std::optional(state) : std::nullopt, true};
  }
}

}  // namespace sysmon
