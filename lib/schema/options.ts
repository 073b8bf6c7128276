/**
 * Every option of a sensor, one row each. From the rows come the interfaces SysmonOptions and ArchiveOptions, the
 * settings of the addon, the checks with their defaults, and the flags of the command with their help.
 */
import type { OptionRow } from './option-row.js';
import { mostWatched, watchedFiles } from './watched-files.js';

export { archiveOptions, hashOptions, hashSources, scopeOptions } from './option-members.js';
export type { Flag, OptionCheck, OptionRow } from './option-row.js';

/** So many environment variables can be kept: the kernel side has room for that many names (SM_ENV_NAMES). */
export const mostVariables = 16;

/** What the word `npm` adds to the variables that are kept without any. */
export const npmVariables: readonly string[] = [
  'npm_package_name',
  'npm_package_version',
  'npm_lifecycle_event',
  'npm_config_user_agent',
];

/** What rules may mean, of the option of that name. */
export const compatibilities = ['linux', 'exact'] as const;

export const sensorOptions: readonly OptionRow[] = [
  {
    name: 'config',
    type: 'string | RuleSet',
    doc: "Rules: path of a Sysmon XML or YAML file, its text, a RuleSet of `@org/sysmon/config`, or `'starter'`. It is read by start(). Types of events that it speaks of are captured, besides those that Sysmon logs without rules; `events` overrides that.",
    check: { kind: 'config' },
    flag: {
      name: 'config',
      value: 'FILE',
      words: 'rules: Sysmon XML or YAML, or starter for the configuration that comes with the package',
    },
  },
  {
    name: 'compatibility',
    type: "'linux' | 'exact'",
    doc: "`'exact'`: rules mean in every detail what they mean to Sysmon for Linux. Default `'linux'`: see docs/configuration.md.",
    check: { kind: 'compatibility' },
    flag: {
      name: 'compatibility',
      value: 'MODE',
      choices: compatibilities,
      words: 'linux (default), or exact: rules mean in every detail what they mean to Sysmon for Linux',
    },
  },
  {
    name: 'events',
    type: "readonly EventType[] | 'all'",
    doc: "Types of events to capture; `'all'`: every type that this kernel can produce, but for ImageLoad, of which there are so many that it must be named. Default: ProcessCreate and ProcessTerminate. Events about the sensor itself (4, 16, 255) are always on.",
    check: { kind: 'events' },
    flag: {
      name: 'events',
      value: 'A,B | all',
      words: 'types of events to capture (default: ProcessCreate,ProcessTerminate)',
      items: 'types of events',
      word: 'all',
    },
  },
  {
    name: 'hash',
    type: "HashAlgorithm | readonly HashAlgorithm[] | 'none' | HashOptions",
    doc: 'Digests of executed files, in `data.Hashes`: the algorithms, or these and how the files are reached. Default SHA256.',
    check: { kind: 'hash' },
    setting: { name: 'hashAlgorithms', type: 'number', doc: '1: SHA1, 2: MD5, 4: SHA256.' },
    flag: {
      name: 'hash',
      value: 'LIST | none',
      words: 'SHA1, MD5, SHA256, joined by commas (default: SHA256)',
      items: 'SHA1, MD5, SHA256',
      word: 'none',
    },
  },
  {
    name: 'hashTimeoutMs',
    type: 'number',
    doc: 'How long an event may wait for its hash, in milliseconds, 0 to 10000. Default {default}.',
    check: { kind: 'whole', least: 0, most: 10_000, default: 250 },
    setting: { name: 'hashTimeoutMs', type: 'number' },
    flag: {
      name: 'hash-timeout-ms',
      value: 'N',
      words: 'longest time that an event waits for its hash (default: {default})',
    },
  },
  {
    name: 'environment',
    type: "readonly string[] | 'npm'",
    doc: `Names of environment variables to keep, at most ${mostVariables}; others are never read out of the kernel. Default: LD_PRELOAD, LD_LIBRARY_PATH, LD_AUDIT, SSH_CONNECTION, SUDO_USER. \`'npm'\`: these and npm_package_name, npm_package_version, npm_lifecycle_event, npm_config_user_agent, from which \`process.npm\` is made.`,
    check: {
      kind: 'variables',
      most: mostVariables,
      default: ['LD_PRELOAD', 'LD_LIBRARY_PATH', 'LD_AUDIT', 'SSH_CONNECTION', 'SUDO_USER'],
    },
    setting: { name: 'environment', type: 'readonly string[]' },
    flag: {
      name: 'environment',
      value: 'A,B | none',
      words: `environment variables to keep, at most ${mostVariables}; those that rules speak of are added\n(default: {default})`,
      items: 'npm, or names of variables',
      word: 'none',
    },
  },
  {
    name: 'filter',
    type: 'FilterInput',
    doc: "Filters in JavaScript, of `@org/sysmon/filters` or of one's own, or rules that `compile` of `@org/sysmon/config` gave; an event must pass all of them. They run before any listener or iterator.",
    check: { kind: 'filter' },
  },
  {
    name: 'scope',
    type: 'ScopeOptions',
    doc: 'Only these processes are captured: one with all that descend from it, those that this program makes for it, or those in a control group. The kernel side decides it before it makes a record; see docs/scope.md. Default: all.',
    check: { kind: 'scope' },
  },
  {
    name: 'labels',
    type: 'Readonly<Record<string, string>>',
    doc: 'Names and texts that say where the sensor runs (cluster, node, instance), at most 64: every event and loss has them as `labels`, and so has every format.',
    check: { kind: 'labels' },
    flag: {
      name: 'label',
      value: 'NAME=TEXT',
      words: 'put this on every document; may be given several times',
      repeated: true,
    },
  },
  {
    name: 'redact',
    type: "'default' | readonly (Redaction | 'default')[]",
    doc: "Replaces secrets in command lines, environment, labels of containers, paths and names of DNS before anything reaches JavaScript; rules see the truth. `'default'`: passwords, tokens and keys of the usual forms, see docs/redaction.md. Off unless given.",
    check: { kind: 'redact' },
    setting: { name: 'redactions', type: 'readonly NativeRedaction[]' },
    flag: {
      name: 'redact',
      words: 'replace passwords, tokens and keys of the usual forms by ***',
    },
  },
  {
    name: 'throttle',
    type: 'ThrottleOptions',
    doc: 'No more than so many events a second of each process, control group or type. The worker counts those that the rules keep, before it hashes or writes anything for them; what is suppressed is told as loss of the stage `filter-rate`. See docs/back-pressure.md. Default: none.',
    check: { kind: 'throttle' },
    flag: {
      name: 'throttle',
      value: 'N/BY/TYPES',
      words:
        'at most N events a second of each process (also N/process), cgroup or type;\nTYPES: of these types only, joined by commas (default: all)',
    },
  },
  {
    name: 'flushIntervalMs',
    type: 'number',
    doc: 'Time between two batches, in milliseconds, 0 to 1000. Default {default}. More shares wake-ups between more events. After a pause up to four batches follow at once; only what goes on and on is held back.',
    check: { kind: 'whole', least: 0, most: 1000, default: 1 },
    setting: { name: 'flushIntervalMs', type: 'number' },
    flag: {
      name: 'flush-ms',
      value: 'N',
      words: 'longest time that output may linger, in ms (default: 50; on a terminal 1)',
    },
  },
  {
    name: 'ringBytes',
    type: 'number',
    doc: "Size of the kernel's ring, in bytes: a power of two from 64 KiB to 1 GiB. Default 8 MiB. It counts twice in RSS.",
    check: { kind: 'power', least: 64 << 10, most: 1 << 30, default: 8 << 20 },
    setting: { name: 'ringBytes', type: 'number' },
    flag: { name: 'ring-bytes', value: 'N', words: "size of the kernel's ring, a power of two (default: {default})" },
  },
  {
    name: 'flowSeconds',
    type: 'number',
    doc: 'A UDP flow, and memory that one process copies from another (ProcessAccess), is reported once in so many seconds, 1 to 86400. Default {default}.',
    check: { kind: 'whole', least: 1, most: 86_400, default: 1800 },
    setting: { name: 'flowSeconds', type: 'number' },
    flag: {
      name: 'flow-seconds',
      value: 'N',
      words:
        'NetworkConnect: report a UDP flow once in N seconds; ProcessAccess:\nmemory that is copied (default: {default})',
    },
  },
  {
    name: 'failedAccess',
    type: 'boolean',
    doc: 'ProcessAccess: calls that fail are reported as well, with `extra.errno`. Default {default}.',
    check: { kind: 'truth', default: false },
    setting: { name: 'failedAccess', type: 'boolean' },
    flag: { name: 'failed-access', words: 'ProcessAccess: report calls that fail as well' },
  },
  {
    name: 'origin',
    type: 'boolean',
    doc: 'Says of processes where the executed file comes from (`process.origin`) and from where they are used (`process.remote`). For it the sensor follows writes, connections and DNS, whatever is captured. Default {default}.',
    check: { kind: 'truth', default: false },
    setting: { name: 'origin', type: 'boolean' },
    flag: {
      name: 'origin',
      words: 'say of processes who wrote the file, from which host, and from where they are used',
    },
  },
  {
    name: 'watchFiles',
    type: 'readonly string[]',
    doc: `FileOpen: files whose opens are told, at most ${mostWatched} absolute paths. \`*\` stands for any part of a name, \`**\` at the end for all that is below a directory; \`default\` for the list that is in use without this option, see docs/options.md.`,
    check: { kind: 'watched', default: watchedFiles },
    setting: { name: 'watchFiles', type: 'readonly string[]' },
    flag: {
      name: 'watch-files',
      value: 'A,B',
      words: 'FileOpen: paths whose opens are told, with * and **; default for the usual list',
      items: 'paths',
    },
  },
  {
    name: 'pushdown',
    type: 'boolean',
    doc: 'The kernel side drops by itself what the rules of `config` certainly drop, as far as it can tell. No event is another by that. See docs/pushdown.md. Default {default}.',
    check: { kind: 'truth', default: true },
    setting: { name: 'pushdown', type: 'boolean' },
    flag: { name: 'no-pushdown', words: 'let the worker decide all rules, and the kernel side none' },
  },
  {
    name: 'recentConnections',
    type: 'boolean',
    doc: 'Process records tell `recentConnections`. For that the worker is told of all connections, also of those that rules drop; without, the kernel side drops these by itself where it can. `sysmon run` does without. Default {default}.',
    check: { kind: 'truth', default: true },
    setting: { name: 'recentConnections', type: 'boolean' },
  },
  {
    name: 'measure',
    type: 'boolean',
    doc: 'The kernel counts how often each eBPF program runs and how long that takes, for `stats().native.programs`: of all programs of the system, at some 30 ns a run. Default {default}.',
    check: { kind: 'truth', default: false },
    setting: { name: 'measure', type: 'boolean' },
    flag: { name: 'measure', words: 'measure what each eBPF program takes, for --stats' },
  },
  {
    name: 'mdns',
    type: 'boolean',
    doc: 'DnsQuery: questions to port 5353 (multicast DNS) count as well as those to port 53. Default {default}.',
    check: { kind: 'truth', default: false },
    setting: { name: 'mdns', type: 'boolean' },
    flag: { name: 'mdns', words: 'DnsQuery: also multicast DNS, port 5353' },
  },
  {
    name: 'archiveDirectory',
    type: 'string',
    doc: "Absolute path of a directory where FileDelete keeps the content of deleted files, as far as it can be had: see docs/archive.md. It is made, for the sensor's user alone, if only its last component is missing. One sensor has it at a time. Wins over ArchiveDirectory of the configuration.",
    check: { kind: 'directory' },
    flag: { name: 'archive-directory', value: 'D', words: 'FileDelete: keep the content of deleted files in D' },
  },
  {
    name: 'archive',
    type: 'ArchiveOptions',
    doc: 'Limits of the archive, and directories whose files are held open for it.',
    check: { kind: 'archive' },
  },
  {
    name: 'btfPath',
    type: 'string',
    doc: "BTF file to find the fields of kernel structures by, instead of the kernel's own type information. It must be made from exactly the running kernel's image, which is checked. The kernel's own (/sys/kernel/btf/vmlinux) must be there all the same: programs attach by it.",
    check: { kind: 'path' },
    setting: { name: 'btfPath', type: 'string', doc: "Empty: the kernel's own." },
    flag: { name: 'btf', value: 'FILE', words: "type information of exactly this kernel, instead of the kernel's own" },
  },
  {
    name: 'addonPath',
    type: 'string',
    doc: 'File of the native part, for programs that keep it elsewhere than the package does: see docs/packaging.md. A process has one; the environment variable SYSMON_ADDON names it for all of the library.',
    check: { kind: 'path' },
  },
];

/** Settings of the addon that are made of something else than one option: `[name, type, documentation]`. */
export const derivedSettings = [
  ['events', 'readonly number[]', "Sysmon's ids of what is captured."],
  ['plan', 'Uint8Array', 'Plan of the rules; empty: none.'],
  ['hashSource', 'number', '0: path, 1: auto, 2: fanotify.'],
  ['failedConnects', 'boolean', 'Connections that fail are reported as well.'],
  ['archive', 'NativeArchive', 'The archive of deleted files.'],
  ['scope', 'NativeScope', 'Who is captured.'],
  ['throttle', 'NativeThrottle', 'How many events there may be.'],
] as const;

/** A text of a row, with its default. */
export function withDefault(text: string, { check }: OptionRow): string {
  if (!('default' in check)) return text;
  const value = check.default;
  return text.replaceAll('{default}', typeof value === 'object' ? value.join(', ') : String(value));
}
