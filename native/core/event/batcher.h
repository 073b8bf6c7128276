// The bounded queue to JavaScript: a few slots of shared memory, filled with entries, handed over one at a time.
//
// Every byte that JavaScript must turn into a string costs it; so texts that repeat (images, users, namespaces) are
// sent once and then named by a number, and a process is sent once and then named by its ref.
#pragma once
#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "schema.gen.h"

namespace sysmon {

class Batcher {
 public:
  static constexpr uint32_t kSlotBytes = 768 << 10;  // untouched pages cost nothing
  static constexpr uint32_t kSlots = 12;
  static constexpr uint32_t kSoftLimit = 64 << 10;      // a slot is handed over once it holds so much
  static constexpr uint32_t kLargestEntry = 640 << 10;  // 64 KiB of raw record, every byte escaped, and its base64
  static constexpr uint32_t kSlotHeader = 8;            // bytes used, entries
  static constexpr uint32_t kInline = 0x80000000u;      // a text inside the slot: byte offset of its length word
  static_assert(kSoftLimit + kLargestEntry < kSlotBytes);

  // `memory`: slots * kSlotBytes, zeroed; outlives the batcher. `deliver` is called on the worker, without a lock.
  Batcher(uint8_t* memory, uint32_t slots, std::function<void(uint32_t slot)> deliver);

  // A lock of the worker's that is let go while it waits for a slot. Set before the first begin().
  void unlock_while_waiting(std::unique_lock<std::mutex>* lock) { outer_ = lock; }

  // --- any thread ---
  void release(uint32_t slot);
  // Nobody will release a slot any more: what is written from now on goes nowhere, and nobody waits.
  void abort();
  uint64_t waits() const { return waits_.load(std::memory_order_relaxed); }  // times the worker waited for a slot

  // --- the worker ---
  // Call before the interns of an entry: starts the table of texts anew when it is full.
  void prepare();
  // Number of a text that is likely to repeat. Long ones are not kept: use add_text. 0 stands for "-".
  uint32_t intern(std::string_view text);
  // Starts an entry of `words` zeroed words, kind and size included.
  uint32_t* begin(uint32_t kind, uint32_t words);
  // Puts a text behind the words of the entry. Pointers returned by begin() stay valid.
  uint32_t add_text(std::string_view text);
  uint32_t add_words(const std::vector<uint32_t>& values);
  void end();
  // Something that the sensor cannot do or see: an entry of its own, which becomes an Error event.
  void add_error(std::string_view id, std::string_view description);
  // Hands over what there is.
  void flush();
  bool empty() const { return !slot_ || at_ == kSlotHeader; }

 private:
  void acquire();

  static constexpr size_t kMaxInterned = 8192, kMaxInternedBytes = 1 << 20;
  static constexpr size_t kRoom = 64;  // texts that one entry may add

  struct Hash {
    using is_transparent = void;
    size_t operator()(std::string_view s) const { return std::hash<std::string_view>{}(s); }
  };

  uint8_t* const memory_;
  const uint32_t slots_;
  const std::function<void(uint32_t)> deliver_;

  std::mutex mutex_;  // guards free_ and aborted_
  std::condition_variable freed_;
  std::vector<uint32_t> free_;
  bool aborted_ = false;
  std::atomic<uint64_t> waits_{0};
  std::unique_lock<std::mutex>* outer_ = nullptr;

  uint32_t current_ = 0;
  uint8_t* slot_ = nullptr;  // the one that is being filled
  uint32_t at_ = 0, entry_ = 0, entries_ = 0;
  std::vector<uint8_t> sink_;  // takes the slot's place after abort()

  std::unordered_map<std::string, uint32_t, Hash, std::equal_to<>> interned_;
  size_t interned_bytes_ = 0;
};

}  // namespace sysmon
