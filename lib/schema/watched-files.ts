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

/** Stands in the option for the list above. */
export const usualFiles = 'default';

/** What is wrong with an entry; undefined: nothing. */
export function watchFault(entry: string): string | undefined {
  if (!entry.startsWith('/')) return `expected an absolute path, or '${usualFiles}' for the usual list`;
  if (entry.includes('\0')) return 'a path has no NUL';
  const bytes = Buffer.byteLength(entry);
  if (bytes > longestWatched) return `at most ${longestWatched} bytes, this has ${bytes}: put a * for a part of it`;
  const parts = entry.slice(1).split('/');
  const last = parts.at(-1) ?? '';
  if (last === '')
    return `it ends with a slash: '${entry}*' is what is in that directory, '${entry}**' all that is below it`;
  if (parts.some((p) => p === '' || p === '.' || p === '..'))
    return "a path is compared as the kernel has it, without empty parts, '.' and '..'";
  if (/[?[\]{}]/.test(entry))
    return 'only * and ** stand for something: put a * for what may differ, also for ? [ ] { }';
  if (parts.some((p, i) => p.includes('**') && (p !== '**' || i < parts.length - 1)))
    return '** is the last part of a path, and stands for all that is below';
  // The part that it is found by.
  const plain = parts.findLastIndex((p) => !p.includes('*'));
  if (plain < 0) return 'a part of it must be without a *: nearly every file would fit';
  if (parts.length - 1 - plain > watchedLevels) return `one of its last ${watchedLevels + 1} parts must be without a *`;
  return undefined;
}
