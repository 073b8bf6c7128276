// Where processes come from: who wrote the file that they execute, after which connection, and by which connection that
// was accepted they are used.
#pragma once
#include <cstdint>
#include <deque>
#include <functional>
#include <list>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/clock.h"
#include "base/wire.h"
#include "process/key.h"

namespace sysmon {

class Hostnames;
struct Facts;
struct Connection;
struct Process;

struct Origin {
  WallTime time;  // of the write
  uint32_t pid;   // of the writer
  std::string strong_id, image;
  std::string destination, hostname;  // the latter is empty if no answer of DNS gave it
  uint16_t port;
  // Path of the file that the writer was told to read, or the pipe that it read from; empty: it had connected itself.
  std::string through;
  std::string script;  // path of the script that comes from there; empty: it is the executed file
};
std::string origin_json(const Origin& o);

struct Remote {
  std::string address;
  uint16_t port, local_port;
  uint32_t pid;        // who accepted it; 0: not known
  const char* source;  // socket, accepted, environment
};
std::string remote_json(const Remote& r);

// Files that came from somewhere. Not thread-safe: the worker's.
class Origins {
 public:
  static constexpr size_t kMost = 16384;           // files; the ones written first make room
  static constexpr uint32_t kRecentSeconds = 600;  // that a connection counts
  static constexpr size_t kMostPipes = 4096;       // the ones that were seen first make room
  static constexpr size_t kMostWriters = 4;        // of a pipe, that are known; likewise

  // The record of a process that is still known; null: it is not.
  using Find = std::function<const Process*(const Key&)>;
  explicit Origins(Find find = [](const Key&) -> const Process* { return nullptr; }) : find_(std::move(find)) {}

  // A process has executed something: which pipes it was given.
  void executed(const Record& exec, Process* p);

  // A process has changed a file. `path`: asked for where it is needed.
  void wrote(const sm_file& file, const std::function<std::string()>& path, const Process& writer, WallTime time,
             const Facts& facts);
  // Null: it was not written since the sensor began, or by somebody who had connected to nobody.
  std::shared_ptr<const Origin> of(const sm_file& file) const;
  // Of the file that this path leads to where the sensor lives.
  std::shared_ptr<const Origin> of_script(const std::string& path) const;
  // Records of writes were lost: nothing that is known can be relied on.
  void forget();
  size_t size() const { return files_.size(); }

 private:
  // A file that has got the number of another one takes its place here: its generation is that of the entry.
  struct FileKey {
    uint64_t ino;
    uint32_t dev;
    bool operator==(const FileKey&) const = default;
  };
  struct Hash {
    size_t operator()(const FileKey& k) const { return k.ino * 0x9e3779b97f4a7c15u ^ k.dev; }
  };
  struct Entry {
    std::shared_ptr<const Origin> origin;
    sm_file file;
    std::string path;  // empty: nothing is derived from it
    std::list<FileKey>::iterator place;
  };
  void erase(const FileKey& key);
  const Entry* named_by(const Process& writer) const;
  // Who wrote into a pipe that leads to this process, and had connected, or was told to read a file that came from
  // somewhere.
  struct Feeder {
    const Connection* connected = nullptr;
    const Entry* read = nullptr;
    uint64_t pipe = 0;
  };
  Feeder feeder_of(const Process& reader, WallTime now) const;

  const Find find_;
  std::unordered_map<FileKey, Entry, Hash> files_;
  std::unordered_map<std::string, FileKey> by_path_;
  std::list<FileKey> order_;                                // written last stands last
  std::unordered_map<uint64_t, std::vector<Key>> writers_;  // by pipe, whose standard output it was at their exec
  std::deque<uint64_t> pipes_;                              // in the order in which they were seen
};

// What a process has from its parent, or from the program that it executed before.
std::shared_ptr<const Remote> inherited_remote(const Process& from);
// What the exec that brought it tells: a socket at its descriptors, or the environment. Else what it had before.
std::shared_ptr<const Remote> remote_of(const Record& exec, const Process& p);

}  // namespace sysmon
