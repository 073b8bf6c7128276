// What `redact: 'default'` takes out. Arguments of a command line are separated by NUL, and a variable is NAME=VALUE.
// The group `secret` alone is replaced, or all of it where there is none.
#pragma once
#include <string_view>

namespace sysmon {

struct DefaultRedaction {
  std::string_view pattern;
  std::string_view unless = {};  // of the whole match: it is none
};

// What a name ends in that stands for a secret.
#define SM_SECRET                                                                                                     \
  "(?:[\\w.-]*(?:password|passwd|passphrase|passwort|secret|token|apikey|api[-_.]key|credential|credentials|"         \
  "(?:access|account|auth|client|deploy|encryption|license|master|private|secret|service|session|shared|signing|ssh|" \
  "storage|webhook)[-_.]?key)|(?:[\\w.-]*[-_.])?pass|[\\w.-]*[-_.](?:pwd|pw)|pwd)"
#define SM_ARG "[^\\x00]"

inline constexpr DefaultRedaction kDefaultRedactions[] = {
    // --password=x and --password x; a flag that follows is no value, and --no-password has none.
    {"(?i)(?:^|\\x00)--?" SM_SECRET "=(?P<secret>" SM_ARG "+)"},
    {"(?i)(?:^|\\x00)--?" SM_SECRET "\\x00(?P<secret>[^\\x00-]" SM_ARG "*)", "(?i)^\\x00?--?no-"},
    // NAME=x as an argument or a variable, but not the working directory.
    {"(?i)(?:^|\\x00)" SM_SECRET "=(?P<secret>" SM_ARG "+)", "(?i)^\\x00?pwd="},
    // The same within a script, an address, a connection string.
    {"(?i)[\\s;&?,\"'({:]" SM_SECRET "=[\"']?(?P<secret>[^\\x00\\s\"'&;,})]+)", "(?i)^.pwd="},
    // Of JSON and YAML in quotes.
    {"(?i)[\"']" SM_SECRET "[\"']\\s*[:=]\\s*[\"'](?P<secret>[^\\x00\"']+)"},
    // Headers of HTTP.
    {"(?i)\\b(?:proxy-)?authorization[\"']?\\s*[:=]\\s*[\"']?(?:(?:basic|bearer|digest|negotiate|token)\\s+)?"
     "(?P<secret>[^\\x00\\s\"']+)"},
    {"(?i)\\b(?:x-[\\w-]*(?:key|token|secret)|private-token|api-key|apikey|job-token|set-cookie|cookie)\\s*:\\s*"
     "(?P<secret>[^\\x00\"']+)"},
    {"(?i)\\bbearer\\s+(?P<secret>[\\w.~+/-]{20,}=*)"},
    // user:password@ in an address.
    {"(?i)\\b[a-z][a-z0-9+.-]*://[^\\x00\\s/?#:@]*:(?P<secret>[^\\x00\\s/?#]+)@"},
    // Programs with ways of their own.
    {"(?:^|/)(?:mysql|mysqldump|mysqladmin|mysqlimport|mysqlsh|mariadb|mariadb-dump|mariadb-admin)\\x00"
     "(?:" SM_ARG "*\\x00)*?-p(?P<secret>" SM_ARG "+)"},
    {"(?:^|/)sshpass\\x00-p\\x00?(?P<secret>" SM_ARG "+)"},
    {"(?:^|/)curl\\x00(?:" SM_ARG "*\\x00)*?(?:-u|-U|--user|--proxy-user)[\\x00=]?[^\\x00:]+:(?P<secret>" SM_ARG "+)"},
    {"(?:^|/)redis-cli\\x00(?:" SM_ARG "*\\x00)*?-a\\x00(?P<secret>" SM_ARG "+)"},
    {"(?:^|/)ldap(?:search|modify|add|delete|passwd|whoami)\\x00(?:" SM_ARG "*\\x00)*?-w\\x00?(?P<secret>" SM_ARG "+)"},
    {"(?:^|/)(?:docker|podman|buildah|skopeo|helm)\\x00(?:" SM_ARG "*\\x00)*?login\\x00(?:" SM_ARG
     "*\\x00)*?-p\\x00(?P<secret>" SM_ARG "+)"},
    {"(?:^|/)(?:smbclient|rpcclient|net)\\x00(?:" SM_ARG "*\\x00)*?-U\\x00?[^\\x00%]+%(?P<secret>" SM_ARG "+)"},
    {"(?:^|/)(?:zip|unzip)\\x00(?:" SM_ARG "*\\x00)*?-P\\x00?(?P<secret>" SM_ARG "+)"},
    {"(?:^|/)(?:7z|7za|7zr)\\x00(?:" SM_ARG "*\\x00)*?-p(?P<secret>" SM_ARG "+)"},
    {"(?:^|/)htpasswd\\x00-\\w*b\\w*\\x00" SM_ARG "*\\x00" SM_ARG "*\\x00(?P<secret>" SM_ARG "+)"},
    {"-pass(?:in|out)?\\x00pass:(?P<secret>" SM_ARG "+)"},
    // Tokens that are known by their shape.
    {"\\b(?:AKIA|ASIA)[0-9A-Z]{16}\\b"},
    {"\\bgh[pousr]_[A-Za-z0-9]{36,255}|\\bgithub_pat_\\w{22,255}"},
    {"\\beyJ[\\w-]{8,}\\.eyJ[\\w-]{8,}\\.[\\w-]*"},
    {"\\b(?:glpat-[\\w-]{20,}|xox[abeoprs]-[\\w-]{10,}|AIza[\\w-]{35}|[rs]k_(?:live|test)_\\w{16,}|npm_[A-Za-z0-9]{36}|"
     "hv[bsr]\\.[\\w-]{24,}|pypi-AgE[\\w-]{16,}|do[opr]_v1_[a-f0-9]{64}|SG\\.[\\w-]{16,}\\.[\\w-]{16,}|"
     "hf_[A-Za-z0-9]{34}|dckr_pat_[\\w-]{20,}|sk-(?:proj-|ant-)?[\\w-]{32,})"},
    {"-----BEGIN [A-Z ]*PRIVATE KEY-----(?P<secret>[^-]+)"},
};

#undef SM_ARG
#undef SM_SECRET

}  // namespace sysmon
