#include "event/kernel_filter.h"

#include <algorithm>
#include <iterator>

#include "event/known_fields.h"
#include "event/rule_fields.h"

namespace sysmon {

KernelFilter::KernelFilter(const Judge& judge, Facts* facts, const Settings& settings,
                           const std::vector<uint16_t>& wanted)
    : facts_(facts),
      judge_(judge),
      pushdown_(judge.engine(), pushed_records(settings, wanted), knowledge_of(judge.engine())) {}

void KernelFilter::begin(uint32_t set, Tell tell) {
  set_ = set;
  tell_ = std::move(tell);
}

void KernelFilter::ruled_out(const schema::Event& e, const Record& r, Process* p) {
  if (!tell_ || p->uncertain) return;  // what may be wrong of it now may be mended
  const auto* const pushed = std::find(std::begin(kPushed), std::end(kPushed), e.wire_type);
  if (pushed == std::end(kPushed) || !pushdown_.asks_process(e.wire_type)) return;
  const uint32_t bit = 1u << (pushed - std::begin(kPushed));
  if (p->pushed_set != set_) p->pushed = 0;
  p->pushed_set = set_;
  if (p->pushed & bit) return;
  p->pushed |= bit;
  FieldOrigins origins(*judge_.engine());
  const RuleFields fields(origins.of(e), facts_, e, r, *p, nullptr, nullptr);
  const uint64_t clauses = pushdown_.of_process(e.wire_type, [&](uint32_t field) { return fields.field(field); });
  sm_push_process who{};
  who.start = p->key.start;
  who.exec_id = p->key.exec_id;
  who.pid = p->key.pid;
  who.set = set_;
  who.type = e.wire_type;
  if (!fields.incomplete()) tell_(who, clauses);
}

}  // namespace sysmon
