/** What becomes of documents while their receiver is slow, hangs, fails, lies or is gone; in memory and in a spool. */
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { Documents, openHttp, type HttpSinkOptions } from '../../../lib/sink/index.js';
import { feed, folder, listen, numbered, once, Receiver, takes, type Answer } from './receiver.js';

const quick: HttpSinkOptions = { lingerMs: 5, batchBytes: 2000, retryMs: 5, maxRetryMs: 20, closeTimeoutMs: 20_000 };

describe.each<[string, () => HttpSinkOptions]>([
  ['memory', () => quick],
  ['a spool', () => ({ ...quick, spool: { directory: folder(), fsync: false } })],
])('from %s', (where, options) => {
  test('all arrives once, in order, and is acknowledged', async () => {
    const receiver = await Receiver.start();
    const sink = await openHttp(receiver.url, options());
    const { losses, said } = listen(sink);
    const wanted = await feed(sink, 50);
    await sink.close();
    expect(receiver.lines).toEqual(wanted);
    expect(sink.stats()).toMatchObject({ taken: 500, sent: 500, acknowledged: 500, lost: {}, retries: 0 });
    expect(sink.stats().bytes).toBe(wanted.join('\n').length + 1);
    expect(sink.stats().waiting.documents).toBe(0);
    expect([losses, said]).toEqual([[], []]);
    const [{ headers, url }] = receiver.requests;
    expect(url).toBe('/in?x=1');
    expect(headers['sysmon-source']).toBe(sink.source);
    expect(headers['sysmon-sequence']).toMatch(/^1-\d+$/);
  });

  const failing: [string, Answer][] = [
    ['503', (_, response) => void response.writeHead(503).end()],
    ['429', (_, response) => void response.writeHead(429, { 'retry-after': '0' }).end()],
    ['broken connections', (_, response) => void response.destroy()],
    [
      'halves of answers',
      (_, response) => void response.writeHead(200, { 'content-length': 9 }).write('x', () => response.destroy()),
    ],
  ];
  test.each(failing)('after %s all arrives, at least once, in order', async (_, fails) => {
    const receiver = await Receiver.start((request, response, count) =>
      (count % 3 === 0 ? takes : fails)(request, response, count),
    );
    const sink = await openHttp(receiver.url, options());
    const { losses } = listen(sink);
    const wanted = await feed(sink, 20);
    await sink.close();
    expect(once(receiver.lines)).toEqual(wanted);
    expect(sink.stats()).toMatchObject({ acknowledged: 200, lost: {} });
    expect(sink.stats().retries).toBeGreaterThan(0);
    expect(losses).toEqual([]);
  });

  test('a receiver that is killed and comes back gets all', async () => {
    const receiver = await Receiver.start();
    const sink = await openHttp(receiver.url, options());
    const { said } = listen(sink);
    const wanted = await feed(sink, 10);
    await vi.waitUntil(() => receiver.requests.length > 0, 20_000);
    await receiver.kill();
    wanted.push(...(await feed(sink, 10, 100)));
    await vi.waitUntil(() => said.length > 0, 20_000);
    await receiver.listen();
    await sink.close();
    expect(once(receiver.lines)).toEqual(wanted);
    expect(said[0]).toMatch(
      /^http:\/\/127\.0\.0\.1:\d+\/in: .*(ECONNREFUSED|hang up|ECONNRESET).*; it is tried again$/,
    );
    expect(said.at(-1)).toMatch(/documents arrive again, after \d+ s$/);
  });

  test('one that never answers is given up, asked again, and the host is not kept waiting', async () => {
    const receiver = await Receiver.start((request, response, count) => count > 2 && takes(request, response, count));
    const sink = await openHttp(receiver.url, { ...options(), timeoutMs: 100 });
    const { said } = listen(sink);
    const wanted = await feed(sink, 5);
    await sink.close();
    expect(once(receiver.lines)).toEqual(wanted);
    expect(said[0]).toContain('no answer in 100 ms; it is tried again');
  });

  test.each(['drop-oldest', 'drop-newest'] as const)('a full store loses, counts and tells: %s', async (onFull) => {
    let open = false;
    const receiver = await Receiver.start((request, response, count) => open && takes(request, response, count));
    const o = options();
    const bound = o.spool ? { spool: { ...o.spool, maxBytes: 1000 } } : { maxBytes: 10_000 };
    const sink = await openHttp(receiver.url, { ...o, ...bound, onFull, timeoutMs: 300 });
    const { losses } = listen(sink);
    const wanted = await feed(sink, 100);
    expect(sink.stats().waiting.bytes).toBeLessThan(25_000);
    open = true;
    await sink.close();
    const got = once(receiver.lines);
    const { acknowledged, lost, taken } = sink.stats();
    expect(taken).toBe(1000);
    expect(acknowledged).toBe(got.length);
    expect(lost['full']).toBe(1000 - got.length);
    expect(lost['full']).toBeGreaterThan(100);
    // The ranges say which: the sequence number of a document is its place, from 1 on.
    const gone = new Set<number>();
    for (const { first = 0, last = -1, count } of losses) {
      expect(last - first + 1).toBe(count);
      for (let n = first; n <= last; n++) gone.add(n);
    }
    expect(got).toEqual(wanted.filter((_, i) => !gone.has(i + 1)));
    expect(got.includes(wanted.at(onFull === 'drop-oldest' ? -1 : 5) as string)).toBe(true);
  });

  test('wait: nothing is lost, and who writes waits', async () => {
    let open = false;
    const receiver = await Receiver.start((request, response, count) => open && takes(request, response, count));
    const o = options();
    const bound = o.spool ? { spool: { ...o.spool, maxBytes: 500 } } : { maxBytes: 5000 };
    const sink = await openHttp(receiver.url, { ...o, ...bound, onFull: 'wait', timeoutMs: 200 });
    let fed = false;
    const feeding = feed(sink, 100).finally(() => (fed = true));
    await sleep(300);
    expect(fed).toBe(false);
    expect(sink.stats().taken).toBeLessThan(1000);
    open = true;
    const wanted = await feeding;
    await sink.close();
    expect(once(receiver.lines)).toEqual(wanted);
    expect(sink.stats().lost).toEqual({});
  });

  test('what is too old is lost with its age as the cause', async () => {
    const receiver = await Receiver.start((_, response) => void response.writeHead(500).end());
    const sink = await openHttp(receiver.url, { ...options(), maxAgeMs: 50 });
    const { losses } = listen(sink);
    await feed(sink, 1);
    await vi.waitUntil(() => losses.length > 0, 20_000);
    await sink.close();
    expect(losses).toEqual([{ cause: 'age', count: 10, first: 1, last: 10, reason: 'it was too old to be sent' }]);
  });

  test('400 is refused at once, told, and what follows arrives', async () => {
    const receiver = await Receiver.start((request, response, count) =>
      count === 1 ? void response.writeHead(400).end('no\nsuch field') : takes(request, response, count),
    );
    const sink = await openHttp(receiver.url, options());
    const { losses, said } = listen(sink);
    const wanted = await feed(sink, 2);
    await sink.close();
    const [{ cause, count, reason }] = losses;
    expect([cause, reason]).toEqual(['refused', 'status 400 Bad Request: no such field']);
    expect(receiver.lines).toEqual(wanted); // no line came twice
    expect(sink.stats()).toMatchObject({ acknowledged: 20 - count, lost: { refused: count }, retries: 0 });
    expect(said[0]).toContain(`${count} documents are lost, of 1 to ${count}: status 400`);
  });

  test('401 is asked again for a while, and then refused', async () => {
    const receiver = await Receiver.start((_, response) => void response.writeHead(401).end());
    const sink = await openHttp(receiver.url, { ...options(), refuseAfterMs: 100 });
    const { losses } = listen(sink);
    await feed(sink, 1);
    await vi.waitUntil(() => losses.length > 0, 20_000);
    await sink.close();
    expect(losses[0]).toMatchObject({ cause: 'refused', first: 1, last: 10 });
    expect(receiver.requests.length).toBeGreaterThan(2);
  });

  test('413 is sent in halves, and a document that is too large alone is refused', async () => {
    const receiver = await Receiver.start((request, response, count) =>
      request.body.length > 500 ? void response.writeHead(413).end() : takes(request, response, count),
    );
    const sink = await openHttp(receiver.url, { ...options(), lingerMs: 1000, batchBytes: 1 << 20 });
    const { losses } = listen(sink);
    const wanted = [...numbered(0, 10), `{"big":"${'b'.repeat(600)}"}`, ...numbered(10, 20)];
    await sink.write(Documents.of(wanted));
    await sink.close();
    const taken = receiver.requests.filter(({ body }) => body.length <= 500).flatMap(({ lines }) => lines);
    expect(taken).toEqual(wanted.filter((line) => !line.includes('big')));
    expect(losses).toMatchObject([{ cause: 'refused', count: 1, first: 11, last: 11 }]);
  });

  test('a receiver that is not there does not keep close() waiting', async () => {
    const receiver = await Receiver.start();
    await receiver.kill();
    const sink = await openHttp(receiver.url, { ...options(), closeTimeoutMs: where === 'memory' ? 500 : 60_000 });
    const { losses } = listen(sink);
    await feed(sink, 3);
    const before = performance.now();
    await sink.close();
    expect(performance.now() - before).toBeLessThan(15_000);
    expect(losses).toMatchObject(where === 'memory' ? [{ cause: 'closed', count: 30 }] : []);
    expect(sink.stats().waiting.documents).toBe(30);
    await sink.write(Documents.of(['late']));
    expect(sink.stats().lost['closed']).toBe(where === 'memory' ? 31 : 1);
  });
});
