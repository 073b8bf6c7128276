/** The files whose opens are told, unless the option `watchFiles` says otherwise. */

/** The kernel side has room for so many entries (SM_WATCHED), of so many bytes (SM_WATCH_BYTES, less a NUL). */
export const mostWatched = 128;
export const longestWatched = 127;
/** Directories above a file that are looked at for an entry (SM_WATCH_LEVELS). */
export const watchedLevels = 16;

/** In `/home/*` and in root's home. */
const inHomes = (...names: readonly string[]): string[] => names.flatMap((n) => [`/home/*/${n}`, `/root/${n}`]);

export const watchedFiles: readonly string[] = [
  // Passwords and who may become whom.
  '/etc/shadow',
  '/etc/shadow-',
  '/etc/gshadow',
  '/etc/gshadow-',
  '/etc/security/opasswd',
  '/etc/sudoers',
  '/etc/sudoers.d/*',
  '/etc/krb5.keytab',
  // Keys of the machine.
  '/etc/ssh/ssh_host_*_key',
  '/etc/ssl/private/*',
  '/etc/kubernetes/admin.conf',
  '/etc/kubernetes/pki/*.key',
  '/var/lib/kubelet/pki/*',
  '/etc/rancher/k3s/k3s.yaml',
  '/run/secrets/*',
  '/run/secrets/kubernetes.io/serviceaccount/*/token',
  '/var/run/secrets/kubernetes.io/serviceaccount/*/token',
  // Keys and tokens of people.
  ...inHomes('.ssh/id_*', '.ssh/*.pem', '.gnupg/private-keys-v1.d/*', '.gnupg/secring.gpg', '.pgpass', '.my.cnf'),
  ...inHomes('.netrc', '.git-credentials', '.config/git/credentials', '.config/gh/hosts.yml', '.npmrc', '.pypirc'),
  ...inHomes('.aws/credentials', '.aws/sso/cache/*', '.azure/msal_token_cache*', '.azure/accessTokens.json'),
  ...inHomes('.config/gcloud/credentials.db', '.config/gcloud/access_tokens.db', '.vault-token'),
  ...inHomes('.config/gcloud/application_default_credentials.json', '.terraform.d/credentials.tfrc.json'),
  ...inHomes('.kube/config', '.docker/config.json', '.cargo/credentials.toml', '.local/share/keyrings/*'),
  // What browsers keep.
  ...inHomes('.mozilla/firefox/*/logins.json', '.mozilla/firefox/*/key4.db', '.mozilla/firefox/*/cookies.sqlite'),
  ...inHomes('.config/*/*/Login Data', '.config/*/*/Cookies', '.config/*/*/Network/Cookies'),
  // What people typed.
  ...inHomes('.bash_history', '.zsh_history', '.python_history', '.mysql_history', '.psql_history'),
  // Memory.
  '/proc/*/mem',
  '/proc/*/maps',
  '/proc/*/environ',
  '/proc/kcore',
  '/dev/mem',
  '/dev/kmem',
  '/dev/kmsg',
];
