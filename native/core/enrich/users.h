// User names and logon times, without ever making the reader wait for a directory service.
#pragma once
#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>

namespace sysmon {

// A small file that is read again when it has changed; looked at no more than once a second.
class WatchedFile {
 public:
  explicit WatchedFile(std::string path) : path_(std::move(path)) {}
  // True if the content is new since the last call.
  bool refresh(int64_t now_ns);
  const std::string& content() const { return content_; }

 private:
  std::string path_, content_;
  int64_t looked_ns_ = INT64_MIN / 2;
  int64_t mtime_ns_ = -1;
  bool doubted_ = false;  // it was found empty
  uint64_t ino_ = 0;
};

// Not thread-safe: the worker's.
class Users {
 public:
  explicit Users(std::string passwd = "/etc/passwd") : passwd_(std::move(passwd)) {}
  // The name; `-` of the uid that no user has, see unknown_task(). nullopt if only the system's name service can know,
  // which the caller then asks on another thread.
  std::optional<std::string> name(uint32_t uid, int64_t now_ns);
  // The same for each event: null instead of nullopt, valid until the next call.
  const std::string* find(uint32_t uid, int64_t now_ns);
  // An answer of the name service; empty: there is no such user.
  void learn(uint32_t uid, std::string name, int64_t now_ns);
  // Blocks. Call on a pool thread.
  static std::string ask_name_service(uint32_t uid);

 private:
  static constexpr int64_t kKnownNs = 600ll * 1000000000, kUnknownNs = 60ll * 1000000000;
  static constexpr size_t kMaxLearned = 65536;
  struct Learned {
    std::string name;
    int64_t until_ns;
  };
  WatchedFile passwd_;
  std::unordered_map<uint32_t, std::string> local_;
  std::unordered_map<uint32_t, Learned> learned_;
};

// Logins as utmp records them.
class Logons {
 public:
  explicit Logons(std::string utmp = "/var/run/utmp") : utmp_(std::move(utmp)) {}
  // Second of the login of `user` on the terminal pts/<index>; 0 if there is none.
  uint32_t login_second(uint32_t tty_index, const std::string& user, int64_t now_ns);

 private:
  WatchedFile utmp_;
};

}  // namespace sysmon
