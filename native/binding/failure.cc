#include "binding/failure.h"

#include <string>

namespace sysmon {

Napi::Object to_object(Napi::Env env, const Failure& f) {
  auto o = Napi::Object::New(env);
  o["code"] = f.code;
  o["operation"] = f.operation;
  o["errno"] = f.error;
  o["message"] = std::string(f.what());
  return o;
}

}  // namespace sysmon
