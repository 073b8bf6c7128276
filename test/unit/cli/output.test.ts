import { execFileSync, spawn } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Output } from '../../../lib/cli/output.js';
import { SinkError } from '../../../lib/sink/sink.js';
import type { Serializable, Serializer } from '../../../lib/serializer/index.js';
import { brokenPipe } from './broken-pipe.js';

let dir: string;
beforeAll(() => (dir = mkdtempSync(join(tmpdir(), 'sysmon-output-'))));
afterAll(() => rmSync(dir, { recursive: true }));

/** Lines of all sizes, around that of a chunk too, of one, two, three and four bytes a character. */
const lines = [0, 1, 100, 5000, 87_380, 87_381, 87_382, 262_143, 262_144, 300_000, 3_000_000].flatMap((n, i) =>
  ['x', 'é', '€', '😀'].map((c) => `${i}${c.repeat(n)}`),
);

describe('lines to a file', () => {
  test('come whole and in order, whatever their size', async () => {
    const path = join(dir, 'sizes');
    const output = Output.to(path);
    let waited = 0;
    for (let round = 0; round < 3; round++) {
      for (const line of lines) {
        const full = output.line(line);
        if (full) waited++;
        await full;
      }
      await turn();
    }
    await output.close();
    expect(readFileSync(path, 'utf8')).toBe([...lines, ...lines, ...lines, ''].join('\n'));
    expect(waited).toBeGreaterThan(0);
  });

  test('half of a pair becomes the sign for what cannot be said', async () => {
    const path = join(dir, 'half');
    const output = Output.to(path);
    void output.line('a\ud800b');
    await output.close();
    expect(readFileSync(path, 'utf8')).toBe('a\ufffdb\n');
  });

  test('a document in pieces is one line, an empty one none, and of one that fails nothing is left', async () => {
    const path = join(dir, 'pieces');
    const output = Output.to(path);
    const event = {} as Serializable;
    const inPieces = (...pieces: string[]): Serializer<string> =>
      Object.assign(() => pieces.join(''), {
        pieces: (_: Serializable, take: (piece: string) => void) => pieces.forEach(take),
      });
    const failing: Serializer<string> = Object.assign(() => '', {
      pieces: (_: Serializable, take: (piece: string) => void) => {
        take('half');
        throw new Error('no more');
      },
    });
    void output.document(inPieces('a', 'é'.repeat(70_000), 'z'), event);
    void output.document(() => '', event);
    void output.document(inPieces(), event);
    expect(() => output.document(failing, event)).toThrow('no more');
    void output.document(() => 'whole', event);
    await output.close();
    expect(readFileSync(path, 'utf8')).toBe(`a${'é'.repeat(70_000)}z\nwhole\n`);
  });

  test('after reopen() they go to a new file of the name', async () => {
    const path = join(dir, 'rotated');
    const output = Output.to(path);
    void output.line('before');
    renameSync(path, `${path}.1`);
    await output.reopen();
    void output.line('after');
    await output.close();
    expect([readFileSync(`${path}.1`, 'utf8'), readFileSync(path, 'utf8')]).toEqual(['before\n', 'after\n']);
  });

  test('a line that somebody left unfinished is ended first', async () => {
    const path = join(dir, 'torn');
    for (const [before, after] of [
      ['{"whole":1}\n{"torn":', '{"whole":1}\n{"torn":\nnext\n'],
      ['{"whole":1}\n', '{"whole":1}\nnext\n'],
      ['', 'next\n'],
    ]) {
      writeFileSync(path, before);
      const output = Output.to(path);
      void output.line('next');
      await output.close();
      expect(readFileSync(path, 'utf8')).toBe(after);
    }
  });

  test.each([
    ['appended to', 'a', 'torn\nnext\n'],
    ['written from its beginning', 'r+', 'next\n'],
    ['begun anew', 'w', 'next\n'],
  ])('also in a file of standard output that is %s', async (_, flags, expected) => {
    const path = join(dir, 'redirected');
    writeFileSync(path, 'torn');
    const fd = openSync(path, flags);
    const output = Output.to(fd);
    void output.line('next');
    await output.close();
    closeSync(fd);
    expect(readFileSync(path, 'utf8')).toBe(expected);
  });

  /** An output that has written its first line, and what it said of its file since. */
  async function written(target: string | number): Promise<{ output: Output; said: string[] }> {
    const output = Output.to(target);
    const said: string[] = [];
    output.sink.onNotice = (text) => void said.push(text);
    void output.line('before');
    await output.flush();
    return { output, said };
  }

  test('a file that was removed, or replaced, is opened anew, and it is said', async () => {
    const path = join(dir, 'watched');
    const { output, said } = await written(path);
    rmSync(path);
    void output.line('after the removal');
    await output.flush();
    expect(readFileSync(path, 'utf8')).toBe('after the removal\n');
    renameSync(path, `${path}.1`);
    writeFileSync(path, 'of somebody else');
    void output.line('after the replacement');
    await output.close();
    expect(readFileSync(path, 'utf8')).toBe('of somebody else\nafter the replacement\n');
    expect(said).toEqual([
      `${path} was removed: what follows goes to the file that has this name now`,
      `${path} was replaced: what follows goes to the file that has this name now`,
    ]);
  });

  test('one that was moved away is written until there has been time to put another in its place', async () => {
    const path = join(dir, 'moved');
    const { output, said } = await written(path);
    renameSync(path, `${path}.1`);
    void output.line('at once');
    await output.flush();
    await sleep(1100);
    void output.line('later');
    await output.close();
    expect([readFileSync(`${path}.1`, 'utf8'), readFileSync(path, 'utf8')]).toEqual(['before\nat once\n', 'later\n']);
    expect(said).toEqual([`${path} was moved: what follows goes to the file that has this name now`]);
  });

  test('one that cannot be opened anew is a failure, and what was to be written there is counted', async () => {
    const folder = join(dir, 'folder');
    mkdirSync(folder);
    const { output } = await written(join(folder, 'out'));
    rmSync(folder, { recursive: true });
    void output.line('one');
    void output.line('two');
    await expect(output.close()).rejects.toThrow(/cannot write to .*out: ENOENT/);
    expect(output.unwritten).toBe(2);
  });

  test('of a file of standard output that was removed it is said once', async () => {
    const path = join(dir, 'standard');
    const fd = openSync(path, 'a');
    const { output, said } = await written(fd);
    expect(said).toEqual([]);
    rmSync(path);
    for (const line of ['a', 'b']) {
      void output.line(line);
      await output.flush();
    }
    await output.close();
    expect(said).toEqual(['the file of standard output was removed: what is written from now on goes with it']);
    // One that never had a name has lost none.
    const nameless = await written(fd);
    await nameless.output.close();
    closeSync(fd);
    expect(nameless.said).toEqual([]);
  });

  test('lines of which nothing, or not all, could be written are counted', async () => {
    const output = Output.to('/dev/full');
    void output.line('a');
    void output.line('b');
    await turn(); // in which they are given to another thread
    void output.line('c');
    await expect(output.flush()).rejects.toThrow('ENOSPC');
    void output.line('d');
    void output.document(() => 'e', {} as Serializable);
    void output.document(() => '', {} as Serializable); // nothing was to be written
    await expect(output.flush()).rejects.toThrow('ENOSPC');
    expect(output.unwritten).toBe(5);
    const whole = Output.to(join(dir, 'counted'));
    void whole.line('a');
    await whole.close();
    expect(whole.unwritten).toBe(0);
  });

  test.each([
    ['/dev/full', (): string | number => '/dev/full', 'cannot write to /dev/full: ENOSPC', false],
    ['a pipe that nobody reads', (): string | number => brokenPipe(), 'the reader of standard output is gone', true],
  ])('what cannot be written to %s is told at once, and once', async (_, target, text, broken) => {
    const output = Output.to(target());
    const told: SinkError[] = [];
    const first = new Promise<void>((resolve) => {
      output.sink.onError = (error) => {
        told.push(error);
        resolve();
      };
    });
    void output.line('x');
    await first; // with no other line after it
    // Who writes on, as a listener may, is not disturbed, and waits for nobody.
    await output.line('y'.repeat(2 << 20));
    await output.document(() => 'z', {} as Serializable);
    await expect(output.close()).rejects.toBe(told[0]);
    expect(told).toHaveLength(1);
    expect(told[0].message).toContain(text);
    expect(told[0].brokenPipe).toBe(broken);
  });

  test('after a failed write nothing goes to what has its descriptor then', async () => {
    const fd = brokenPipe();
    const output = Output.to(fd);
    let over = false;
    const failed = new Promise<void>((resolve) => {
      output.sink.onError = () => {
        over = true;
        resolve();
      };
    });
    // Whenever the write fails, others are to follow.
    const feed = (): void => {
      void output.line('line');
      if (!over) setImmediate(feed);
    };
    feed();
    await failed;
    closeSync(fd);
    const path = join(dir, 'next');
    // The lowest free number is given first.
    const opened = [openSync(path, 'a')];
    while ((opened.at(-1) as number) < fd) opened.push(openSync(path, 'a'));
    expect(opened).toContain(fd);
    await sleep(200); // in which another thread would write
    await expect(output.close()).rejects.toThrow('the reader of standard output is gone');
    for (const o of opened) closeSync(o);
    expect(readFileSync(path, 'utf8')).toBe('');
  });

  test('a writer that waits for room does not wait for ever when the rest cannot be written', async () => {
    const output = Output.to('/dev/full');
    await output.line('x'.repeat(2 << 20));
    await expect(output.flush()).rejects.toThrow('ENOSPC');
    await expect(output.close()).rejects.toThrow('ENOSPC');
  });

  test('a file that cannot be opened', () => {
    expect(() => Output.to(join(dir, 'nothing/there'))).toThrow(SinkError);
    expect(() => Output.to(join(dir, 'nothing/there'))).toThrow(/cannot write to .*nothing\/there: ENOENT/);
  });

  test('a slow reader of a pipe makes the writer wait, and loses nothing', async () => {
    const path = join(dir, 'fifo');
    execFileSync('mkfifo', [path]);
    let read = '';
    const { stdout } = spawn('cat', [path], { stdio: ['ignore', 'pipe', 'inherit'] });
    stdout.setEncoding('utf8');
    const ended = (async () => {
      for await (const text of stdout) {
        read += text as string;
        await sleep(1);
      }
    })();
    const output = Output.to(path);
    let waited = 0;
    for (const line of lines) {
      const full = output.line(line);
      if (full) waited++;
      await full;
    }
    await output.close();
    await ended;
    expect(read).toBe([...lines, ''].join('\n'));
    expect(waited).toBeGreaterThan(0);
  });
});
