#include "dns/exchanges.h"

#include <netinet/in.h>

#include <algorithm>
#include <cstring>

#include "base/clock.h"

namespace sysmon::dns {

static constexpr uint8_t kFin = 1, kSyn = 2, kRst = 4;
static constexpr uint16_t kMulticastPort = 5353;
static constexpr char kTimeout[] = "1460";

void Exchanges::packet(const Record& r, int64_t now) {
  const auto& p = r.as<PacketRecord>();
  stats_.packets++;
  const std::string_view bytes = r.text(p.payload);
  if (p.protocol == IPPROTO_TCP) return segment(p, bytes, now);
  // What was sent in one call, or came in at one time, may be several datagrams.
  const size_t size = p.segment_size ? p.segment_size : bytes.size();
  size_t at = 0;
  do {
    message(p, bytes.substr(at, size), now);
    at += size;
  } while (at < bytes.size());
}

void Exchanges::drop_flow(std::unordered_map<Socket, Flow, Hash>::iterator it) {
  flow_bytes_ -= it->second.stream.held();
  flows_.erase(it);
}

void Exchanges::segment(const PacketRecord& p, std::string_view bytes, int64_t now) {
  const Socket key{p.cookie, p.answer};
  auto it = flows_.find(key);
  if (it == flows_.end()) {
    if (p.total == 0 && !(p.tcp_flags & kSyn)) return;  // the end of what nobody followed
    if (flows_.size() >= kMaxStreams) {
      stats_.unfollowed++;
      drop_flow(std::min_element(flows_.begin(), flows_.end(),
                                 [](const auto& a, const auto& b) { return a.second.used < b.second.used; }));
    }
    it = flows_.try_emplace(key).first;
  }
  Stream& stream = it->second.stream;
  it->second.used = now;
  flow_bytes_ -= stream.held();
  const bool sound =
      stream.add({.seq = p.seq, .total = p.total, .urgent = p.urgent, .syn = (p.tcp_flags & kSyn) != 0, .bytes = bytes},
                 [&](std::string_view m) { message(p, m, now); });
  flow_bytes_ += stream.held();
  if (!sound) stats_.malformed++;
  if (flow_bytes_ > kMaxStreamBytes) stats_.unfollowed++;
  if (flow_bytes_ > kMaxStreamBytes || p.tcp_flags & (kFin | kRst)) drop_flow(it);
}

void Exchanges::message(const PacketRecord& p, std::string_view bytes, int64_t now) {
  Message m;
  switch (parse(bytes, &m)) {
    case Kind::kMalformed:
      stats_.malformed++;
      return;
    case Kind::kOther:
      stats_.other++;
      return;
    case Kind::kMessage:
      break;
  }
  if (m.broken) stats_.malformed++;
  // A socket that is bound to the port itself also answers, and is asked.
  if (m.response != (p.answer != 0))
    stats_.other++;
  else if (m.response)
    answer(p, m, now);
  else
    question(p, m, now);
}

// The upper bit of the class belongs to multicast DNS.
static bool same_question(const Question& a, const Question& b) {
  return a.type == b.type && ((a.klass ^ b.klass) & 0x7fff) == 0 && same_name(a.name, b.name);
}

void Exchanges::question(const PacketRecord& p, const Message& m, int64_t now) {
  if (p.hdr.pid == 0) {
    stats_.unowned += m.questions.size();
    return;
  }
  const Socket key{p.cookie, m.id};
  for (const Question& q : m.questions) {
    const auto [first, last] = by_id_.equal_range(key);
    const auto again = std::find_if(first, last, [&](const auto& e) { return same_question(e.second->question, q); });
    if (again != last) {
      again->second->attempts++;
      continue;
    }
    if (asked_.size() >= kMaxAsked) {
      stats_.overflow++;
      continue;
    }
    Process* process = hooks_.process(p.hdr);
    table_->hold(process);
    asked_.push_back({key, q, process, p.hdr, p.address, p.family, p.protocol, 1, lost_answers_, now + kPatienceNs});
    by_id_.emplace(key, std::prev(asked_.end()));
  }
}

// Servers of multicast DNS answer to all who listen, and do not repeat the question.
static bool answers(const Message& m, const Question& q, bool multicast) {
  if (!multicast)
    return std::any_of(m.questions.begin(), m.questions.end(), [&](const Question& x) { return same_question(x, q); });
  return std::any_of(m.answers.begin(), m.answers.end(), [&](const Answer& a) {
    return (a.type == q.type || q.type == kAny) && same_name(a.name, q.name);
  });
}

void Exchanges::answer(const PacketRecord& p, const Message& m, int64_t now) {
  const auto [first, last] = by_id_.equal_range({p.cookie, m.id});
  std::vector<AskedList::iterator> found;
  const bool multicast = m.questions.empty() && p.address.peer_port == kMulticastPort;
  // A refusal may leave the question out: then only the number tells which one it is.
  const bool any = m.questions.empty() && !multicast && first != last && std::next(first) == last;
  for (auto it = first; it != last; ++it)
    if (any || answers(m, it->second->question, multicast)) found.push_back(it->second);
  if (found.empty()) stats_.unmatched++;
  for (const auto& asked : found) {
    for (const Answer& a : m.answers)
      if (!a.address.empty()) hooks_.learn(a, asked->question.name, now);
    finish(asked, std::to_string(status_of(m, asked->question.type)), &m, &p);
  }
}

// Publishes the event. `m`, `answer`: null, if there was none.
void Exchanges::finish(AskedList::iterator it, const std::string& status, const Message* m,
                       const PacketRecord* answer) {
  // Out of the table first: publishing may wait, and nothing else may find it meanwhile.
  const auto [first, last] = by_id_.equal_range(it->key);
  by_id_.erase(std::find_if(first, last, [&](const auto& e) { return e.second == it; }));
  AskedList one;
  one.splice(one.begin(), asked_, it);
  const Asked& asked = one.front();

  sm_dns_query_record r{};
  r.hdr = asked.header;
  r.hdr.type = SM_DNS_QUERY;
  r.hdr.time = answer ? answer->hdr.time : static_cast<uint64_t>(now_ns(CLOCK_BOOTTIME));
  r.query_type = asked.question.type;
  r.attempts = asked.attempts;
  // As the asker sees it: a packet that was redirected on its way bears another address than the answer to it.
  r.address = answer ? answer->address : asked.address;
  r.family = asked.family;
  r.protocol = asked.protocol;
  std::string results = m ? results_of(*m) : "";
  if (!m && asked.lost_answers != lost_answers_) r.attributes |= SM_DNS_ANSWERS_LOST;
  if (m && m->truncated) r.attributes |= SM_DNS_CUT_ANSWER;
  if ((m && !m->complete) || results.size() > kMaxText) r.attributes |= SM_DNS_CUT_RESULTS;
  if (results.size() > kMaxText) results.resize(results.rfind(';', kMaxText) + 1);

  const std::string_view texts[] = {asked.question.name, status, results};
  sm_text* const fields[] = {&r.name, &r.status, &r.results};
  size_t size = sizeof r;
  for (size_t i = 0; i < 3; i++) {
    *fields[i] = {static_cast<uint32_t>(size), static_cast<uint32_t>(texts[i].size())};
    size += texts[i].size();
  }
  record_.assign((size + 7) / 8, 0);
  r.hdr.size = static_cast<uint32_t>(record_.size() * 8);
  auto* bytes = reinterpret_cast<uint8_t*>(record_.data());
  std::memcpy(bytes, &r, sizeof r);
  for (size_t i = 0; i < 3; i++) std::memcpy(bytes + fields[i]->off, texts[i].data(), texts[i].size());
  hooks_.publish({reinterpret_cast<const sm_header*>(bytes)}, asked.process);
  table_->unhold(asked.process);
}

void Exchanges::tick(int64_t now) {
  while (!asked_.empty() && asked_.front().deadline <= now) {
    stats_.unanswered++;
    finish(asked_.begin(), kTimeout, nullptr, nullptr);
  }
  if (now < next_sweep_) return;
  next_sweep_ = now + kIdleNs / 30;
  for (auto it = flows_.begin(); it != flows_.end();) {
    const auto idle = it++;
    if (now - idle->second.used > kIdleNs) drop_flow(idle);
  }
}

void Exchanges::give_up() {
  while (!asked_.empty()) finish(asked_.begin(), "-", nullptr, nullptr);
}

}  // namespace sysmon::dns
