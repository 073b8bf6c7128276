// Bytes that no probe would write, through decoder and pipeline; every batch that comes out is read and checked.
#include "event/pipeline.h"

#include <algorithm>

#include "entries.h"
#include "records.h"

using namespace sysmon;
using namespace sysmon::test;

// The input is a row of records: a byte that says how, two that say how long, and the bytes. Fields that name processes
// are folded to a few values, so that records of one input meet each other in the table.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static std::vector<uint8_t> memory(size_t{Batcher::kSlots} * Batcher::kSlotBytes);
  static Pools pools(0, [] {});  // takes jobs until it is full, and never works
  Settings settings;
  settings.events = {1, 5};
  settings.env = {"LD_PRELOAD", "A"};
  settings.hash_timeout_ms = 0;
  Entries seen;
  Batcher* self = nullptr;
  Batcher batch(memory.data(), Batcher::kSlots, [&](uint32_t slot) {
    seen.take(memory.data() + size_t{slot} * Batcher::kSlotBytes);
    self->release(slot);
  });
  self = &batch;
  Pipeline pipeline(settings, &batch, &pools);
  pipeline.begin_publishing(0);

  while (size >= 3) {
    const uint8_t how = data[0];
    const size_t length = std::min<size_t>(data[1] | data[2] << 8, size - 3);
    Bytes b;
    b.resize(length);
    if (length > 0) std::memcpy(b.data(), data + 3, length);
    data += 3 + length;
    size -= 3 + length;
    if (how & 1 && length >= sizeof(sm_header)) {  // a header that will do
      auto& h = b.as<sm_header>();
      h.type = SM_FORK + how / 2 % 4;
      const uint32_t least = schema::kRecords[h.type - 1].fixed_size;
      if (b.size() < least) b.resize(least);
      auto& full = b.as<sm_header>();
      full.size = static_cast<uint32_t>(b.size());
      full.pid = kPid + full.pid % 5;
      full.start = full.start % 3 + 1;
      full.exec_id %= 3;
      if (full.type != SM_EXIT) {
        auto& t = b.as<sm_fork_record>().task;
        t.ppid = t.ppid % 6 ? kPid + t.ppid % 5 : 0;
        t.parent_start = t.parent_start % 3 + 1;
        t.parent_exec_id %= 3;
        t.uid %= 3;
      }
      if (how & 8 && full.type != SM_FORK && full.type != SM_EXIT) {  // texts that lie inside
        const auto& type = schema::kRecords[full.type - 1];
        for (uint16_t i = 0; i < type.text_count; i++) {
          sm_text t;
          std::memcpy(&t, b.data() + type.texts[i], sizeof t);
          const uint32_t room = full.size - least;
          t.off = least + (room ? t.off % room : 0);
          t.len = room ? t.len % (full.size - t.off + 1) : 0;
          std::memcpy(b.data() + type.texts[i], &t, sizeof t);
        }
      }
    }
    Record r{};
    if (decode(b.data(), b.size(), &r) == DecodeError::kNone && r.header->type == SM_ALIVE) {
      pipeline.lifecycle()->on_alive(r, r.text(r.as<sm_alive_record>().argv), r.text(r.as<sm_alive_record>().env),
                                     how & 16);
      pipeline.lifecycle()->alive_done(how & 32 ? 1000 : 0);
    } else {
      pipeline.on_record(b.data(), b.size());
    }
    if (how & 64) pipeline.tick();
    if (how & 128) {
      std::vector<uint8_t> own(Batcher::kSlotBytes);
      Batcher out(own.data(), 1, [](uint32_t) {});
      out.abort();  // the line may be longer than a slot
      pipeline.lookup(kPid + how % 5, &out);
    }
  }
  pipeline.give_up_waiting();
  batch.flush();
  return 0;
}
