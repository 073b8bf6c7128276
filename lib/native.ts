/** The only file that loads the addon, and the declaration of everything that the addon exports. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { causeText, refuse, SysmonError, type SysmonErrorCode } from './base/errors.js';
import { packageFile, packageFolders, requireOf } from './base/package-files.js';
import type { NativeStats } from './native-stats.js';
import type {
  NativeArchive,
  NativeRedaction,
  NativeScope,
  NativeSettings,
  NativeThrottle,
} from './schema/settings.gen.js';
import { schemaHash } from './schema/tables.gen.js';

export type { NativeArchive, NativeRedaction, NativeScope, NativeSettings, NativeThrottle };

/** Where a build puts the addon, in the package's folder: the first place where it is looked for. */
export const builtAddon = 'build/Release/sysmon.node';

export interface NativeFailure {
  readonly code: string;
  readonly operation: string;
  readonly errno: number;
  readonly message: string;
}

export interface NativeSensor {
  start(): void;
  /** With a time, nothing waits longer than that, in milliseconds, for digests and content. */
  stop(patienceMs?: number): void;
  /** One change at a time: its end is an entry CONFIGURED, or a message that it is refused. */
  configure(settings: NativeSettings): void;
  /** Whether it keeps the process alive: from start() on it does. */
  keepAlive(alive: boolean): void;
  close(): void;
  release(slot: number): void;
  /** The memory of its slots; undefined after close(). */
  slots(): ArrayBuffer | undefined;
  stats(): NativeStats;
  /** What this thread makes from now on is of the scope, or no longer; false: it cannot be. */
  adopt(on: boolean): boolean;
  /** Whether anybody of the tree that is the scope lives. */
  populated(): boolean;
  connections(strongId: string): readonly NativeConnection[] | undefined;
  lookup(pid: number): { readonly memory: ArrayBuffer; readonly slots: readonly number[] } | undefined;
}

export interface NativeConnection {
  readonly seconds: number;
  readonly microseconds: number;
  readonly protocol: 'tcp' | 'udp';
  readonly initiated: boolean;
  readonly source: string;
  readonly sourcePort: number;
  readonly destination: string;
  readonly destinationPort: number;
  /** Of the destination; empty: none is known. */
  readonly hostname: string;
  /** 0: it did not fail. */
  readonly errno: number;
}

export interface NativePlatform {
  readonly kernel: string;
  readonly btf: boolean;
  readonly ringBuffer: boolean;
  readonly lockdown: string;
  readonly cgroup2: string;
  /** Programs can be attached to the root of the control groups, or to what is visible of it. */
  readonly packets: boolean;
  /** What is not seen of the packets, and why; empty: nothing. */
  readonly packetsLimit: string;
  readonly hashing: boolean;
  readonly privileges: readonly { readonly name: string; readonly held: boolean; readonly neededFor: string }[];
  readonly failure: NativeFailure | undefined;
}

/** Verdict of the engine on one event. */
export interface NativeVerdict {
  readonly log: boolean;
  /** Index into the engine's reasons: default, include, exclude, unmatched. */
  readonly reason: number;
  readonly ruleName: string;
  readonly rules: string[];
}

/** Where the engine has a rule decided. */
export interface NativeDecided {
  /** The kernel side drops by it. */
  readonly pushed: boolean;
  /** It does so once the worker has looked at the process. */
  readonly byProcess: boolean;
  /** Why it is not pushed; empty: it is. */
  readonly why: string;
}

export interface NativePlan {
  /** Names of the fields whose values `evaluate` wants, in this order. */
  readonly fields: readonly string[];
  evaluate(eventId: number, values: readonly string[]): NativeVerdict;
  evaluateBatch(events: readonly (readonly [number, readonly string[]])[]): NativeVerdict[];
  /** Rules of an event, in the order of evaluation; `captured`: ids of the events that are. */
  explain(eventId: number, captured: readonly number[]): readonly NativeDecided[];
  benchmark(events: readonly (readonly [number, readonly string[]])[], rounds: number): { ns: number; logged: number };
}

export interface NativeProgramCost {
  readonly name: string;
  readonly section: string;
  readonly instructions: number;
  /** The verifier's own words. */
  readonly statistics: string;
}

export interface NativeAddon {
  readonly NativeSensor: new (
    settings: NativeSettings,
    /** A failure is the end, but for that of a change, which is `refused`. */
    onMessage: (slot: number, failure: NativeFailure | undefined, refused: boolean) => void,
  ) => NativeSensor;
  inspect(btfPath: string): NativePlatform;
  /** Throws if the plan is not valid. */
  compilePlan(plan: Uint8Array): NativePlan;
  /** Sends SIGKILL to the process that began so many ns after boot, and to no other. 0, or an error number. */
  killProcess(pid: number, startBootNs: bigint): number;
  /** A socket for datagrams to a Unix socket: a descriptor, or a negative error number. */
  openDatagram(path: string): number;
  /** 0, or an error number; EAGAIN: the receiver has not read what came before. */
  sendDatagram(fd: number, bytes: Uint8Array): number;
  /** The same by a sealed file in memory, whose descriptor is sent. */
  sendDatagramFile(fd: number, bytes: Uint8Array): number;
  /** What each program costs the verifier of this kernel, for developers. */
  verify(btfPath: string): readonly NativeProgramCost[] | NativeFailure;
  readonly schemaHash: string;
  readonly slotBytes: number;
  readonly slots: number;
}

