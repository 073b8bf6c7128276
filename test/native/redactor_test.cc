// Secrets never stand in the memory that JavaScript reads; what only looks like one stays.
#include "enrich/redactor.h"

#include <gtest/gtest.h>

#include <cstring>
#include <map>

#include "base/failure.h"
#include "base/files.h"
#include "base/json_read.h"
#include "pipeline_rig.h"
#include "process/program.h"

using namespace sysmon;
using namespace sysmon::test;

namespace {

using Argv = std::vector<std::string>;

std::string block(const Argv& argv) {
  std::string out;
  for (const auto& a : argv) out += a + '\0';
  return out;
}

Settings redacting(std::vector<Redaction> redactions = {{"", "", ""}}) {
  Settings s = settings();
  s.env = {"LD_PRELOAD", "DB_PASSWORD", "GH_TOKEN", "DATABASE_URL", "PASSWORD_STORE_DIR", "SSH_AUTH_SOCK"};
  s.events = {1, 5, 11};
  s.redactions = std::move(redactions);
  return s;
}

bool holds(const std::vector<uint8_t>& memory, std::string_view text) {
  return memmem(memory.data(), memory.size(), text.data(), text.size()) != nullptr;
}

const std::string S = "s3cr3T-f0und", kGithub = "ghp_" + std::string(36, 'a');

// Of the file that the tests with a kernel read as well. `<36>` stands for so many letters: whoever looks for secrets
// in these sources finds none.
std::map<std::string, Argv> command_lines(const std::string& kind) {
  std::map<std::string, Argv> lines;
  const std::string path = __FILE__;
  const std::string json = read_file(path.substr(0, path.rfind("native/")) + "fixtures/command-lines.json");
  EXPECT_TRUE(read_json(json, [&](const std::vector<std::string>& at, std::string&& text) {
    if (at[0] != kind) return;
    for (size_t a; (a = text.find('<')) != text.npos;) {
      const size_t e = text.find('>', a);
      text.replace(a, e + 1 - a, std::string(std::stoul(text.substr(a + 1)), 'a'));
    }
    lines[at[1]].push_back(std::move(text));
  }));
  return lines;
}

TEST(Redactor, SecretsOfAllKindsNeverStandInTheBatchMemory) {
  const auto all = command_lines("secrets");
  ASSERT_GE(all.size(), 40u);
  for (const auto& [name, words] : all) {
    const std::string& secret = words[0];
    const Argv argv(words.begin() + 1, words.end());
    Rig plain(redacting({})), rig(redacting());
    Exec parent{.who = kShell}, child{.who = kChildExec, .parent = kShell};
    parent.argv = child.argv = block(argv);
    for (Rig* r : {&plain, &rig}) {
      r->take(exec_of(parent));
      r->take(exec_of(child));
      ASSERT_EQ(r->events().size(), 2u);
    }
    EXPECT_TRUE(holds(plain.memory, secret)) << "the test itself is wrong: " << name;
    EXPECT_FALSE(holds(rig.memory, secret)) << rig.events()[1].process.command_line;
    EXPECT_NE(rig.events()[1].process.command_line.find("***"), std::string::npos) << name;
    EXPECT_EQ(rig.events()[1].process.arguments, argv.size()) << rig.events()[1].process.command_line;
    for (const char* name : {"CommandLine", "ParentCommandLine", "process.ancestors.commandLine"})
      EXPECT_NE(rig.events()[1].extra.find('"' + std::string(name) + '"'), std::string::npos) << rig.events()[1].extra;
  }
}

TEST(Redactor, LookAlikesStay) {
  const auto all = command_lines("harmless");
  ASSERT_GE(all.size(), 40u);
  Rig rig(redacting());
  uint32_t n = 0;
  for (const auto& [name, argv] : all) {
    Exec e{.who = nth(n++)};
    e.argv = block(argv);
    rig.take(exec_of(e));
    std::string line;
    for (const auto& a : argv) line += (line.empty() ? "" : " ") + a;
    EXPECT_EQ(rig.events().back().process.command_line, line);
    EXPECT_EQ(rig.events().back().extra.find("redacted"), std::string::npos) << line;
  }
}

TEST(Redactor, ArgumentsStayWhatTheLineSays) {
  const Redactor r({{"", "", ""}});
  Program p;
  set_arguments(&p, block({"app", "--password", "a\xf0\x9f\x98\x80 b", "\xc3\xa9t\xc3\xa9", "--token=x", ""}));
  EXPECT_EQ(arguments_of(r.shown(p).command_line),
            (Argv{"app", "--password", "***", "\xc3\xa9t\xc3\xa9", "--token=***", ""}));
  EXPECT_EQ(&r.shown(p), &r.shown(p)) << "made once";
  EXPECT_EQ(arguments_of(p.command_line)[2], "a\xf0\x9f\x98\x80 b") << "rules see the truth";
  Program harmless;
  set_arguments(&harmless, block({"ls", "-l"}));
  EXPECT_EQ(&r.shown(harmless), &harmless);
}

TEST(Redactor, Environment) {
  Rig rig(redacting());
  Exec e{.who = kShell};
  e.env = block({"DB_PASSWORD=" + S, "GH_TOKEN=" + S + "2", "DATABASE_URL=postgres://u:" + S + "3@h/d",
                 "PASSWORD_STORE_DIR=/home/ann", "SSH_AUTH_SOCK=/run/x", "LD_PRELOAD=a\"b\\c"});
  rig.take(exec_of(e));
  EXPECT_FALSE((rig.events(), holds(rig.memory, S)));
  EXPECT_EQ(rig.events()[0].process.env,
            R"({"DB_PASSWORD":"***","GH_TOKEN":"***","DATABASE_URL":"postgres://u:***@h/d",)"
            R"("PASSWORD_STORE_DIR":"/home/ann","SSH_AUTH_SOCK":"/run/x","LD_PRELOAD":"a\"b\\c"})");
  EXPECT_NE(rig.events()[0].extra.find(R"("redacted":["process.env"])"), std::string::npos);
}

