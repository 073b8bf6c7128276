// Questions and their answers, put together from what passes the asker's sockets.
#pragma once
#include <cstdint>
#include <functional>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/wire.h"
#include "dns/message.h"
#include "dns/stream.h"
#include "process/process_table.h"

namespace sysmon::dns {

struct Stats {
  uint64_t packets = 0;
  uint64_t malformed = 0;   // no DNS, or broken
  uint64_t other = 0;       // DNS, but no question of this socket and no answer to one: servers, updates, notifications
  uint64_t unmatched = 0;   // answers that nobody waits for: late, repeated, forged
  uint64_t unowned = 0;     // questions of sockets whose process is not known
  uint64_t unanswered = 0;  // questions that were given up
  uint64_t overflow = 0;    // questions that were not followed because too many were
  uint64_t unfollowed = 0;  // directions of connections, likewise
};

// What the kernel side writes of a packet, whichever of the three it is.
using PacketRecord = sm_dns_question_record;
static_assert(sizeof(PacketRecord) == sizeof(sm_dns_answer_record) &&
              sizeof(PacketRecord) == sizeof(sm_dns_segment_record));

// Not thread-safe: the worker's. Times are CLOCK_MONOTONIC, ns.
class Exchanges {
 public:
  static constexpr int64_t kPatienceNs = 5'000'000'000, kIdleNs = 30'000'000'000;
  static constexpr size_t kMaxAsked = 8192, kMaxStreams = 1024, kMaxStreamBytes = 8 << 20;

  struct Hooks {
    std::function<Process*(const sm_header&)> process;     // that the header names, never null
    std::function<void(const Record&, Process*)> publish;  // an sm_dns_query_record
    std::function<void(const Answer&, const std::string& asked, int64_t now_ns)> learn;  // an address that was answered
  };
  // `table` outlives this: processes are held from the question to the answer.
  Exchanges(ProcessTable* table, Hooks hooks) : table_(table), hooks_(std::move(hooks)) {}

  void packet(const Record& r, int64_t now);
  // So many packets that bring answers were lost ever.
  void note_lost_answers(uint64_t ever) { lost_answers_ = ever; }
  void tick(int64_t now);
  int64_t next_deadline() const { return asked_.empty() ? INT64_MAX : asked_.front().deadline; }
  // Publishes what waits for an answer, without a status: nobody will know.
  void give_up();
  const Stats& stats() const { return stats_; }

 private:
  struct Socket {
    uint64_t cookie;
    uint32_t detail;  // id of the message, or direction of the stream
    bool operator==(const Socket&) const = default;
  };
  struct Hash {
    size_t operator()(const Socket& s) const {
      return (s.cookie * 0x9e3779b97f4a7c15u ^ s.detail) * 0xff51afd7ed558ccdu >> 7;
    }
  };
  struct Asked {
    Socket key;
    Question question;
    Process* process;  // held
    sm_header header;
    sm_address address;
    uint8_t family, protocol;
    uint32_t attempts;
    uint64_t lost_answers;  // when it was asked
    int64_t deadline;
  };
  using AskedList = std::list<Asked>;  // in the order of their deadlines
  struct Flow {
    Stream stream;
    int64_t used;
  };

  void segment(const PacketRecord& p, std::string_view bytes, int64_t now);
  void message(const PacketRecord& p, std::string_view bytes, int64_t now);
  void question(const PacketRecord& p, const Message& m, int64_t now);
  void answer(const PacketRecord& p, const Message& m, int64_t now);
  void finish(AskedList::iterator it, const std::string& status, const Message* m, const PacketRecord* answer);
  void drop_flow(std::unordered_map<Socket, Flow, Hash>::iterator it);

  ProcessTable* const table_;
  const Hooks hooks_;
  AskedList asked_;
  std::unordered_multimap<Socket, AskedList::iterator, Hash> by_id_;
  std::unordered_map<Socket, Flow, Hash> flows_;
  size_t flow_bytes_ = 0;
  int64_t next_sweep_ = 0;
  uint64_t lost_answers_ = 0;
  std::vector<uint64_t> record_;  // that is being published
  Stats stats_;
};

}  // namespace sysmon::dns
