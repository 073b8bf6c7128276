/**
 * A storm of processes of every kind: each exec and each exit is reported once, field by field as the storm knows them.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Sysmon, type SysmonOptions } from '../../../lib/index.js';
import { expectAccounts } from '../helpers/accounts.js';
import { record, type Capture, type ProcessCreateEvent, type ProcessTerminateEvent } from '../helpers/capture.js';
import { startStorm, stormSize, type Storm, type TrueExec, type TrueProcess } from '../helpers/storm.js';
import { compile, makeFolder, removeFolder } from '../helpers/workspace.js';

const users: Record<number, string> = {};
for (const line of readFileSync('/etc/passwd', 'utf8').split('\n')) {
  const [name, , uid] = line.split(':');
  if (name && uid) users[Number(uid)] ??= name;
}
const userOf = (uid: number): string => users[uid] ?? '-';

let folder: string;
let program: string;
beforeAll(() => {
  folder = makeFolder();
  program = compile('storm.c', join(folder, 'storm'));
});
afterAll(() => removeFolder(folder));

interface Result {
  readonly storm: Storm;
  readonly seen: Capture;
  readonly sysmon: Sysmon;
  readonly began: Date;
  readonly ended: Date;
}

async function runStorm(name: string, size: number, options: SysmonOptions): Promise<Result> {
  const sysmon = new Sysmon({ events: ['ProcessCreate', 'ProcessTerminate'], ...options });
  const seen = record(sysmon);
  await sysmon.start();
  const began = new Date();
  try {
    const storm = await startStorm(program, folder, name, size).done;
    return { storm, seen, sysmon, began, ended: new Date() };
  } finally {
    await sysmon.stop();
  }
}

/** What the storm says should have come for one process, and what came, as plain objects that can be compared. */
class Comparison {
  readonly differences: string[] = [];
  missingExecs = 0;
  missingExits = 0;
  compared = 0;

  constructor(readonly r: Result) {}

  /** Several processes of one pid follow each other; so do their events. */
  compare(): void {
    const { storm, seen } = this.r;
    const byPid = new Map<number, TrueProcess[]>();
    const own: TrueProcess = {
      kind: 'storm',
      pid: storm.pid,
      ppid: process.pid,
      uid: 0,
      tid: 0,
      exitCode: 0,
      execs: [{ image: program, argv: storm.argv, cwd: process.cwd(), uid: 0 }],
    };
    for (const p of [own, ...storm.processes]) byPid.set(p.pid, [...(byPid.get(p.pid) ?? []), p]);
    const events = new Map<number, (ProcessCreateEvent | ProcessTerminateEvent)[]>();
    const parents = new Set([
      storm.pid,
      ...storm.workers,
      ...storm.processes.filter((p) => p.kind === 'orphan-parent').map((p) => p.pid),
    ]);
    for (const e of seen.events) {
      if (e.type !== 'ProcessCreate' && e.type !== 'ProcessTerminate') continue;
      const { pid, ppid } = e.process;
      if (byPid.has(pid)) events.set(pid, [...(events.get(pid) ?? []), e]);
      else if (ppid !== undefined && parents.has(ppid) && e.time >= this.r.began.toISOString())
        this.differ(`${e.type} of ${pid}, which the storm does not know`);
    }
    for (const [pid, processes] of byPid) {
      // Those that waited for a hash or a name were passed by others.
      const came = (events.get(pid) ?? []).sort((a, b) =>
        a.time < b.time ? -1 : a.time > b.time ? 1 : a.recordId - b.recordId,
      );
      for (const p of processes) this.compareOne(p, came);
      for (const e of came)
        this.differ(`${e.type} of ${pid} (${processes.map((p) => p.kind).join()}) too many: ${e.data.Image}`);
    }
  }

  differ(text: string): void {
    this.differences.push(text);
  }

  same(p: TrueProcess, what: string, got: unknown, expected: unknown): void {
    this.compared++;
    const [a, b] = [JSON.stringify(got), JSON.stringify(expected)];
    if (a !== b) this.differ(`${p.kind} ${p.pid}: ${what} is ${a}, not ${b}`);
  }

  compareOne(p: TrueProcess, came: (ProcessCreateEvent | ProcessTerminateEvent)[]): void {
    let last: ProcessCreateEvent | undefined;
    for (const x of p.execs) {
      const e = came[0];
      if (e?.type !== 'ProcessCreate') {
        this.missingExecs++;
        continue;
      }
      came.shift();
      this.compareExec(p, x, e, x === p.execs[0]);
      if (last) this.same(p, 'start of a chain', e.process.startTime, last.process.startTime);
      if (last && e.process.strongId === last.process.strongId)
        this.differ(`${p.kind} ${p.pid}: two execs with one strongId`);
      last = e;
    }
    const e = came[0];
    if (e?.type !== 'ProcessTerminate') {
      this.missingExits++;
      return;
    }
    came.shift();
    this.same(p, 'exitCode', e.extra.exitCode, p.exitCode);
    this.same(p, 'signal', e.extra.signal, p.signal);
    this.same(p, 'coreDump', e.extra.coreDump ?? false, p.coreDump ?? false);
    this.same(p, 'ProcessId at exit', e.data.ProcessId, p.pid);
    this.same(p, 'Image at exit', e.data.Image, p.execs.at(-1)?.image ?? program);
    this.same(p, 'User at exit', e.data.User, userOf(p.uid));
    this.same(p, 'ppid at exit', e.process.ppid, p.ppid);
    if (last) this.same(p, 'one record for create and terminate', e.process === last.process, true);
    if (last) this.same(p, 'ProcessGuid at exit', e.data.ProcessGuid, last.data.ProcessGuid);
    if (p.execs.length === 0) this.same(p, 'forked', e.process.forked, true);
    this.same(p, 'uncertain at exit', e.extra.uncertain, undefined);
  }

