/** ImageLoad, against what /proc/self/maps says is mapped, and digests that the test computes. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { ImageLoadEvent } from '../../../lib/index.js';
import { folder, seen, useSensor } from '../helpers/fixture.js';
import { run } from '../helpers/workspace.js';

useSensor(['ImageLoad'], { hash: 'SHA256' });

let library: string;
beforeAll(() => {
  library = join(folder, 'some.so');
  const source = join(folder, 'some.c');
  writeFileSync(source, 'int some(void) { return 7; }\n');
  execFileSync('cc', ['-shared', '-fPIC', source, '-o', library]);
});

const preamble = `
import ctypes, mmap, os, sys
libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long]
libc.mprotect.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
def mapped(path, protection, flags=os.O_RDONLY):
    fd = os.open(path, flags)
    at = libc.mmap(None, 4096, protection, 2, fd, 0)
    os.close(fd)
    return at
R, W, X = 1, 2, 4
FAILED = ctypes.c_void_p(-1).value
`;

/** Runs a script; what it prints, and the images that its process loaded, in order. */
async function perform(script: string): Promise<{ pid: number; stdout: string; events: ImageLoadEvent[] }> {
  const r = run('/usr/bin/python3', ['-c', preamble + script], { cwd: folder });
  const { code, stdout, stderr } = await r.ended;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  await seen.terminated(r.pid);
  const of = (): ImageLoadEvent[] =>
    seen.events.filter((e): e is ImageLoadEvent => e.type === 'ImageLoad' && e.data.ProcessId === r.pid);
  return { pid: r.pid, stdout, events: of() };
}
const paths = (events: readonly ImageLoadEvent[]): string[] => events.map((e) => e.data.ImageLoaded);
const sha256 = (file: string): string => `SHA256=${createHash('sha256').update(readFileSync(file)).digest('hex')}`;

test('what is mapped is what /proc says, but for what the kernel maps at an exec', async () => {
  const { pid, stdout, events } = await perform(`
import json
ctypes.CDLL('${library}'); ctypes.CDLL('${library}')
print(json.dumps([l.split(None, 5)[5].strip() for l in open('/proc/self/maps') if 'x' in l.split()[1] and len(l.split()) > 5]))
`);
  const shown = new Set((JSON.parse(stdout) as string[]).filter((p) => p.startsWith('/')));
  const created = await seen.created(pid);
  const last = [...seen.events].reverse().find((e) => e.type === 'ProcessCreate' && e.data.ProcessId === pid);
  const loader = [...shown].filter((p) => /\/ld-[^/]*$/.test(p));
  for (const path of [created.data.Image, last?.type === 'ProcessCreate' ? last.data.Image : '', ...loader])
    shown.delete(path);
  expect(shown.has(library)).toBe(true);
  // A wrapper that executed the interpreter has loaded its own.
  const own = events.filter((e) => e.process === last?.process);
  expect(new Set(paths(own))).toEqual(shown);
  expect(own).toHaveLength(shown.size);
  for (const e of own)
    if (e.data.Hashes !== '-') expect(e.data.Hashes, e.data.ImageLoaded).toBe(sha256(e.data.ImageLoaded));
});

test('every field', async () => {
  const { pid, events } = await perform(`ctypes.CDLL('${library}')`);
  const e = events.find((x) => x.data.ImageLoaded === library);
  const { process } = e as ImageLoadEvent;
  expect(e?.data).toEqual({
    RuleName: '-',
    UtcTime: e?.time.replace('T', ' ').slice(0, 23),
    ProcessGuid: process.guid,
    ProcessId: pid,
    Image: process.image,
    ImageLoaded: library,
    FileVersion: '-',
    Description: '-',
    Product: '-',
    Company: '-',
    OriginalFileName: '-',
    Hashes: sha256(library),
    Signed: '-',
    Signature: '-',
    SignatureStatus: '-',
    User: 'root',
  });
  expect({
    ...e,
    data: undefined,
    process: undefined,
    recordId: typeof e?.recordId,
    time: typeof e?.time,
  }).toMatchObject({
    type: 'ImageLoad',
    id: 7,
    recordId: 'number',
    time: 'string',
    host: hostname(),
    extra: { hook: 'sys_exit_mmap', tier: 'core', file: { size: readFileSync(library).length } },
    techniques: [{ id: 'T1129' }],
  });
});

test('mmap by hand, and mprotect that turns a mapping executable', async () => {
  const [one, two] = [join(folder, 'one.bin'), join(folder, 'two.bin')] as const;
  copyFileSync(library, one);
  copyFileSync(library, two);
  const { events } = await perform(`
assert mapped('${one}', R | X) != FAILED
assert libc.mprotect(mapped('${two}', R), 4096, R | X) == 0
`);
  const own = events.filter((e) => [one, two].includes(e.data.ImageLoaded));
  expect(own.map((e) => [e.data.ImageLoaded, e.extra.hook])).toEqual(
    expect.arrayContaining([
      [one, 'sys_exit_mmap'],
      [two, 'sys_exit_mprotect'],
    ]),
  );
  expect(own).toHaveLength(2);
});

test('a file without a name is named as the kernel does, and one that is deleted still has its digest', async () => {
  const gone = join(folder, 'gone.bin');
  copyFileSync(library, gone);
  const digest = sha256(gone);
  const { events } = await perform(`
at = mapped('${gone}', R | X)
os.unlink('${gone}')
fd = os.memfd_create('some')
os.write(fd, b'x' * 4096)
assert libc.mmap(None, 4096, R | X, 2, fd, 0) != FAILED
sys.stdin.read()
`);
  const deleted = events.find((e) => e.data.ImageLoaded === gone);
  // It had its name when it was mapped; whether the digest came before the end of the process is a race.
  expect(['-', digest]).toContain(deleted?.data.Hashes);
  expect(paths(events).some((p) => p.startsWith('/memfd:some'))).toBe(true);
});

test('near misses are no event', async () => {
  const file = join(folder, 'data.bin');
  copyFileSync(library, file);
  const { events } = await perform(`
assert mapped('${file}', R) != FAILED
assert libc.mprotect(mapped('${file}', R), 4096, R | W) == 0
assert mapped('${file}', R | X, os.O_WRONLY) == FAILED
assert libc.mprotect(mapped('${file}', R) + 1, 4096, R | X) == -1
assert libc.mmap(None, 4096, R | X, 0x22, -1, 0) != FAILED
`);
  expect(paths(events)).not.toContain(file);
  expect(paths(events).every((p) => p.startsWith('/'))).toBe(true);
  expect(realpathSync(file)).toBe(file);
});

test('nothing was lost', () => expect(seen.losses).toEqual([]));
