// Takes secrets out of what goes to JavaScript. Rules have seen the truth by then.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "base/text.h"
#include "process/process_table.h"
#include "settings.h"

namespace re2 {
class RE2;
}

namespace sysmon {

// Not thread-safe: the worker's, or whoever holds the pipeline's lock.
class Redactor {
 public:
  // None: nothing is redacted. Throws Failure if a pattern is none.
  explicit Redactor(const std::vector<Redaction>& redactions);
  ~Redactor();

  // From now on what the other does. What is kept with a program has been forgotten by then.
  void become(Redactor* other);

  bool enabled() const { return !rules_.empty(); }
  // `field`: as Sysmon names it. nullopt: there is no secret in it.
  std::optional<std::string> text(std::string_view field, std::string_view text) const;
  std::optional<std::string> line(const CommandLine& line) const;
  // The same of each text in JSON that was made here; a member is looked at as "name=text".
  std::optional<std::string> json(std::string_view field, const std::string& json) const;
  // A program as it is told, kept with it. The parts that were changed: kProgram*.
  const Program& shown(const Program& p) const;
  uint32_t changed(const Program& p) const;

  static constexpr uint32_t kProgramCommandLine = 1, kProgramImage = 2, kProgramCwd = 4, kProgramEnv = 8,
                            kProgramScript = 16, kProgramStdio = 32;

 private:
  struct Rule;
  struct Marked;  // a text, and where its arguments end
  bool apply(const Rule& rule, std::string_view field, Marked* m) const;
  bool apply_all(std::string_view field, Marked* m) const;
  bool redact(const CommandLine& line, CommandLine* out) const;  // false: there is no secret in it

  // Texts in which nothing was found: programs say the same again and again, and all patterns take a microsecond.
  struct Clean {
    std::string field, text;
    std::vector<uint32_t> ends;  // of arguments
  };
  struct CleanView {
    std::string_view field, text;
    const std::vector<uint32_t>* ends;
  };
  static CleanView view(const Clean& c) { return {c.field, c.text, &c.ends}; }
  static CleanView view(const CleanView& c) { return c; }
  struct CleanHash {
    using is_transparent = void;
    size_t operator()(const auto& c) const {
      const CleanView v = view(c);
      return std::hash<std::string_view>{}(v.text) * 31 + std::hash<std::string_view>{}(v.field);
    }
  };
  struct CleanEqual {
    using is_transparent = void;
    bool operator()(const auto& a, const auto& b) const {
      const CleanView x = view(a), y = view(b);
      return x.text == y.text && x.field == y.field && *x.ends == *y.ends;
    }
  };
  bool is_clean(const CleanView& text) const { return clean_.find(text) != clean_.end(); }
  void note_clean(const CleanView& text) const;

  std::vector<std::unique_ptr<const Rule>> rules_;
  mutable std::unordered_set<Clean, CleanHash, CleanEqual> clean_;
};

}  // namespace sysmon
