#include "process/program.h"

#include <arpa/inet.h>
#include <sys/socket.h>

#include <algorithm>

#include "schema.gen.h"

namespace sysmon {

// Device numbers of terminals: consoles and serial lines, /dev/tty, pseudo terminals.
static bool is_terminal(uint32_t rdev) {
  const uint32_t major = rdev >> 20;
  switch (major) {
    case 4:
    case 5:
    case 166:
    case 188:
    case 204:
    case 207:
    case 229:
      return true;
    default:
      return major >= 136 && major <= 143;
  }
}

static std::string endpoint(const char* address, uint16_t family, uint16_t port) {
  char text[INET6_ADDRSTRLEN] = "";
  inet_ntop(family, address, text, sizeof text);
  return family == AF_INET6 ? "[" + std::string(text) + "]:" + std::to_string(port)
                            : std::string(text) + ":" + std::to_string(port);
}

static void member(const char* name, std::string_view value, std::string* out) {
  *out += ",\"";
  *out += name;
  *out += "\":";
  append_json(value, out);
}

static std::string printable(std::string_view bytes) {
  std::string out;
  append_text(bytes, &out);
  return out;
}

static void describe_socket(const Record& r, const sm_stdio& fd, std::string* out) {
  const std::string_view target = r.text(fd.target);
  if ((fd.family == AF_INET || fd.family == AF_INET6) && target.size() == sizeof(sm_address)) {
    sm_address a;
    std::memcpy(&a, target.data(), sizeof a);
    member("protocol", fd.detail == SOCK_STREAM ? "tcp" : fd.detail == SOCK_DGRAM ? "udp" : "raw", out);
    member("local", endpoint(a.local, fd.family, a.local_port), out);
    if (a.peer_port) member("target", endpoint(a.peer, fd.family, a.peer_port), out);
    return;
  }
  if (fd.family == AF_UNIX) member("protocol", "unix", out);
  if (target.empty()) return member("target", "socket:[" + std::to_string(fd.ino) + "]", out);
  // An abstract name starts with a NUL, which every tool shows as '@'. A path ends with one.
  const std::string name =
      target[0] == '\0' ? "@" + std::string(target.substr(1)) : std::string(target.substr(0, target.find('\0')));
  member("target", printable(name), out);
}

static std::string stdio_json(const Record& r, const sm_stdio* fds, uint32_t marks) {
  std::string out = "[";
  for (int i = 0; i < 3; i++) {
    const sm_stdio& fd = fds[fds[i].same_as < i ? fds[i].same_as : i];
    const bool terminal = fd.kind == SM_FD_CHAR && is_terminal(fd.detail);
    const unsigned kind = terminal ? unsigned{SM_FD_TTY} : fd.kind;
    if (i) out += ',';
    out += "{\"fd\":" + std::to_string(i) + ",\"kind\":\"" + (kind <= SM_FD_OTHER ? schema::kFdKinds[kind] : "other") +
           '"';
    if (kind == SM_FD_SOCKET) {
      describe_socket(r, fd, &out);
    } else if (kind == SM_FD_PIPE && fd.target.len == 0) {
      member("target", "pipe:[" + std::to_string(fd.ino) + "]", &out);
    } else if (fd.target.len) {
      member("target", printable(path_of(r.text(fd.target), marks & SM_EXEC_CUT_STDIO, kind == SM_FD_OTHER)), &out);
    }
    out += '}';
  }
  return out + "]";
}

std::string env_json(std::string_view block, const std::vector<std::string>& names) {
  std::string out = "{";
  std::vector<std::string_view> seen;
  while (!block.empty()) {
    const std::string_view variable = block.substr(0, block.find('\0'));
    block.remove_prefix(std::min(block.size(), variable.size() + 1));
    const size_t eq = variable.find('=');
    if (eq == std::string_view::npos) continue;
    const std::string_view name = variable.substr(0, eq);
    if (std::find(names.begin(), names.end(), name) == names.end()) continue;
    if (std::find(seen.begin(), seen.end(), name) != seen.end()) continue;  // getenv(3) takes the first
    seen.push_back(name);
    if (out.size() > 1) out += ',';
    append_json(name, &out);
    out += ':';
    append_json(printable(variable.substr(eq + 1)), &out);
  }
  return out + "}";
}

// Text of a field; what is not UTF-8 is kept exactly in `raw`.
static std::string field(const char* name, std::string_view bytes, Program* p) {
  std::string out;
  if (!append_text(bytes, &out)) p->raw.emplace_back(name, base64(bytes));
  return out;
}

// The script as it was named; from the working directory where that name is relative, with leading "./" taken off.
static std::string script_path(std::string_view name, const std::string& cwd) {
  if (!name.empty() && name[0] == '/') return std::string(name);
  while (name.substr(0, 2) == "./") name.remove_prefix(2);
  return cwd + (cwd == "/" ? "" : "/") + std::string(name);
}

std::vector<std::string> arguments_of(const CommandLine& c) {
  std::vector<std::string> out;
  size_t byte = 0;
  uint32_t unit = 0;  // UTF-16 units up to `byte`
  for (const uint32_t end : c.ends) {
    const size_t start = byte;
    while (unit < end && byte < c.text.size()) {
      const auto lead = static_cast<uint8_t>(c.text[byte]);
      byte += lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
      unit += lead >= 0xf0 ? 2 : 1;
    }
    out.push_back(c.text.substr(start, byte - start));
    byte++;  // the space between two
    unit++;
  }
  return out;
}

void set_arguments(Program* p, std::string_view argv) {
  p->command_line = command_line_of(argv);
  if (!p->command_line.clean) {
    if (argv.back() == '\0') argv.remove_suffix(1);
    p->raw.emplace_back("CommandLine", base64(argv));
  }
  if (p->command_line.ends.empty()) p->command_line.text = "-";
}

std::shared_ptr<const Program> program_of(const Record& r, std::string_view argv, std::string_view env,
                                          const std::vector<std::string>& env_names) {
  const auto& e = r.as<sm_exec_record>();
  auto p = std::make_shared<Program>();
  p->snapshot = r.header->type == SM_ALIVE;
  p->marks = e.marks;
  p->exe = e.exe;
  if (e.image.len) {
    const bool pseudo = e.exe.attributes & SM_FILE_PSEUDO;
    const std::string image = path_of(r.text(e.image), e.marks & SM_EXEC_CUT_IMAGE, pseudo);
    p->image = field("Image", image, p.get());
    p->memfd = pseudo && image.rfind("/memfd:", 0) == 0;
    p->deleted = e.exe.nlink == 0 || (e.exe.attributes & SM_FILE_DELETED);
  }
  std::string cwd = "-";
  if (e.cwd.len) {
    cwd = path_of(r.text(e.cwd), e.marks & SM_EXEC_CUT_CWD, false);
    p->cwd = field("CurrentDirectory", cwd, p.get());
  }
  if (e.root.len) p->root = printable(path_of(r.text(e.root), false, false));
  set_arguments(p.get(), argv);
  if (e.script.len) p->script = printable(script_path(r.text(e.script), cwd));
  p->stdio = stdio_json(r, e.stdio, e.marks);
  if (!env.empty()) p->env = env_json(env, env_names);
  return p;
}

static constexpr const char* kCapabilities[] = {"CAP_CHOWN",
                                                "CAP_DAC_OVERRIDE",
                                                "CAP_DAC_READ_SEARCH",
                                                "CAP_FOWNER",
                                                "CAP_FSETID",
                                                "CAP_KILL",
                                                "CAP_SETGID",
                                                "CAP_SETUID",
                                                "CAP_SETPCAP",
                                                "CAP_LINUX_IMMUTABLE",
                                                "CAP_NET_BIND_SERVICE",
                                                "CAP_NET_BROADCAST",
                                                "CAP_NET_ADMIN",
                                                "CAP_NET_RAW",
                                                "CAP_IPC_LOCK",
                                                "CAP_IPC_OWNER",
                                                "CAP_SYS_MODULE",
                                                "CAP_SYS_RAWIO",
                                                "CAP_SYS_CHROOT",
                                                "CAP_SYS_PTRACE",
                                                "CAP_SYS_PACCT",
                                                "CAP_SYS_ADMIN",
                                                "CAP_SYS_BOOT",
                                                "CAP_SYS_NICE",
                                                "CAP_SYS_RESOURCE",
                                                "CAP_SYS_TIME",
                                                "CAP_SYS_TTY_CONFIG",
                                                "CAP_MKNOD",
                                                "CAP_LEASE",
                                                "CAP_AUDIT_WRITE",
                                                "CAP_AUDIT_CONTROL",
                                                "CAP_SETFCAP",
                                                "CAP_MAC_OVERRIDE",
                                                "CAP_MAC_ADMIN",
                                                "CAP_SYSLOG",
                                                "CAP_WAKE_ALARM",
                                                "CAP_BLOCK_SUSPEND",
                                                "CAP_AUDIT_READ",
                                                "CAP_PERFMON",
                                                "CAP_BPF",
                                                "CAP_CHECKPOINT_RESTORE"};

std::vector<std::string> capability_names(uint64_t mask) {
  std::vector<std::string> out;
  for (unsigned i = 0; i < 64; i++)
    if (mask >> i & 1) out.push_back(i < std::size(kCapabilities) ? kCapabilities[i] : "CAP_" + std::to_string(i));
  return out;
}

static void append_mask(uint64_t mask, std::string* out) {
  *out += '[';
  bool first = true;
  for (const auto& name : capability_names(mask)) {
    if (!first) *out += ',';
    first = false;
    *out += '"' + name + '"';
  }
  *out += ']';
}

std::string capabilities_json(uint64_t effective, uint64_t permitted, uint64_t gained) {
  std::string out = "{\"effective\":";
  append_mask(effective, &out);
  out += ",\"permitted\":";
  append_mask(permitted, &out);
  out += ",\"gained\":";
  append_mask(gained, &out);
  return out + "}";
}

static constexpr const char* kNamespaces[] = {"mnt", "pid", "net", "uts", "ipc", "cgroup", "user", "time"};

const char* namespace_name(size_t i) { return kNamespaces[i]; }

std::string namespaces_json(const sm_task& t) {
  std::string out = "{";
  for (int i = 0; i < 8; i++) {
    if (!t.ns[i]) continue;  // not known, or not there
    if (out.size() > 1) out += ',';
    out += '"' + std::string(kNamespaces[i]) + "\":" + std::to_string(t.ns[i]);
  }
  return out + "}";
}

std::string tty_name(const sm_task& t) {
  const std::string name(t.tty, strnlen(t.tty, sizeof t.tty));
  if (name.rfind("pts", 0) == 0 && name.size() > 3) return "pts/" + name.substr(3);
  return printable(name);
}

}  // namespace sysmon
