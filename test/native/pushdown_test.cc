// What the kernel side drops by rules, the rules drop: over random plans and records. Besides, what is known to be
// dropped is.
#include "rules/pushdown.h"

#include <gtest/gtest.h>

#include <cstring>
#include <random>

#include "base/text.h"
#include "rules_plan_builder.h"

using namespace sysmon;
using namespace sysmon::rules;
using rules::test::MapSource;
using rules::test::PlanBuilder;

namespace {

constexpr const char* kFields[] = {"Image",        "CommandLine", "Protocol",        "Initiated",
                                   "SourceIsIpv6", "SourcePort",  "DestinationPort", "DestinationIp",
                                   "SourceIp",     "User",        "TargetFilename",  "Hashes"};
enum Field { kImage, kCommandLine, kProtocol, kInitiated, kIsIpv6, kSourcePort, kPort, kIp, kSourceIp, kUser, kFile };
constexpr uint32_t kNetwork = 64, kCreate = 32, kDelete = 33;  // types of records

KnownAs known_as(uint32_t event, uint32_t field) {
  static constexpr KnownAs kOfNetwork[] = {KnownAs::Process,         KnownAs::Process,      KnownAs::Protocol,
                                           KnownAs::Initiated,       KnownAs::SourceIsIpv6, KnownAs::SourcePort,
                                           KnownAs::DestinationPort, KnownAs::Destination,  KnownAs::Source};
  if (field <= kCommandLine) return KnownAs::Process;
  if (event == 3) return field < std::size(kOfNetwork) ? kOfNetwork[field] : KnownAs::Nothing;
  return field == kFile ? KnownAs::Path : KnownAs::Nothing;
}

Knowledge knowledge() { return {known_as, {{6, "tcp"}, {17, "udp"}}}; }

const std::vector<Pushdown::Record> kRecords = {{kNetwork, {3}}, {kCreate, {11}}, {kDelete, {23, 26}}};

struct Random {
  std::mt19937 generator;
  size_t below(size_t n) { return generator() % n; }
  bool chance(int percent) { return below(100) < static_cast<size_t>(percent); }
  template <typename T, size_t N>
  const T& of(const T (&all)[N]) {
    return all[below(N)];
  }
};

// Values and patterns come from few words, so that they meet.
constexpr const char* kImages[] = {"/usr/bin/curl", "/usr/bin/git", "/bin/SH", "/opt/\xc3\xa9t\xc3\xa9", "-"};
constexpr const char* kPaths[] = {"/tmp/a.log",
                                  "/tmp/Build/x.o",
                                  "/var/log/syslog",
                                  "/var/xlog/a.LOG",
                                  "/",
                                  "/home/u/\xe2\x84\xaa.sh",
                                  "/tmp/k.sh",
                                  "/home/\xff/a.log",
                                  "/TMP/build/b.o",
                                  "/x"};
constexpr const char* kPathPatterns[] = {"/tmp/", "/var/log/",       "/TMP/BUILD/", ".log",  ".o", "k.sh",
                                         "log/",  "\xe2\x84\xaa.sh", "/home/",      "/",     "",   "syslog",
                                         "\\xff", "/home/\xff/",     "/tmp/b",      "//tmp/"};
constexpr const char* kPorts[] = {"22", "80", "443", "0", "65535", "080", "8080", "x"};
constexpr const char* kAddresses[] = {"10.0.0.1",    "10.1.2.3", "192.168.7.9", "127.0.0.1",
                                      "2001:db8::1", "fe80::2",  "::"};
constexpr const char* kAddressPatterns[] = {
    "10.",        "192.168.",  "127.0.0.1",           "10.0.0.0/8", "10.1.0.0/16", "2001:db8::/32",
    "::/0",       "0.0.0.0/0", "::ffff:10.0.0.0/104", "::1",        "1",           "fe80:",
    "10.0.0.0/33"};
constexpr const char* kWords[] = {"tcp", "udp", "true", "false", "root", "a"};

struct Plan {
  Random& random;
  PlanBuilder b;