  compareExec(p: TrueProcess, x: TrueExec, e: ProcessCreateEvent, first: boolean): void {
    const { data, process: record } = e;
    this.same(p, 'ProcessId', data.ProcessId, p.pid);
    this.same(p, 'Image', data.Image, x.image);
    this.same(p, 'argv', record.argv, x.argv);
    this.same(p, 'CommandLine', data.CommandLine, x.argv.join(' '));
    this.same(p, 'CurrentDirectory', data.CurrentDirectory, x.cwd);
    this.same(p, 'User', data.User, userOf(x.uid));
    this.same(p, 'LogonId', data.LogonId, String(x.uid));
    this.same(p, 'uid', [record.uid, record.euid, record.suid], [x.uid, x.uid, x.uid]);
    this.same(p, 'tid', record.tid, first && p.tid ? p.tid : undefined);
    this.same(p, 'script', record.script, x.script);
    this.same(p, 'memfd', record.memfd, x.memfd);
    this.same(p, 'deleted', record.deleted, x.deleted);
    this.same(p, 'ParentProcessId', data.ParentProcessId, p.ppid);
    this.same(p, 'pid of the parent record', record.parent?.pid, p.ppid);
    this.same(p, 'truncated', e.extra.truncated, undefined);
    this.same(p, 'uncertain', e.extra.uncertain, undefined);
    if (p.kind !== 'storm') {
      this.same(p, 'ParentImage', data.ParentImage, program);
      this.same(p, 'ParentCommandLine', data.ParentCommandLine, this.r.storm.argv.join(' '));
      this.same(p, 'ParentUser', data.ParentUser, 'root');
    }
    if (e.time < this.r.began.toISOString() || e.time > this.r.ended.toISOString())
      this.differ(`${p.kind} ${p.pid}: time ${e.time}`);
  }
}

function check(r: Result, name: string): void {
  const c = new Comparison(r);
  c.compare();
  const { lost, native } = r.sysmon.stats();
  const lostOf = (type: string): number => Object.values(lost).reduce((sum, row) => sum + (row[type] ?? 0), 0);
  const execs = r.storm.processes.reduce((n, p) => n + p.execs.length, 1);
  console.log(
    `storm ${name}: ${r.storm.processes.length + 1} processes, ${execs} execs in ${Math.round(r.storm.milliseconds)} ms; ${c.compared} fields compared; ` +
      `missing ${c.missingExecs} execs, ${c.missingExits} exits; lost ${JSON.stringify(lost)}; late ${native?.late}`,
  );
  expect(c.differences.slice(0, 20)).toEqual([]);
  expect(r.seen.errors).toEqual([]);
  expectAccounts(r.sysmon);
  // Others' losses are counted with the storm's: a loss explains what is missing, nothing else does.
  if (lostOf('ProcessCreate') === 0) expect(c.missingExecs).toBe(0);
  else expect(c.missingExecs).toBeLessThanOrEqual(lostOf('ProcessCreate'));
  if (lostOf('ProcessTerminate') === 0) expect(c.missingExits).toBe(0);
  else expect(c.missingExits).toBeLessThanOrEqual(lostOf('ProcessTerminate'));
  // The default ring holds seconds of a storm.
  expect(lost).toEqual({});
}

test(
  'every exec and exit of a storm is reported once, with what the storm knows of it',
  { timeout: 600_000 },
  async () => {
    const r = await runStorm('plain', stormSize, { hash: 'none' });
    expect(r.storm.processes.length).toBeGreaterThanOrEqual(stormSize);
    check(r, 'without hashes');
    for (const e of r.seen.events) if (e.type === 'ProcessCreate') expect(e.data.Hashes).toBe('-');
  },
);

test('with hashes: the digest of the image that ran, or a reason', { timeout: 600_000 }, async () => {
  const r = await runStorm('hashed', Math.ceil(stormSize / 5), { hash: 'SHA256', hashTimeoutMs: 2000 });
  check(r, 'with SHA256');
  const digest = `SHA256=${createHash('sha256').update(readFileSync(program)).digest('hex')}`;
  const reasons: Record<string, number> = {};
  const pids = new Set(r.storm.processes.map((p) => p.pid));
  for (const e of r.seen.events) {
    if (e.type !== 'ProcessCreate' || !pids.has(e.data.ProcessId)) continue;
    const why = e.extra.hash ?? 'hashed';
    reasons[why] = (reasons[why] ?? 0) + 1;
    // All images are copies of one program. One without a name can only be read while its process lives.
    if (e.data.Hashes === '-')
      expect(e.process.deleted ? ['gone', 'timeout', 'busy'] : ['timeout', 'busy']).toContain(e.extra.hash);
    else expect(e.data.Hashes.toLowerCase()).toBe(digest.toLowerCase());
  }
  console.log(`hashes: ${JSON.stringify(reasons)}`);
  // Of what another machine serves, as a guest's own files, none is certain.
  expect((reasons['hashed'] ?? 0) + (reasons['touched'] ?? 0)).toBeGreaterThan(0);
});