/** The C library of this process, as the names of released binaries have it. */
function libc(): 'glibc' | 'musl' {
  try {
    return readFileSync('/proc/self/maps', 'utf8').includes('/ld-musl-') ? 'musl' : 'glibc';
  } catch {
    return 'glibc'; // /proc is not mounted: loading tells
  }
}

/** Where the addon is looked for, in this order: what was built here comes before what was released. */
function places(addonPath: string | undefined): { readonly named?: string; readonly paths: readonly string[] } {
  if (addonPath !== undefined) return { named: 'addonPath', paths: [resolve(addonPath)] };
  const variable = process.env['SYSMON_ADDON'];
  if (variable) return { named: 'SYSMON_ADDON', paths: [resolve(variable)] };
  const released = `prebuilds/${process.platform}-${process.arch}/sysmon.${libc()}.node`;
  return {
    paths: packageFolders().flatMap((folder) => [join(folder, builtAddon), join(folder, released)]),
  };
}

let loaded: { readonly addon: NativeAddon; readonly path: string } | undefined;

/**
 * Loads the addon, once for all sensors. Importing this library alone does not need it. `addonPath`: the file to load,
 * before what the variable SYSMON_ADDON names and what is in the package. Throws SysmonError (ERR_SYSMON_NATIVE,
 * _SCHEMA_MISMATCH; _OPTION if another file has been loaded already).
 */
export function loadAddon(addonPath?: string): NativeAddon {
  if (loaded) {
    if (addonPath !== undefined && resolve(addonPath) !== loaded.path)
      refuse(
        `option addonPath: ${loaded.path} is loaded already, and a process has one native part. Name ${addonPath} the first time, or by the environment variable SYSMON_ADDON.`,
      );
    return loaded.addon;
  }
  if (process.platform !== 'linux')
    throw new SysmonError(
      'ERR_SYSMON_NATIVE',
      `cannot load the native part of @org/sysmon on ${process.platform}: the sensor watches the Linux kernel.`,
      { operation: 'load' },
    );
  const { named, paths } = places(addonPath);
  const failures: { readonly path: string; readonly said: string; readonly cause?: unknown }[] = [];
  for (const path of paths) {
    if (!existsSync(path)) {
      failures.push({ path, said: 'no such file' });
      continue;
    }
    let addon: NativeAddon;
    try {
      addon = requireOf(path)(path) as NativeAddon;
    } catch (cause) {
      failures.push({ path, said: causeText((cause as Error).message ?? cause).split('\n')[0], cause });
      continue;
    }
    if (addon.schemaHash !== schemaHash)
      throw new SysmonError(
        'ERR_SYSMON_SCHEMA_MISMATCH',
        `the native part of @org/sysmon, ${path}, was built from another version (schema ${addon.schemaHash}, expected ${schemaHash}). ${howToBuild()}`,
        { operation: 'load' },
      );
    loaded = { addon, path };
    return addon;
  }
  const { glibcVersionRuntime } = (process.report.getReport() as { header: { glibcVersionRuntime?: string } }).header;
  const system = `${process.platform} ${process.arch}, ${glibcVersionRuntime ? `glibc ${glibcVersionRuntime}` : libc()}, Node.js ${process.versions.node}`;
  const by = named === undefined ? '' : ` that ${named} names`;
  throw new SysmonError(
    'ERR_SYSMON_NATIVE',
    `cannot load the native part of @org/sysmon${by} (${system}). Looked for:\n` +
      failures.map(({ path, said }) => `  ${path}: ${said.replace(`${path}: `, '')}\n`).join('') +
      (named === undefined ? howToBuild() : `Correct ${named}, or leave it out. ${howToBuild()}`),
    { cause: failures.find(({ cause }) => cause !== undefined)?.cause, operation: 'load' },
  );
}

/** The file of the addon, which is loaded if it was not. Throws as loadAddon() does. */
export function addonFile(): string {
  loadAddon();
  return (loaded as { readonly path: string }).path;
}

/** What to do without a binary that fits. */
function howToBuild(): string {
  const script = packageFile('scripts/build.mjs');
  const command = existsSync(script) ? `node ${script}` : 'node node_modules/@org/sysmon/scripts/build.mjs';
  const build = `Build it from the sources in the package: ${command} (it names what it needs and what is missing).`;
  if (libc() === 'glibc') return `Released binaries are for x64 and arm64 with glibc 2.28 or later. ${build}`;
  return `Released binaries are for glibc, this system has musl (Alpine). Take an image with glibc, as Debian's (node:22-slim). With musl this library was not tried; whoever wants to try: ${build}`;
}

export function toError(f: NativeFailure): SysmonError {
  return new SysmonError(`ERR_SYSMON_${f.code}` as SysmonErrorCode, f.message, {
    operation: f.operation,
    ...(f.errno === 0 ? {} : { errno: f.errno }),
  });
}

/** Starts the worker of a sensor. */
export function startWorker(native: NativeSensor, onFailure: (failure: NativeFailure) => void): void {
  try {
    native.start();
  } catch (cause) {
    const message = `the worker could not be started: ${(cause as Error).message}`;
    onFailure({ code: 'NATIVE', operation: 'start', errno: 0, message });
  }
}
