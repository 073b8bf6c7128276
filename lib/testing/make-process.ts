/** Process records for events that a test makes. */
import { refuse, show } from '../base/errors.js';
import { deepFreeze } from '../base/freeze.js';
import { ProcessRecord } from '../event/process-record.gen.js';
import { processFields } from '../schema/process.js';
import { checkKeys, checkMember } from './shapes.js';

type Members = Omit<ProcessRecord, 'parent' | 'ancestors' | 'recentConnections' | 'toJSON'>;

/** What a test says of a process; the rest is filled in. `parent: undefined`: it has none. */
export type ProcessParts = { readonly [K in keyof Members]?: Members[K] | undefined } & {
  readonly parent?: ProcessRecord | ProcessParts | undefined;
};

const types = new Map(processFields.map(([name, , tsType]) => [name, tsType]));

/** Members as they were given, checked; `parent` stays what it is. */
export function checkProcess(where: string, value: unknown): Record<string, unknown> {
  const given = checkKeys(where, value, [...types.keys(), 'parent']);
  for (const [name, v] of Object.entries(given))
    if (name !== 'parent') checkMember(`${where}.${name}`, types.get(name) as string, v);
  return given;
}

const bootId = '8c1f9a52-6f0e-4a67-9c53-2f4f6f1f0a11';
const zeroLogon = '{3d1219c7-0000-0000-0000-000000000000}';

/**
 * A whole record: what is given, then what follows from it, then what is usual. The members that nobody knows without
 * having seen the process (`namespaces`, `cgroup`, `capabilities`, `tty`, …) are absent unless they are given.
 */
function whole(given: Record<string, unknown>, parent: ProcessRecord | undefined): ProcessRecord {
  const argv = given['argv'] as readonly string[] | undefined;
  const { pid = 1000, image = '/usr/bin/true', user = 'root' } = given as Partial<Members>;
  const commandLine = (given['commandLine'] as string | undefined) ?? argv?.join(' ') ?? image;
  const uid = (given['uid'] as number | undefined) ?? (user === 'root' ? 0 : 1000);
  const gid = (given['gid'] as number | undefined) ?? uid;
  const usual: Record<string, unknown> = {
    strongId: `${bootId}:${pid * 1_000_000}:${pid}:1`,
    guid: `{3d1219c7-0000-0000-0000-${pid.toString(16).padStart(12, '0')}}`,
    pid,
    ppid: parent?.pid ?? 0,
    image,
    commandLine,
    argv: commandLine.split(' '),
    cwd: '/',
    uid,
    gid,
    euid: uid,
    egid: gid,
    suid: uid,
    user,
    startTime: '2026-11-24T15:31:00.000000Z',
    logonGuid: zeroLogon,
    stdio: [],
    env: {},
  };
  const fields: Record<string, unknown> = {};
  for (const name of types.keys()) {
    const value = given[name] ?? usual[name];
    if (value !== undefined) fields[name] = value;
  }
  return ProcessRecord.revive(deepFreeze(structuredClone(fields)), parent);
}

/** The parent that was given, or `usual`; undefined where none is wanted. */
function parentOf(
  where: string,
  process: object,
  usual: Record<string, unknown>,
  said: Record<string, unknown>,
): ProcessRecord | undefined {
  if (!('parent' in process)) return whole({ pid: 1000, ...usual }, whole(first, undefined));
  const { parent } = process;
  if (parent === undefined || parent instanceof ProcessRecord) return parent;
  if (typeof parent !== 'object' || parent === null)
    refuse(`${where}.parent: expected an object or nothing, got ${show(parent)}.`);
  return makeProcess(`${where}.parent`, parent, said, {}, {});
}

const first = { pid: 1, image: '/usr/lib/systemd/systemd', commandLine: '/sbin/init' };

/**
 * The record that `parts` describe.
 *
 * @param usual members that the event says already, for what is not given
 * @param parent the same of the parent, where `parts` say nothing of it
 * @param said of that, what also holds where they do
 */
export function makeProcess(
  where: string,
  parts: object,
  usual: Record<string, unknown>,
  parent: Record<string, unknown>,
  said: Record<string, unknown>,
): ProcessRecord {
  const given = checkProcess(where, parts);
  // Of two members that say the same, the one that was given decides.
  const known = { ...usual };
  if ('argv' in given && !('commandLine' in given)) delete known['commandLine'];
  return whole({ ...known, ...given }, parentOf(where, parts, parent, said));
}
