/**
 * A program that writes to a rotated file, or to a spool, is killed at any time: what was acknowledged is there. A few
 * rounds; SYSMON_TEST_KILLS=50 does as many.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { expect, onTestFinished, test, vi } from 'vitest';
import { FileSink, openHttp } from '../../../lib/sink/index.js';
import { folder } from '../../unit/sink/receiver.js';

const rounds = Number(process.env['SYSMON_TEST_KILLS'] ?? 4);
const writer = join(import.meta.dirname, 'writer.mjs');

/** Lets one write, kills it, and gives the number of the last document that it knew to be safe. */
async function written(...args: string[]): Promise<number> {
  const child = spawn(process.execPath, [writer, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  let complaints = '';
  child.stdout.on('data', (data: Buffer) => void (said += data.toString()));
  child.stderr.on('data', (data: Buffer) => void (complaints += data.toString()));
  await vi.waitUntil(() => said.includes('\n') || child.exitCode !== null, 60_000);
  await sleep(Math.random() * 400);
  child.kill('SIGKILL');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'close');
  expect(complaints).toBe('');
  return Number(said.split('\n').at(-2));
}

interface Line {
  readonly round: number;
  readonly n: number;
}

/** Of each round the documents from the first to some one, none missing, none before another; at least `safe`. */
function expectWhole(lines: readonly Line[], safe: readonly number[]): void {
  safe.forEach((acknowledged, round) => {
    const numbers = lines.filter((line) => line.round === round).map(({ n }) => n);
    expect(numbers.length, `of round ${round}`).toBeGreaterThanOrEqual(acknowledged);
    expect(numbers.every((n, i) => n === i + 1)).toBe(true);
  });
}

test(
  'a rotated file: no line is torn but the last of the open one, and nothing is missing',
  { timeout: 600_000 },
  async () => {
    const dir = folder();
    const path = join(dir, 'out');
    const safe: number[] = [];
    for (let round = 0; round < rounds; round++) {
      safe.push(await written('file', path, String(round)));
      // A file that was being compressed is there uncompressed, too.
      const names = readdirSync(dir).filter((name) => !name.endsWith('.part') && name !== 'out');
      const seen = new Set<string>();
      const texts = names.sort().flatMap((name) => {
        const number = name.slice(0, 'out.000001'.length);
        if (seen.has(number)) return [];
        seen.add(number);
        const bytes = readFileSync(join(dir, name));
        return (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
      });
      for (const text of texts) expect(text.endsWith('\n')).toBe(true);
      const lines = [...texts, existsSync(path) ? readFileSync(path, 'utf8') : ''].join('').split('\n');
      const torn = (line: string): boolean => !/^\{.*\}$/.test(line);
      // A torn line of an earlier round was ended by the one after it: it stands before its first document.
      const last = lines.pop() as string;
      expect(torn(last)).toBe(true);
      const half = lines.filter(torn);
      expect(half.length).toBeLessThanOrEqual(round);
      expectWhole(
        lines.filter((line) => !torn(line)).map((line) => JSON.parse(line) as Line),
        safe,
      );
    }
    // The next one tidies up.
    await new FileSink(path, { maxBytes: 20_000, keep: 1_000_000, compress: 'gzip' }).close();
    expect(readdirSync(dir).filter((name) => !/^out(\.\d{6}\.gz)?$/.test(name))).toEqual([]);
  },
);

test('a spool: what was acknowledged arrives, in order, at least once', { timeout: 600_000 }, async () => {
  const directory = join(folder(), 'spool');
  const lines: Line[] = [];
  const bySequence = new Map<number, string>();
  let last = 0;
  let doubles = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', () => undefined);
    request.on('end', () => {
      // Now and then the answer is lost.
      if (Math.random() < 0.05) response.destroy();
      else response.end();
      const [first] = String(request.headers['sysmon-sequence']).split('-').map(Number);
      const texts = Buffer.concat(chunks).toString().split('\n').slice(0, -1);
      texts.forEach((text, i) => {
        const sequence = first + i;
        const before = bySequence.get(sequence);
        if (before !== undefined) {
          doubles++;
          return expect(text).toBe(before); // the same number is the same document
        }
        expect(sequence).toBe(++last); // no gap
        bySequence.set(sequence, text);
        lines.push(JSON.parse(text) as Line);
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const safe: number[] = [];
  for (let round = 0; round < rounds; round++) safe.push(await written('spool', directory, String(round), url));
  const rest = await openHttp(url, { spool: { directory }, retryMs: 5, closeTimeoutMs: 60_000 });
  await rest.close();
  expect(rest.stats().waiting.documents).toBe(0);
  expectWhole(lines, safe);
  expect(doubles).toBeLessThan(lines.length);
});
