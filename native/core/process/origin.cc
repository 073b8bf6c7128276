#include "process/origin.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include "base/fd.h"
#include "base/openat2.h"
#include "base/text.h"
#include "enrich/facts.h"
#include "enrich/guid.h"
#include "enrich/hashes.h"
#include "process/process_table.h"
#include "process/program.h"

namespace sysmon {

static constexpr uint8_t kTcp = 6;
static constexpr uint16_t kDnsPort = 53;
static constexpr size_t kMostArguments = 64;
static constexpr int kMostAncestors = 16;
static constexpr int kMostPipesInRow = 8;

static void member(const char* name, std::string_view json, std::string* out) {
  *out += (out->empty() ? "{\"" : ",\"") + std::string(name) + "\":";
  out->append(json);
}

std::string origin_json(const Origin& o) {
  std::string out;
  member("time", json_string(iso_text(o.time.sec, o.time.usec * 1000)), &out);
  member("pid", std::to_string(o.pid), &out);
  member("strongId", json_string(o.strong_id), &out);
  member("image", json_string(o.image), &out);
  member("destination", json_string(o.destination), &out);
  member("destinationPort", std::to_string(o.port), &out);
  if (!o.hostname.empty()) member("destinationHostname", json_string(o.hostname), &out);
  if (!o.through.empty()) member("through", json_string(o.through), &out);
  if (!o.script.empty()) member("script", json_string(o.script), &out);
  return out + '}';
}

std::string remote_json(const Remote& r) {
  std::string out;
  member("address", json_string(r.address), &out);
  member("port", std::to_string(r.port), &out);
  member("localPort", std::to_string(r.local_port), &out);
  if (r.pid) member("pid", std::to_string(r.pid), &out);
  member("source", json_string(r.source), &out);
  return out + '}';
}

// The last one that the process has made. A question to a name server comes before, and is none of what is looked for.
static const Connection* outbound(const Connections& all, WallTime now) {
  const Connection* other = nullptr;
  for (uint32_t i = 0; i < all.size(); i++) {
    const Connection& c = all[i];
    if (!c.initiated || c.error || c.time.sec + Origins::kRecentSeconds < now.sec) continue;
    if (c.protocol == kTcp) return &c;
    if (!other && c.destination_port != kDnsPort) other = &c;
  }
  return other;
}

static std::string address_text(const uint8_t* address) {
  std::string out;
  append_address(address, &out);
  return out;
}

// What a path leads to, by what the kernel has in memory, where whoever reads the file has brought it: the worker must
// not wait for the server of a file system. Before 5.12 the lookup may.
static bool find_cached(const std::string& path, struct stat* st) {
  Fd at = open_resolved(AT_FDCWD, path.c_str(), O_PATH | O_CLOEXEC, kResolveCached);
  if (!at && errno == EINVAL) at = Fd(open(path.c_str(), O_PATH | O_CLOEXEC));
  struct statx found;
  if (!at || statx(at.get(), "", AT_EMPTY_PATH | AT_STATX_DONT_SYNC, STATX_INO, &found) != 0) return false;
  *st = {};
  st->st_ino = found.stx_ino;
  st->st_dev = makedev(found.stx_dev_major, found.stx_dev_minor);
  return true;
}

static bool still_there(const std::string& path, const sm_file& file) {
  struct stat st;
  return find_cached(path, &st) && same_file(file, st);
}

// A file that came from somewhere, and that the arguments of the process name: still the same one.
const Origins::Entry* Origins::named_by(const Process& writer) const {
  if (by_path_.empty()) return nullptr;
  const std::string& cwd = writer.program->cwd;
  size_t looked = 0;
  for (std::string argument : arguments_of(writer.program->command_line)) {
    if (++looked > kMostArguments) break;
    if (argument.empty() || argument[0] == '-') continue;
    while (argument.rfind("./", 0) == 0) argument.erase(0, 2);
    std::string path = argument[0] == '/' ? std::string() : cwd;
    if (!path.empty() && path != "/") path += '/';
    path += argument;
    const auto found = by_path_.find(path);
    if (found == by_path_.end()) continue;
    const Entry& e = files_.at(found->second);
    if (still_there(path, e.file)) return &e;
  }
  return nullptr;
}

void Origins::erase(const FileKey& key) {
  const auto it = files_.find(key);
  if (it == files_.end()) return;
  if (const auto named = by_path_.find(it->second.path); named != by_path_.end() && named->second == key)
    by_path_.erase(named);
  order_.erase(it->second.place);
  files_.erase(it);
}

void Origins::forget() {
  files_.clear();
  by_path_.clear();
  order_.clear();
}

void Origins::wrote(const sm_file& file, const std::function<std::string()>& path, const Process& writer, WallTime time,
                    const Facts& facts) {
  const FileKey key{file.ino, file.dev};
  const Connection* c = outbound(writer.connections, time);
  const Entry* read = c || files_.empty() ? nullptr : named_by(writer);
  const Feeder feeder = c || read || !writer.input ? Feeder{} : feeder_of(writer, time);
  if (feeder.pipe) {
    c = feeder.connected;
    read = feeder.read;
  }
  if (!c && !read) {
    if (!files_.empty()) erase(key);
    return;
  }
  auto o = std::make_shared<Origin>();
  if (read) {
    *o = *read->origin;
    o->through = read->path;
  } else {
    o->destination = address_text(c->destination);
    o->port = c->destination_port;
    if (const std::string* name = facts.hostnames.find(address_of(c->destination, true), facts.now))
      o->hostname = *name;
    if (feeder.pipe) o->through = "pipe:[" + std::to_string(feeder.pipe) + ']';
  }
  o->time = time;
  o->pid = writer.key.pid;
  o->strong_id = strong_id(facts.boot_id, writer.key.start, writer.key.pid, writer.key.exec_id);
  o->image = writer.program->image;
  // What was made of it names nothing itself: else all that is ever made on a host would come from there.
  std::string name = read ? "" : path();
  erase(key);
  if (files_.size() >= kMost) erase(FileKey(order_.front()));
  if (!name.empty()) by_path_[name] = key;
  const auto place = order_.insert(order_.end(), key);
  files_[key] = {std::move(o), file, std::move(name), place};
}

std::shared_ptr<const Origin> Origins::of(const sm_file& file) const {
  const auto it = files_.find({file.ino, file.dev});
  return it == files_.end() || it->second.file.generation != file.generation ? nullptr : it->second.origin;
}

std::shared_ptr<const Origin> Origins::of_script(const std::string& path) const {
  struct stat st;
  if (files_.empty() || !find_cached(path, &st)) return nullptr;
  auto it = files_.find({st.st_ino, static_cast<uint32_t>(major(st.st_dev) << 20 | minor(st.st_dev))});
  if (const auto named = by_path_.find(path); it == files_.end() && named != by_path_.end())
    it = files_.find(named->second);  // overlay and btrfs, whose inodes have other numbers
  if (it == files_.end() || !same_file(it->second.file, st)) return nullptr;
  auto o = std::make_shared<Origin>(*it->second.origin);
  o->script = path;
  return o;
}

static bool is_pipe(const sm_stdio& fd) { return fd.kind == SM_FD_PIPE && !fd.target.len; }

void Origins::executed(const Record& exec, Process* p) {
  const auto& e = exec.as<sm_exec_record>();
  p->input = is_pipe(e.stdio[0]) ? e.stdio[0].ino : 0;
  // Both ends can be one descriptor of a pipe only by design of whoever made it: then it leads to itself.
  if (!is_pipe(e.stdio[1]) || e.stdio[1].ino == p->input) return;
  const auto [it, is_new] = writers_.try_emplace(e.stdio[1].ino);
  if (is_new) pipes_.push_back(it->first);
  auto& keys = it->second;
  if (keys.size() == kMostWriters) keys.erase(keys.begin());
  keys.push_back(p->key);
  if (pipes_.size() <= kMostPipes) return;
  writers_.erase(pipes_.front());
  pipes_.pop_front();
}

// Both ends are known by the number of the pipe, as each process was executed with it; the newest writer counts first.
Origins::Feeder Origins::feeder_of(const Process& reader, WallTime now) const {
  uint64_t pipe = reader.input;
  for (int hops = 0; pipe && hops < kMostPipesInRow; hops++) {
    const auto it = writers_.find(pipe);
    if (it == writers_.end()) break;
    uint64_t before = 0;
    for (auto key = it->second.rbegin(); key != it->second.rend(); ++key) {
      const Process* writer = find_(*key);
      if (!writer) continue;
      if (const Connection* c = outbound(writer->connections, now)) return {c, nullptr, pipe};
      if (const Entry* read = files_.empty() ? nullptr : named_by(*writer)) return {nullptr, read, pipe};
      if (!before) before = writer->input;
    }
    pipe = before;
  }
  return {};
}

static std::shared_ptr<const Remote> accepted(const Connection& c, uint32_t pid, const char* source) {
  return std::make_shared<const Remote>(Remote{address_text(c.source), c.source_port, c.destination_port, pid, source});
}

std::shared_ptr<const Remote> inherited_remote(const Process& from) {
  for (uint32_t i = 0; i < from.connections.size(); i++)
    if (const Connection& c = from.connections[i]; !c.initiated && c.protocol == kTcp)
      return accepted(c, from.key.pid, "accepted");
  return from.remote;
}

// Who accepted the connection with this far end, among a process and those above it.
static std::shared_ptr<const Remote> held(const Process& p, const Address& peer, uint16_t port) {
  int steps = 0;
  for (const Process* a = &p; a && steps < kMostAncestors; a = a->parent, steps++)
    for (uint32_t i = 0; i < a->connections.size(); i++) {
      const Connection& c = a->connections[i];
      if (!c.initiated && c.source_port == port && address_of(c.source, true) == peer)
        return accepted(c, a->key.pid, "socket");
    }
  // Of a program that it has executed before, only the newest is still known.
  if (p.remote && p.remote->pid && p.remote->port == port && p.remote->address == address_text(peer.data())) {
    Remote same = *p.remote;
    same.source = "socket";
    return std::make_shared<const Remote>(std::move(same));
  }
  return nullptr;
}

// "192.0.2.1 50000 192.0.2.2 22"
static std::shared_ptr<const Remote> of_environment(const Process& p) {
  if (p.program->env.size() <= 2) return nullptr;
  for (const std::string& value : json_values(p.program->env, "SSH_CONNECTION")) {
    char address[64], local[64];
    unsigned port, local_port;
    if (sscanf(value.c_str(), "%63s %5u %63s %5u", address, &port, local, &local_port) != 4) continue;
    return std::make_shared<const Remote>(
        Remote{address, static_cast<uint16_t>(port), static_cast<uint16_t>(local_port), 0, "environment"});
  }
  return nullptr;
}

std::shared_ptr<const Remote> remote_of(const Record& exec, const Process& p) {
  const auto& e = exec.as<sm_exec_record>();
  for (const sm_stdio& fd : e.stdio) {
    const std::string_view target = exec.text(fd.target);
    if (fd.kind != SM_FD_SOCKET || fd.detail != SOCK_STREAM || (fd.family != AF_INET && fd.family != AF_INET6) ||
        target.size() != sizeof(sm_address))
      continue;
    sm_address a;
    std::memcpy(&a, target.data(), sizeof a);
    if (auto found = held(p, address_of(a.peer, fd.family == AF_INET6), a.peer_port)) return found;
  }
  if (p.remote) return p.remote;
  int steps = 0;
  for (const Process* a = &p; a && steps < kMostAncestors; a = a->parent, steps++)
    if (auto found = of_environment(*a)) return found;
  return nullptr;
}

}  // namespace sysmon
