/** What tests say of a run: plain functions, and the same as matchers for `expect.extend`. */
import { existsSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { refuse, show, SysmonError } from '../base/errors.js';
import { seenOf, type Observed, type Seen, type SeenProcess } from './seen.js';

/** What a matcher of vitest and jest gives. In node:test: `assert.ok(result.pass, result.message())`. */
export interface MatchResult {
  /** Whether it is so. */
  readonly pass: boolean;
  /** Why a test fails: each offender with its command line; or, with `.not`, that there is none. */
  message(): string;
}

interface Offence {
  readonly what: string;
  readonly process: SeenProcess;
}

const most = 20;

/** Says nothing of a run that was not seen whole, but that what was seen is enough to fail. */
function resultOf(where: string, said: string, offences: readonly Offence[], { gaps }: Seen): MatchResult {
  if (offences.length === 0 && gaps.length > 0)
    throw new SysmonError('ERR_SYSMON_STATE', `${where}: not everything was seen: ${gaps.slice(0, 5).join('; ')}.`);
  const lines = offences
    .slice(0, most)
    .map(
      ({ what, process: { pid, commandLine, image } }) => `  ${what}\n    by process ${pid}: ${commandLine || image}`,
    );
  const more = offences.length > most ? [`  and ${offences.length - most} more`] : [];
  return {
    pass: offences.length === 0,
    message: () =>
      offences.length === 0
        ? `expected the run not to ${said}, and it does`
        : [`expected the run to ${said}:`, ...lines, ...more].join('\n'),
  };
}

const real = (path: string): string => (existsSync(path) ? realpathSync(path) : resolve(path));

function checkTexts(where: string, value: unknown): asserts value is readonly string[] {
  if (!Array.isArray(value) || !value.every((text) => typeof text === 'string' && text !== ''))
    refuse(`${where}: expected a list of texts, got ${show(value)}.`);
}

/** By the policy that allows nothing else. It is loaded when it is needed: it brings the rule engine. */
async function onlyAllowed(section: 'connect' | 'execute', list: readonly string[], seen: Seen): Promise<Offence[]> {
  const { parsePolicy } = await import('../guard/policy.js');
  const { factOf } = await import('../guard/facts.js');
  const policy = parsePolicy(JSON.stringify({ [section]: { allow: list } }));
  return seen.things.flatMap((thing) =>
    policy.judge(thing).length > 0 ? [{ what: factOf(thing)?.what ?? thing.type, process: thing.process }] : [],
  );
}

/**
 * Whether a run connected to nobody else: names, addresses, networks, each with or without a port, as policies have
 * them. Questions to the system's name servers do not count.
 *
 * @example
 * ```js
 * import assert from 'node:assert';
 * import { connectsOnlyTo, makeEvent } from '@org/sysmon/testing';
 *
 * const data = { Initiated: true, DestinationIp: '10.1.2.3', DestinationPort: 443 };
 * const call = makeEvent('NetworkConnect', { data });
 * const { pass, message } = await connectsOnlyTo([call], ['10.0.0.0/8:443']);
 * assert.ok(pass, message());
 * ```
 */
export async function connectsOnlyTo(run: Observed, peers: readonly string[]): Promise<MatchResult> {
  const where = 'toConnectOnlyTo()';
  checkTexts(where, peers);
  const seen = await seenOf(where, run, ['NetworkConnect']);
  return resultOf(
    where,
    `connect only to ${peers.join(', ') || 'nobody'}`,
    await onlyAllowed('connect', peers, seen),
    seen,
  );
}

/**
 * Whether a run executed nothing else: paths, globs, names of programs, `sha256:` and a digest, as policies have them.
 *
 * @example
 * ```js
 * import { executesOnly, makeEvent } from '@org/sysmon/testing';
 *
 * const { pass } = await executesOnly([makeEvent('ProcessCreate', { data: { Image: '/usr/bin/make' } })], ['make']);
 * console.log(pass); // true
 * ```
 */
export async function executesOnly(run: Observed, programs: readonly string[]): Promise<MatchResult> {
  const where = 'toExecuteOnly()';
  checkTexts(where, programs);
  const seen = await seenOf(where, run, ['ProcessCreate']);
  const offences = await onlyAllowed('execute', programs, seen);
  return resultOf(where, `execute only ${programs.join(', ') || 'nothing'}`, offences, seen);
}

/**
 * Whether a run made, changed and deleted files in these folders only. Devices that keep nothing (`/dev/null`) do not
 * count.
 *
 * @example
 * ```js
 * import { makeEvent, writesOnlyUnder } from '@org/sysmon/testing';
 *
 * const made = makeEvent('FileCreate', { data: { TargetFilename: '/srv/app/dist/a.js' } });
 * const { pass } = await writesOnlyUnder([made], '/srv/app/dist');
 * console.log(pass); // true
 * ```
 */
export async function writesOnlyUnder(run: Observed, folders: string | readonly string[]): Promise<MatchResult> {
  const where = 'toWriteOnlyUnder()';
  const list = typeof folders === 'string' ? [folders] : folders;
  checkTexts(where, list);
  const seen = await seenOf(where, run, ['FileCreate', 'FileModify', 'FileDeleteDetected']);
  const { sinkFiles } = await import('../guard/policy-sections.js');
  const within = list.flatMap((folder) => [resolve(folder), real(folder)]);
  const offences = seen.things.flatMap(({ data, process }): Offence[] => {
    const path = data['TargetFilename'];
    if (typeof path !== 'string' || sinkFiles.test(path)) return [];
    return within.some((folder) => path === folder || path.startsWith(`${folder}/`)) ? [] : [{ what: path, process }];
  });
  return resultOf(where, `write only under ${list.join(', ')}`, offences, seen);
}

/** How leaksNothing() looks. */
export interface LeakOptions {
  /** Milliseconds for which a process may outlive the command. Default 1,000. */
  readonly graceMs?: number;
}

/**
 * Whether a run left nothing behind: no process that went on when the command had ended, and no file in a folder of
 * temporary files that is still there.
 *
 * @example
 * ```js
 * import { leaksNothing, makeEvent } from '@org/sysmon/testing';
 *
 * const { pass } = await leaksNothing([makeEvent('FileCreate', { data: { TargetFilename: '/tmp/gone-by-now' } })]);
 * console.log(pass); // true
 * ```
 */
export async function leaksNothing(run: Observed, options: LeakOptions = {}): Promise<MatchResult> {
  const where = 'toLeakNothing()';
  const { graceMs = 1000 } = options;
  const seen = await seenOf(where, run, ['ProcessCreate', 'ProcessTerminate', 'FileCreate']);
  const temporary = [...new Set([tmpdir(), '/tmp', '/var/tmp', '/dev/shm'].map(real))];
  const processes = seen.survivors
    .filter(({ afterMs }) => afterMs === undefined || afterMs > graceMs)
    .map(({ afterMs, ...process }): Offence => {
      const what = afterMs === undefined ? 'a process that goes on' : `a process that went on for ${afterMs} ms`;
      return { what, process };
    });
  const files = seen.things.flatMap(({ type, data, process }): Offence[] => {
    const path = data['TargetFilename'];
    if (type !== 'FileCreate' || typeof path !== 'string') return [];
    return temporary.some((folder) => path.startsWith(`${folder}/`)) && existsSync(path)
      ? [{ what: path, process }]
      : [];
  });
  return resultOf(where, 'leave nothing behind', [...processes, ...files], seen);
}

/**
 * The same for `expect.extend(matchers)` of vitest and jest: `await expect(run).toConnectOnlyTo([...])`. They wait for
 * the end of the run.
 *
 * @example
 * ```js
 * import { matchers, makeEvent } from '@org/sysmon/testing';
 *
 * // expect.extend(matchers);
 * const { pass } = await matchers.toExecuteOnly([makeEvent('ProcessCreate')], ['**']);
 * console.log(pass); // true
 * ```
 */
export const matchers = {
  /** {@link connectsOnlyTo} */
  toConnectOnlyTo: connectsOnlyTo,
  /** {@link writesOnlyUnder} */
  toWriteOnlyUnder: writesOnlyUnder,
  /** {@link executesOnly} */
  toExecuteOnly: executesOnly,
  /** {@link leaksNothing} */
  toLeakNothing: leaksNothing,
};
