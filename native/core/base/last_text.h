// The text of a value that is mostly the one that was asked for before: most processes of a host have the same
// capabilities, namespaces and control group, and to spell them out costs more than all else that a process record
// says.
#pragma once
#include <cstring>
#include <string>
#include <type_traits>

namespace sysmon {

template <typename Value>
class LastText {
  static_assert(std::has_unique_object_representations_v<Value>);  // compared as bytes

 public:
  template <typename Make>
  const std::string& of(const Value& value, Make make) {
    if (text_.empty() || std::memcmp(&value_, &value, sizeof value) != 0) {
      text_ = make();
      value_ = value;
    }
    return text_;
  }

 private:
  Value value_{};
  std::string text_;
};

}  // namespace sysmon
