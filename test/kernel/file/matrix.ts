/** Runs matrix.c on a file system, and compares what the sensor told with what the kernel itself says of each call. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, type TestContext } from 'vitest';
import { folder, seen } from '../helpers/fixture.js';
import { kernelNames } from '../helpers/files.js';
import { noteMatrix } from '../helpers/attempts.js';
import { compile } from '../helpers/workspace.js';
import type { SysmonEvent } from '../../../lib/index.js';

export const matrixEvents = ['FileCreate', 'FileDeleteDetected', 'FileModify', 'FileCreateTime', 'PipeEvent'] as const;

/** A file system. */
export interface Kind {
  readonly name: string;
  /** Commands without which it cannot be made. */
  readonly needs?: readonly string[];
  /**
   * Shell: mounts it at $D and makes there what the calls need ($M prepare FOLDER). In a mount namespace of its own, so
   * that nothing is left; $W is an empty folder.
   */
  readonly make: string;
}

/**
 * right: what the kernel says. marked: not so, or cut, and the event says that it may be. unseen: no event.
 * wrong: an event that says what is not so, or one of what did not happen. failed: the call itself did.
 */
export type Outcome = 'right' | 'marked' | 'unseen' | 'wrong' | 'failed';

export interface Cell {
  readonly way: string;
  readonly call: string;
  readonly outcome: Outcome;
  readonly detail?: string;
}

interface Expected {
  readonly type: string;
  /** As stat(2) has it: after the call, or of what it took away; and before it. */
  readonly inodes: readonly string[];
  readonly device: string;
  readonly path: string;
}

interface Called {
  readonly way: string;
  readonly pid: number;
  readonly call: string;
  readonly number: number;
  readonly errno: number;
  readonly expected: Expected[];
}

/** Everything that takes no open descriptor and no mount away from those who come after. */
const preamble = `
PATH=$PATH:/usr/sbin:/sbin
CLEAN= # what is to be removed afterwards
image() { truncate -s "$2" "$W/$1.img"; shift 2; "$@" > /dev/null; }
`;

/** The events of a thread group, in the order in which they happened. */
function eventsOf(pids: ReadonlySet<number>): Map<number, SysmonEvent[]> {
  const found = new Map<number, SysmonEvent[]>();
  for (const e of seen.events) {
    const pid = e.process?.pid ?? 0;
    if (!pids.has(pid) || !(matrixEvents as readonly string[]).includes(e.type)) continue;
    const list = found.get(pid);
    if (list) list.push(e);
    else found.set(pid, [e]);
  }
  for (const list of found.values())
    list.sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : a.recordId - b.recordId));
  return found;
}

const fieldOf = (e: SysmonEvent): string => (e.type === 'PipeEvent' ? 'PipeName' : 'TargetFilename');
const pathOf = (e: SysmonEvent): string => String((e.data as unknown as Record<string, unknown>)[fieldOf(e)]);

interface Marks {
  readonly exposed?: readonly string[];
  readonly truncated?: readonly string[];
  readonly file?: { readonly inode: string; readonly dev: string };
}

/** A mark says what it is that may be wrong: it excuses the path, and not the inode beside it. */
function compare(e: SysmonEvent, x: Expected, mountDevice: string): readonly [Outcome, string?] {
  const { exposed, truncated, file } = e.extra as Marks;
  if (file && !x.inodes.includes(file.inode)) return ['wrong', `inode ${file.inode} for ${x.inodes.join(' or ')}`];
  if (file && file.dev !== x.device && file.dev !== mountDevice) return ['wrong', `device ${file.dev} for ${x.device}`];
  const path = pathOf(e);
  if (path === x.path) return ['right'];
  if (exposed?.includes(fieldOf(e))) return ['marked', `exposed: ${path}`];
  // What was cut has a `+` where something is missing, and the rest of it is true.
  if (truncated?.includes(fieldOf(e)) && x.path.includes(path.replaceAll(/^\+|\+$/g, '')))
    return ['marked', `truncated: ${path}`];
  return ['wrong', `path ${path}`];
}

/**
 * Blind spots of the documentation: what a rename replaced, which nothing tells before 6.13, and FUSE and vfat never;
 * and of FUSE the time that a descriptor's file had before, if its program does not let the kernel keep it.
 */
const isBlind = (x: Expected, c: Called, on: string): boolean =>
  ((!kernelNames || /^(fuse|vfat)/.test(on)) && x.type === 'FileDeleteDetected' && c.call.startsWith('rename')) ||
  (on.startsWith('fuse') && c.call.startsWith('futimens'));

function judge(c: Called, events: readonly SysmonEvent[], mountDevice: string, on: string): Cell {
  const cell = (outcome: Outcome, detail?: string): Cell => ({
    way: c.way,
    call: c.call,
    outcome,
    ...(detail === undefined ? {} : { detail: detail.replaceAll(/d{100,}/g, 'd…d').replaceAll(`${folder}/`, '') }),
  });
  const left = [...events];
  let worst: Cell | undefined;
  const ranks: readonly Outcome[] = ['right', 'marked', 'unseen', 'wrong'];
  const worse = (next: Cell): void => {
    if (!worst || ranks.indexOf(next.outcome) > ranks.indexOf(worst.outcome)) worst = next;
  };
  for (const x of c.expected) {
    const i = left.findIndex((e) => e.type === x.type);
    const e = i < 0 ? undefined : left.splice(i, 1)[0];
    if (!e) {
      worse(cell('unseen', `${x.type}${isBlind(x, c, on) ? ' (blind spot)' : ''} of ${x.path}`));
      continue;
    }
    const [outcome, said] = compare(e, x, mountDevice);
    worse(cell(outcome, said === undefined ? undefined : `${x.type} of ${x.path}: ${said}`));
  }
  for (const e of left) {
    const marked = (e.extra as Marks).exposed?.includes(fieldOf(e));
    worse(cell(marked ? 'marked' : 'wrong', `${e.type} of ${pathOf(e)}, which did not happen`));
  }
  return worst ?? cell(c.errno === 0 ? 'right' : 'failed', c.errno === 0 ? undefined : `errno ${c.errno}`);
}

