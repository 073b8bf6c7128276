/** The report of a run and its table, of events that a test makes; and what watch() refuses before anything starts. */
import { describe, expect, test } from 'vitest';
import { Sysmon, type EventType, type ProcessRecord } from '../../../lib/index.js';
import type { NativeSensor } from '../../../lib/native.js';
import { adopted } from '../../../lib/sensor/adopt.js';
import { makeEvent, type ProcessParts } from '../../../lib/testing/index.js';
import { formatReport, watch, type ProcessNode } from '../../../lib/watch/index.js';
import { ProcessTree } from '../../../lib/watch/process-tree.js';
import { Reporter } from '../../../lib/watch/reporter.js';

const about = { command: ['x'], pid: 10, began: '2026-11-24T15:31:00.000000Z', ended: '2026-11-24T15:31:02.500000Z' };
const reporter = (...captured: EventType[]) => new Reporter(() => new Set(captured));
const at = (second: number): string => `2026-11-24T15:31:0${second}.000000Z`;

/** The record of a process that has executed so many programs. */
const record = (pid: number, execs: number, parent?: ProcessRecord, more: ProcessParts = {}): ProcessRecord =>
  makeEvent('ProcessTerminate', {
    process: {
      pid,
      strongId: `boot:${pid}:${pid}:${execs}`,
      image: `/bin/p${execs}`,
      startTime: at(0),
      parent,
      ...more,
    },
  }).process;

describe('processes', () => {
  test('are a tree of those that were seen, whatever they executed and in whatever order it came', () => {
    const r = reporter();
    const shell = record(99, 1);
    const top = record(10, 1, shell);
    const between = record(11, 0, top, { forked: true }); // of which nothing comes
    const below = record(12, 1, between);
    const again = record(12, 2, between);
    r.add(makeEvent('ProcessCreate', { process: again, time: at(2), data: { Image: '/bin/p2', CommandLine: 'p2 b' } }));
    r.add(makeEvent('ProcessTerminate', { process: again, time: at(3), extra: { signal: 9 } }));
    r.add(makeEvent('ProcessCreate', { process: below, time: at(1), data: { Image: '/bin/p1', CommandLine: 'p1 a' } }));
    r.add(makeEvent('ProcessCreate', { process: top, time: at(0) }));
    r.add(makeEvent('ProcessTerminate', { process: top, time: at(4), extra: { exitCode: 3 } }));
    const { processes } = r.report(about);
    expect(processes).toMatchObject({ events: 5, leftOut: 0 });
    expect(processes.list).toMatchObject([
      {
        pid: 10,
        exitCode: 3,
        children: [
          {
            pid: 12,
            image: '/bin/p2',
            signal: 9,
            endTime: at(3),
            runs: [{ commandLine: 'p1 a' }, { commandLine: 'p2 b' }],
          },
        ],
      },
    ]);
    expect(processes.list).toHaveLength(1);
  });

  test('are bounded, and what has no room is counted', () => {
    const tree = new ProcessTree(4);
    for (let pid = 1; pid <= 7; pid++) tree.add(makeEvent('ProcessTerminate', { process: record(pid, 1) }));
    const { events, list, leftOut } = tree.section();
    expect({ events, list: list.length, leftOut }).toEqual({ events: 7, list: 4, leftOut: 3 });
    const chain = reporter();
    for (let exec = 1; exec <= 40; exec++)
      chain.add(makeEvent('ProcessCreate', { process: record(5, exec), time: at(1) }));
    const [node] = chain.report(about).processes.list as [ProcessNode];
    expect([node.runs.length, node.runsLeftOut]).toEqual([32, 8]);
  });
});

