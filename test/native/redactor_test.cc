// Secrets never stand in the memory that JavaScript reads; what only looks like one stays.
#include "enrich/redactor.h"

#include <gtest/gtest.h>

#include <cstring>

#include "base/failure.h"
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

const std::string S = "s3cr3T-f0und";  // in every secret that has no shape of its own
const std::string kGithub = "ghp_" + std::string(36, 'a'), kAws = "AKIAIOSFODNN7EXAMPLE",
                  kJwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl", kSlack = "xoxb-1234567890-abcdef",
                  kNpm = "npm_" + std::string(36, 'b'), kGoogle = "AIza" + std::string(35, 'c'),
                  kStripe = "sk_live_" + std::string(24, 'd'), kGitlab = "glpat-" + std::string(20, 'e'),
                  kVault = "hvs." + std::string(30, 'f'), kPat = "github_pat_" + std::string(40, 'g');

struct Secret {
  Argv argv;
  std::string secret;
};
const std::vector<Secret> kSecrets = {
    {{"app", "--password=" + S}, S},
    {{"app", "--password", S}, S},
    {{"app", "--password", S + " of several words"}, "several words"},
    {{"app", "-password", S}, S},
    {{"app", "--db-password=" + S, "x"}, S},
    {{"app", "--dbPassword=" + S}, S},
    {{"app", "--token", S, "--verbose"}, S},
    {{"app", "--api-key=" + S}, S},
    {{"app", "--apikey", S}, S},
    {{"app", "--secret-key", S}, S},
    {{"app", "--client-secret=" + S}, S},
    {{"app", "--passphrase", S}, S},
    {{"app", "--pass", S}, S},
    {{"env", "DB_PASSWORD=" + S, "app"}, S},
    {{"env", "MYSQL_PWD=" + S, "app"}, S},
    {{"env", "AWS_SECRET_ACCESS_KEY=" + S, "app"}, S},
    {{"sh", "-c", "export TOKEN=" + S + "; run"}, S},
    {{"sh", "-c", "PASSWORD='" + S + "' run"}, S},
    {{"curl", "https://host/?access_token=" + S + "&x=1"}, S},
    {{"curl", "https://user:" + S + "@host/path"}, S},
    {{"git", "clone", "https://x-oauth:" + S + "@host/r.git"}, S},
    {{"psql", "postgresql://app:" + S + "@db:5432/app"}, S},
    {{"curl", "-u", "user:" + S, "https://host"}, S},
    {{"/usr/bin/curl", "--user", "user:" + S, "https://host"}, S},
    {{"curl", "-H", "Authorization: Bearer " + S}, S},
    {{"curl", "-H", "Authorization: Basic " + S}, S},
    {{"curl", "-H", "X-Api-Key: " + S}, S},
    {{"curl", "-H", "Cookie: sid=" + S}, S},
    {{"curl", "-d", "{\"password\": \"" + S + "\"}"}, S},
    {{"curl", "-d", "{'api_key':'" + S + "'}"}, S},
    {{"mysql", "-u", "root", "-p" + S, "db"}, S},
    {{"sshpass", "-p", S, "ssh", "host"}, S},
    {{"sshpass", "-p" + S, "ssh", "host"}, S},
    {{"redis-cli", "-h", "host", "-a", S}, S},
    {{"ldapsearch", "-D", "cn=x", "-w", S}, S},
    {{"docker", "login", "-u", "me", "-p", S}, S},
    {{"openssl", "pkcs12", "-passin", "pass:" + S}, S},
    {{"zip", "-P", S, "a.zip", "a"}, S},
    {{"htpasswd", "-bB", "file", "user", S}, S},
    {{"smbclient", "-U", "user%" + S, "//host/x"}, S},
    {{"app", "Server=db;Uid=me;Password=" + S + ";"}, S},
    {{"app", kGithub}, kGithub},
    {{"app", "x=" + kPat}, kPat},
    {{"app", kAws}, kAws},
    {{"app", "jwt:" + kJwt}, kJwt},
    {{"app", kSlack}, kSlack},
    {{"app", kNpm}, kNpm},
    {{"app", kGoogle}, kGoogle},
    {{"app", kStripe}, kStripe},
    {{"app", kGitlab}, kGitlab},
    {{"app", kVault}, kVault},
    {{"sh", "-c", "echo '-----BEGIN RSA PRIVATE KEY-----" + S.substr(0, 6) + "MIIE'"}, S.substr(0, 6) + "MIIE"},
};

