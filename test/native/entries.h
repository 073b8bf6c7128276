// Reads batches as the JavaScript side does, and refuses what that side could not read.
#pragma once
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>
#include <vector>

#include "base/wire.h"
#include "event/batcher.h"

namespace sysmon::test {

[[noreturn]] inline void broken(const char* what) {
  std::fprintf(stderr, "broken batch: %s\n", what);
  std::abort();
}

struct SeenProcess {
  std::string strong_id, guid, image, command_line, cwd, user, cgroup, env, stdio, script, container, container_user;
  uint32_t ref, parent, pid, ppid, uid, flags;
  size_t arguments;
};

struct SeenEvent {
  uint32_t kind;
  SeenProcess process;
  std::string extra;
  std::vector<uint32_t> words;     // behind the head
  std::vector<std::string> texts;  // the same, resolved as texts
};

struct SeenLoss {
  std::string stage, type, unit, processes;
  uint64_t count;
  bool operator==(const SeenLoss&) const = default;
};

class Entries {
 public:
  std::vector<SeenLoss> losses;
  std::vector<SeenEvent> events;
  std::map<uint32_t, SeenProcess> processes;                    // by ref, those not retired
  std::map<uint32_t, std::pair<std::string, bool>> containers;  // by ref: JSON, and whether nothing more will come
  std::vector<uint32_t> kinds, retired;
  size_t resets = 0, batches = 0;

  void take(const uint8_t* slot) {
    batches++;
    slot_ = slot;
    used_ = word(0);
    if (used_ > Batcher::kSlotBytes || used_ < Batcher::kSlotHeader) broken("bytes used");
    uint32_t count = 0;
    for (uint32_t at = Batcher::kSlotHeader; at < used_; count++) {
      const uint32_t size = word(at + 4);
      if (size < 8 || size % 8 != 0 || size > used_ - at) broken("size of an entry");
      entry(at, size);
      at += size;
    }
    if (count != word(4)) broken("number of entries");
  }

 private:
  uint32_t word(uint32_t at) const {
    if (at + 4 > Batcher::kSlotBytes) broken("offset");
    uint32_t w;
    std::memcpy(&w, slot_ + at, 4);
    return w;
  }
  std::string text(uint32_t ref) const {
    if (!(ref & Batcher::kInline)) {
      const auto it = texts_.find(ref);
      if (it == texts_.end()) broken("a text that was not defined");
      return it->second;
    }
    const uint32_t at = ref & ~Batcher::kInline, length = word(at);
    if (at + 4 > used_ || length > used_ - at - 4) broken("a text outside the batch");
    return {reinterpret_cast<const char*>(slot_) + at + 4, length};
  }
  const SeenProcess& process(uint32_t ref) const {
    const auto it = processes.find(ref);
    if (it == processes.end()) broken("a process that was not defined");
    return it->second;
  }
  void entry(uint32_t at, uint32_t size) {
    using schema::Entry;
    const uint32_t kind = word(at);
    kinds.push_back(kind);
    if (kind < 256) return event(at, kind);
    switch (static_cast<Entry>(kind)) {
      case Entry::kDefineString: {
        const std::string value = text(word(at + 12));
        texts_[word(at + 8)] = value;
        return;
      }
      case Entry::kResetStrings:
        texts_ = {{0, "-"}};
        resets++;
        return;
      case Entry::kDefineProcess:
        return define(at, size);
      case Entry::kRetireProcess:
        if (processes.erase(word(at + 8)) != 1) broken("retires a process that was not defined");
        retired.push_back(word(at + 8));
        return;
      case Entry::kDefineContainer: {
        const std::string json = text(word(at + 16));
        containers[word(at + 8)] = {json, word(at + 12) != 0};
        return;
      }
      case Entry::kLoss:
        losses.push_back({text(word(at + 8)), text(word(at + 12)), text(word(at + 40)), text(word(at + 44)),
                          word(at + 16) | uint64_t{word(at + 20)} << 32});
        return;
      case Entry::kReady:
      case Entry::kConfigured:
      case Entry::kError:
      case Entry::kEnd:
        return;
    }
    broken("kind of an entry");
  }
  void define(uint32_t at, uint32_t size) {
    schema::ProcessEntry e;
    if (size < sizeof e) broken("size of a process");
    std::memcpy(&e, slot_ + at, sizeof e);
    if (e.parent != 0) process(e.parent - 1);
    if (e.container != 0 && !containers.count(e.container - 1)) broken("a container that was not defined");
    if (processes.count(e.ref)) broken("defines a process twice");
    const size_t arguments = e.argv ? text(e.argv).size() / 4 : 0;
    processes[e.ref] = {text(e.strongId),
                        text(e.guid),
                        text(e.image),
                        text(e.commandLine),
                        text(e.cwd),
                        text(e.user),
                        text(e.cgroup),
                        text(e.env),
                        text(e.stdio),
                        e.script ? text(e.script) : "",
                        e.container ? containers.at(e.container - 1).first : "",
                        e.containerUser ? text(e.containerUser) : "",
                        e.ref,
                        e.parent,
                        e.pid,
                        e.ppid,
                        e.uid,
                        e.flags,
                        arguments};
  }
  void event(uint32_t at, uint32_t kind) {
    const schema::Event* type = nullptr;
    for (const auto& e : schema::kEvents)
      if (e.id == kind) type = &e;
    if (!type) broken("an event of no type");
    SeenEvent seen{kind, process(word(at + 8)), word(at + 12) ? text(word(at + 12)) : "", {}, {}};
    for (uint32_t i = 0; i < type->carried_count; i++) {
      const uint32_t w = word(at + (schema::kEventHeadWords + i) * 4);
      const schema::Field& f = type->fields[type->carried[i]];
      seen.words.push_back(w);
      const bool is_text = f.op != schema::Op::Number && f.op != schema::Op::Flag;
      seen.texts.push_back(!is_text ? "" : w == kEventTime ? "the time of the event" : text(w));
    }
    events.push_back(std::move(seen));
  }

  static constexpr uint32_t kEventTime = 0x7fffffff;  // in place of a text
  const uint8_t* slot_ = nullptr;
  uint32_t used_ = 0;
  std::map<uint32_t, std::string> texts_{{0, "-"}};
};

}  // namespace sysmon::test