test('files, connections, questions and programs are one each, with counts and who was the first', () => {
  const r = reporter('FileDelete', 'FileDeleteDetected');
  const [a, b] = [record(10, 1), record(20, 1)];
  const file = { TargetFilename: '/d/f' };
  r.add(makeEvent('FileModify', { process: b, time: at(2), data: file }));
  r.add(makeEvent('FileCreate', { process: a, time: at(1), data: file }));
  r.add(makeEvent('FileDelete', { process: b, time: at(3), data: file }));
  r.add(makeEvent('FileDeleteDetected', { process: b, time: at(3), data: file })); // of the same deletion
  const far = { Initiated: true, DestinationIp: '192.0.2.1', DestinationPort: 443, DestinationHostname: '-' };
  r.add(makeEvent('NetworkConnect', { process: a, time: at(1), data: far, extra: { errno: 111 } }));
  r.add(makeEvent('NetworkConnect', { process: a, time: at(2), data: { ...far, DestinationHostname: 'a.example' } }));
  const near = { Initiated: false, SourceIp: '192.0.2.2', SourcePort: 5000, DestinationPort: 80 };
  r.add(makeEvent('NetworkConnect', { process: a, time: at(3), data: near }));
  r.add(
    makeEvent('DnsQuery', {
      process: a,
      data: { QueryName: 'a.example', QueryStatus: '0', QueryResults: '::ffff:192.0.2.1;' },
    }),
  );
  r.add(
    makeEvent('DnsQuery', { process: a, data: { QueryName: 'a.example', QueryStatus: '1460', QueryResults: '-' } }),
  );
  r.add(makeEvent('Mount', { process: a }));
  for (const count of [2, 3])
    r.lost({
      type: 'Loss',
      time: at(1),
      host: 'h',
      stage: 'ring',
      eventType: 'FileModify',
      count,
      since: at(0),
      until: at(1),
    });
  const report = r.report(about);
  expect(report.files).toMatchObject({
    events: 3,
    list: [{ path: '/d/f', made: 1, changed: 1, deleted: 1, pid: 10, time: at(1) }],
  });
  expect(report.connections.list).toMatchObject([
    { direction: 'outbound', address: '192.0.2.1', port: 443, name: 'a.example', count: 2, failed: 1, errno: 111 },
    { direction: 'inbound', address: '192.0.2.2', port: 80, count: 1 },
  ]);
  expect(report.questions.list).toMatchObject([{ count: 2, status: '1460', results: '::ffff:192.0.2.1;' }]);
  expect(report.others).toEqual({ Mount: 1 });
  expect(report.losses).toEqual([{ stage: 'ring', eventType: 'FileModify', count: 5 }]);
  expect(JSON.parse(JSON.stringify(report))).toEqual(report);

  const text = formatReport(report);
  for (const line of [
    'tcp to 192.0.2.1:443 (a.example), 2 times, 1 failed: ECONNREFUSED, by ',
    'tcp from 192.0.2.2 to port 80, by ',
    'a.example A, 2 times: no answer',
    '/d: 1 file (1 made, 1 changed, 1 deleted)',
    '5 FileModify, stage ring',
    'Mount: 1',
  ])
    expect(text).toContain(line);
});

test('the table is cut where it is long, and obeys nobody’s control characters', () => {
  const r = reporter();
  const origin = {
    time: at(0),
    pid: 7,
    strongId: 'boot:7:7:1',
    image: '/usr/bin/curl',
    destination: '192.0.2.1',
    destinationPort: 443,
  };
  for (let pid = 1; pid <= 150; pid++) {
    const process = record(pid, 1, undefined, pid === 1 ? { origin, image: '/tmp/evil\x1b[2J' } : {});
    r.add(
      makeEvent('ProcessCreate', {
        process,
        time: at(1),
        data: { Image: `/tmp/evil\x1b[2J${pid}`, CommandLine: `a\nb ${pid}` },
      }),
    );
  }
  const text = formatReport(r.report(about));
  expect(text).toContain('150 processes in 2.500 s');
  expect(text).toContain('… and 50 more, which the report has');
  expect(text).toMatch(
    /downloaded, and then run\n {2}\/tmp\/evil\\e\[2J1: written by \/usr\/bin\/curl \(7\) from 192\.0\.2\.1, port 443/,
  );
  expect(text).not.toContain('\x1b');
  expect(text.split('\n').every((line) => !line.startsWith('b '))).toBe(true);
});

test.each<[unknown[], RegExp]>([
  [[''], /expected a command or \{ pid \}/],
  [[7], /expected a command or \{ pid \}/],
  [['ls', ['a\0b']], /without a NUL/],
  [['ls', [1]], /without a NUL/],
  [['ls', 'a'], /expected/],
  [['ls', [], { evnets: [] }], /unknown option 'evnets'.* 'events'/],
  [['ls', [], { scope: { pid: 1 } }], /is the scope/],
  [['ls', [], { timeoutMs: 0 }], /timeoutMs/],
  [['ls', [], { signal: 1 }], /signal/],
  [['ls', { events: ['Nope'] }], /Nope/],
  [[{ pid: 'x' }], /process id/],
  [[{ pdi: 1 }], /'pdi'/],
  [[{ pid: 1 }, { stdio: 'pipe' }], /'stdio'/],
  [[{ pid: 1 }, {}, {}], /no arguments/],
])('watch(%j) is refused before anything starts', async (given, text) => {
  const call = watch as unknown as (...given: unknown[]) => Promise<unknown>;
  const failed = call(...given);
  await expect(failed).rejects.toMatchObject({ code: 'ERR_SYSMON_OPTION' });
  await expect(failed).rejects.toThrow(text);
});

test('a signal that was aborted before begins no run', async () => {
  await expect(watch('ls', [], { signal: AbortSignal.abort(new Error('no')) })).rejects.toThrow('no');
});

test('adopt() within adopt(): what comes after the inner one is of the scope too', () => {
  const calls: boolean[] = [];
  const native = { adopt: (on: boolean) => calls.push(on) > 0 } as unknown as NativeSensor;
  const made = adopted(
    () => adopted(() => calls.length, { spawned: true }, native) + calls.length,
    { spawned: true },
    native,
  );
  expect(made).toBe(2); // armed all the time
  expect(calls).toEqual([true, false]);
});

test('adopt() wants its scope, a function and a sensor that runs', () => {
  expect(() => new Sysmon().adopt(() => 1)).toThrow(/scope of this sensor is another/);
  const sysmon = new Sysmon({ scope: { spawned: true } });
  expect(() => sysmon.adopt(1 as never)).toThrow(/expected a function/);
  expect(() => sysmon.adopt(() => 1)).toThrow(/does not run/);
});
