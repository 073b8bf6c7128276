/** Systems that lack something: each has its own error that says what to do, or does without. */
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { inMountNamespace, packageFolder, probe, type Probed } from '../helpers/probe.js';

function expectSeen(p: Probed): void {
  expect(p.error).toBeUndefined();
  expect(p.events.map((e) => e.type)).toEqual(['ProcessCreate', 'ProcessTerminate']);
}

function expectRefused(p: Probed, code: string, ...words: string[]): void {
  expect(p.started).toBeUndefined();
  expect(p.error).toMatchObject({ name: 'SysmonError', code });
  for (const w of words) expect(p.error?.message).toContain(w);
}

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'sysmon-platform-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

const hidden = (path: string): string[] => inMountNamespace(`mount -t tmpfs tmpfs ${path}`);

test('a kernel that is too old', () => {
  const p = probe({ under: ['setarch', '--uname-2.6'] });
  expectRefused(p, 'ERR_SYSMON_KERNEL', 'too old', '5.8');
  expect(p.capabilities?.supported).toBe(false);
});

test('no type information', () => {
  const p = probe({ under: hidden('/sys/kernel/btf') });
  expectRefused(p, 'ERR_SYSMON_NO_BTF', '/sys/kernel/btf', 'CONFIG_DEBUG_INFO_BTF');
  expect(p.capabilities).toMatchObject({ supported: false, btf: false });
});

test('btfPath: the kernel’s own, as a file', () => {
  const path = join(folder(), 'kernel.btf');
  writeFileSync(path, readFileSync('/sys/kernel/btf/vmlinux'));
  expectSeen(probe({ options: { btfPath: path } }));
});

test('btfPath: nothing there', () => {
  expectRefused(
    probe({ options: { btfPath: '/nowhere/kernel.btf' } }),
    'ERR_SYSMON_NO_BTF',
    '/nowhere/kernel.btf',
    'No such file',
  );
});

test.each([
  ['empty', ''],
  ['no BTF', 'hello, world\n'],
])('btfPath: a file that is %s', (_, content) => {
  const path = join(folder(), 'kernel.btf');
  writeFileSync(path, content);
  expectRefused(probe({ options: { btfPath: path } }), 'ERR_SYSMON_NO_BTF', path, 'is no BTF file');
});

test('btfPath: a folder', () => {
  const path = folder();
  expectRefused(probe({ options: { btfPath: path } }), 'ERR_SYSMON_NO_BTF', path, 'is no BTF file');
});

test('btfPath: types of another kernel', () => {
  // The kernel's own, with one structure grown by 8 bytes, as between two versions.
  const bytes = readFileSync('/sys/kernel/btf/vmlinux');
  const [headerLength, typeOff, typeLength, stringOff] = [
    bytes.readUInt32LE(4),
    bytes.readUInt32LE(8),
    bytes.readUInt32LE(12),
    bytes.readUInt32LE(16),
  ];
  const strings = headerLength + stringOff;
  const name = bytes.indexOf('\0task_struct\0', strings) + 1 - strings;
  expect(name).toBeGreaterThan(0);
  let changed = 0;
  const types = headerLength + typeOff;
  for (let at = types; at + 12 <= types + typeLength; at += 4) {
    const kind = (bytes.readUInt32LE(at + 4) >>> 24) & 0x1f;
    if (bytes.readUInt32LE(at) !== name || kind !== 4 || bytes.readUInt32LE(at + 8) < 1000) continue;
    bytes.writeUInt32LE(bytes.readUInt32LE(at + 8) + 8, at + 8);
    changed++;
  }
  expect(changed).toBe(1);
  const path = join(folder(), 'other.btf');
  writeFileSync(path, bytes);
  expectRefused(
    probe({ options: { btfPath: path } }),
    'ERR_SYSMON_NO_BTF',
    path,
    'not made for the running kernel',
    'task_struct',
  );
});

test('btfPath does not stand in for a kernel without BTF, and says so', () => {
  const path = join(folder(), 'kernel.btf');
  writeFileSync(path, readFileSync('/sys/kernel/btf/vmlinux'));
  expectRefused(
    probe({ under: hidden('/sys/kernel/btf'), options: { btfPath: path } }),
    'ERR_SYSMON_NO_BTF',
    'btfPath cannot stand in',
  );
});

test('an addon of another version', () => {
  const copy = folder();
  cpSync(join(packageFolder, 'dist'), join(copy, 'dist'), { recursive: true });
  for (const name of ['node_modules', 'build', 'package.json'])
    symlinkSync(join(packageFolder, name), join(copy, name));
  const tables = join(copy, 'dist/schema/tables.gen.js');
  const text = readFileSync(tables, 'utf8');
  const other = text.replace(/(schemaHash = ['"])\w+/, '$10123456789abcdef');
  expect(other).not.toBe(text);
  writeFileSync(tables, other);
  const p = probe({ folder: copy });
  expectRefused(p, 'ERR_SYSMON_SCHEMA_MISMATCH', '0123456789abcdef', 'scripts/build.mjs');
});

test('without cgroup2 (cgroup v1 only): no paths of control groups, and nothing else is lost', () => {
  const unmount = `awk '$0 ~ / - cgroup2 /{print $5}' /proc/self/mountinfo | while read -r m; do umount -l "$m"; done`;
  const p = probe({ under: inMountNamespace(unmount) });
  expectSeen(p);
  expect(p.capabilities).toMatchObject({ supported: true, cgroup2: '' });
  expect(p.events[0]?.process.cgroup).toEqual({ id: expect.stringMatching(/^\d+$/) as string });
});

test('a closed tracefs', () => {
  expectSeen(
    probe({
      under: inMountNamespace(
        'for m in /sys/kernel/tracing /sys/kernel/debug; do if [ -d $m ]; then mount -t tmpfs -o mode=000 tmpfs $m; fi; done',
      ),
    }),
  );
});

// Where a system call has no tracepoint its program is left out, which arm64 needs. So a misspelled one would be, too.
test('every system call that a program names has its tracepoint', (context) => {
  if (process.arch !== 'x64') context.skip('only x86 has all the system calls, open and creat among them');
  const bpf = join(packageFolder, 'bpf');
  const source = readdirSync(bpf, { recursive: true, encoding: 'utf8' })
    .filter((f) => /\.[ch]$/.test(f))
    .map((f) => readFileSync(join(bpf, f), 'utf8').replace(/"\s*"/g, ''))
    .join('\n');
  const named = [...source.matchAll(/SEC\("tracepoint\/syscalls\/(sys_\w+_)(?:(\w+)|\{([\w,]+)\})"\)/g)].flatMap(
    ([, side, one, several]) => (several ?? one).split(',').map((call) => side + call),
  );
  const list =
    'mountpoint -q /sys/kernel/tracing || mount -t tracefs tracefs /sys/kernel/tracing; ls /sys/kernel/tracing/events/syscalls';
  const [command, ...args] = inMountNamespace(list);
  const there = spawnSync(command, [...args, 'true'], { encoding: 'utf8' });
  expect(there.stderr).toBe('');
  expect(named.length).toBeGreaterThan(50);
  // A kernel that has no modules has no calls for them.
  const ofModules = existsSync('/proc/modules') ? [] : named.filter((name) => name.endsWith('_module'));
  // Nor one that starts no other kernel for that.
  const ofKexec = existsSync('/sys/kernel/kexec_loaded') ? [] : named.filter((name) => name.includes('_kexec_'));
  const known = new Set([...there.stdout.split('\n'), ...ofModules, ...ofKexec]);
  expect(named.filter((name) => !known.has(name))).toEqual([]);
});
