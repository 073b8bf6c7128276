#include "base/json_read.h"

#include <cstdint>

namespace sysmon {

namespace {

class Reader {
 public:
  Reader(std::string_view json, const JsonText& on_text) : s_(json), on_text_(on_text) {}

  bool document() {
    if (!value()) return false;
    space();
    return at_ == s_.size();
  }

 private:
  static constexpr size_t kDeepest = 64;

  void space() {
    while (at_ < s_.size() && (s_[at_] == ' ' || s_[at_] == '\n' || s_[at_] == '\t' || s_[at_] == '\r')) at_++;
  }
  bool eat(char c) {
    space();
    if (at_ >= s_.size() || s_[at_] != c) return false;
    at_++;
    return true;
  }

  bool value() {
    space();
    if (at_ >= s_.size()) return false;
    switch (s_[at_]) {
      case '{':
        return list('}');
      case '[':
        return list(']');
      case '"': {
        std::string text;
        if (!string(&text)) return false;
        on_text_(path_, std::move(text));
        return true;
      }
      default:
        return word();
    }
  }

  // Members of an object, or items.
  bool list(char end) {
    at_++;
    if (path_.size() >= kDeepest) return false;
    if (eat(end)) return true;
    do {
      std::string name;
      if (end == '}') {
        space();
        if (!string(&name) || !eat(':')) return false;
      }
      path_.push_back(std::move(name));
      if (!value()) return false;
      path_.pop_back();
    } while (eat(','));
    return eat(end);
  }

  // A number, or true, false, null: what it says nobody asks for.
  bool word() {
    const size_t from = at_;
    while (at_ < s_.size() && std::string_view("{}[],:\" \n\t\r").find(s_[at_]) == std::string_view::npos) at_++;
    return at_ > from;
  }

  bool hex(uint32_t* out) {
    if (s_.size() - at_ < 4) return false;
    *out = 0;
    for (int i = 0; i < 4; i++) {
      const char c = s_[at_++];
      if (c >= '0' && c <= '9')
        *out = *out * 16 + static_cast<uint32_t>(c - '0');
      else if ((c | 32) >= 'a' && (c | 32) <= 'f')
        *out = *out * 16 + static_cast<uint32_t>((c | 32) - 'a' + 10);
      else
        return false;
    }
    return true;
  }

  static void append(uint32_t c, std::string* out) {
    if (c < 0x80) {
      *out += static_cast<char>(c);
    } else if (c < 0x800) {
      *out += static_cast<char>(0xc0 | c >> 6);
      *out += static_cast<char>(0x80 | (c & 63));
    } else {
      if (c >= 0x10000) {
        *out += static_cast<char>(0xf0 | c >> 18);
        *out += static_cast<char>(0x80 | (c >> 12 & 63));
      } else {
        *out += static_cast<char>(0xe0 | c >> 12);
      }
      *out += static_cast<char>(0x80 | (c >> 6 & 63));
      *out += static_cast<char>(0x80 | (c & 63));
    }
  }

  bool escape(std::string* out) {
    static constexpr std::string_view kFrom = "\"\\/bfnrt", kTo = "\"\\/\b\f\n\r\t";
    if (at_ >= s_.size()) return false;
    const char c = s_[at_++];
    if (const size_t known = kFrom.find(c); known != std::string_view::npos) {
      *out += kTo[known];
      return true;
    }
    uint32_t one, two;
    if (c != 'u' || !hex(&one)) return false;
    if (one >= 0xd800 && one < 0xdc00 && s_.substr(at_, 2) == "\\u") {
      at_ += 2;
      if (!hex(&two)) return false;
      one = two >= 0xdc00 && two < 0xe000 ? 0x10000 + ((one - 0xd800) << 10) + (two - 0xdc00) : 0xfffd;
    }
    append(one >= 0xd800 && one < 0xe000 ? 0xfffd : one, out);
    return true;
  }

  bool string(std::string* out) {
    if (at_ >= s_.size() || s_[at_] != '"') return false;
    at_++;
    while (at_ < s_.size()) {
      const char c = s_[at_++];
      if (c == '"') return true;
      if (c != '\\')
        *out += c;
      else if (!escape(out))
        return false;
    }
    return false;
  }

  const std::string_view s_;
  const JsonText& on_text_;
  size_t at_ = 0;
  std::vector<std::string> path_;
};

}  // namespace

bool read_json(std::string_view json, const JsonText& on_text) { return Reader(json, on_text).document(); }

}  // namespace sysmon