TEST(Redactor, FileNamesAndExactBytes) {
  Rig rig(redacting());
  Exec e{.who = kShell};
  e.argv = block({"app", "--password=" + S + "\xff"});
  rig.take(exec_of(e));
  sm_file file{};
  file.mode = 0100644;
  rig.take(file_create_of(kShell, file, components("/tmp/" + kGithub + ".txt")));
  ASSERT_EQ(rig.events().size(), 2u);
  EXPECT_FALSE(holds(rig.memory, S));
  EXPECT_FALSE(holds(rig.memory, kGithub));
  EXPECT_FALSE(holds(rig.memory, base64(block({"app", "--password=" + S + "\xff"})).substr(0, 20)));
  EXPECT_NE(rig.events()[1].extra.find("TargetFilename"), std::string::npos) << rig.events()[1].extra;
}

TEST(Redactor, PatternsOfOnesOwn) {
  const Redactor r({{"CommandLine", "b c", "X"}, {"process.env.DSN", "[0-9]+", "N"}, {"", "id=(?P<secret>\\w+)", "?"}});
  Program p;
  set_arguments(&p, block({"a", "b", "c", "d", "id=77"}));
  EXPECT_EQ(arguments_of(r.shown(p).command_line), (Argv{"a", "X", "d", "id=?"})) << "what it spans becomes one";
  EXPECT_EQ(r.text("TargetFilename", "/b c/id=7"), "/b c/id=?");
  EXPECT_EQ(r.json("process.env", R"({"DSN":"u12@h","X":"12"})"), R"({"DSN":"uN@h","X":"12"})");
  EXPECT_EQ(r.text("QueryName", "name.example"), std::nullopt);
  EXPECT_THROW(Redactor({{"", "(", ""}}), Failure);
  EXPECT_FALSE(Redactor({}).enabled());
}

TEST(Redactor, LooksAtShortTextsToo) {
  const Redactor r({{"", "abc", "x"}});
  EXPECT_EQ(r.text("QueryName", "abc"), "x");
  EXPECT_EQ(r.text("QueryName", "-"), std::nullopt);
}

TEST(Redactor, TakesThousandsOutOfOneLine) {
  const Redactor r({{"", "pin=(?P<secret>[0-9]+)", "*"}});
  std::string text, expected;
  for (int i = 0; i < 5000; i++) {
    text += "pin=" + std::to_string(i) + ' ';
    expected += "pin=* ";
  }
  EXPECT_EQ(r.text("CommandLine", text), expected);
}

TEST(Redactor, RefusesAGroupThatIsTooFarOn) {
  std::string pattern;
  for (int i = 0; i < 9; i++) pattern += "(a)";
  EXPECT_THROW(Redactor({{"", pattern + "(?P<secret>b)", ""}}), Failure);
}

}  // namespace
