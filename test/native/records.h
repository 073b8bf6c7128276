// Wire records made by hand, as the probes would write them.
#pragma once
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "base/wire.h"

namespace sysmon::test {

// Above every pid that Linux can give: /proc knows none of them.
constexpr uint32_t kPid = 5000000;
constexpr uint64_t kSecond = 1000000000;

class Bytes {
 public:
  template <typename T>
  static Bytes of(const T& fixed) {
    Bytes b;
    b.resize(sizeof fixed);
    std::memcpy(b.data(), &fixed, sizeof fixed);
    return b;
  }
  template <typename T>
  T& as() {
    return *reinterpret_cast<T*>(words_.data());
  }
  // Appends a text and lets the sm_text at `offset` name it.
  Bytes& text(size_t offset, std::string_view bytes) {
    sm_text t{static_cast<uint32_t>(size_), static_cast<uint32_t>(bytes.size())};
    resize(size_ + bytes.size());
    std::memcpy(data() + t.off, bytes.data(), bytes.size());
    std::memcpy(data() + offset, &t, sizeof t);
    return *this;
  }
  // The size in the header, padded to 8 as the probes do.
  Bytes& finish() {
    resize((size_ + 7) & ~size_t{7});
    as<sm_header>().size = static_cast<uint32_t>(size_);
    return *this;
  }
  void resize(size_t n) {
    size_ = n;
    words_.resize((n + 7) / 8);
  }
  uint8_t* data() { return reinterpret_cast<uint8_t*>(words_.data()); }
  size_t size() const { return size_; }

 private:
  std::vector<uint64_t> words_;
  size_t size_ = 0;
};

struct Who {
  uint32_t pid = kPid;
  uint64_t start = kSecond, exec_id = 1;
};

inline sm_header header(uint16_t type, const Who& who, uint64_t time = 0) {
  sm_header h{};
  h.type = type;
  h.time = time ? time : who.start + 1;
  h.start = who.start;
  h.exec_id = who.exec_id;
  h.pid = h.tid = who.pid;
  return h;
}

inline sm_task task(const Who& parent) {
  sm_task t{};
  t.ppid = parent.pid;
  t.parent_start = parent.start;
  t.parent_exec_id = parent.exec_id;
  t.login_uid = t.audit_session = UINT32_MAX;
  t.end_code = 0x1234;
  return t;
}
constexpr Who kNobody{0, 0, 0};

inline Bytes fork_of(const Who& child, const Who& parent) {
  sm_fork_record r{};
  r.hdr = header(SM_FORK, child);
  r.task = task(parent);
  return Bytes::of(r).finish();
}

struct Exec {
  Who who, parent = kNobody;
  std::string image = "ls/bin/usr/", cwd = "tmp/", argv = std::string("ls\0-l\0", 6), env = {}, script = {};
  uint32_t uid = 0;
  uint64_t time = 0;
  sm_file exe{.ino = 0,
              .size = 0,
              .ctime = 0,
              .mtime_sec = 0,
              .mtime_nsec = 0,
              .dev = 0,
              .mode = 0,
              .nlink = 1,
              .magic = 0,
              .attributes = 0,
              .generation = 0,
              .references = 0};
  uint32_t marks = 0;
  uint32_t mnt_ns = 0;
  uint64_t cap_effective = 0;
  uint16_t type = SM_EXEC;
};

inline Bytes exec_of(const Exec& e) {
  sm_exec_record r{};
  r.hdr = header(e.type, e.who, e.time);
  r.marks = e.marks;
  r.task = task(e.parent);
  r.task.uid = r.task.euid = r.task.suid = e.uid;
  r.task.ns[0] = e.mnt_ns;
  r.task.cap_effective = e.cap_effective;
  r.exe = e.exe;
  r.old_tid = e.who.pid;
  r.argv_total = static_cast<uint32_t>(e.argv.size());
  for (auto& fd : r.stdio) fd.same_as = 255;
  Bytes b = Bytes::of(r);
  b.text(offsetof(sm_exec_record, image), e.image).text(offsetof(sm_exec_record, cwd), e.cwd);
  if (!e.argv.empty()) b.text(offsetof(sm_exec_record, argv), e.argv);
  if (!e.env.empty()) b.text(offsetof(sm_exec_record, env), e.env);
  if (!e.script.empty()) b.text(offsetof(sm_exec_record, script), e.script);
  return b.finish();
}

inline Bytes exit_of(const Who& who, uint32_t status = 0, uint64_t time = 0, uint32_t task_flags = 0) {
  sm_exit_record r{};
  r.hdr = header(SM_EXIT, who, time);
  r.exit_code = status;
  r.task_flags = task_flags;
  return Bytes::of(r).finish();
}

inline Bytes connection_of(const Who& who, uint16_t from, uint16_t to, uint32_t error = 0) {
  sm_network_record r{};
  r.hdr = header(SM_NETWORK, who);
  r.source[10] = r.source[11] = r.destination[10] = r.destination[11] = 0xff;
  r.source[12] = r.destination[12] = 127;
  r.source[15] = r.destination[15] = 1;
  r.source_port = from;
  r.destination_port = to;
  r.error = error;
  r.protocol = 6;
  r.initiated = 1;
  return Bytes::of(r).finish();
}

// What the kernel would record of a file.
inline sm_file file_of(const struct stat& st) {
  sm_file f{};
  f.ino = st.st_ino;
  f.size = static_cast<uint64_t>(st.st_size);
  f.ctime = static_cast<uint64_t>(st.st_ctim.tv_sec) * kSecond + static_cast<uint64_t>(st.st_ctim.tv_nsec);
  f.mtime_sec = static_cast<uint64_t>(st.st_mtim.tv_sec);
  f.mtime_nsec = static_cast<uint32_t>(st.st_mtim.tv_nsec);
  f.dev = static_cast<uint32_t>(major(st.st_dev) << 20 | minor(st.st_dev));
  f.mode = st.st_mode;
  f.nlink = static_cast<uint32_t>(st.st_nlink);
  return f;
}

// A new file, by its path's components.
inline Bytes file_create_of(const Who& who, const sm_file& file, std::string_view components) {
  sm_file_create_record r{};
  r.hdr = header(SM_FILE_CREATE, who);
  r.file = file;
  return Bytes::of(r).text(offsetof(sm_file_create_record, target.path), components).finish();
}

// "/usr/bin/ls" as the probes write paths: "ls/bin/usr/".
inline std::string components(std::string_view path) {
  std::string out;
  while (!path.empty()) {
    const size_t slash = path.rfind('/');
    out += std::string(path.substr(slash + 1)) + '/';
    path = path.substr(0, slash);
  }
  return out;
}

}  // namespace sysmon::test
