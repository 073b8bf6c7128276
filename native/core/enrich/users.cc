#include "enrich/users.h"

#include <pwd.h>
#include <sys/stat.h>
#include <utmpx.h>

#include <cstdlib>
#include <cstring>
#include <vector>

#include "base/files.h"

namespace sysmon {

bool WatchedFile::refresh(int64_t now_ns) {
  if (now_ns - looked_ns_ < 1000000000) return false;
  looked_ns_ = now_ns;
  struct stat st;
  if (stat(path_.c_str(), &st) != 0) {
    const bool had = !content_.empty();
    content_.clear();
    mtime_ns_ = -1;
    return had;
  }
  const int64_t mtime = int64_t{st.st_mtim.tv_sec} * 1000000000 + st.st_mtim.tv_nsec;
  if (mtime == mtime_ns_ && st.st_ino == ino_) return false;
  std::string content = read_file(path_);
  // Someone who writes it in place empties it first, and a read can fail: what was known is kept until it is read
  // again.
  if (content.empty() && !content_.empty() && !doubted_) {
    doubted_ = true;
    mtime_ns_ = -1;
    return false;
  }
  doubted_ = false;
  mtime_ns_ = mtime;
  ino_ = st.st_ino;
  content_ = std::move(content);
  return true;
}

const std::string* Users::find(uint32_t uid, int64_t now_ns) {
  static const std::string kNone = "-";
  if (uid == UINT32_MAX) return &kNone;
  if (passwd_.refresh(now_ns)) {
    local_.clear();
    const std::string& s = passwd_.content();
    for (size_t at = 0; at < s.size();) {
      size_t eol = s.find('\n', at);
      if (eol == std::string::npos) eol = s.size();
      const size_t a = s.find(':', at), b = a < eol ? s.find(':', a + 1) : std::string::npos;
      // The first line of a uid wins, as in getpwuid(3).
      if (b < eol && a > at && s[b + 1] >= '0' && s[b + 1] <= '9')
        local_.emplace(static_cast<uint32_t>(std::strtoul(s.c_str() + b + 1, nullptr, 10)), s.substr(at, a - at));
      at = eol + 1;
    }
  }
  if (const auto it = local_.find(uid); it != local_.end()) return &it->second;
  if (const auto it = learned_.find(uid); it != learned_.end() && it->second.until_ns > now_ns) return &it->second.name;
  return nullptr;
}

std::optional<std::string> Users::name(uint32_t uid, int64_t now_ns) {
  const std::string* known = find(uid, now_ns);
  return known ? std::optional(*known) : std::nullopt;
}

void Users::learn(uint32_t uid, std::string name, int64_t now_ns) {
  if (learned_.size() >= kMaxLearned) learned_.clear();
  const int64_t until = now_ns + (name.empty() ? kUnknownNs : kKnownNs);
  learned_[uid] = {name.empty() ? "-" : std::move(name), until};
}

std::string Users::ask_name_service(uint32_t uid) {
  std::vector<char> buffer(16384);
  passwd entry, *found = nullptr;
  if (getpwuid_r(uid, &entry, buffer.data(), buffer.size(), &found) != 0 || !found) return {};
  return found->pw_name;
}

uint32_t Logons::login_second(uint32_t tty_index, const std::string& user, int64_t now_ns) {
  utmp_.refresh(now_ns);
  const std::string line = "pts/" + std::to_string(tty_index);
  const std::string& s = utmp_.content();
  for (size_t at = 0; at + sizeof(utmpx) <= s.size(); at += sizeof(utmpx)) {
    utmpx u;
    std::memcpy(&u, s.data() + at, sizeof u);
    if (u.ut_type != USER_PROCESS || strncmp(u.ut_line, line.c_str(), sizeof u.ut_line) != 0) continue;
    if (strncmp(u.ut_user, user.c_str(), sizeof u.ut_user) == 0) return static_cast<uint32_t>(u.ut_tv.tv_sec);
  }
  return 0;
}

}  // namespace sysmon
