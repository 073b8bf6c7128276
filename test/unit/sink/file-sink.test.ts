import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import zlib from 'node:zlib';
import { expect, onTestFinished, test, vi } from 'vitest';
import { Documents, FileSink, type FileSinkOptions, type SinkLoss } from '../../../lib/sink/index.js';

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'sysmon-sink-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  return dir;
}

const rotated = (dir: string): string[] =>
  readdirSync(dir)
    .filter((name) => name !== 'out')
    .sort();

/** All lines of the files of a folder, in the order in which they were written. */
function lines(dir: string): string[] {
  const read = (name: string): string => {
    const bytes = readFileSync(join(dir, name));
    return (name.endsWith('.gz') ? zlib.gunzipSync(bytes) : bytes).toString();
  };
  return [...rotated(dir), 'out'].flatMap((name) => read(name).split('\n').slice(0, -1));
}

test('a file is rotated before it exceeds its size, no line is torn, and all are there in order', async () => {
  const dir = folder();
  const sink = new FileSink(join(dir, 'out'), { maxBytes: 1000, keep: 1000 });
  const wanted: string[] = [];
  for (let i = 0; i < 300; i++) {
    const batch = [`line ${i} ${'x'.repeat(i % 90)}`, `second ${i}`];
    wanted.push(...batch);
    await sink.write(Documents.of(batch));
  }
  await sink.close();
  expect(lines(dir)).toEqual(wanted);
  expect(rotated(dir).length).toBeGreaterThan(10);
  for (const name of rotated(dir)) expect(statSync(join(dir, name)).size).toBeLessThanOrEqual(1000);
  expect(sink.stats()).toMatchObject({ taken: 600, sent: 600, lost: {} });
});

test('rotated files are compressed, and the numbers go on after a restart', async () => {
  const dir = folder();
  const wanted: string[] = [];
  for (const run of [1, 2]) {
    // As one that was killed while it compressed leaves it.
    if (run === 2) writeFileSync(join(dir, 'out.000001.gz.part'), 'half');
    const sink = new FileSink(join(dir, 'out'), { maxBytes: 200, compress: 'gzip', keep: 100, fsync: 'rotate' });
    for (let i = 0; i < 20; i++) {
      wanted.push(`${run} ${i} ${'y'.repeat(50)}`);
      await sink.write(Documents.of(wanted.slice(-1)));
    }
    await sink.close();
    expect(sink.stats().acknowledged).toBe(20);
  }
  expect(lines(dir)).toEqual(wanted);
  expect(rotated(dir).every((name) => /^out\.\d{6}\.gz$/.test(name))).toBe(true);
});

test('zstd where this Node.js has it, and else a refusal that says what to take', async () => {
  const dir = folder();
  const options: FileSinkOptions = { maxBytes: 10, compress: 'zstd' };
  if (!('createZstdCompress' in zlib)) {
    expect(() => new FileSink(join(dir, 'out'), options)).toThrow(/has no zstd \(22\.15 has\)\. Take gzip\.$/);
    expect(existsSync(join(dir, 'out'))).toBe(false);
    return;
  }
  const sink = new FileSink(join(dir, 'out'), options);
  for (const line of ['one line', 'another']) await sink.write(Documents.of([line]));
  await sink.close();
  const decompress = (zlib as unknown as { zstdDecompressSync: (bytes: Buffer) => Buffer }).zstdDecompressSync;
  expect(decompress(readFileSync(join(dir, 'out.000001.zst'))).toString()).toBe('one line\n');
});

test.each<[string, FileSinkOptions, number]>([
  ['number', { keep: 3 }, 3],
  ['bytes', { keepBytes: 50, keep: 100 }, 2],
])('no more rotated files stay than their %s allows, and these are the newest', async (_, options, left) => {
  const dir = folder();
  const sink = new FileSink(join(dir, 'out'), { maxBytes: 20, ...options });
  for (let i = 10; i < 30; i++) await sink.write(Documents.of([`document number ${i}`]));
  await sink.close();
  expect(lines(dir)).toEqual(Array.from({ length: left + 1 }, (_x, i) => `document number ${29 - left + i}`));
});

test('a file is rotated by its age, also one that nobody writes to any more', async () => {
  const dir = folder();
  const sink = new FileSink(join(dir, 'out'), { maxAgeMs: 100 });
  await sink.write(Documents.of(['old']));
  await vi.waitUntil(() => rotated(dir).length === 1, 20_000);
  await sleep(250); // an empty file is not rotated
  await sink.write(Documents.of(['new']));
  await sink.flush();
  expect(readFileSync(join(dir, 'out.000001'), 'utf8')).toBe('old\n');
  await sink.close();
  expect(lines(dir)).toEqual(['old', 'new']);
});

