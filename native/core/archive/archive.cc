#include "archive/archive.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "enrich/digest.h"
#include "enrich/stamps.h"

namespace sysmon {

static constexpr size_t kMaxExtension = 16;
static constexpr size_t kBuffer = 256 << 10;
static constexpr int kPauses = 10, kPauseUs = 2000;

// The program that embeds us needs descriptors as well.
static unsigned most_open() {
  rlimit limit;
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return 64;
  return static_cast<unsigned>(std::clamp<rlim_t>(limit.rlim_cur / 8, 16, Pool::kMaxJobs));
}

bool Keeping::give_up() {
  int expected = kAtWork;
  return state_.compare_exchange_strong(expected, kGivenUp, std::memory_order_acq_rel) || expected == kGivenUp;
}

bool Keeping::finish(Kept kept) {
  kept_ = std::move(kept);
  int expected = kAtWork;
  return state_.compare_exchange_strong(expected, kDone, std::memory_order_acq_rel);
}

std::string extension_of(const std::string& path) {
  const size_t slash = path.rfind('/'), start = slash == std::string::npos ? 0 : slash + 1, dot = path.rfind('.');
  if (dot == std::string::npos || dot <= start || dot + 1 == path.size() || path.size() - dot - 1 > kMaxExtension)
    return "";
  const std::string extension = path.substr(dot);
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  };
  return std::all_of(extension.begin() + 1, extension.end(), plain) ? extension : "";
}

Archive::Archive(const Settings& settings, const std::function<void()>& wake)
    : settings_(settings),
      store_(settings.archive.directory, {settings.archive.max_total_bytes, settings.archive.min_free_percent}),
      held_(settings.archive.hold.empty() ? nullptr : std::make_unique<Held>(settings.archive, store_.path())),
      max_open_(most_open()),
      copier_(1, wake),
      opener_(1, wake) {}

Refusal Archive::refusal(const sm_file* file, const std::string& path) const {
  if (store_.contains(path)) return Refusal::kOwn;
  if (file && !has_handles(file->magic)) return Refusal::kFilesystem;
  if (file && file->size > settings_.archive.max_file_bytes) return Refusal::kLarge;
  // Most deletions: nobody needs to look. Somebody who holds it would be among the references.
  if (file && file->nlink == 0 && file->references == 0) return Refusal::kGone;
  if (!Digester::available()) return Refusal::kUnavailable;
  return Refusal::kNone;
}

std::shared_ptr<Keeping> Archive::keep(const Lost& lost, const std::function<void()>& done) {
  auto keeping = std::make_shared<Keeping>();
  const auto refuse = [keeping, done](Refusal why) -> Pool::Done {
    keeping->finish({.refusal = why});
    return done;
  };
  const bool accepted =
      opener_.submit([this, lost, extension = extension_of(lost.path), keeping, done, refuse]() -> Pool::Done {
        if (keeping->given_up()) return done;
        if (open_files_ >= max_open_) return refuse(Refusal::kBusy);
        Refusal why = Refusal::kNone;
        auto from = std::make_shared<Fd>(open_deleted(&mounts_, held_.get(), lost, &why));
        if (!*from) return refuse(why);
        open_files_++;
        const bool queued = copier_.submit([this, from, extension, keeping, done]() -> Pool::Done {
          if (!keeping->given_up()) {
            const Kept kept = copy(*from, extension, *keeping);
            if (!keeping->finish(kept) && !kept.name.empty()) store_.settle(kept.name, false);
          }
          *from = Fd();
          open_files_--;
          return done;
        });
        if (queued) return [] {};
        open_files_--;
        return refuse(Refusal::kBusy);
      });
  return accepted ? keeping : nullptr;
}

Kept Archive::copy(const Fd& from, const std::string& extension, const Keeping& keeping) {
  struct stat st;
  if (fstat(from.get(), &st) != 0) return {.refusal = Refusal::kUnreadable};
  const auto size = static_cast<uint64_t>(st.st_size);
  if (size > settings_.archive.max_file_bytes) return {.refusal = Refusal::kLarge};
  Refusal why = Refusal::kNone;
  Store::Draft draft = store_.begin(size, &why);
  return copy_into(std::move(draft), from, size, extension, keeping, why);
}