  uint32_t atom() {
    const auto field = static_cast<uint32_t>(random.below(std::size(kFields)));
    static constexpr Op kText[] = {Op::Equal, Op::Contains, Op::Prefix, Op::Suffix, Op::FileName, Op::More, Op::Regex};
    static constexpr Op kNumber[] = {Op::Equal, Op::Equal, Op::Eq, Op::Ne, Op::Lt, Op::Suffix, Op::LessAuto};
    static constexpr Op kPathOp[] = {Op::Prefix, Op::Suffix, Op::Prefix, Op::Suffix, Op::Contains, Op::Equal};
    if (field == kFile) return b.atom(field, random.of(kPathOp), random.of(kPathPatterns));
    if (field == kPort || field == kSourcePort) return b.atom(field, random.of(kNumber), random.of(kPorts));
    if (field == kIp || field == kSourceIp) {
      std::string pattern = random.of(kAddressPatterns);
      Network n;
      const Op op = parse_network(pattern, n) && random.chance(60) ? Op::Cidr
                    : random.chance(50)                            ? Op::Prefix
                                                                   : Op::Equal;
      return b.atom(field, op, pattern);
    }
    if (field == kImage || field == kCommandLine) {
      const Op op = random.of(kText);
      return b.atom(field, op, random.chance(70) ? random.of(kImages) : op == Op::Regex ? "bin/.*t$" : "/usr/");
    }
    return b.atom(field, random.chance(80) ? Op::Equal : Op::Contains, random.of(kWords));
  }
  uint32_t expr(int depth) {
    const size_t what = random.below(depth > 2 ? 1 : 6);
    if (what == 0 || what > 3) return atom();
    if (what == 1) return b.negate(expr(depth + 1));
    std::vector<uint32_t> of;
    for (size_t i = 0, n = 1 + random.below(4); i < n; i++) of.push_back(expr(depth + 1));
    return b.logic(what == 2 ? ExprKind::And : ExprKind::Or, of);
  }
  void event(uint32_t id) {
    const size_t blocks = random.below(4);
    const auto first_block = static_cast<uint32_t>(b.rows[7].size() / 5);
    bool includes = false;
    for (size_t i = 0; i < blocks; i++) {
      const bool include = random.chance(40), all = random.chance(25);
      std::vector<uint32_t> exprs;
      for (size_t e = 0, n = 1 + random.below(5); e < n; e++) exprs.push_back(expr(0));
      const auto first = static_cast<uint32_t>(b.rows[6].size() / 6);
      for (const uint32_t e : exprs) b.line(e);
      const uint32_t whole = b.logic(all ? ExprKind::And : ExprKind::Or, exprs);
      b.row(7, {include, all, whole, first, static_cast<uint32_t>(exprs.size())});
      includes |= include;
    }
    b.row(8, {id, 1, first_block, static_cast<uint32_t>(blocks), !includes});
  }
};

// Of a path its components from the leaf to the root, as the kernel side has it.
std::string turned(const std::string& path) {
  if (path == "/") return path;
  std::string out;
  for (size_t end = path.size(); end > 0;) {
    const size_t slash = path.rfind('/', end - 1);
    out.append(path, slash + 1, end - slash - 1).append("/");
    end = slash;
  }
  return out;
}

void address_bytes(const char* text, uint8_t* out) {
  Address a;
  ASSERT_TRUE(parse_address(text, a));
  std::memcpy(out, a.bytes, 16);
  if (!a.v6) out[10] = out[11] = 0xff;
}

struct Happening {
  PushedRecord record;
  std::vector<std::string> values;
};

Happening any(Random& random, uint32_t type, bool exact) {
  Happening h;
  h.record.type = type;
  h.values.assign(std::size(kFields), "-");
  h.values[kImage] = random.of(kImages);
  h.values[kCommandLine] = random.of(kImages);
  h.values[kUser] = random.of(kWords);
  (void)exact;
  if (type != kNetwork) {
    const std::string path = random.of(kPaths);
    append_text(path, &(h.values[kFile] = ""));
    h.record.path_known = random.chance(80);
    h.record.path = turned(path);
    return h;
  }
  PushedRecord& r = h.record;
  r.network = true;
  r.protocol = random.chance(50) ? 6 : 17;
  r.initiated = random.chance(50);
  static constexpr uint16_t kNumbers[] = {22, 80, 443, 0, 65535, 8080, 1};
  r.source_port = random.of(kNumbers);
  r.destination_port = random.of(kNumbers);
  address_bytes(random.of(kAddresses), r.source);
  address_bytes(random.of(kAddresses), r.destination);
  h.values[kProtocol] = r.protocol == 6 ? "tcp" : "udp";
  h.values[kInitiated] = r.initiated ? "true" : "false";
  h.values[kIsIpv6] = is_ipv6(r.source) ? "true" : "false";
  h.values[kSourcePort] = std::to_string(r.source_port);
  h.values[kPort] = std::to_string(r.destination_port);
  append_address(r.destination, &(h.values[kIp] = ""));
  append_address(r.source, &(h.values[kSourceIp] = ""));
  return h;
}

TEST(Pushdown, DropsNothingThatTheRulesKeep) {
  size_t dropped = 0, both = 0, by_process = 0;
  for (uint32_t seed = 0; seed < 800; seed++) {
    Random random{std::mt19937(seed)};
    Plan plan{random, {}};
    plan.b.exact = random.chance(30);
    for (const char* f : kFields) plan.b.field(f);
    for (const uint32_t id : {3, 11, 23, 26}) plan.event(id);
    std::string error;
    const auto bytes = plan.b.bytes();
    const auto engine = Engine::create(bytes.data(), bytes.size(), error);
    ASSERT_TRUE(engine) << error;
    const Pushdown pushdown(engine.get(), kRecords, knowledge());
    Scratch scratch;
    for (const auto& [type, events] : kRecords) {
      for (int i = 0; i < 60; i++) {
        Happening h = any(random, type, plan.b.exact);
        if (random.chance(60)) {
          h.record.process_known = true;
          h.record.process = pushdown.of_process(type, [&](uint32_t f) { return std::string_view(h.values[f]); });
        }
        bool kept = false;
        for (const uint32_t id : events) {
          const bool ruled = engine->has_rules(id);
          kept |= !ruled || engine->evaluate(id, MapSource(h.values), scratch).log;
        }
        const bool pushed = pushed_down(pushdown.tables(), h.record);
        ASSERT_FALSE(pushed && kept) << "seed " << seed << ", type " << type << ", " << h.values[kFile] << ' '
                                     << h.values[kIp] << ' ' << h.values[kImage];
        dropped += !kept;
        both += pushed;
        by_process += pushed && h.record.process_known;
      }
    }
  }
  // It is of use: a good part of what the rules drop needs no record.
  EXPECT_GT(both, dropped / 4) << both << " of " << dropped;
  EXPECT_GT(by_process, both / 10);
  RecordProperty("dropped", static_cast<int>(dropped));
  RecordProperty("pushed", static_cast<int>(both));
}

// One exclude or include block of one event, of atoms that are or-ed.
struct One {
  PlanBuilder b;
  std::unique_ptr<Engine> engine;
  std::unique_ptr<Pushdown> pushdown;
  One(uint32_t event, bool include, const std::vector<std::tuple<Field, Op, std::string>>& atoms,
      std::vector<Pushdown::Record> records = kRecords) {
    for (const char* f : kFields) b.field(f);
    std::vector<uint32_t> exprs;
    for (const auto& [field, op, pattern] : atoms) exprs.push_back(b.atom(field, op, pattern));
    for (const uint32_t e : exprs) b.line(e);
    const uint32_t any = b.logic(ExprKind::Or, exprs);
    b.row(7, {include, 0, any, 0, static_cast<uint32_t>(exprs.size())});
    b.row(8, {event, 1, 0, 1, !include});
    std::string error;
    const auto bytes = b.bytes();
    engine = Engine::create(bytes.data(), bytes.size(), error);
    EXPECT_TRUE(engine) << error;
    pushdown = std::make_unique<Pushdown>(engine.get(), std::move(records), knowledge());
  }
  bool file(const std::string& path, bool known = true) const {
    PushedRecord r;
    r.type = kCreate;
    r.path_known = known;
    r.path = turned(path);
    return pushed_down(pushdown->tables(), r);
  }
};

TEST(Pushdown, KnowsPathsByTheirDirectoriesAndTheirEnd) {
  const One one(11, false, {{kFile, Op::Prefix, "/Var/Log/"}, {kFile, Op::Suffix, ".tmp"}});
  EXPECT_TRUE(one.file("/var/log/a"));
  EXPECT_TRUE(one.file("/VAR/log/deep/er/a"));
  EXPECT_TRUE(one.file("/home/x.TMP"));
  EXPECT_FALSE(one.file("/var/xlog/a"));
  EXPECT_FALSE(one.file("/x/var/log/a"));
  EXPECT_FALSE(one.file("/var/log"));
  EXPECT_FALSE(one.file("/home/x.tmp/a"));
  EXPECT_FALSE(one.file("/var/log/a", false)) << "what is exposed or cut drops nothing";
}

TEST(Pushdown, NeedsAllThatAnIncludeAsksFor) {
  const One one(11, true, {{kFile, Op::Suffix, ".sh"}, {kFile, Op::Prefix, "/etc/"}});
  EXPECT_FALSE(one.file("/tmp/k.sh"));
  EXPECT_TRUE(one.file("/tmp/k.so"));
  EXPECT_FALSE(one.file("/tmp/\xe2\x84\xaa.s\xc3\xa9")) << "not ASCII";
  // One rule that only the worker can decide, and nothing is certain.
  const One other(11, true, {{kFile, Op::Suffix, ".sh"}, {kUser, Op::Equal, "root"}});
  EXPECT_FALSE(other.file("/tmp/k.so"));
}

TEST(Pushdown, DropsWhatNobodyWants) {
  const One one(11, false, {{kUser, Op::Equal, "root"}}, {{kCreate, {}}, {kNetwork, {3}}});
  EXPECT_TRUE(one.file("/tmp/a")) << "no event of it is wanted";
  PushedRecord r;
  r.type = kNetwork;
  r.network = true;
  EXPECT_FALSE(pushed_down(one.pushdown->tables(), r)) << "it has no rules";
}

TEST(Pushdown, LeavesToTheWorkerWhatTablesDoNotHold) {
  std::vector<std::tuple<Field, Op, std::string>> atoms;
  for (size_t i = 0; i <= Pushdown::kTexts; i++) atoms.push_back({kFile, Op::Suffix, "." + std::to_string(i)});
  const One many(11, false, atoms);
  EXPECT_FALSE(many.file("/tmp/a.1"));
  atoms.resize(Pushdown::kTexts);
  EXPECT_TRUE(One(11, false, atoms).file("/tmp/a.1"));
}

TEST(Pushdown, SaysWhereARuleIsDecided) {
  const One one(11, false, {{kFile, Op::Suffix, ".o"}, {kImage, Op::Contains, "cc"}, {kUser, Op::Equal, "root"}});
  const auto rows = one.pushdown->explain(11);
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_TRUE(rows[0].pushed && !rows[0].by_process);
  EXPECT_TRUE(rows[1].pushed && rows[1].by_process);
  EXPECT_EQ(rows[2].why, "User is known to the worker only");
}

}  // namespace
