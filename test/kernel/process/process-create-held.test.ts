/**
 * ProcessCreate: digests of programs that are gone by the time they are read, because they were held open from before
 * they ran (`hash.source`).
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type ProcessCreateEvent } from '../../../lib/index.js';
import { folder, seen, sysmon, useSensor } from '../helpers/fixture.js';
import { memoryLimit, needsMemory, probe, withCapabilities } from '../helpers/probe.js';
import { stormSize } from '../helpers/storm.js';

useSensor([], { hash: { algorithms: 'SHA256', source: 'fanotify' }, hashTimeoutMs: 10_000 });

/**
 * Makes programs of /bin/true with their number at the end, runs each once, and then does something to its file. A
 * line for each: its pid, and the number.
 */
const maker = `
import os, sys
folder, first, count, then = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
true = open('/bin/true', 'rb').read()
for i in range(first, first + count):
    path = '%s/p%d' % (folder, i)
    with open(path, 'wb') as f:
        f.write(true + b'%08d' % i)
    os.chmod(path, 0o755)
    before = os.stat(path)
    pid = os.posix_spawn(path, [path], {})
    if then == 'delete':
        os.unlink(path)
    os.waitpid(pid, 0)
    if then == 'replace':
        with open(path + '.new', 'wb') as f:
            f.write(true + b'evil%04d' % i)
        os.utime(path + '.new', ns=(before.st_atime_ns, before.st_mtime_ns))
        os.rename(path + '.new', path)
    if then == 'rewrite':
        with open(path, 'r+b') as f:
            f.seek(len(true))
            f.write(b'evil%04d' % i)
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    print(pid, i, flush=True)
`;
const program = readFileSync('/bin/true');
const digest = (end: string): string => `SHA256=${createHash('sha256').update(program).update(end).digest('hex')}`;
const ended = (i: number): string => String(i).padStart(8, '0');

interface Ran {
  readonly right: string;
  readonly event: ProcessCreateEvent;
}
let made = 0;
/** Runs so many programs in a folder, by a command that the maker stands behind. */
async function runs(count: number, then: string, at: string, under: readonly string[] = []): Promise<Ran[]> {
  const [command, ...args] = [...under, 'python3', '-c', maker, at, String(made), String(count), then];
  made += count;
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: [pid: number, i: number][] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    const [pid, i] = line.split(' ').map(Number);
    lines.push([pid, i]);
  }
  expect(lines).toHaveLength(count);
  const out: Ran[] = [];
  for (const [pid, i] of lines) {
    const event = await seen.find('ProcessCreate', (e) => e.data.ProcessId === pid && e.data.Image === `${at}/p${i}`);
    out.push({ right: digest(ended(i)), event });
  }
  return out;
}
const place = (name: string): string => {
  const at = join(folder, name);
  mkdirSync(at);
  return at;
};
const rightOnes = (all: readonly Ran[]): Ran[] => all.filter(({ right, event }) => event.data.Hashes === right);

test('a thousand programs, each deleted as soon as it runs', async () => {
  const all = await runs(Math.min(1000, stormSize), 'delete', place('deleted'));
  expect(all.filter(({ right, event: { data } }) => data.Hashes !== '-' && data.Hashes !== right)).toEqual([]);
  expect(rightOnes(all).length).toBeGreaterThanOrEqual(all.length * 0.99);
  expect(seen.losses).toEqual([]);
  expect(sysmon.stats().native?.executed).toMatchObject({ overflows: 0, failed: 0 });
});

test('another file of the same size and time in its place: never the digest of that one', async () => {
  const all = await runs(50, 'replace', place('replaced'));
  for (const { right, event } of all) expect([right, '-']).toContain(event.data.Hashes);
  expect(rightOnes(all).length).toBeGreaterThanOrEqual(all.length * 0.99);
});

test('the same file with other content and the old time: a digest of that says that it is not certain', async () => {
  for (const { right, event } of await runs(50, 'rewrite', place('rewritten')))
    if (event.extra.hash === undefined) expect(event.data.Hashes).toBe(right);
});

test('a file system that is mounted later, here and where only others see it', async () => {
  const at = place('mounted');
  const shell = ['sh', '-ec', `mount -t tmpfs -o size=8m sysmon-test ${at}; "$@"; umount -l ${at}`, 'sh'];
  onTestFinished(() => void spawn('umount', ['-l', at], { stdio: 'ignore' }));
  for (const under of [shell, ['unshare', '--mount', '--propagation', 'private', ...shell]]) {
    // The first ones may run before the mount is known: that it changed is told afterwards.
    const all = await runs(100, 'delete', at, under);
    expect(all.filter(({ right, event: { data } }) => data.Hashes !== '-' && data.Hashes !== right)).toEqual([]);
    // On a busy machine any of them may be too late.
    expect(all.slice(10).some(({ right, event: { data } }) => data.Hashes === right)).toBe(true);
  }
});

test('without CAP_SYS_ADMIN: refused, or hashed by path, which is said', (context) => {
  needsMemory(context);
  const under = [...memoryLimit(), ...withCapabilities('bpf', 'perfmon')];
  const refused = probe({ under, options: { hash: { source: 'fanotify' } } });
  expect(refused.error).toMatchObject({ code: 'ERR_SYSMON_PERMISSION', operation: 'hash.source', errno: 1 });
  expect(refused.error?.message).toContain('CAP_SYS_ADMIN');
  const auto = probe({ under, options: { hash: { source: 'auto' } } });
  expect(auto.error).toBeUndefined();
  const texts = auto.errors.filter(({ ID }) => ID === 'HASH').map(({ Description }) => Description);
  expect(texts).toEqual([expect.stringMatching(/^hash\.source 'auto': .*CAP_SYS_ADMIN.*errno 1.* by path\.$/)]);
  expect(auto.events.find((e) => e.type === 'ProcessCreate')?.data['Hashes']).toMatch(/^SHA256=/);
});
