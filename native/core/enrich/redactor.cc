#include "enrich/redactor.h"

#include <re2/re2.h>

#include <algorithm>

#include "base/failure.h"
#include "base/json_read.h"
#include "enrich/redactions.h"
#include "process/program.h"

namespace sysmon {

static constexpr std::string_view kInstead = "***";
static constexpr int kMostGroups = 10;
static constexpr size_t kMostClean = 4096, kLongestClean = 1024;  // texts, and bytes of one
static const std::vector<uint32_t> kNoEnds;

struct Redactor::Rule {
  std::string field;  // empty: any
  std::string replace;
  std::unique_ptr<const re2::RE2> pattern, unless;
  std::shared_ptr<const re2::RE2> hints;  // of all that are of the default set; null: the rule is another
  int group = 0;                          // that is replaced; 0: all that matches
  bool arguments = false;                 // the pattern speaks of NUL, which separates arguments
};

// Whether a rule can find anything in a text. Of the default set one look tells, for all that is in most texts: each of
// its patterns takes as long as that.
class Hinted {
 public:
  explicit Hinted(std::string_view text) : text_(text.data(), text.size()) {}
  bool at(const re2::RE2* hints) {
    if (hints && !looked_) found_ = re2::RE2::PartialMatch(text_, *hints);
    looked_ |= hints != nullptr;
    return !hints || found_;
  }
  void change() { looked_ = found_ = true; }  // what stands there now is another text

