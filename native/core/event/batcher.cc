#include "event/batcher.h"

#include <cstring>

namespace sysmon {

using schema::Entry;

Batcher::Batcher(uint8_t* memory, uint32_t slots, std::function<void(uint32_t)> deliver)
    : memory_(memory), slots_(slots), deliver_(std::move(deliver)) {
  for (uint32_t i = slots; i > 0; i--) free_.push_back(i - 1);
}

void Batcher::release(uint32_t slot) {
  if (slot >= slots_) return;
  {
    std::lock_guard lock(mutex_);
    free_.push_back(slot);
  }
  freed_.notify_one();
}

void Batcher::abort() {
  {
    std::lock_guard lock(mutex_);
    aborted_ = true;
  }
  freed_.notify_all();
}

void Batcher::acquire() {
  std::unique_lock lock(mutex_);
  if (free_.empty() && !aborted_) {
    waits_++;
    const bool held = outer_ && outer_->owns_lock();
    if (held) outer_->unlock();
    freed_.wait(lock, [this] { return !free_.empty() || aborted_; });
    if (held) {
      // Not both at once: whoever holds the outer lock may want this one.
      lock.unlock();
      outer_->lock();
      lock.lock();
    }
  }
  if (aborted_) {
    sink_.resize(kSlotBytes);
    slot_ = sink_.data();
  } else {
    current_ = free_.back();
    free_.pop_back();
    slot_ = memory_ + size_t{current_} * kSlotBytes;
  }
  at_ = kSlotHeader;
  entries_ = 0;
}

void Batcher::prepare() {
  if (interned_.size() + kRoom < kMaxInterned && interned_bytes_ < kMaxInternedBytes) return;
  interned_.clear();
  interned_bytes_ = 0;
  begin(static_cast<uint32_t>(Entry::kResetStrings), 2);
  end();
}

uint32_t Batcher::intern(std::string_view text) {
  if (text == "-") return 0;
  if (const auto found = interned_.find(text); found != interned_.end()) return found->second;
  const auto id = static_cast<uint32_t>(interned_.size() + 1);
  // Its own copy from here on: begin() may wait and let go of the lock under which the caller's text stays what it is.
  text = interned_.emplace(text, id).first->first;
  interned_bytes_ += text.size() + 64;
  uint32_t* w = begin(static_cast<uint32_t>(Entry::kDefineString), 4);
  w[2] = id;
  w[3] = add_text(text);
  end();
  return id;
}

uint32_t* Batcher::begin(uint32_t kind, uint32_t words) {
  if (slot_ && at_ >= kSoftLimit) flush();
  if (!slot_) acquire();
  entry_ = at_;
  auto* w = reinterpret_cast<uint32_t*>(slot_ + at_);
  std::memset(w, 0, size_t{words} * 4);
  w[0] = kind;
  at_ += words * 4;
  return w;
}

uint32_t Batcher::add_text(std::string_view text) {
  // Texts are cut by the decoder's bounds long before this; it only keeps a mistake from leaving the slot.
  if (at_ + 16 > kSlotBytes) return 0;
  const auto room = kSlotBytes - at_ - 16;
  const auto length = static_cast<uint32_t>(text.size() < room ? text.size() : room);
  const uint32_t offset = at_;
  std::memcpy(slot_ + at_, &length, 4);
  std::memcpy(slot_ + at_ + 4, text.data(), length);
  at_ += (4 + length + 3) & ~3u;
  return kInline | offset;
}

uint32_t Batcher::add_words(const std::vector<uint32_t>& values) {
  return add_text({reinterpret_cast<const char*>(values.data()), values.size() * 4});
}

void Batcher::end() {
  at_ = (at_ + 7) & ~7u;
  reinterpret_cast<uint32_t*>(slot_ + entry_)[1] = at_ - entry_;
  entries_++;
}

void Batcher::add_error(std::string_view id, std::string_view description) {
  prepare();
  const uint32_t name = intern(id);
  uint32_t* w = begin(static_cast<uint32_t>(schema::Entry::kError), 4);
  w[2] = name;
  w[3] = add_text(description);
  end();
}

void Batcher::flush() {
  if (empty()) return;
  auto* header = reinterpret_cast<uint32_t*>(slot_);
  header[0] = at_;
  header[1] = entries_;
  const bool discard = slot_ == sink_.data();
  slot_ = nullptr;
  if (!discard) deliver_(current_);
}

}  // namespace sysmon
