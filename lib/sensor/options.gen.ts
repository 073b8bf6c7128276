// Generated from lib/schema/options.ts by `npm run generate`. Do not edit.
import type { RuleSet } from '../config/model.js';
import type { FilterInput } from '../filter/input.js';
import type { EventType } from '../schema/events.gen.js';
import type { Redaction } from './redactions.js';
import type { ThrottleOptions } from './throttle.js';

/** Algorithms of digests, as Sysmon names them. */
export type HashAlgorithm = 'SHA1' | 'MD5' | 'SHA256';

/** What a sensor is made with. Everything is checked: a wrong or misspelled option is ERR_SYSMON_OPTION. */
export interface SysmonOptions {
  /**
   * Rules: path of a Sysmon XML or YAML file, its text, a RuleSet of `@org/sysmon/config`, or `'starter'`. It is
   * read by start(). Types of events that it speaks of are captured, besides those that Sysmon logs without rules;
   * `events` overrides that.
   */
  config?: string | RuleSet | undefined;
  /**
   * `'exact'`: rules mean in every detail what they mean to Sysmon for Linux. Default `'linux'`: see
   * docs/configuration.md.
   */
  compatibility?: 'linux' | 'exact' | undefined;
  /**
   * Types of events to capture; `'all'`: every type that this kernel can produce, but for ImageLoad, of which there
   * are so many that it must be named. Default: ProcessCreate and ProcessTerminate. Events about the sensor itself
   * (4, 16, 255) are always on.
   */
  events?: readonly EventType[] | 'all' | undefined;
  /**
   * Digests of executed files, in `data.Hashes`: the algorithms, or these and how the files are reached. Default
   * SHA256.
   */
  hash?: HashAlgorithm | readonly HashAlgorithm[] | 'none' | HashOptions | undefined;
  /** How long an event may wait for its hash, in milliseconds, 0 to 10000. Default 250. */
  hashTimeoutMs?: number | undefined;
  /**
   * Names of environment variables to keep, at most 16; others are never read out of the kernel. Default:
   * LD_PRELOAD, LD_LIBRARY_PATH, LD_AUDIT, SSH_CONNECTION, SUDO_USER. `'npm'`: these and npm_package_name,
   * npm_package_version, npm_lifecycle_event, npm_config_user_agent, from which `process.npm` is made.
   */
  environment?: readonly string[] | 'npm' | undefined;
  /**
   * Filters in JavaScript, of `@org/sysmon/filters` or of one's own, or rules that `compile` of `@org/sysmon/config`
   * gave; an event must pass all of them. They run before any listener or iterator.
   */
  filter?: FilterInput | undefined;
  /**
   * Only these processes are captured: one with all that descend from it, those that this program makes for it, or
   * those in a control group. The kernel side decides it before it makes a record; see docs/scope.md. Default: all.
   */
  scope?: ScopeOptions | undefined;
  /**
   * Names and texts that say where the sensor runs (cluster, node, instance), at most 64: every event and loss has
   * them as `labels`, and so has every format.
   */
  labels?: Readonly<Record<string, string>> | undefined;
  /**
   * Replaces secrets in command lines, environment, labels of containers, paths and names of DNS before anything
   * reaches JavaScript; rules see the truth. `'default'`: passwords, tokens and keys of the usual forms, see
   * docs/redaction.md. Off unless given.
   */
  redact?: 'default' | readonly (Redaction | 'default')[] | undefined;
  /**
   * No more than so many events a second of each process, control group or type. The worker counts those that the
   * rules keep, before it hashes or writes anything for them; what is suppressed is told as loss of the stage
   * `filter-rate`. See docs/back-pressure.md. Default: none.
   */
  throttle?: ThrottleOptions | undefined;
  /**
   * Time between two batches, in milliseconds, 0 to 1000. Default 1. More shares wake-ups between more events. After
   * a pause up to four batches follow at once; only what goes on and on is held back.
   */
  flushIntervalMs?: number | undefined;
  /**
   * Size of the kernel's ring, in bytes: a power of two from 64 KiB to 1 GiB. Default 8 MiB. It counts twice in RSS.
   */
  ringBytes?: number | undefined;
  /**
   * A UDP flow, and memory that one process copies from another (ProcessAccess), is reported once in so many
   * seconds, 1 to 86400. Default 1800.
   */
  flowSeconds?: number | undefined;
  /** ProcessAccess: calls that fail are reported as well, with `extra.errno`. Default false. */
  failedAccess?: boolean | undefined;
  /**
   * Says of processes where the executed file comes from (`process.origin`) and from where they are used
   * (`process.remote`). For it the sensor follows writes, connections and DNS, whatever is captured. Default false.
   */
  origin?: boolean | undefined;
  /**
   * FileOpen: files whose opens are told, at most 128 absolute paths. `*` stands for any part of a name, `**` at the
   * end for all that is below a directory; `default` for the list that is in use without this option, see
   * docs/options.md.
   */
  watchFiles?: readonly string[] | undefined;
  /**
   * The kernel side drops by itself what the rules of `config` certainly drop, as far as it can tell. No event is
   * another by that. See docs/pushdown.md. Default true.
   */
  pushdown?: boolean | undefined;
  /**
   * Process records tell `recentConnections`. For that the worker is told of all connections, also of those that
   * rules drop; without, the kernel side drops these by itself where it can. `sysmon run` does without. Default
   * true.
   */
  recentConnections?: boolean | undefined;
  /**
   * The kernel counts how often each eBPF program runs and how long that takes, for `stats().native.programs`: of
   * all programs of the system, at some 30 ns a run. Default false.
   */
  measure?: boolean | undefined;
  /** DnsQuery: questions to port 5353 (multicast DNS) count as well as those to port 53. Default false. */
  mdns?: boolean | undefined;
  /**
   * Absolute path of a directory where FileDelete keeps the content of deleted files, as far as it can be had: see
   * docs/archive.md. It is made, for the sensor's user alone, if only its last component is missing. One sensor has
   * it at a time. Wins over ArchiveDirectory of the configuration.
   */
  archiveDirectory?: string | undefined;
  /** Limits of the archive, and directories whose files are held open for it. */
  archive?: ArchiveOptions | undefined;
  /**
   * BTF file to find the fields of kernel structures by, instead of the kernel's own type information. It must be
   * made from exactly the running kernel's image, which is checked. The kernel's own (/sys/kernel/btf/vmlinux) must
   * be there all the same: programs attach by it.
   */
  btfPath?: string | undefined;
  /**
   * File of the native part, for programs that keep it elsewhere than the package does: see docs/packaging.md. A
   * process has one; the environment variable SYSMON_ADDON names it for all of the library.
   */
  addonPath?: string | undefined;
}

