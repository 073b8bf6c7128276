/** A recording of a real sensor, and what plays it. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Replay } from '../../../lib/replay/index.js';
import type { SysmonEvent } from '../../../lib/schema/events.gen.js';
import { createJson } from '../../../lib/serializer/index.js';
import { callByName } from '../../unit/cli/call-by-name.js';

/** As a recording has it. */
const json = createJson({ process: 'full' });

const root = join(import.meta.dirname, '../../..');
const mark = `record-mark-${process.pid}`;
let dir: string;
let file: string;
let code: number;
let said = '';

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'sysmon-record-'));
  file = join(dir, 'events.ndjson');
  const io = {
    stdin: process.stdin,
    stdoutFd: 1,
    stdout: { write: () => true },
    stderr: { write: (text: string) => void (said += text) },
  };
  const done = callByName('record', ['--duration', '4', '--hash', 'SHA256', file], io);
  const began = (): boolean => {
    try {
      return readFileSync(file, 'utf8').includes('"State":"Started"');
    } catch {
      return false;
    }
  };
  while (!began()) await new Promise((resolve) => setTimeout(resolve, 20));
  spawnSync('/bin/sh', ['-c', `/bin/echo ${mark} 'a "quoted" \\ <tag>' "$(printf 'x\\351y\\n')" >/dev/null; exit 7`]);
  code = await done;
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

test('it says how many events there are, and they are there from start to stop', () => {
  expect(code).toBe(0);
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  const events = lines.map((l) => JSON.parse(l) as SysmonEvent).filter((e) => (e.type as string) !== 'Loss');
  expect(said).toContain(`recorded ${events.filter((e) => e.process !== undefined).length} events`);
  expect(events[0]).toMatchObject({ type: 'ServiceStateChange', data: { State: 'Started' } });
  expect(events.at(-1)).toMatchObject({ type: 'ServiceStateChange', data: { State: 'Stopped' } });
});

test('a replay gives the events that were recorded, in a writing that is the same to the byte', async () => {
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  const replay = new Replay(file);
  const seen: string[] = [];
  const marked: SysmonEvent[] = [];
  replay.on('event', (e) => {
    seen.push(json(e));
    if (e.process?.commandLine.includes(mark) && e.process.image.endsWith('echo')) marked.push(e);
  });
  replay.on('loss', (l) => void seen.push(json(l)));
  await replay.start();
  await replay.done;
  expect(seen).toEqual(lines);
  const create = marked.find((e) => e.type === 'ProcessCreate');
  expect(create?.data.CommandLine).toBe(`/bin/echo ${mark} a "quoted" \\ <tag> x\\xe9y`);
  expect(
    Buffer.from(create?.extra.raw?.['CommandLine'] ?? '', 'base64').includes(Buffer.from([0x78, 0xe9, 0x79])),
  ).toBe(true);
  const end = marked.find((e) => e.type === 'ProcessTerminate');
  expect(end?.process).toBe(create?.process);
  expect(end?.extra.exitCode).toBe(0);
});

test('an example of a serializer of one’s own takes it', () => {
  const { stdout, status } = spawnSync(process.execPath, [join(root, 'examples/custom-serializer.mjs'), file], {
    encoding: 'utf8',
  });
  expect(status).toBe(0);
  const line = stdout
    .split('\n')
    .find(
      (l) => l.startsWith('CEF:0|org|sysmon|1|1|ProcessCreate|') && l.includes(mark) && l.includes('msg=/bin/echo'),
    );
  expect(line).toMatch(/ msg=\/bin\/echo record-mark-\d+ a "quoted" \\\\ <tag> x\\\\xe9y$/);
});
