/** Runs probe.mjs: a sensor in a process of its own, under other conditions than those of the tests. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { release } from 'node:os';
import { fileURLToPath } from 'node:url';
import { type TestContext } from 'vitest';
import type { Capabilities, ProcessRecord, SysmonOptions } from '../../../lib/index.js';

export interface ProbedEvent {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly extra: Readonly<Record<string, unknown>>;
  readonly process: ProcessRecord;
  /** Image of the parent. */
  readonly parent?: string;
}

export interface Probed {
  readonly started?: true;
  readonly error?: {
    readonly name: string;
    readonly code: string;
    readonly message: string;
    readonly operation?: string;
    readonly errno?: number;
  };
  readonly capabilities?: Omit<Capabilities, 'failure'> & {
    readonly failure?: { readonly code: string; readonly message: string };
  };
  /** Of the program that was run. */
  readonly pid?: number;
  readonly status?: number | null;
  readonly events: readonly ProbedEvent[];
  /** Error (255) events: what the sensor itself has to say. */
  readonly errors: readonly { readonly ID: string; readonly Description: string }[];
  readonly losses: number;
  readonly warnings: readonly string[];
  /** The probe itself, as the sensor found it at start. */
  readonly self?: ProcessRecord;
}

export const packageFolder = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '');
const script = fileURLToPath(new URL('probe.mjs', import.meta.url));

export interface ProbeRequest {
  /**
   * Program and arguments before the probe's own, for example setpriv. `$PROBE` in a single shell command stands for
   * the probe.
   */
  readonly under?: readonly string[];
  readonly options?: SysmonOptions;
  /** What the probe runs while the sensor watches. */
  readonly run?: readonly [string, ...string[]];
  /** Folder of another copy of the package. */
  readonly folder?: string;
}

/** Waiting for hashes would make the outcome depend on the machine's speed: without, unless asked for. */
export function probe(request: ProbeRequest = {}): Probed {
  const options = { hash: 'none', hashTimeoutMs: 10_000, ...request.options };
  const own = [
    process.execPath,
    script,
    request.folder ?? packageFolder,
    JSON.stringify({ options, run: request.run ?? ['/bin/true', 'probed'] }),
  ];
  const [command, ...args] = [...(request.under ?? []), ...own] as [string, ...string[]];
  const r = spawnSync(command, args, { encoding: 'utf8', timeout: 300_000, killSignal: 'SIGKILL' });
  if (r.error) throw r.error;
  const line = r.stdout.split('\n').find((l) => l.startsWith('{'));
  if (line === undefined) throw new Error(`the probe said nothing (${r.status ?? r.signal}): ${r.stdout}${r.stderr}`);
  return JSON.parse(line) as Probed;
}

/** A shell command before the probe, in a mount namespace of its own: nothing outside changes. */
export const inMountNamespace = (command: string): string[] => [
  'unshare',
  '--mount',
  '--propagation',
  'private',
  'sh',
  '-ec',
  `${command}; exec "$@"`,
  'sh',
];

/** As the user `nobody`, with these capabilities and no others. */
export const withCapabilities = (...names: string[]): string[] => {
  const list = ['-all', ...names.map((n) => `+${n}`)].join(',');
  return [
    'setpriv',
    '--reuid=65534',
    '--regid=65534',
    '--clear-groups',
    `--inh-caps=${list}`,
    `--ambient-caps=${list}`,
    `--bounding-set=${list}`,
  ];
};

const [major, minor] = release().split('.').map(Number) as [number, number];
/** Kernels before 5.11 count what eBPF keeps against the limit on locked memory. */
export const memoryLimited = major < 5 || (major === 5 && minor < 11);

/** Before a command that is to load programs without the right to raise the limit. */
export const memoryLimit = (): string[] => (memoryLimited ? ['prlimit', '--memlock=unlimited:unlimited'] : []);

/** Skips the test where the limit matters and cannot be raised. */
export function needsMemory(context: TestContext): void {
  const line = /^CapBnd:\s*([0-9a-f]+)$/m.exec(readFileSync('/proc/self/status', 'utf8'));
  const resource = ((BigInt(`0x${line?.[1] ?? '0'}`) >> 24n) & 1n) === 1n;
  if (memoryLimited && !resource)
    context.skip('raising the limit on locked memory needs CAP_SYS_RESOURCE, which is not to be had here');
}

/**
 * For a test that follows system calls without being root, which Debian and Ubuntu forbid unless they are told
 * otherwise.
 */
export function needsCalls(context: TestContext): void {
  if (Number(readFileSync('/proc/sys/kernel/perf_event_paranoid', 'utf8')) <= 2) return;
  if (!process.env['SYSMON_VM'])
    context.skip('kernel.perf_event_paranoid is above 2: only root may follow system calls');
  setParanoid(context, 2);
}

/** Sets kernel.perf_event_paranoid of the whole system for the rest of a test: in virtual machines only. */
export function setParanoid(context: TestContext, level: number): void {
  const paranoid = '/proc/sys/kernel/perf_event_paranoid';
  const before = readFileSync(paranoid, 'utf8');
  context.onTestFinished(() => writeFileSync(paranoid, before));
  writeFileSync(paranoid, String(level));
}
