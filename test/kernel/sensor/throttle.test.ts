/** A throttle, and what else a running sensor can be told: labels, and which texts are secrets. */
import { join } from 'node:path';
import { beforeAll, afterAll, expect, onTestFinished, test } from 'vitest';
import { Sysmon, type LossRecord, type SysmonEvent } from '../../../lib/index.js';
import { makeFolder, removeFolder, run } from '../helpers/workspace.js';

let folder: string;
beforeAll(() => void (folder = makeFolder()));
afterAll(() => removeFolder(folder));

/** Makes so many files. */
const maker = `
  const { closeSync, openSync } = require('node:fs');
  const [, path, count] = process.argv;
  for (let i = 0; i < Number(count); i++) closeSync(openSync(path + i, 'w'));
`;

test('by process, told as filter-rate; then labels and redactions while it runs', { timeout: 60_000 }, async () => {
  const sysmon = new Sysmon({
    events: ['FileCreate', 'ProcessCreate'],
    hash: 'none',
    throttle: { perSecond: 10, by: 'process', types: ['FileCreate'] },
  });
  onTestFinished(() => sysmon.stop());
  const events: SysmonEvent[] = [];
  const losses: LossRecord[] = [];
  sysmon.on('event', (e) => events.push(e)).on('loss', (l) => losses.push(l));
  await sysmon.start();

  const make = async (name: string, count: number, ...more: string[]): Promise<number> => {
    const { pid, ended } = run(process.execPath, ['-e', maker, join(folder, name), String(count), ...more]);
    expect(await ended).toMatchObject({ code: 0, stderr: '' });
    return pid;
  };
  const flood = await make('flood', 500);
  const few = await make('few', 10);
  // Between two events: nothing of before is judged by it.
  await sysmon.configure({ throttle: { perSecond: 1_000_000, by: 'type' }, labels: { node: 'n7' }, redact: 'default' });
  const open = await make('open', 60, '--password=hunter2');
  await sysmon.configure({ redact: [] });
  const plain = await make('plain', 1, '--password=hunter2');
  await expect(sysmon.configure({ redact: [{ pattern: '(' }] })).rejects.toThrow(/redact/);
  await sysmon.stop();

  const made = (pid: number, prefix: string) =>
    events.filter(
      (e) =>
        e.type === 'FileCreate' && e.data.ProcessId === pid && e.data.TargetFilename.startsWith(join(folder, prefix)),
    );
  const lost = losses.filter((l) => l.stage === 'filter-rate');
  const suppressed = lost
    .flatMap((l) => l.processes ?? [])
    .filter((p) => p.pid === flood)
    .reduce((sum, p) => sum + p.count, 0);
  const delivered = made(flood, 'flood');
  expect(delivered.length + suppressed).toBe(500);
  // At most ten in each second; the clock of the seconds is another one than that of the events.
  const seconds = new Set(delivered.map((e) => Math.floor(Date.parse(e.time) / 1000))).size;
  expect(delivered.length).toBeLessThanOrEqual(10 * (seconds + 1));
  expect(delivered.length).toBeGreaterThanOrEqual(10);
  expect(lost[0]).toMatchObject({ eventType: 'FileCreate' });
  expect(lost[0].processes?.find((p) => p.pid === flood)).toMatchObject({ image: process.execPath });
  expect(sysmon.stats().lost['filter-rate']?.['FileCreate']).toBe(lost.reduce((sum, l) => sum + l.count, 0));
  expect(made(few, 'few')).toHaveLength(10);
  // A type that does not count.
  const starts = events.filter(
    (e) => e.type === 'ProcessCreate' && [flood, few, open, plain].includes(e.data.ProcessId),
  );
  expect(starts).toHaveLength(4);

  expect(made(open, 'open')).toHaveLength(60);
  const line = (pid: number) =>
    starts
      .flatMap((e) => (e.type === 'ProcessCreate' && e.data.ProcessId === pid ? [e.data.CommandLine] : []))
      .join('');
  expect(line(open)).toMatch(/--password=\*\*\*$/);
  expect(line(plain)).toMatch(/--password=hunter2$/);
  for (const e of [...made(flood, 'flood'), ...made(few, 'few')]) expect(e.labels).toBeUndefined();
  for (const e of [...made(open, 'open'), ...made(plain, 'plain')]) expect(e.labels).toEqual({ node: 'n7' });
});

test('who was told of before is told anew without its secrets', { timeout: 60_000 }, async () => {
  const sysmon = new Sysmon({ events: ['ProcessCreate', 'ProcessTerminate'], hash: 'none' });
  onTestFinished(() => sysmon.stop());
  const events: SysmonEvent[] = [];
  sysmon.on('event', (e) => events.push(e));
  await sysmon.start();
  const shell = run('sh', ['-c', '/bin/true; echo ready; read go; /bin/true', 'sh', '--password=hunter2'], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  await new Promise((resolve) => shell.child.stdout?.once('data', resolve));
  await expect
    .poll(() => events.some((e) => e.type === 'ProcessTerminate' && e.process.ppid === shell.pid), { timeout: 20_000 })
    .toBe(true);
  await sysmon.configure({ redact: 'default' });
  shell.child.stdin?.write('go\n');
  await shell.ended;
  await sysmon.stop();
  const children = events.filter((e) => e.type === 'ProcessCreate' && e.process.ppid === shell.pid);
  expect(
    children.map((e) => (e as { process: { parent?: { commandLine: string } } }).process.parent?.commandLine),
  ).toEqual(
    ['hunter2', '***'].map((secret) => expect.stringMatching(`--password=${secret.replaceAll('*', '\\*')}$`) as string),
  );
});
