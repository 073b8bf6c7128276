// A pipeline that is fed with records made by hand, and what came out of it.
#pragma once
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <thread>

#include "entries.h"
#include "event/pipeline.h"
#include "records.h"

namespace sysmon::test {
using namespace std::chrono_literals;

inline Settings settings(uint32_t hash = 0) {
  Settings s;
  s.events = {1, 5};
  s.env = {"LD_PRELOAD"};
  s.hash_algorithms = hash;
  s.hash_timeout_ms = 60000;
  return s;
}

struct Rig {
  explicit Rig(Settings s = settings(), unsigned threads = 2) : pools(threads, [] {}), pipeline(s, &batch, &pools) {
    pipeline.begin_publishing(0);
  }
  std::vector<uint8_t> memory = std::vector<uint8_t>(size_t{Batcher::kSlots} * Batcher::kSlotBytes);
  Entries seen;
  Batcher batch{memory.data(), Batcher::kSlots, [this](uint32_t slot) {
                  seen.take(memory.data() + size_t{slot} * Batcher::kSlotBytes);
                  batch.release(slot);
                }};
  Pools pools;
  Pipeline pipeline;

  void take(Bytes b) { pipeline.on_record(b.data(), b.size()); }
  const std::vector<SeenEvent>& events() {
    batch.flush();
    return seen.events;
  }
  // Lets the pool work until so many events are out.
  bool wait(size_t n) {
    for (int i = 0; i < 20000 && events().size() < n; i++) {
      pools.collect();
      std::this_thread::sleep_for(1ms);
    }
    return events().size() >= n;
  }
  void alive(const Exec& e, std::string_view argv = {}, bool resync = false) {
    Exec a = e;
    a.type = SM_ALIVE;
    a.argv.clear();
    Bytes b = exec_of(a);
    Record r{};
    ASSERT_EQ(decode(b.data(), b.size(), &r), DecodeError::kNone);
    pipeline.lifecycle()->on_alive(r, argv, {}, resync);
  }
  void all_alive() { pipeline.lifecycle()->alive_done(static_cast<uint64_t>(now_ns(CLOCK_BOOTTIME))); }
};

constexpr Who kShell{kPid, kSecond, 1}, kChild{kPid + 1, 2 * kSecond, 1}, kChildExec{kPid + 1, 2 * kSecond, 2};

struct Files {
  Files() {
    char name[] = "/tmp/sysmon-test-XXXXXX";
    folder = mkdtemp(name);
  }
  ~Files() { std::filesystem::remove_all(folder); }
  // An exec of a file of this content, which the pipeline may read.
  Exec exec(const std::string& name, std::string_view content, const Who& who) {
    const std::string path = folder + '/' + name;
    std::ofstream(path, std::ios::binary) << content;
    struct stat st {
    }, ns{};
    EXPECT_EQ(stat(path.c_str(), &st), 0);
    EXPECT_EQ(stat("/proc/self/ns/mnt", &ns), 0);
    Exec e;
    e.who = who;
    e.image = components(path);
    e.exe = file_of(st);
    e.exe.attributes = SM_FILE_ASKED;  // its times tell whether it has been changed since
    e.mnt_ns = static_cast<uint32_t>(ns.st_ino);
    return e;
  }
  std::string folder;
};
inline Who nth(uint32_t i) { return {kPid + 100 + i, (100 + i) * kSecond, 1}; }
}  // namespace sysmon::test
