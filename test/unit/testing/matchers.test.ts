/** What tests say of a run. */
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import {
  connectsOnlyTo,
  executesOnly,
  leaksNothing,
  makeEvent,
  matchers,
  writesOnlyUnder,
} from '../../../lib/testing/index.js';
import type { Report } from '../../../lib/watch/report.js';

const time = '2026-11-30T10:00:00.000000Z';
const none = { events: 0, list: [], leftOut: 0 };
const first = { time, image: '/usr/bin/node', pid: 7 };
const report = (parts: Partial<Report>): Report => ({
  pid: 7,
  began: time,
  ended: time,
  captured: ['ProcessCreate', 'ProcessTerminate', 'NetworkConnect', 'FileCreate', 'FileModify', 'FileDeleteDetected'],
  processes: {
    events: 2,
    leftOut: 0,
    list: [
      {
        pid: 7,
        image: '/usr/bin/node',
        user: 'root',
        startTime: time,
        endTime: '2026-11-30T10:00:01.000000Z',
        runs: [{ time, image: '/usr/bin/node', commandLine: 'node app.js --flag' }],
        children: [],
      },
    ],
  },
  programs: { ...none, list: [{ ...first, hashes: '-', count: 1 }] },
  connections: {
    ...none,
    list: [
      {
        ...first,
        direction: 'outbound',
        protocol: 'tcp',
        address: '192.0.2.1',
        port: 443,
        name: 'r.example',
        count: 1,
        failed: 0,
      },
      { ...first, direction: 'inbound', protocol: 'tcp', address: '192.0.2.66', port: 80, count: 1, failed: 0 },
    ],
  },
  questions: none,
  files: { ...none, list: [{ ...first, path: '/srv/app/dist/a', made: 1, changed: 1, deleted: 0 }] },
  privileges: none,
  others: {},
  losses: [],
  troubles: [],
  ...parts,
});

test('a report, what a run came to, and a run itself', async () => {
  const plain = report({});
  for (const what of [plain, { report: plain }, { done: Promise.resolve({ report: plain }) }]) {
    expect((await connectsOnlyTo(what, ['r.example:443'])).pass).toBe(true);
    const bad = await connectsOnlyTo(what, ['10.0.0.0/8']);
    expect(bad.pass).toBe(false);
    expect(bad.message()).toBe(
      'expected the run to connect only to 10.0.0.0/8:\n  r.example:443/tcp (192.0.2.1)\n    by process 7: node app.js --flag',
    );
  }
  expect((await executesOnly(plain, ['node'])).pass).toBe(true);
  expect((await executesOnly(plain, ['sh'])).message()).toContain(
    '/usr/bin/node\n    by process 7: node app.js --flag',
  );
  expect((await writesOnlyUnder(plain, '/srv/app/dist')).pass).toBe(true);
  expect((await writesOnlyUnder(plain, ['/srv/app/dis', '/x'])).pass).toBe(false);
  expect((await leaksNothing(plain)).pass).toBe(true);
});

test('the matchers of expect', async () => {
  expect.extend(matchers);
  type Any = Record<string, (...args: unknown[]) => Promise<void>> & { not: Any };
  const on = (what: unknown): Any => expect(what) as unknown as Any;
  await on(report({})).toConnectOnlyTo(['r.example']);
  await on(report({})).not.toExecuteOnly([]);
  await on(report({})).toLeakNothing();
  await expect(on(report({})).toWriteOnlyUnder('/x')).rejects.toThrow(/dist\/a\n {4}by process 7: node app.js/);
});

test('what is left behind: processes, temporary files', async () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'sysmon-leak-')));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const left = join(folder, 'left');
  writeFileSync(left, '');
  const [node] = report({}).processes.list;
  const child = (endTime?: string): object => ({
    ...node,
    pid: 8,
    ...(endTime === undefined ? { endTime: undefined } : { endTime }),
    runs: [],
  });
  const tree = (more: object): Report => {
    const { processes } = report({});
    return report({ processes: { ...processes, list: [{ ...node, children: [more as typeof node] }] } });
  };
  expect((await leaksNothing(tree(child('2026-11-30T10:00:01.500000Z')))).pass).toBe(true);
  const late = await leaksNothing(tree(child('2026-11-30T10:00:09.000000Z')));
  expect(late.message()).toContain('a process that went on for 8000 ms\n    by process 8: /usr/bin/node');
  expect((await leaksNothing(tree(child('2026-11-30T10:00:09.000000Z')), { graceMs: 9000 })).pass).toBe(true);
  expect((await leaksNothing(tree(child()))).message()).toContain('a process that goes on');
  const files = [left, join(folder, 'gone')].map((TargetFilename) =>
    makeEvent('FileCreate', { data: { TargetFilename } }),
  );
  const leaky = await leaksNothing(files);
  expect(leaky.pass).toBe(false);
  expect(leaky.message()).toContain(left);
  expect(leaky.message()).not.toContain('gone');
});

test('it does not pass what nobody can say', async () => {
  const lossy = report({ losses: [{ stage: 'ring', eventType: 'NetworkConnect', count: 3 }] });
  await expect(connectsOnlyTo(lossy, ['r.example'])).rejects.toThrow(
    /not everything was seen: 3 of NetworkConnect were lost/,
  );
  expect((await connectsOnlyTo(lossy, [])).pass).toBe(false);
  const cut = report({ files: { events: 9, list: [], leftOut: 4 } });
  await expect(writesOnlyUnder(cut, '/')).rejects.toThrow(/4 events of files are not in the report/);
  await expect(connectsOnlyTo(report({ captured: ['ProcessCreate'] }), [])).rejects.toThrow(
    /did not capture NetworkConnect/,
  );
  await expect(connectsOnlyTo(3 as never, [])).rejects.toThrow(
    /expected a run of watch\(\), its report, or events, got 3/,
  );
  await expect(connectsOnlyTo(report({}), 'a' as never)).rejects.toThrow(/expected a list of texts, got 'a'/);
  await expect(connectsOnlyTo(report({}), ['300.1.1.1'])).rejects.toThrow(/is no address/);
});
