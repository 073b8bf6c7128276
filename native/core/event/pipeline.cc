#include "event/pipeline.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "enrich/guid.h"
#include "event/location.h"
#include "process/proc_fs.h"

namespace sysmon {

// Only records that change what is known have a handler of their own. Any other is that of an event, which happened to
// something else than the process itself.
struct Pipeline::Handlers {
  using Handler = void (Pipeline::*)(const Record&);

  Handler of[SM_TYPES];
  bool known[SM_TYPES];  // under UBSan a pointer to a member function is nothing that the compiler compares

  constexpr Handlers() : of{}, known{} {
    for (const auto& e : schema::kEvents) set(e.wire_type, &Pipeline::on_event);
    set(SM_FORK, &Pipeline::on_fork);
    set(SM_EXEC, &Pipeline::on_exec);
    set(SM_EXIT, &Pipeline::on_exit);
    for (const uint16_t type : {SM_DNS_QUESTION, SM_DNS_ANSWER, SM_DNS_SEGMENT}) set(type, &Pipeline::on_dns_packet);
    set(SM_NETWORK, &Pipeline::on_network);
    set(SM_FILE_MODIFY, &Pipeline::on_file_modify);
    set(SM_URING, &Pipeline::on_uring);
    set(SM_BPF_EVENT, &Pipeline::on_bpf_event);
    set(SM_ALIVE, &Pipeline::refuse);      // comes by the iterator, never by the ring
    set(SM_DNS_QUERY, &Pipeline::refuse);  // is made here
  }
  constexpr void set(uint16_t type, Handler handler) {
    of[type] = handler;
    known[type] = true;
  }
  // A new type that is neither of an event nor named above shall not compile.
  constexpr bool complete() const {
    for (const auto& r : schema::kRecords)
      if (!known[r.type]) return false;
    return true;
  }
};

Pipeline::Pipeline(const Settings& settings, Batcher* batch, Pools* pools)
    : scoped_(!settings.scope.all()),
      tells_origin_(settings.origin),
      tells_connections_(settings.recent_connections),
      batch_(batch),
      redactor_(settings.redactions),
      writer_(&facts_, batch, &redactor_),
      rules_(make_rules(settings)),
      throttle_(settings.throttle),
      origins_([this](const Key& key) { return lifecycle_.table().find(key); }),
      lifecycle_(settings.env, &facts_.clock,
                 {[this](const Record& r, Process* p) {
                    if (tells_origin_ && r.header->type == SM_EXEC) learn_origin(r, p);
                    publish_all(r, p);
                  },
                  [this](Process* p, const Process& from) {
                    if (!tells_origin_) return;
                    p->remote = inherited_remote(from);
                    p->origin = from.origin;  // an exec brings its own
                    p->input = from.input;
                  },
                  [this](const Process& p) { writer_.retire(p); }}),
      room_(settings, &facts_, &lifecycle_.table(), pools,
            [this](const Record& r, Pending* event) { finish(r, event); }),
      dns_(&lifecycle_.table(), {[this](const sm_header& h) { return lifecycle_.process_of(h); },
                                 [this](const Record& r, Process* p) { publish_all(r, p); },
                                 [this](const dns::Answer& a, const std::string& asked, int64_t now) {
                                   std::string name;  // as QueryName has it: a packet may hold any bytes
                                   append_text(asked, &name);
                                   const Address address = address_of(a.address.data(), a.address.size() == 16);
                                   facts_.hostnames.learn(address, name, a.ttl, now);
                                 }}) {
  facts_.containers.use(pools, [this](uint32_t ref) { room_.container_looked(ref); });
  for (const uint16_t id : settings.events)
    if (id < std::size(wanted_)) wanted_[id] = true;
}

Rules Pipeline::make_rules(const Settings& settings) {
  Rules r;
  r.judge = std::make_unique<Judge>(settings.plan, &facts_);
  r.filter = std::make_unique<KernelFilter>(*r.judge, &facts_, settings, settings.events);
  return r;
}

// What waits for a digest was judged by the old rules, or will be by the new ones: never by both.
void Pipeline::configure(const std::vector<uint16_t>& events, Rules rules, const ThrottleSettings& throttle) {
  std::fill(std::begin(wanted_), std::end(wanted_), false);
  for (const uint16_t id : events)
    if (id < std::size(wanted_)) wanted_[id] = true;
  ruled_out_ += rules_.judge->ruled_out();
  rules_ = std::move(rules);
  throttle_.set(throttle);
}

void Pipeline::redact(Redactor* by) {
  std::vector<Process*> told;
  lifecycle_.table().each([&told](Process* p) {
    p->program->redacted = UINT32_MAX;
    p->program->shown.reset();
    if (p->defined) told.push_back(p);
  });
  for (Process* p : told) {
    writer_.retire(*p);
    p->defined = false;
  }
  for (uint32_t ref = 0; ref < Containers::kMost; ref++)
    if (Container* c = facts_.containers.at(ref)) c->defined = false;
  redactor_.become(by);
}

void Pipeline::set_archive(Archive* archive) {
  archive_ = archive;
  room_.set_archive(archive);
}

void Pipeline::on_record(const void* data, size_t size) {
  static constexpr Handlers kHandlers;
  static_assert(kHandlers.complete());
  Record r;
  records_++;
  if (decode(data, size, &r) != DecodeError::kNone)
    malformed_++;
  else
    (this->*kHandlers.of[r.header->type])(r);
}

void Pipeline::on_event(const Record& r) { publish_all(r, lifecycle_.process_of(*r.header)); }

// Also what the rules drop: it is remembered for what the process does next.
void Pipeline::on_network(const Record& r) {
  const auto& n = r.as<sm_network_record>();
  Process* p = lifecycle_.process_of(n.hdr);
  p->connections.add(n, facts_.clock.wall(n.hdr.time));
  publish_all(r, p);
}

void Pipeline::on_file_modify(const Record& r) {
  const auto& m = r.as<sm_file_modify_record>();
  Process* p = lifecycle_.process_of(m.hdr);
  if (tells_origin_ && m.file.mode)
    origins_.wrote(
        m.file, [&] { return path_of_location(r, m.target); }, *p, facts_.clock.wall(m.hdr.time), facts_);
  publish_all(r, p);
}

void Pipeline::learn_origin(const Record& r, Process* p) {
  origins_.executed(r, p);
  p->origin = origins_.of(p->program->exe);
  const Program& g = *p->program;
  // Of another mount namespace, or below another root, the path would lead elsewhere here.
  if (!p->origin && !g.script.empty() && p->task.ns[0] == facts_.own_mnt_ns && g.root.size() <= 1)
    p->origin = origins_.of_script(g.script);
  p->remote = remote_of(r, *p);
}

// Who has written a file meanwhile is not known.
void Pipeline::note_lost_writes(uint64_t ever) {
  if (ever != lost_writes_) origins_.forget();
  lost_writes_ = ever;
}

// Not an event but a gap in what is seen: said once a minute for each process, which the kernel side sees to.
void Pipeline::on_uring(const Record& r) {
  const Process* p = lifecycle_.table().find(key_of(*r.header));
  batch_->add_error(
      "IO_URING",
      "process " + std::to_string(r.header->pid) + (p ? " (" + redactor_.shown(*p->program).image + ")" : "") +
          " has io_uring carry out file operations that may not be seen; stats().blind.ioUring counts them");
}

// What is done to the sensor itself is said whatever the rules keep.
void Pipeline::on_bpf_event(const Record& r) {
  Process* p = lifecycle_.process_of(*r.header);
  if (r.as<sm_bpf_event_record>().own)
    tampering_.note(r, p->program->image, facts_.now,
                    [this](std::string_view text) { batch_->add_error("TAMPERING", text); });
  publish_all(r, p);
}

// The events of Sysmon that a record of each type is; ends with null.
static constexpr size_t kMostOfOne = 4;
static constexpr auto kEventsOf = [] {
  std::array<std::array<const schema::Event*, kMostOfOne + 1>, SM_TYPES> of{};
  for (const auto& e : schema::kEvents) {
    size_t at = 0;
    while (of[e.wire_type][at]) at++;
    of[e.wire_type].at(at + 1) = nullptr;  // more than fit: does not compile
    of[e.wire_type][at] = &e;
  }
  return of;
}();

// One record can be several events of Sysmon, each judged by its own rules.
void Pipeline::publish_all(const Record& r, Process* p) {
  if (r.header->time < publish_from_) {
    (r.header->type == SM_EXIT ? early_exits_ : early_execs_)++;
    return;
  }
  for (auto* e = kEventsOf[r.header->type].data(); *e; e++) publish(**e, r, p);
}

// The process that an event was done to; null: it was done to none.
Process* Pipeline::target_of(const schema::Event& e, const Record& r) {
  if (!e.target_offset) return nullptr;
  sm_process target;
  std::memcpy(&target, reinterpret_cast<const uint8_t*>(r.header) + e.target_offset, sizeof target);
  return target.start ? lifecycle_.process_of(Key{target.start, target.exec_id, target.pid}) : nullptr;
}

void Pipeline::publish(const schema::Event& e, const Record& r, Process* p) {
  if (!wanted_[e.id]) {
    unwanted_++;
    return;
  }
  Pending event{&e, p, target_of(e, r), ++arrived_};
  Needs needs = room_.needs_of(e, r, *p, &event.found);
  // Rules that need what is still to come are asked again when it has come; all others spare the hashing of what they
  // drop.
  const bool keeps = rules_.judge->keeps(e, r, *p, event.target, needs.findings() ? nullptr : &event.found,
                                         !needs.facts(), &event.judgement);
  if (!keeps) return rules_.filter->ruled_out(e, r, p);
  // Before anything is hashed or copied for it; what the rules are asked of again counts then.
  if (event.judgement.made && !throttle_.passes(e, *p, r.header->time)) return;
  if (!needs.any() || !room_.enter(r, std::move(needs), &event)) finish(r, &event);
}

// Nothing more will come.
void Pipeline::finish(const Record& r, Pending* event) {
  const schema::Event& e = *event->event;
  const bool wanted = wanted_[e.id];  // it may be no more since it came
  if (!wanted) unwanted_++;
  const bool keeps = wanted && (event->judgement.made || (rules_.judge->keeps(e, r, *event->process, event->target,
                                                                              &event->found, true, &event->judgement) &&
                                                          throttle_.passes(e, *event->process, r.header->time)));
  if (keeps) {
    const bool late = event->number < newest_;
    newest_ = std::max(newest_, event->number);
    writer_.event(e, r, event->process, event->target, event->found, event->judgement, late);
  }
  if (archive_) archive_->settle(event->found.kept, keeps);
}

std::string Pipeline::image_of(uint64_t start, uint32_t pid) const {
  std::string image = lifecycle_.image_of(start, pid);
  return redactor_.text("Image", image).value_or(std::move(image));
}

int64_t Pipeline::next_deadline() const {
  return std::min({dns_.next_deadline(), room_.next_deadline(), facts_.containers.next_deadline()});
}

void Pipeline::tick() {
  const int64_t now = now_ns(CLOCK_MONOTONIC);
  room_.tick(now);
  dns_.tick(now);
  facts_.containers.tick(now);
  for (const uint32_t ref : facts_.containers.take_changed()) writer_.container(ref);
  lifecycle_.table().expire(static_cast<uint64_t>(now_ns(CLOCK_BOOTTIME)));
}

void Pipeline::give_up_waiting() {
  dns_.give_up();
  room_.give_up();
}

PipelineStats Pipeline::stats() const {
  return {.records = records_,
          .malformed = malformed_,
          .duplicates = lifecycle_.stats().duplicates,
          .kernel_threads = lifecycle_.stats().kernel_threads,
          .ruled_out = ruled_out_ + rules_.judge->ruled_out(),
          .unwanted = unwanted_,
          .early_execs = early_execs_,
          .early_exits = early_exits_ + lifecycle_.stats().ending,
          .events = writer_.events(),
          .late = writer_.late(),
          .hash_timeouts = room_.stats().timeouts,
          .waiting_full = room_.stats().full};
}

bool Pipeline::lookup(uint32_t pid, Batcher* out) {
  std::lock_guard guard(mutex_);
  const Process* p = lifecycle_.table().current(pid);
  // Of those outside a scope no end is told.
  if (!p || p->ended || (scoped_ && !proc_alive(p->key.pid, p->key.start))) return false;
  writer_.line(*p, out);
  return true;
}

bool Pipeline::connections(const std::string& id, std::vector<NamedConnection>* out) {
  std::lock_guard guard(mutex_);
  Key key{};
  if (!tells_connections_ || !(wanted_[SM_EVENT_NETWORK_CONNECT] || tells_origin_) ||
      !parse_strong_id(facts_.boot_id, id, &key.start, &key.pid, &key.exec_id))
    return false;
  const Process* p = lifecycle_.table().find(key);
  if (!p) return false;
  *out = p->connections.named(facts_.hostnames, now_ns(CLOCK_MONOTONIC));
  for (auto& c : *out)
    if (auto shown = redactor_.text("DestinationHostname", c.hostname)) c.hostname = std::move(*shown);
  return true;
}

}  // namespace sysmon