test.each<FileSinkOptions['fsync']>(['always', 20])('fsync %s acknowledges what was written', async (fsync) => {
  const dir = folder();
  const sink = new FileSink(join(dir, 'out'), { fsync });
  await sink.write(Documents.of(['a', 'b']));
  await vi.waitUntil(() => sink.stats().acknowledged === 2, 20_000);
  await sink.close();
  expect(sink.stats().acknowledged).toBe(2);
});

/** A small file system of its own, for as long as the test runs; needs root. */
function smallDisk(): string | undefined {
  const dir = folder();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', dir], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  onTestFinished(() => void execFileSync('umount', ['-l', dir]));
  return dir;
}

test.each(['lose', 'wait', 'fail'] as const)('a full disk tears no line: %s', async (onDiskFull) => {
  const dir = smallDisk();
  if (dir === undefined) return expect(process.getuid?.()).not.toBe(0); // only root may mount
  const sink = new FileSink(join(dir, 'out'), { onDiskFull });
  const said: string[] = [];
  const losses: SinkLoss[] = [];
  let failure: Error | undefined;
  sink.onNotice = (text) => void said.push(text);
  sink.onLoss = (loss) => void losses.push(loss);
  sink.onError = (error) => void (failure = error);
  const filler = join(dir, 'filler');
  writeFileSync(filler, Buffer.alloc(40_000));
  const line = (i: number): string => `${i} ${'z'.repeat(998)}`;
  const written = sink.write(Documents.of(Array.from({ length: 40 }, (_, i) => line(i))));
  if (onDiskFull === 'wait') expect(written).toBeInstanceOf(Promise);
  rmSync(filler);
  await written;
  await sink.write(Documents.of([line(40)]));
  const { taken, sent, lost } = sink.stats();
  const counted = Object.values(lost).reduce((a, b) => a + b, 0);
  expect(taken).toBe(41);
  expect(sent + counted).toBe(41);
  expect(losses.reduce((sum, { count }) => sum + count, 0)).toBe(counted);
  if (onDiskFull === 'fail') await expect(sink.close()).rejects.toBe(failure);
  else await sink.close();
  const text = readFileSync(join(dir, 'out'), 'utf8');
  if (onDiskFull !== 'fail') expect(text.endsWith('\n')).toBe(true);
  const there = text.split('\n').slice(0, -1);
  expect(there).toHaveLength(sent);
  if (onDiskFull === 'wait') {
    expect(there).toEqual(Array.from({ length: 41 }, (_, i) => line(i)));
    expect(lost).toEqual({});
  } else if (onDiskFull === 'lose') {
    expect(there.at(-1)).toBe(line(40));
    expect(there.every((l) => l.length > 998)).toBe(true);
    expect(said).toEqual([
      `${join(dir, 'out')}: the disk is full: what is written is lost until there is room`,
      `${join(dir, 'out')}: the disk has room again; ${counted} documents were lost`,
    ]);
    expect(Object.keys(lost)).toEqual(['disk-full']);
  } else expect(failure?.message).toMatch(/ENOSPC/);
});

test('a file that cannot be rotated grows, and it is said', async () => {
  const dir = folder();
  const sink = new FileSink(join(dir, 'out'), { maxBytes: 10 });
  const said: string[] = [];
  sink.onNotice = (text) => void said.push(text);
  await sink.write(Documents.of(['the first']));
  rmSync(join(dir, 'out'));
  await sink.write(Documents.of(['the second'])); // into a new file of the name
  await sink.write(Documents.of(['the third']));
  await sink.close();
  expect(said[0]).toBe(`${join(dir, 'out')} was removed: what follows goes to the file that has this name now`);
  expect(lines(dir)).toEqual(['the second', 'the third']);
});

test.each<[string, string | number, object, RegExp]>([
  ['an unknown option', 'x', { maxbytes: 1 }, /unknown option 'maxbytes'\. Did you mean 'maxBytes'\?/],
  ['no size', 'x', { maxBytes: 0 }, /maxBytes: expected a whole number from 1/],
  ['retention without rotation', 'x', { keep: 3 }, /keep: it is about rotated files, and nothing rotates/],
  ['a descriptor to rotate', 1, { maxBytes: 100 }, /a descriptor is not rotated/],
  ['a wrong policy', 'x', { fsync: 'sometimes' }, /fsync: expected 'never', 'rotate', 'always' or a number/],
  ['a wrong compression', 'x', { maxBytes: 9, compress: 'lzma' }, /compress: expected 'none' or 'gzip' or 'zstd'/],
  ['no path', '', {}, /expected the path of a file or a descriptor/],
])('%s is refused', (_, target, options, text) => {
  expect(() => new FileSink(target, options as FileSinkOptions)).toThrow(text);
});

test('a folder that is not there', () => {
  expect(() => new FileSink('/no/such/out')).toThrow('cannot write to /no/such/out: ENOENT');
});