const std::vector<Argv> kHarmless = {
    {"passwd", "root"},
    {"app", "--password-file=/etc/app/pw"},
    {"app", "--password-file", "/etc/app/pw"},
    {"app", "--no-password", "file"},
    {"app", "--password", "--user", "ann"},
    {"app", "--passwordless"},
    {"app", "--token-ttl=5"},
    {"app", "--max-tokens=100"},
    {"app", "--max-tokens", "100"},
    {"app", "--secretary", "ann"},
    {"app", "--author=Ann", "--key=7"},
    {"app", "--keyring", "/usr/share/keyrings/x.gpg"},
    {"ssh", "-p", "22", "host"},
    {"ssh", "-i", "/root/.ssh/id_ed25519", "host"},
    {"cp", "-p", "a", "b"},
    {"mkdir", "-p", "/srv/password/reset"},
    {"mysql", "-u", "root", "-p", "db"},
    {"docker", "run", "-u", "1000:1000", "image"},
    {"docker", "run", "-p", "8080:80", "image"},
    {"curl", "http://host:8080/@scope/name"},
    {"curl", "https://host/?page=2&keyword=token"},
    {"git", "commit", "-m", "fix token: expire after a day"},
    {"git", "clone", "git@host:org/r.git"},
    {"git", "clone", "ssh://git@host:22/org/r.git"},
    {"grep", "-r", "password", "/etc"},
    {"grep", "password:", "file"},
    {"grep", "token=", "file"},
    {"env", "PWD=/home/ann", "app"},
    {"sh", "-c", "cd /x; OLDPWD=/y"},
    {"env", "PASSWORD_STORE_DIR=/home/ann/.store"},
    {"app", "bypass=1", "compass=north"},
    {"tar", "-C", "/tokens", "-xf", "secrets.tar"},
    {"ls", "/run/secrets/db_password"},
    {"kubectl", "get", "secret", "web", "-o", "yaml"},
    {"apt-key", "list"},
    {"gpg", "--list-secret-keys"},
    {"openssl", "genrsa", "-out", "private.key", "2048"},
    {"npm", "token", "list"},
    {"node", "--title=eyJ.not.one"},
    {"app", "ghp_short", "AKIA123", "sk-short", "xox-"},
    {"basic", "authentication", "explained"},
    {"app", "sha256:" + std::string(64, 'a')},
    {"app", "time=12:30@noon", "a:b@c"},
    {"zip", "-r", "a.zip", "P"},
};

TEST(Redactor, SecretsOfAllKindsNeverStandInTheBatchMemory) {
  ASSERT_GE(kSecrets.size(), 40u);
  for (const auto& [argv, secret] : kSecrets) {
    Rig plain(redacting({})), rig(redacting());
    Exec parent{.who = kShell}, child{.who = kChildExec, .parent = kShell};
    parent.argv = child.argv = block(argv);
    for (Rig* r : {&plain, &rig}) {
      r->take(exec_of(parent));
      r->take(exec_of(child));
      ASSERT_EQ(r->events().size(), 2u);
    }
    EXPECT_TRUE(holds(plain.memory, secret)) << "the test itself is wrong: " << argv[1];
    EXPECT_FALSE(holds(rig.memory, secret)) << rig.events()[1].process.command_line;
    EXPECT_NE(rig.events()[1].process.command_line.find("***"), std::string::npos) << argv[1];
    EXPECT_EQ(rig.events()[1].process.arguments, argv.size()) << rig.events()[1].process.command_line;
    for (const char* name : {"CommandLine", "ParentCommandLine", "process.ancestors.commandLine"})
      EXPECT_NE(rig.events()[1].extra.find('"' + std::string(name) + '"'), std::string::npos) << rig.events()[1].extra;
  }
}

TEST(Redactor, LookAlikesStay) {
  ASSERT_GE(kHarmless.size(), 40u);
  Rig rig(redacting());
  for (const auto& argv : kHarmless) {
    Exec e{.who = nth(static_cast<uint32_t>(&argv - kHarmless.data()))};
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
