// Packets that anybody may send, through parser, reassembly, matching and pipeline; every batch that comes out is read
// and checked.
#include <algorithm>

#include "dns_packets.h"
#include "entries.h"
#include "event/pipeline.h"

using namespace sysmon;
using namespace sysmon::test;

namespace {
// Messages that are changed here and there get further than any that chance makes.
const std::vector<std::string>& seeds() {
  static const std::vector<std::string> all = [] {
    const std::string asked = pointer(kQuestionAt);
    Dns question, answer, multicast;
    answer.flags = kAnswer;
    answer.answers = {record(asked, 5, labels("b", asked)), record(asked, 1, "abcd"),
                      record(asked, 28, std::string(16, 'x')), record(asked, 16, "\3abc"),
                      record(asked, 15, be16(1) + asked)};
    answer.authorities = {record(asked, 6, asked + asked + std::string(20, '\1'))};
    answer.additional = {record({"\0", 1}, 41, "", 0, 1232)};
    multicast.questions = 0;
    multicast.flags = kAnswer;
    multicast.answers = {record(labels("name.example"), 1, "abcd")};
    return std::vector<std::string>{question.bytes(), answer.bytes(), multicast.bytes()};
  }();
  return all;
}
}  // namespace

// The input is a row of packets: a byte that says how, two that say how long, and the bytes.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static std::vector<uint8_t> memory(size_t{Batcher::kSlots} * Batcher::kSlotBytes);
  static Pools pools(0, [] {});
  Settings settings;
  settings.events = {22};
  settings.hash_algorithms = 0;
  Entries seen;
  Batcher* self = nullptr;
  Batcher batch(memory.data(), Batcher::kSlots, [&](uint32_t slot) {
    seen.take(memory.data() + size_t{slot} * Batcher::kSlotBytes);
    self->release(slot);
  });
  self = &batch;
  Pipeline pipeline(settings, &batch, &pools);
  pipeline.begin_publishing(0);
  uint32_t seq[2] = {};

  while (size >= 3) {
    const uint8_t how = data[0];
    const size_t length = std::min<size_t>(data[1] | data[2] << 8, size - 3);
    Packet p;
    p.payload.assign(reinterpret_cast<const char*>(data + 3), length);
    data += 3 + length;
    size -= 3 + length;
    p.answer = how & 1;
    if (how & 2) {  // pairs of place and value, applied to a good message
      std::string good = seeds()[how / 4 % seeds().size()];
      for (size_t i = 0; i + 1 < std::min<size_t>(p.payload.size(), 16); i += 2)
        good[static_cast<uint8_t>(p.payload[i]) % good.size()] = p.payload[i + 1];
      if (p.payload.size() % 7 == 1) good.resize(p.payload.size() % good.size());
      p.payload = good;
    }
    p.who = {kPid + how / 8 % 3, kSecond, 1};
    p.cookie = how / 8 % 2;
    p.port = how & 16 ? 5353 : 53;
    if (how & 32) {
      p.protocol = IPPROTO_TCP;
      if (how & 2) p.payload = be16(static_cast<unsigned>(p.payload.size())) + p.payload;
      p.tcp_flags = length % 8;
      p.seq = seq[p.answer];
      if (length % 5 == 0) p.seq += length % 11 - 5;  // again, or too early
      seq[p.answer] += static_cast<uint32_t>(p.payload.size());
      if (length % 13 == 12) p.more = 1;
    }
    Bytes b = packet_of(p);
    pipeline.on_record(b.data(), b.size());
    if (how & 64) pipeline.tick();
    if (how == 255) pipeline.give_up_waiting();
  }
  pipeline.give_up_waiting();
  batch.flush();
  return 0;
}
