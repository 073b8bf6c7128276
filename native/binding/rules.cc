// The rule engine for JavaScript: the same code that judges events on the worker, without sensor and without root.
#include "binding/rules.h"

#include <ctime>
#include <memory>
#include <string>
#include <vector>

#include "core/event/known_fields.h"
#include "core/rules/engine.h"
#include "core/rules/pushdown.h"

namespace {

using sysmon::rules::Engine;
using sysmon::rules::FieldSource;
using sysmon::rules::Scratch;
using sysmon::rules::Verdict;

// Values of one event, by field of the plan.
class Values : public FieldSource {
 public:
  explicit Values(size_t count) : texts_(count) {}
  std::string_view field(uint32_t index) const override {
    return index < texts_.size() ? std::string_view(texts_[index]) : std::string_view("-");
  }
  // JavaScript text, `undefined` for what the event does not have. Numbers and booleans were made text in TypeScript.
  void fill(const Napi::Array& values) {
    for (uint32_t i = 0; i < texts_.size(); i++) {
      const Napi::Value v = values.Get(i);
      if (v.IsString())
        texts_[i] = v.As<Napi::String>().Utf8Value();
      else
        texts_[i].assign(1, '-');
    }
  }

 private:
  std::vector<std::string> texts_;
};

class CompiledPlan : public Napi::ObjectWrap<CompiledPlan> {
 public:
  static Napi::Function init(Napi::Env env) {
    return DefineClass(
        env, "CompiledPlan",
        {InstanceMethod<&CompiledPlan::evaluate>("evaluate"),
         InstanceMethod<&CompiledPlan::evaluate_batch>("evaluateBatch"),
         InstanceMethod<&CompiledPlan::benchmark>("benchmark"), InstanceMethod<&CompiledPlan::explain>("explain"),
         InstanceAccessor<&CompiledPlan::fields>("fields")});
  }

  explicit CompiledPlan(const Napi::CallbackInfo& info) : Napi::ObjectWrap<CompiledPlan>(info) {
    if (info.Length() < 1 || !info[0].IsTypedArray())
      throw Napi::TypeError::New(info.Env(), "compilePlan: plan must be a Uint8Array");
    const auto bytes = info[0].As<Napi::Uint8Array>();
    std::string error;
    engine_ = Engine::create(bytes.Data(), bytes.ByteLength(), error);
    if (!engine_) throw Napi::Error::New(info.Env(), error);
    values_ = std::make_unique<Values>(engine_->fields().size());
  }

 private:
  Napi::Value fields(const Napi::CallbackInfo& info) {
    auto out = Napi::Array::New(info.Env());
    for (uint32_t i = 0; i < engine_->fields().size(); i++) out.Set(i, std::string(engine_->fields()[i].name));
    return out;
  }

  Napi::Object judge(Napi::Env env, const Napi::Value& id, const Napi::Value& values) {
    if (!id.IsNumber() || !values.IsArray())
      throw Napi::TypeError::New(env, "evaluate: (eventId: number, values: string[])");
    values_->fill(values.As<Napi::Array>());
    const Verdict v = engine_->evaluate(id.As<Napi::Number>().Uint32Value(), *values_, scratch_, &names_);
    auto out = Napi::Object::New(env);
    out.Set("log", v.log);
    out.Set("reason", static_cast<uint32_t>(v.reason));
    out.Set("ruleName", std::string(v.rule_name));
    auto names = Napi::Array::New(env, names_.size());
    for (uint32_t i = 0; i < names_.size(); i++) names.Set(i, std::string(names_[i]));
    out.Set("rules", names);
    return out;
  }

  Napi::Value evaluate(const Napi::CallbackInfo& info) { return judge(info.Env(), info[0], info[1]); }

