// What `redact: 'default'` takes out. Arguments of a command line are separated by NUL, and a variable is NAME=VALUE.
// The group `secret` alone is replaced, or all of it where there is none.
#pragma once
#include <string_view>

namespace sysmon {

struct DefaultRedaction {
  // In every text in which the pattern matches stands one of these, whatever its case: words with `|` between them.
  std::string_view hint;
  std::string_view pattern;
  std::string_view unless = {};  // of the whole match: it is none
};

#define SM_HINT "pass|pwd|pw|secret|token|key|credential"

// What a name ends in that stands for a secret.
#define SM_SECRET                                                                                                     \
  "(?:[\\w.-]*(?:password|passwd|passphrase|passwort|secret|token|apikey|api[-_.]key|credential|credentials|"         \
  "(?:access|account|auth|client|deploy|encryption|license|master|private|secret|service|session|shared|signing|ssh|" \
  "storage|webhook)[-_.]?key)|(?:[\\w.-]*[-_.])?pass|[\\w.-]*[-_.](?:pwd|pw)|pwd)"
#define SM_ARG "[^\\x00]"

inline constexpr DefaultRedaction kDefaultRedactions[] = {
    // --password=x and --password x; a flag that follows is no value, and --no-password has none.
    {SM_HINT, "(?i)(?:^|\\x00)--?" SM_SECRET "=(?P<secret>" SM_ARG "+)"},
    {SM_HINT, "(?i)(?:^|\\x00)--?" SM_SECRET "\\x00(?P<secret>[^\\x00-]" SM_ARG "*)", "(?i)^\\x00?--?no-"},
    // NAME=x as an argument or a variable, but not the working directory.
    {SM_HINT, "(?i)(?:^|\\x00)" SM_SECRET "=(?P<secret>" SM_ARG "+)", "(?i)^\\x00?pwd="},
    // The same within a script, an address, a connection string.
    {SM_HINT, "(?i)[\\s;&?,\"'({:]" SM_SECRET "=[\"']?(?P<secret>[^\\x00\\s\"'&;,})]+)", "(?i)^.pwd="},
    // Of JSON and YAML in quotes.
    {SM_HINT, "(?i)[\"']" SM_SECRET "[\"']\\s*[:=]\\s*[\"'](?P<secret>[^\\x00\"']+)"},
    // Headers of HTTP.
    {"authorization",
     "(?i)\\b(?:proxy-)?authorization[\"']?\\s*[:=]\\s*[\"']?(?:(?:basic|bearer|digest|negotiate|token)\\s+)?"
     "(?P<secret>[^\\x00\\s\"']+)"},
    {"key|token|secret|cookie",
     "(?i)\\b(?:x-[\\w-]*(?:key|token|secret)|private-token|api-key|apikey|job-token|set-cookie|cookie)\\s*:\\s*"
     "(?P<secret>[^\\x00\"']+)"},
    {"bearer", "(?i)\\bbearer\\s+(?P<secret>[\\w.~+/-]{20,}=*)"},
    // user:password@ in an address.
    {"://", "(?i)\\b[a-z][a-z0-9+.-]*://[^\\x00\\s/?#:@]*:(?P<secret>[^\\x00\\s/?#]+)@"},
    // Programs with ways of their own.
    {"mysql|mariadb",
     "(?:^|/)(?:mysql|mysqldump|mysqladmin|mysqlimport|mysqlsh|mariadb|mariadb-dump|mariadb-admin)\\x00"
     "(?:" SM_ARG "*\\x00)*?-p(?P<secret>" SM_ARG "+)"},
    {"sshpass", "(?:^|/)sshpass\\x00-p\\x00?(?P<secret>" SM_ARG "+)"},
    {"curl",
     "(?:^|/)curl\\x00(?:" SM_ARG "*\\x00)*?(?:-u|-U|--user|--proxy-user)[\\x00=]?[^\\x00:]+:(?P<secret>" SM_ARG "+)"},
    {"redis-cli", "(?:^|/)redis-cli\\x00(?:" SM_ARG "*\\x00)*?-a\\x00(?P<secret>" SM_ARG "+)"},
    {"ldap",
     "(?:^|/)ldap(?:search|modify|add|delete|passwd|whoami)\\x00(?:" SM_ARG "*\\x00)*?-w\\x00?(?P<secret>" SM_ARG "+)"},
    {"login", "(?:^|/)(?:docker|podman|buildah|skopeo|helm)\\x00(?:" SM_ARG "*\\x00)*?login\\x00(?:" SM_ARG
              "*\\x00)*?-p\\x00(?P<secret>" SM_ARG "+)"},
    {"-U", "(?:^|/)(?:smbclient|rpcclient|net)\\x00(?:" SM_ARG "*\\x00)*?-U\\x00?[^\\x00%]+%(?P<secret>" SM_ARG "+)"},
    {"-P", "(?:^|/)(?:zip|unzip)\\x00(?:" SM_ARG "*\\x00)*?-P\\x00?(?P<secret>" SM_ARG "+)"},
    {"7z", "(?:^|/)(?:7z|7za|7zr)\\x00(?:" SM_ARG "*\\x00)*?-p(?P<secret>" SM_ARG "+)"},
    {"htpasswd", "(?:^|/)htpasswd\\x00-\\w*b\\w*\\x00" SM_ARG "*\\x00" SM_ARG "*\\x00(?P<secret>" SM_ARG "+)"},
    {"pass:", "-pass(?:in|out)?\\x00pass:(?P<secret>" SM_ARG "+)"},
    // Tokens that are known by their shape.
    {"AKIA|ASIA", "\\b(?:AKIA|ASIA)[0-9A-Z]{16}\\b"},
    {"ghp_|gho_|ghu_|ghs_|ghr_|github_pat_", "\\bgh[pousr]_[A-Za-z0-9]{36,255}|\\bgithub_pat_\\w{22,255}"},
    {"eyJ", "\\beyJ[\\w-]{8,}\\.eyJ[\\w-]{8,}\\.[\\w-]*"},
    {"glpat-|xox|AIza|k_live_|k_test_|npm_|hvb|hvs|hvr|pypi-|_v1_|SG[.]|hf_|dckr_|sk-",
     "\\b(?:glpat-[\\w-]{20,}|xox[abeoprs]-[\\w-]{10,}|AIza[\\w-]{35}|[rs]k_(?:live|test)_\\w{16,}|npm_[A-Za-z0-9]{36}|"
     "hv[bsr]\\.[\\w-]{24,}|pypi-AgE[\\w-]{16,}|do[opr]_v1_[a-f0-9]{64}|SG\\.[\\w-]{16,}\\.[\\w-]{16,}|"
     "hf_[A-Za-z0-9]{34}|dckr_pat_[\\w-]{20,}|sk-(?:proj-|ant-)?[\\w-]{32,})"},
    {"PRIVATE KEY", "-----BEGIN [A-Z ]*PRIVATE KEY-----(?P<secret>[^-]+)"},
};

#undef SM_ARG
#undef SM_HINT
#undef SM_SECRET

}  // namespace sysmon