/** What the program printed. */
function parse(text: string): { called: Called[]; device: string; broken: string[] } {
  const called: Called[] = [];
  const broken: string[] = [];
  let device = '';
  let way = '';
  let pid = 0;
  for (const line of text.split('\n')) {
    const words = line.split(' ');
    if (words[0] === 'device') device = words[1];
    else if (words[0] === 'broken') broken.push(line);
    else if (words[0] === 'way') [way, pid] = [words[1], Number(words[2])];
    else if (words[0] === 'call')
      called.push({ way, pid, call: words[1], number: Number(words[2]), errno: Number(words[4]), expected: [] });
    else if (words[0] === '>') {
      const [type, inode, old, dev, path] = line.slice(2).split('\t');
      called.at(-1)?.expected.push({ type, inodes: [inode, old], device: dev, path });
    }
  }
  return { called, device, broken };
}

/** Events of one process, by the number of the call in front of which a mark was made. */
function byCall(events: readonly SysmonEvent[]): Map<number, SysmonEvent[]> {
  const found = new Map<number, SysmonEvent[]>();
  let now: SysmonEvent[] = [];
  for (const e of events) {
    const mark = /\/mark-.*-(\d+)$/.exec(pathOf(e));
    if (!mark) now.push(e);
    else if (e.type === 'FileCreate') found.set(Number(mark[1]), (now = []));
  }
  return found;
}

/** All cells of a file system. Skips the test where it cannot be made. */
export async function fill(context: TestContext, kind: Kind, way = '-', call = '-'): Promise<Cell[]> {
  // A machine that is so busy that records are lost, and counted, says nothing about names: another try.
  for (let round = 1; ; round++) {
    const losses = seen.losses.length;
    const cells = await fillOnce(context, kind, round, way, call);
    if (seen.losses.length > losses && round < 3) continue;
    noteMatrix(kind.name, cells);
    return cells;
  }
}

async function fillOnce(context: TestContext, kind: Kind, round: number, way: string, call: string): Promise<Cell[]> {
  const program = join(folder, 'matrix');
  if (!existsSync(program)) compile(new URL('matrix.c', import.meta.url), program);
  const w = join(folder, `fs${round}-${kind.name.replaceAll(/[^a-z0-9]+/g, '-')}`);
  // What an earlier try has left is in the way of the next; its paths may be longer than Node removes.
  execFileSync('rm', ['-rf', w]);
  for (const d of ['W', 'D', 'beside', 'marks']) mkdirSync(join(w, d), { recursive: true });
  const env = { ...process.env, M: program, W: join(w, 'W'), D: join(w, 'D') };
  const script = `${preamble}
for c in ${(kind.needs ?? []).join(' ')}; do command -v $c > /dev/null || { echo "$c is not installed" >&2; exit 9; }; done
${kind.make}
echo made
"$M" run "$D" "${join(w, 'beside')}" "${join(w, 'marks')}" ${way} ${call} || { status=$?; rm -rf "$CLEAN"; exit $status; }
rm -rf "$CLEAN"`;
  const r = spawnSync('unshare', ['--mount', '--propagation', 'private', 'sh', '-ec', script], {
    env,
    cwd: '/',
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (!r.stdout.startsWith('made\n')) {
    const why = r.stderr.trim().split('\n')[0] ?? '';
    context.skip(`${kind.name} cannot be mounted here: ${why || String(r.error)}`);
  }
  const { called, device, broken } = parse(r.stdout);
  const complaints = r.stderr.split('\n').filter((line) => line.startsWith('matrix: '));
  expect({ status: r.status, broken, complaints }).toEqual({ status: 0, broken: [], complaints: [] });
  const pids = new Set(called.map((c) => c.pid));
  for (const pid of pids) await seen.terminated(pid);
  // Births of files that were overwritten are looked up, and such an event comes a little later.
  const wanted = called.reduce((n, c) => n + 1 + c.expected.length, pids.size);
  // What did not happen and is told all the same may make up for what is missing: it is never left at the number.
  const patience = process.env['SYSMON_VM'] ? 100 : 20;
  const least = patience / 2;
  let events = eventsOf(pids);
  const count = (): number => [...events.values()].reduce((n, list) => n + list.length, 0);
  for (let i = 0, last = 0; i < (count() < wanted ? patience : least); i = count() > last ? 0 : i + 1) {
    last = count();
    await sleep(50);
    events = eventsOf(pids);
  }
  const sorted = new Map([...events].map(([pid, list]) => [pid, byCall(list)]));
  const cells = called.map((c) => judge(c, sorted.get(c.pid)?.get(c.number) ?? [], device, kind.name));
  seen.events.length = 0;
  return cells;
}

/** The cells that must not be: for each call the ways, and one of them in full. */
export function faults(cells: readonly Cell[]): string[] {
  const found = new Map<string, Cell[]>();
  for (const c of cells) {
    if (c.outcome !== 'wrong' && (c.outcome !== 'unseen' || c.detail?.includes('(blind spot)'))) continue;
    const key = `${c.outcome} ${c.call}`;
    found.set(key, [...(found.get(key) ?? []), c]);
  }
  return [...found].map(
    ([key, list]) => `${key} by ${list.length} ways: ${list.map((c) => c.way).join(' ')}; ${list[0]?.detail ?? ''}`,
  );
}