 private:
  const re2::StringPiece text_;
  bool looked_ = false, found_ = false;
};

struct Redactor::Marked {
  std::string text;
  std::vector<size_t> ends;  // bytes
  char separator = ' ';
};

static std::unique_ptr<const re2::RE2> compiled(std::string_view pattern) {
  re2::RE2::Options options;
  options.set_log_errors(false);
  auto made = std::make_unique<const re2::RE2>(re2::StringPiece(pattern.data(), pattern.size()), options);
  if (!made->ok())
    throw Failure("OPTION", "redact", 0,
                  "option redact: '" + std::string(pattern) + "' is no pattern of RE2: " + made->error());
  return made;
}

static int group_of(const re2::RE2& pattern) {
  const auto found = pattern.NamedCapturingGroups().find("secret");
  return found == pattern.NamedCapturingGroups().end() ? 0 : found->second;
}

Redactor::Redactor(const std::vector<Redaction>& redactions) {
  std::shared_ptr<const re2::RE2> hints;
  const auto add = [&](std::string field, std::string_view pattern, std::string_view unless, std::string replace,
                       std::shared_ptr<const re2::RE2> hinted_by) {
    auto rule = std::make_unique<Rule>();
    rule->hints = std::move(hinted_by);
    rule->field = std::move(field);
    rule->replace = std::move(replace);
    rule->pattern = compiled(pattern);
    if (!unless.empty()) rule->unless = compiled(unless);
    rule->group = group_of(*rule->pattern);
    if (rule->group >= kMostGroups)
      throw Failure("OPTION", "redact", 0,
                    "option redact: '" + std::string(pattern) + "': the group called secret must be one of the first " +
                        std::to_string(kMostGroups - 1) + "; (?:…) makes a group that does not count.");
    rule->arguments = pattern.find("\\x00") != std::string_view::npos;
    rules_.push_back(std::move(rule));
  };
  for (const Redaction& r : redactions) {
    if (!r.pattern.empty()) {
      add(r.field, r.pattern, {}, r.replace, nullptr);
      continue;
    }
    std::string words;
    for (const auto& d : kDefaultRedactions) words.append(words.empty() ? "(?i)" : "|").append(d.hint);
    if (!hints) hints = compiled(words);
    for (const auto& d : kDefaultRedactions) add({}, d.pattern, d.unless, std::string(kInstead), hints);
  }
}

Redactor::~Redactor() = default;

static void separate(char by, std::string* text, const std::vector<size_t>& ends) {
  for (size_t i = 0; i + 1 < ends.size(); i++) (*text)[ends[i]] = by;
}

bool Redactor::apply(const Rule& rule, std::string_view field, Marked* m) const {
  if (!rule.field.empty() && rule.field != field) return false;
  const char separator = rule.arguments ? '\0' : ' ';
  if (m->separator != separator) separate(m->separator = separator, &m->text, m->ends);
  re2::StringPiece groups[kMostGroups];
  // What is found is put together beside the text: it may be long, and hold thousands.
  const re2::StringPiece whole(m->text.data(), m->text.size());
  std::string out;
  std::vector<size_t> ends;
  size_t taken = 0, next_end = 0;  // of the text and of its ends, so much is in the two
  const auto take = [&](size_t upto) {
    for (; next_end < m->ends.size() && m->ends[next_end] <= upto; next_end++)
      ends.push_back(m->ends[next_end] - taken + out.size());
    out.append(m->text, taken, upto - taken);
    taken = upto;
  };
  bool changed = false;
  for (size_t from = 0; from <= whole.size();) {
    if (!rule.pattern->Match(whole, from, whole.size(), re2::RE2::UNANCHORED, groups, rule.group + 1)) break;
    const re2::StringPiece secret = groups[rule.group];
    const auto match_end = static_cast<size_t>(groups[0].data() + groups[0].size() - whole.data());
    if (secret.data() == nullptr || secret.empty() ||
        (rule.unless && re2::RE2::PartialMatch(groups[0], *rule.unless))) {
      from = std::max(match_end, from + 1);
      continue;
    }
    take(static_cast<size_t>(secret.data() - whole.data()));
    out += rule.replace;
    taken += secret.size();
    // An end of an argument within what is gone is gone too, but for the last.
    while (next_end < m->ends.size() && m->ends[next_end] < taken) next_end++;
    from = taken;
    changed = true;
  }
  if (!changed) return false;
  take(whole.size());
  m->text = std::move(out);
  m->ends = std::move(ends);
  return true;
}

bool Redactor::apply_all(std::string_view field, Marked* m) const {
  bool changed = false;
  // A copy: the text is changed, and its arguments are separated otherwise.
  const std::string before = m->text;
  Hinted hinted(before);
  for (const auto& rule : rules_) {
    if (!hinted.at(rule->hints.get()) || !apply(*rule, field, m)) continue;
    changed = true;
    hinted.change();
  }
  if (m->separator != ' ') separate(' ', &m->text, m->ends);
  return changed;
}

void Redactor::note_clean(const CleanView& text) const {
  if (text.text.size() > kLongestClean) return;
  // What is said often is soon there again.
  if (clean_.size() >= kMostClean) clean_.clear();
  clean_.insert({std::string(text.field), std::string(text.text), *text.ends});
}

std::optional<std::string> Redactor::text(std::string_view field, std::string_view text) const {
  if (!enabled() || text.empty() || text == "-") return std::nullopt;
  const CleanView key{field, text, &kNoEnds};
  if (is_clean(key)) return std::nullopt;
  Marked m{std::string(text), {}, ' '};
  if (apply_all(field, &m)) return std::move(m.text);
  note_clean(key);
  return std::nullopt;
}

std::optional<std::string> Redactor::json(std::string_view field, const std::string& json) const {
  if (!enabled() || json.size() <= 2) return std::nullopt;
  const CleanView key{field, json, &kNoEnds};
  if (is_clean(key)) return std::nullopt;
  std::string out, name;
  bool changed = false;
  for (size_t at = 0; at < json.size();) {
    if (json[at] != '"') {
      out += json[at++];
      continue;
    }
    size_t end = at + 1;
    while (end < json.size() && json[end] != '"') end += json[end] == '\\' ? 2 : 1;
    const std::string literal = json.substr(at, ++end - at);
    at = end;
    std::string text;
    read_json(literal, [&text](const std::vector<std::string>&, std::string&& t) { text = std::move(t); });
    if (at < json.size() && json[at] == ':') {
      name = text;
      out += literal;
      continue;
    }
    const std::string own = std::string(field) + '.' + name;
    std::string assignment = name;
    assignment.append("=").append(text);
    Marked m{std::move(assignment), {}, ' '};
    bool here = false;
    const std::string before = m.text;
    Hinted hinted(before);
    for (const auto& rule : rules_) {
      if (!hinted.at(rule->hints.get()) || !apply(*rule, rule->field == own ? own : field, &m)) continue;
      here = true;
      hinted.change();
    }
    if (!here) {
      out += literal;
      continue;
    }
    changed = true;
    // Where the name itself went, all goes.
    const bool named = m.text.compare(0, name.size() + 1, name + '=') == 0;
    append_json(named ? std::string_view(m.text).substr(name.size() + 1) : kInstead, &out);
  }
  if (changed) return out;
  note_clean(key);
  return std::nullopt;
}

// Ends of arguments in UTF-16 units to those in bytes, and back.
static std::vector<size_t> byte_ends(const CommandLine& c) {
  std::vector<size_t> out;
  size_t byte = 0;
  uint32_t unit = 0;
  for (const uint32_t end : c.ends) {
    for (; unit < end && byte < c.text.size();) {
      const auto lead = static_cast<uint8_t>(c.text[byte]);
      byte += lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
      unit += lead >= 0xf0 ? 2 : 1;
    }
    out.push_back(byte);
  }
  return out;
}
static std::vector<uint32_t> unit_ends(const std::string& text, const std::vector<size_t>& ends) {
  std::vector<uint32_t> out;
  uint32_t unit = 0;
  size_t byte = 0;
  for (const size_t end : ends) {
    for (; byte < end; byte++) {
      const auto c = static_cast<uint8_t>(text[byte]);
      if ((c & 0xc0) != 0x80) unit += c >= 0xf0 ? 2 : 1;
    }
    out.push_back(unit);
  }
  return out;
}

void Redactor::become(Redactor* other) {
  rules_.swap(other->rules_);
  clean_.clear();
}

bool Redactor::redact(const CommandLine& line, CommandLine* out) const {
  const CleanView key{"CommandLine", line.text, &line.ends};
  if (!enabled() || is_clean(key)) return false;
  Marked m{line.text, byte_ends(line), ' '};
  if (!apply_all("CommandLine", &m)) {
    note_clean(key);
    return false;
  }
  out->ends = unit_ends(m.text, m.ends);
  out->text = std::move(m.text);
  return true;
}

std::optional<std::string> Redactor::line(const CommandLine& line) const {
  CommandLine out;
  return redact(line, &out) ? std::optional(std::move(out.text)) : std::nullopt;
}

const Program& Redactor::shown(const Program& p) const {
  if (!enabled()) return p;
  if (p.shown) return *p.shown;
  if (p.redacted == UINT32_MAX) {
    std::shared_ptr<Program> made;  // which most need not
    uint32_t changed = 0;
    const auto change = [&](uint32_t bit) {
      if (!made) made = std::make_shared<Program>(p);
      changed |= bit;
      return made.get();
    };
    if (auto t = text("Image", p.image)) change(kProgramImage)->image = std::move(*t);
    if (auto t = text("CurrentDirectory", p.cwd)) change(kProgramCwd)->cwd = std::move(*t);
    if (auto t = text("process.script", p.script)) change(kProgramScript)->script = std::move(*t);
    if (auto t = json("process.stdio", p.stdio)) change(kProgramStdio)->stdio = std::move(*t);
    if (auto t = json("process.env", p.env)) change(kProgramEnv)->env = std::move(*t);
    CommandLine line;
    if (redact(p.command_line, &line)) {
      Program* const shown = change(kProgramCommandLine);
      shown->command_line.text = std::move(line.text);
      shown->command_line.ends = std::move(line.ends);
    }
    p.redacted = changed;
    p.shown = std::move(made);
  }
  return p.shown ? *p.shown : p;
}

uint32_t Redactor::changed(const Program& p) const {
  if (!enabled()) return 0;
  shown(p);
  return p.redacted;
}

}  // namespace sysmon