  // [[eventId, values], …] in, verdicts out.
  Napi::Value evaluate_batch(const Napi::CallbackInfo& info) {
    if (!info[0].IsArray()) throw Napi::TypeError::New(info.Env(), "evaluateBatch: [[eventId, values], …]");
    const auto in = info[0].As<Napi::Array>();
    auto out = Napi::Array::New(info.Env(), in.Length());
    for (uint32_t i = 0; i < in.Length(); i++) {
      Napi::HandleScope scope(info.Env());
      const Napi::Value row = in.Get(i);
      if (!row.IsArray()) throw Napi::TypeError::New(info.Env(), "evaluateBatch: [[eventId, values], …]");
      out.Set(i, judge(info.Env(), row.As<Napi::Array>().Get(0u), row.As<Napi::Array>().Get(1u)));
    }
    return out;
  }

  // (eventId, eventIds that are captured): where each rule is decided, in the order of evaluation.
  Napi::Value explain(const Napi::CallbackInfo& info);

  // [[eventId, values], …], rounds: nanoseconds of the engine alone for all of it, and how many were logged.
  Napi::Value benchmark(const Napi::CallbackInfo& info);

  std::unique_ptr<Engine> engine_;
  std::unique_ptr<Values> values_;
  Scratch scratch_;
  std::vector<std::string_view> names_;
};

Napi::Value CompiledPlan::benchmark(const Napi::CallbackInfo& info) {
  if (!info[0].IsArray() || !info[1].IsNumber()) throw Napi::TypeError::New(info.Env(), "benchmark: (events, rounds)");
  const auto in = info[0].As<Napi::Array>();
  std::vector<std::pair<uint32_t, Values>> events;
  for (uint32_t i = 0; i < in.Length(); i++) {
    const auto row = in.Get(i).As<Napi::Array>();
    events.emplace_back(row.Get(0u).As<Napi::Number>().Uint32Value(), Values(engine_->fields().size()));
    events.back().second.fill(row.Get(1u).As<Napi::Array>());
  }
  const auto now = [] {
    timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);  // not the time that others took
    return static_cast<double>(t.tv_sec) * 1e9 + static_cast<double>(t.tv_nsec);
  };
  uint32_t logged = 0;
  const uint32_t rounds = info[1].As<Napi::Number>().Uint32Value();
  const double start = now();
  for (uint32_t r = 0; r < rounds; r++)
    for (const auto& [id, values] : events) logged += engine_->evaluate(id, values, scratch_, &names_).log;
  const double ns = now() - start;
  auto out = Napi::Object::New(info.Env());
  out.Set("ns", ns);
  out.Set("logged", logged);
  return out;
}

Napi::Value CompiledPlan::explain(const Napi::CallbackInfo& info) {
  if (!info[0].IsNumber() || !info[1].IsArray())
    throw Napi::TypeError::New(info.Env(), "explain: (eventId: number, captured: number[])");
  const auto captured = info[1].As<Napi::Array>();
  std::vector<uint16_t> wanted;
  for (uint32_t i = 0; i < captured.Length(); i++)
    wanted.push_back(static_cast<uint16_t>(captured.Get(i).As<Napi::Number>().Uint32Value()));
  sysmon::Settings settings;
  settings.recent_connections = false;
  const sysmon::rules::Pushdown pushdown(engine_.get(), sysmon::pushed_records(settings, wanted),
                                         sysmon::knowledge_of(engine_.get()));
  auto out = Napi::Array::New(info.Env());
  for (const auto& d : pushdown.explain(info[0].As<Napi::Number>().Uint32Value())) {
    auto row = Napi::Object::New(info.Env());
    row.Set("pushed", d.pushed);
    row.Set("byProcess", d.by_process);
    row.Set("why", d.why);
    out.Set(out.Length(), row);
  }
  return out;
}

}  // namespace

void register_rules(Napi::Env env, Napi::Object exports) {
  // Owned by the function below, so that each environment has its own and none outlives it.
  auto constructor = std::make_shared<Napi::FunctionReference>(Napi::Persistent(CompiledPlan::init(env)));
  exports.Set(
      "compilePlan",
      Napi::Function::New(
          env, [constructor](const Napi::CallbackInfo& info) -> Napi::Value { return constructor->New({info[0]}); },
          "compilePlan"));
}