// Reads to the end even if it cannot be kept: its digests are of use by themselves.
Kept Archive::copy_into(Store::Draft draft, const Fd& from, uint64_t size, const std::string& extension,
                        const Keeping& keeping, Refusal refusal) {
  Digester digester(settings_.hash_algorithms | kSha256);  // which names it
  struct stat before, after;
  if (fstat(from.get(), &before) != 0) return {.refusal = Refusal::kUnreadable};
  // Who writes again within the tick of the clock in which it was written last would not be noticed.
  for (int i = 0; i < kPauses && !is_past(modification_time(before), file_clock()); i++) usleep(kPauseUs);
  std::vector<unsigned char> buffer(kBuffer);
  uint64_t at = 0;
  // Not further than it went when room was made for it: who appends meanwhile cannot fill the archive.
  while (at < size) {
    if (keeping.given_up() || copier_.stopping()) return {.refusal = Refusal::kTimeout};
    const ssize_t n =
        pread(from.get(), buffer.data(), std::min<uint64_t>(buffer.size(), size - at), static_cast<off_t>(at));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return {.refusal = Refusal::kUnreadable};
    if (n == 0) break;
    digester.update(buffer.data(), static_cast<size_t>(n));
    at += static_cast<uint64_t>(n);
    for (ssize_t written = 0; refusal == Refusal::kNone && written < n;) {
      const ssize_t w = write(draft.fd.get(), buffer.data() + written, static_cast<size_t>(n - written));
      if (w > 0) written += w;
      if (w < 0 && errno != EINTR)
        refusal = errno == ENOSPC || errno == EDQUOT ? Refusal::kSpace : Refusal::kUnwritable;
    }
  }
  Kept kept{.refusal = refusal, .bytes = at};
  kept.changed = fstat(from.get(), &after) != 0 || after.st_size != before.st_size ||
                 after.st_mtim.tv_sec != before.st_mtim.tv_sec || after.st_mtim.tv_nsec != before.st_mtim.tv_nsec;
  if (!digester.finish() || digester.hex(kSha256).empty()) return {.refusal = Refusal::kUnavailable};
  kept.hashes = digester.text(settings_.hash_algorithms);
  if (refusal != Refusal::kNone) return kept;
  const std::string name = digester.hex(kSha256) + extension;
  kept.refusal = store_.keep(std::move(draft), name, at, &kept.fresh);
  if (kept.refusal == Refusal::kNone) kept.name = name;
  return kept;
}

void Archive::collect() {
  opener_.collect();
  copier_.collect();
}

void Archive::settle(const Kept& kept, bool told) {
  if (kept.name.empty() && kept.refusal == Refusal::kNone) return;  // it was never asked for
  if (!kept.name.empty()) store_.settle(kept.name, told);
  if (!told) return;
  if (kept.refusal != Refusal::kNone) {
    stats_.refused[static_cast<size_t>(kept.refusal)]++;
    return;
  }
  stats_.kept++;
  stats_.changed += kept.changed;
  stats_.duplicates += !kept.fresh;
  if (kept.fresh) stats_.bytes += kept.bytes;
}

ArchiveStats Archive::stats() const {
  ArchiveStats s = stats_;
  s.total_bytes = store_.total_bytes();
  if (held_) s.held = held_->stats();
  return s;
}

std::vector<std::string> Archive::troubles() {
  if (!held_) return {};
  const HeldStats now = held_->stats();
  std::vector<std::string> out;
  const auto look = [&](uint64_t HeldStats::*what, const char* text) {
    if (const uint64_t n = now.*what - told_.*what; n > 0)
      out.push_back("archive.hold: " + std::to_string(n) + ' ' + text);
  };
  look(&HeldStats::overflows, "times the kernel's queue of written files was full: some of them are not held.");
  look(&HeldStats::failed, "written files could not be held.");
  look(&HeldStats::low_space,
       "files are not held, or no longer, because their file system has less room than minFreePercent.");
  look(&HeldStats::unmounted, "files are no longer held because their file system was unmounted.");
  told_ = now;
  return out;
}

}  // namespace sysmon