/** Digests, and how the files are reached; see docs/hashes.md. */
export interface HashOptions {
  /** The digests. Default SHA256. */
  readonly algorithms?: HashAlgorithm | readonly HashAlgorithm[] | 'none' | undefined;
  /**
   * How executed files are reached: `'path'`, by what leads to them when the event has come; `'fanotify'`, by
   * holding them open from before they run, so that those that were deleted at once have digests as well; `'auto'`,
   * likewise where that can be had. See docs/hashes.md. Default `'path'`, and `'auto'` where `hash` is an object.
   */
  readonly source?: 'path' | 'auto' | 'fanotify' | undefined;
}

/** Limits of the archive of deleted files, see docs/archive.md. */
export interface ArchiveOptions {
  /**
   * Directories, with all below them, whose files the sensor holds open once they have been written, so that their
   * content is there when they are deleted. Existing directories on ext4, xfs or tmpfs; needs CAP_SYS_ADMIN.
   */
  readonly hold?: readonly string[] | undefined;
  /** Most files that are held at a time, 1 to 65536. Each takes a file descriptor. Default 1024. */
  readonly holdFiles?: number | undefined;
  /** Most bytes of the files that are held. Default 256 MiB. */
  readonly holdBytes?: number | undefined;
  /** Larger files are neither kept nor hashed. Default 64 MiB. */
  readonly maxFileBytes?: number | undefined;
  /** Most bytes in the archive's directory, what was there before included. Default 1 GiB. */
  readonly maxTotalBytes?: number | undefined;
  /**
   * Free space, in percent, below which nothing more is kept on the archive's file system, or held on that of a
   * directory of `hold`. Default 5.
   */
  readonly minFreePercent?: number | undefined;
  /** How long a FileDelete may wait until its file has been copied, in milliseconds, 1 to 600000. Default 10000. */
  readonly timeoutMs?: number | undefined;
}

/** Who is captured; one of the two. See docs/scope.md. */
export interface ScopeOptions {
  /** A process that lives when the sensor starts, by its id, and what descends from it, also when it has ended. */
  readonly pid?: number | undefined;
  /** A control group of version 2, and those below it: its directory, or its path as `process.cgroup` has it. */
  readonly cgroup?: string | undefined;
  /** What is made in Sysmon.adopt() and what descends from it, from its first instruction on. Until then nobody. */
  readonly spawned?: true | undefined;
}
