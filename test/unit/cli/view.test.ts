/** `sysmon view`: lines of Sysmon for Linux and of this package, for people. */
import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createXml } from '../../../lib/serializer/index.js';
import { makeEvent } from '../../../lib/testing/index.js';
import { callByName } from './call-by-name.js';

const peers = new URL('../../fixtures/peer-lines/', import.meta.url);
const peerLines = readdirSync(peers).flatMap((name) =>
  readFileSync(new URL(name, peers), 'utf8')
    .split('\n')
    .filter((line) => line !== ''),
);

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'sysmon-view-'))));
afterAll(() => rmSync(folder, { recursive: true }));

async function view(lines: readonly string[], ...argv: string[]) {
  const out = join(folder, 'out');
  const fd = openSync(out, 'w');
  let stderr = '';
  const stream = { write: (text: string) => (stderr += text) };
  try {
    const stdin = Readable.from([lines.map((line) => `${line}\n`).join('')]);
    const code = await callByName('view', argv, { stdin, stdout: stream, stderr: stream, stdoutFd: fd });
    return { code, stderr, shown: readFileSync(out, 'utf8').split('\n').slice(0, -1) };
  } finally {
    closeSync(fd);
  }
}

const inLog = (line: string): string => `Nov 24 02:36:29 host1 sysmon: ${line}`;
const heads = (shown: readonly string[]): number => shown.filter((line) => line.startsWith('Event ')).length;
const recordIds = peerLines.map((line) => Number(/<EventRecordID>(\d+)/.exec(line)?.[1]));

test('every line of the peer is shown, with all its fields', async () => {
  const { code, shown, stderr } = await view(['Nov 24 02:36:29 host1 cron: <no event>', ...peerLines.map(inLog)]);
  expect([code, stderr, heads(shown)]).toEqual([0, '', peerLines.length]);
  expect(shown.length - peerLines.length).toBe(peerLines.join('').match(/<Data Name=/g)?.length);
  expect(shown).toContain('Event SYSMONEVENT_CREATE_PROCESS');
  expect(shown).toContain('Event SYSMONEVENT_RAWACCESS_READ');
  expect(shown).toContain('\tState: Started');
});

test('-e, -r, -t, -f, -E and -X choose', async () => {
  const of = async (...argv: string[]): Promise<number> => heads((await view(peerLines, ...argv)).shown);
  const count = (text: string): number => peerLines.filter((line) => line.includes(text)).length;
  expect(await of('-e', '4,16', '-e', 'processterminate')).toBe(
    count('<EventID>4<') + count('<EventID>16<') + count('<EventID>5<'),
  );
  const [middle] = recordIds.sort((a, b) => a - b).slice(recordIds.length / 2);
  expect(await of('-r', `${middle},`)).toBe(recordIds.filter((id) => id >= middle).length);
  expect(await of('-r', `,${middle}`)).toBe(recordIds.filter((id) => id <= middle).length);
  expect(await of('-r', `${middle},${middle}`)).toBe(1);
  const times = peerLines.map((line) => /SystemTime="([^"]*)"/.exec(line)?.[1] ?? '');
  const inMinute = times.filter((t) => t >= '2026-11-24T02:36:40' && t < '2026-11-24T02:36:50.5').length;
  expect(await of('-t', '2026-11-24 02:36:40,2026-11-24 02:36:50.499')).toBe(inMinute);
  // What has no such field is not left out for its value.
  const without = peerLines.length - count('<Data Name="Protocol">');
  expect(await of('-f', 'Protocol=udp,tcp')).toBe(peerLines.length);
  expect(await of('-f', 'Protocol=none')).toBe(without);
  const { shown } = await view(peerLines, '-e', '4', '-E', '4=State,Version', '-X');
  expect(shown.slice(0, 4)).toEqual([
    'Event SYSMONEVENT_SERVICE_STATE_CHANGE',
    expect.stringMatching(/^\tState: /),
    '\tVersion: 1.5.1',
    '',
  ]);
});

test('texts of strangers do not reach the terminal as they are', async () => {
  const evil = '\u001b[2J<&"\n\u202e';
  const event = makeEvent('ProcessCreate', { data: { CommandLine: evil } });
  const { shown } = await view([inLog(createXml()(event))], '-E', 'CommandLine');
  expect(shown).toEqual(['Event SYSMONEVENT_CREATE_PROCESS', expect.stringContaining('<&"\\n\\u202e')]);
  for (const seen of ['\u001b', '\u202e']) expect(shown.join('')).not.toContain(seen);
});

test('a line that was cut on its way is told, and the others are shown', async () => {
  const { code, shown, stderr } = await view([peerLines[0].slice(0, 700), peerLines[1]]);
  expect([code, heads(shown)]).toEqual([1, 1]);
  expect(stderr).toContain('-:1: the event cannot be read: ');
});

test('files are read one after another', async () => {
  const files = ['a', 'b'].map((name) => join(folder, name));
  for (const [i, file] of files.entries()) writeFileSync(file, `${peerLines[i]}\n`);
  expect(heads((await view([], ...files)).shown)).toBe(2);
});

test.each([
  [['-e', 'nothing'], "-e: 'nothing' is no event."],
  [['-r', '1,2,3'], '-r: expected record ids MIN,MAX'],
  [['-r', 'a,'], "-r: 'a' is none."],
  [['-t', 'yesterday,'], "-t: 'yesterday' is none."],
  [['-t', '2026-13-01 00:00,'], 'is none'],
  [['-f', 'Image'], '-f: expected FIELD=VALUE'],
  [['-f', 'Imag=x'], "Did you mean 'Image'?"],
  [['-E', '1=Imag'], "Did you mean 'Image'?"],
])('%j is refused', async (argv, text) => {
  await expect(view([], ...argv)).rejects.toThrow(text);
});
