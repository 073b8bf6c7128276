/** FileAttributeChange: modes, owners, extended attributes, flags, by path and by descriptor; and what comes near. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compile, loadConfig } from '../../../lib/config/index.js';
import type { FileAttributeChangeEvent } from '../../../lib/index.js';
import { folder, seen, useSensor } from '../helpers/fixture.js';
import { caused, kernelNames } from '../helpers/files.js';
import { run } from '../helpers/workspace.js';

useSensor(['FileAttributeChange']);

/** Runs Python in the folder. What it prints is by line. */
async function python(script: string): Promise<{ events: FileAttributeChangeEvent[]; lines: string[]; pid: number }> {
  const head = 'import os, fcntl, struct, errno\n';
  const r = run('/usr/bin/python3', ['-c', head + script], { cwd: folder });
  const { stdout, stderr } = await r.ended;
  expect(stderr).toBe('');
  await seen.terminated(r.pid);
  return { events: caused('FileAttributeChange', r.pid), lines: stdout.split('\n').filter(Boolean), pid: r.pid };
}
const short = ({ data: d }: FileAttributeChangeEvent): unknown[] => [d.Attribute, d.Name, d.OldValue, d.NewValue];

test('modes: every field, setuid, setgid and sticky named; by a descriptor the same mode again is none', async () => {
  const file = join(folder, 'mode');
  writeFileSync(file, '', { mode: 0o644 });
  const { events, pid } = await python(`
os.chmod('mode', 0o4755)
os.chmod('mode', 0o7711, dir_fd=os.open('.', os.O_RDONLY))
fd = os.open('mode', os.O_RDONLY)
os.fchmod(fd, 0o2755)
os.fchmod(fd, 0o600)
os.fchmod(fd, 0o600)
try: os.chmod('nowhere', 0o4755)
except FileNotFoundError: pass
os.utime('mode')
`);
  expect(events.map(short)).toEqual([
    ['mode', '-', '-', '04755,setuid'],
    ['mode', '-', '-', '07711,setuid,setgid,sticky'],
    ['mode', '-', '07711,setuid,setgid,sticky', '02755,setgid'],
    ['mode', '-', '02755,setgid', '0600'],
  ]);
  const created = await seen.created(pid);
  const [first, , third] = events;
  expect(first?.data).toEqual({
    RuleName: '-',
    UtcTime: first?.time.replace('T', ' ').slice(0, 23),
    ProcessGuid: created.data.ProcessGuid,
    ProcessId: pid,
    Image: created.data.Image,
    TargetFilename: file,
    Attribute: 'mode',
    Name: '-',
    OldValue: '-',
    NewValue: '04755,setuid',
    User: 'root',
  });
  expect(events.map((e) => e.data.TargetFilename)).toEqual(events.map(() => file));
  expect(third?.extra.hook).toBe('sys_exit_fchmod');
  expect(third?.extra.file?.mode).toBe(0o102755);
  expect(third?.extra.exposed).toBeUndefined();
});

test('owners', async () => {
  writeFileSync(join(folder, 'owner'), '');
  const { events } = await python(`
os.symlink('owner', 'owner-link')
os.chown('owner', 1, 2)
os.lchown('owner-link', 3, -1)
fd = os.open('owner', os.O_RDONLY)
os.fchown(fd, 0, 0)
os.fchown(fd, 0, 0)
`);
  expect(events.map((e) => [...short(e), e.data.TargetFilename])).toEqual([
    ['owner', '-', '-', '1:2', join(folder, 'owner')],
    ['owner', '-', '-', kernelNames ? '3:0' : '3:-', join(folder, 'owner-link')],
    ['owner', '-', '1:2', '0:0', join(folder, 'owner')],
  ]);
});

test('extended attributes: capabilities, access lists, user.*', async (context) => {
  writeFileSync(join(folder, 'xattr'), '');
  const { events, lines } = await python(`
caps = struct.pack('<5I', 0x02000001, 1 << 7, 0, 0, 0)
fd = os.open('xattr', os.O_RDONLY)
try:
    os.setxattr('xattr', 'security.capability', caps)
    os.setxattr(fd, 'trusted.test', b'x')
    os.removexattr('xattr', 'security.capability')
except OSError as e: print(errno.errorcode[e.errno])
else:
    os.getxattr(fd, 'trusted.test')
    try: os.removexattr('xattr', 'security.capability')
    except OSError: pass
    os.removexattr(fd, 'trusted.test')
`);
  if (lines.length > 0) context.skip(`the file system of ${folder} has no extended attributes: ${lines.join()}`);
  expect(events.map((e) => [e.extra.hook, ...short(e)])).toEqual([
    ['sys_exit_setxattr', 'setXattr', 'security.capability', '-', '-'],
    ['sys_exit_fsetxattr', 'setXattr', 'trusted.test', '-', '-'],
    ['sys_exit_removexattr', 'removeXattr', 'security.capability', '-', '-'],
    ['sys_exit_fremovexattr', 'removeXattr', 'trusted.test', '-', '-'],
  ]);
});

test('flags: immutable and append only; others, and the same again, are none', async (context) => {
  writeFileSync(join(folder, 'flags'), '');
  const { events, lines } = await python(`
fd = os.open('flags', os.O_RDONLY)
def flags(n): fcntl.ioctl(fd, 0x40086602, struct.pack('l', n))
try: flags(0x10)
except OSError as e: print(errno.errorcode[e.errno])
else:
    flags(0x10); flags(0x20); flags(0x20); flags(0x40)
    fcntl.ioctl(fd, 0x401c5820, struct.pack('5I8x', 0, 0, 0, 0, 0))
`);
  if (lines.length > 0) context.skip(`the file system of ${folder} has no such flags: ${lines.join()}`);
  expect(events.map((e) => [e.extra.hook, ...short(e)])).toEqual([
    ['sys_exit_ioctl', 'flags', '-', 'none', 'immutable'],
    ['sys_exit_ioctl', 'flags', '-', 'immutable', 'append'],
    ['sys_exit_ioctl', 'flags', '-', 'append', 'none'],
  ]);
});

test('the rules of the starter configuration', () => {
  const rules = compile(loadConfig('starter'));
  const events = seen.events.filter((e): e is FileAttributeChangeEvent => e.type === 'FileAttributeChange');
  const named = events.map((e) => [e.data.NewValue, e.data.Name, rules.evaluate(e as never).ruleName ?? '']);
  const of = (fits: (value: string, name: string) => boolean): string[] =>
    named.filter(([value = '', name = '']) => fits(value, name)).map(([, , rule = '']) => rule);
  for (const rule of of((v) => v.includes('setuid'))) expect(rule).toContain('T1548.001');
  for (const rule of of((v, n) => n === 'security.capability' && v === '-')) expect(rule).toMatch(/T1548|^-?$/);
  for (const rule of of((v) => v === 'immutable')) expect(rule).toContain('T1222.002');
  for (const rule of of((v) => v === '0600' || v === '0:0' || v === 'none')) expect(rule).not.toContain('Technique');
});

test('nothing was lost', () => expect(seen.losses).toEqual([]));
