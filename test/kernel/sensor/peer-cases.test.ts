/**
 * What Sysmon for Linux is known to tell of access to processes, raw devices and eBPF, done again: our lines, as a
 * service of the peer's would write them, have the same form as lines that it logged.
 */
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { expect, test } from 'vitest';
import type { SysmonEvent, SysmonEventMap } from '../../../lib/index.js';
import { createXml } from '../../../lib/serializer/index.js';
import { dataOf, peerLines } from '../../unit/serializer/helpers.js';
import { loadProgram } from '../helpers/load-program.js';
import { idle, seen, useSensor } from '../helpers/fixture.js';
import { run } from '../helpers/workspace.js';

useSensor(['ProcessAccess', 'RawAccessRead', 'eBPFEvent'], { compatibility: 'exact' });

const xml = createXml({ processId: 1, threadId: 1, userId: 0 });

/** All that does not differ from line to line: the head, and the fields with what they hold in the form that it has. */
function form(line: string): unknown {
  const shape = (text: string): string =>
    text
      .replace(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}$/, 'time')
      .replace(/^\{[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\}$/, 'guid')
      .replace(/^\d+$/, 'number')
      .replace(/^0x[0-9a-f]+$/, 'hex')
      .replace(/^\/.*$/, 'path');
  const head = line
    .slice(0, line.indexOf('<EventData>'))
    .replace(/SystemTime="\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z"/, 'SystemTime')
    .replace(/<EventRecordID>\d+/, '')
    .replace(/ProcessID="\d+" ThreadID="\d+"/, '')
    .replace(/<Computer>[^<]+/, '');
  const fields = dataOf(line).map(([name, text]) => [name, shape(text)]);
  // It shows root as - in some events, and a user that it does not find as a number or -.
  return { head, fields: fields.map(([name, text]) => (name?.endsWith('User') ? [name] : [name, text])) };
}
/** `like`: what stands in the line of the peer that is meant. */
const expectForm = (e: SysmonEvent, id: number, like = ''): void => {
  const line = peerLines(id).find((l) => l.includes(like));
  if (line === undefined) throw new Error(`no line ${id} of the peer has ${like}`);
  expect(form(xml(e))).toEqual(form(line));
};

test('event 10: strace -p of a process that sleeps', async (context) => {
  if (!existsSync('/usr/bin/strace')) context.skip('there is no strace here');
  const target = run(idle, ['x']);
  await seen.created(target.pid);
  const tracer = run('/usr/bin/strace', ['-qq', '-e', 'trace=none', '-o', '/dev/null', '-p', String(target.pid)]);
  const e: SysmonEventMap['ProcessAccess'] = await seen.find(
    'ProcessAccess',
    (x) => x.data.SourceProcessId === tracer.pid && x.data.TargetProcessId === target.pid,
  );
  tracer.child.kill('SIGINT');
  await tracer.ended;
  expect(e.data).toMatchObject({
    SourceImage: '/usr/bin/strace',
    TargetImage: idle,
    CallTrace: '-',
    SourceUser: 'root',
    TargetUser: 'root',
  });
  expectForm(e, 10);
});

test('event 9: dd reads a block device', async (context) => {
  const loops = readFileSync('/proc/devices', 'utf8').includes(' loop\n') && existsSync('/dev/loop0');
  if (!loops) context.skip('there are no loop devices here');
  const dd = run('/bin/dd', ['if=/dev/loop0', 'of=/dev/null', 'bs=512', 'count=1']);
  await dd.ended;
  const e: SysmonEventMap['RawAccessRead'] = await seen.find('RawAccessRead', (x) => x.data.ProcessId === dd.pid);
  expect(e.data).toMatchObject({ Image: '/usr/bin/dd', Device: '/dev/loop0', User: 'root' });
  expectForm(e, 9);
});

test('event 100: a program of eBPF without a name is loaded, and one that is refused is no event', async () => {
  for (const type of ['SOCKET_FILTER', 'RAW_TRACEPOINT'] as const) {
    const loader = run('/usr/bin/python3', loadProgram(type));
    expect(Number((await loader.ended).stdout)).toBeGreaterThan(0);
    const e: SysmonEventMap['eBPFEvent'] = await seen.find('eBPFEvent', (x) => x.data.ProcessId === loader.pid);
    expect(e.data).toMatchObject({
      User: 'root',
      BpfCommand: 'BPF_PROG_LOAD',
      BpfProgramType: type,
      BpfProgramName: '-',
    });
    expectForm(e, 100, `>${type}<`);
  }
  const refused = run('/usr/bin/python3', [
    '-c',
    String(loadProgram('SOCKET_FILTER')[1]).replace(', 2, ctypes.addressof(code)', ', 1, ctypes.addressof(code)'),
  ]);
  expect(Number((await refused.ended).stdout)).toBe(-constants.errno.EINVAL);
  await seen.terminated(refused.pid);
  expect(seen.events.filter((e) => e.type === 'eBPFEvent' && e.data.ProcessId === refused.pid)).toEqual([]);
});
