#include "enrich/written.h"

#include <fcntl.h>

#include <algorithm>
#include <string_view>

#include "base/clock.h"
#include "base/fd.h"
#include "enrich/digest.h"
#include "enrich/stamps.h"

namespace sysmon {

namespace {
constexpr int64_t kFirstPauseNs = 2000000, kLongestPauseNs = 64000000;
constexpr const char kOpen[] = "open", kElsewhere[] = "elsewhere";
}  // namespace

struct WrittenFiles::Wait {
  sm_file file;
  std::vector<std::string> paths;
  int64_t deadline;
  std::function<void(const Digest&)> done;
  Fd fd;
  int64_t pause = kFirstPauseNs;
  bool is_large = false;  // it is read where it keeps nobody waiting
};

bool WrittenFiles::request(const sm_file& file, std::vector<std::string> paths, int64_t deadline,
                           std::function<void(const Digest&)> done) {
  return submit(
      std::make_shared<Wait>(Wait{file, std::move(paths), deadline, std::move(done), Fd(), kFirstPauseNs, false}));
}

bool WrittenFiles::submit(std::shared_ptr<Wait> wait) {
  Pool& pool = wait->is_large ? pools_->large : pools_->files;
  return pool.submit([this, wait = std::move(wait)]() -> Pool::Done {
    Digest d = look(wait.get());
    return [this, wait, d = std::move(d)] { looked(wait, d); };
  });
}

void WrittenFiles::looked(std::shared_ptr<Wait> wait, const Digest& d) {
  if (d.why == kElsewhere) {
    if (!submit(wait)) finish(wait.get(), {"", "busy"});
    return;
  }
  const int64_t next = now_ns(CLOCK_MONOTONIC) + wait->pause;
  if (d.why != kOpen || next > wait->deadline) return finish(wait.get(), d);
  wait->pause = std::min(2 * wait->pause, kLongestPauseNs);
  looks_.emplace(next, std::move(wait));
}

void WrittenFiles::finish(Wait* wait, const Digest& d) {
  if (wait->fd) {
    wait->fd = Fd();
    open_--;
  }
  wait->done(d);
}

void WrittenFiles::tick(int64_t now) {
  while (!looks_.empty() && looks_.begin()->first <= now) {
    std::shared_ptr<Wait> wait = std::move(looks_.extract(looks_.begin()).mapped());
    if (!submit(wait)) finish(wait.get(), {"", "busy"});
  }
}

Digest WrittenFiles::look(Wait* wait) {
  if (!Digester::available()) return {"", "unavailable"};
  if (wait->fd) return digest_if_closed(wait->fd.get(), wait);
  const auto is_it = [wait](const struct stat& st) { return same_file(wait->file, st); };
  Fd fd;
  if (const char* why = open_regular(wait->paths, is_it, &fd); *why) return {"", why};
  // stat(2) does not tell whether it is that file: then the kernel is asked.
  if (is_renumbered(wait->file) && runs_ && !(runs_(fd.get(), -1, wait->file, {}) & SM_SAME_INODE))
    return {"", "changed"};
  Digest d = digest_if_closed(fd.get(), wait);
  if (d.why != kOpen && d.why != kElsewhere) return d;
  if (open_++ < kMaxOpen)
    wait->fd = std::move(fd);
  else
    open_--;
  return d;
}

Digest WrittenFiles::digest_if_closed(int fd, Wait* wait) const {
  struct stat st;
  if (!writers_ || writers_(fd) != 0 || fstat(fd, &st) != 0) return {"", kOpen};
  if (!wait->is_large && static_cast<uint64_t>(st.st_size) > kSmallFile) {
    wait->is_large = true;
    return {"", kElsewhere};
  }
  // What is written again within the tick of the clock in which it was written last would not be noticed.
  if (stamps_of(wait->file) != Stamps::kElsewhere && !is_past(change_time(st), file_clock())) return {"", kOpen};
  const Pool& pool = wait->is_large ? pools_->large : pools_->files;
  struct stat last {};
  const auto unchanged = [&](const struct stat& before, const struct stat& after) {
    last = after;
    return same_content(before, after) && change_time(before) == change_time(after) && writers_(fd) == 0;
  };
  Digest d = digest_of(fd, algorithms_,
                       {unchanged, [&] { return pool.stopping() || now_ns(CLOCK_MONOTONIC) > wait->deadline; }});
  if (read_ && !d.text.empty()) {
    sm_file read = wait->file;
    read.size = static_cast<uint64_t>(last.st_size);
    read.mtime_sec = static_cast<uint64_t>(last.st_mtim.tv_sec);
    read.mtime_nsec = static_cast<uint32_t>(last.st_mtim.tv_nsec);
    read_->remember(deleted_state_of(read), d.text);
  }
  // Somebody else has begun to write meanwhile: then he is waited for.
  return std::string_view(d.why) == "changed" ? Digest{"", kOpen} : d;
}

}  // namespace sysmon
