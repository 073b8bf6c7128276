import { PassThrough } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { compile, loadConfig } from '../../../lib/config/index.js';
import { SysmonError } from '../../../lib/base/errors.js';
import type { LossRecord } from '../../../lib/event/event.js';
import { Replay } from '../../../lib/replay/index.js';
import { ProcessRecord } from '../../../lib/event/process-record.gen.js';
import type { SysmonEvent } from '../../../lib/schema/events.gen.js';
import { createJson } from '../../../lib/serializer/index.js';
import { recordedLines } from '../serializer/helpers.js';
import { file, play, recording } from './play.js';

/** As a recording has it. */
const json = createJson({ process: 'full' });

describe('what comes out', () => {
  test('is what was recorded: json writes the same lines', async () => {
    for (const source of [recording, pathToFileURL(recording)]) {
      const { events, errors, replay } = await play(source);
      expect(errors).toEqual([]);
      expect(events.map(json)).toEqual(recordedLines);
      expect(replay.stats()).toMatchObject({ lines: recordedLines.length, malformed: 0, filtered: 0, losses: 0 });
      expect(replay.stats().events['ProcessCreate']).toBe(events.filter((e) => e.type === 'ProcessCreate').length);
    }
  });

  test('a process keeps its record when the event of its parent came late', async () => {
    const all = recordedLines.map((l) => JSON.parse(l) as SysmonEvent);
    const at = (type: string, id: unknown): number =>
      all.findIndex((e) => e.type === type && e.process?.strongId === id);
    const parentOf = (e: SysmonEvent): unknown =>
      (e.process as { ancestors?: { strongId: string }[] } | undefined)?.ancestors?.[0]?.strongId;
    const child = all.findIndex((e) => e.type === 'ProcessCreate' && at('ProcessCreate', parentOf(e)) >= 0);
    const order = [
      child,
      at('ProcessCreate', parentOf(all[child])),
      at('ProcessTerminate', all[child].process?.strongId),
    ];
    const { events } = await play(file('late.ndjson', order.map((i) => recordedLines[i]).join('\n')));
    expect(events.map(json)).toEqual(order.map((i) => recordedLines[i]));
    expect(events[2].process).toBe(events[0].process);
  });

  test('has shared, frozen records of processes, with parents', async () => {
    const { events } = await play(recording);
    const created = events.filter((e) => e.type === 'ProcessCreate');
    const ended = events.filter((e) => e.type === 'ProcessTerminate');
    let shared = 0;
    for (const c of created) {
      expect(c.process).toBeInstanceOf(ProcessRecord);
      expect(Object.isFrozen(c.process) && Object.isFrozen(c.process.capabilities) && Object.isFrozen(c.extra)).toBe(
        true,
      );
      expect(c.process.parent?.pid).toBe(c.data.ParentProcessId);
      expect(c.process.parent?.image).toBe(c.data.ParentImage);
      const same = ended.find((t) => t.process.strongId === c.process.strongId);
      if (same === undefined) continue;
      shared++;
      expect(same.process).toBe(c.process);
    }
    expect(shared).toBeGreaterThan(50);
    // A parent whose own creation is in the file is that process's record.
    const sh = created.find((c) => c.data.CommandLine === '/bin/sh -c gzip');
    expect(created.find((c) => c.process.parent === sh?.process)?.data.CommandLine).toBe('gzip');
    // What is known of one only in short is not made up.
    expect(created[0].process.parent).toMatchObject({ pid: 1201, commandLine: '-bash' });
    expect(created[0].process.parent?.uid).toBeUndefined();
  });

  test('keeps what this version does not know', async () => {
    const line = JSON.stringify({
      ...JSON.parse(recordedLines[5]),
      type: 'OfLaterVersion',
      id: 4711,
      data: { A: 1, B: 'two' },
    }).replace('"tier"', '"later":1,"tier"');
    const { events } = await play(file('later.ndjson', `${line}\n`));
    expect(events.map(json)).toEqual([line]);
    const record = JSON.parse(recordedLines[5]) as { data: object; process: object };
    const grown = JSON.stringify({
      ...record,
      data: { ...record.data, Later: 'x' },
      process: { later: { a: 1 }, ...record.process },
    });
    expect((await play(file('grown.ndjson', grown))).events.map(json)).toEqual([grown]);
  });

  test('does not depend on where chunks end', async () => {
    const bytes = Buffer.from(recordedLines.slice(-12).join('\n'));
    async function* chunks(size: number): AsyncGenerator<Uint8Array> {
      for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size);
      await Promise.resolve();
    }
    for (const size of [1, 7, 1000, bytes.length])
      expect((await play(chunks(size))).events.map(json)).toEqual(recordedLines.slice(-12));
  });
});

describe('the API of a sensor', () => {
  test('on, once, off, iterators, close', async () => {
    const replay = new Replay(recording);
    const seen: string[] = [];
    const off = (): void => void seen.push('off');
    replay.on('ProcessCreate', off).off('ProcessCreate', off);
    replay.once('ProcessTerminate', function (this: unknown) {
      seen.push('once');
      expect(this).toBe(replay);
    });
    replay.on('close', () => void seen.push('close'));
    expect(replay.listenerCount('close')).toBe(1);
    const types: string[] = [];
    const iterator = replay.events({
      types: ['ProcessCreate', 'ServiceStateChange'],
      onFull: 'block',
      highWaterMark: 2,
    });
    await replay.start();
    for await (const e of iterator) types.push(e.type);
    await replay.done;
    expect(seen).toEqual(['once', 'close']);
    expect(new Set(types)).toEqual(new Set(['ProcessCreate', 'ServiceStateChange']));
    // Nothing is lost to a reader for whom the file waits.
    expect(types).toHaveLength(
      recordedLines.filter((l) => /^\{"type":"(ProcessCreate|ServiceStateChange)"/.test(l)).length,
    );
  });

  test('a full buffer that may drop counts what it dropped', async () => {
    const replay = new Replay(recording);
    const losses: LossRecord[] = [];
    replay.on('loss', (l) => void losses.push(l));
    const iterator = replay.events({ highWaterMark: 10, onFull: 'drop-newest' });
    await replay.start();
    await replay.done;
    let kept = 0;
    for await (const e of iterator) kept += e ? 1 : 0;
    expect(kept).toBe(10);
    expect(losses.reduce((n, l) => n + l.count, 0)).toBe(recordedLines.length - 10);
    expect(losses.every((l) => l.stage === 'consumer')).toBe(true);
  });

  test('filters and types', async () => {
    const { events, replay } = await play(recording, {
      events: ['ProcessCreate'],
      filter: [(e: SysmonEvent) => e.type === 'ProcessCreate' && e.data.Image.endsWith('/git'), () => true],
    });
    expect(events.length).toBeGreaterThan(3);
    expect(events.every((e) => e.type === 'ProcessCreate' && e.data.Image.endsWith('/git'))).toBe(true);
    expect(replay.stats().filtered).toBe(recordedLines.length - events.length);
  });

  test('rules judge anew, with their names and techniques', async () => {
    const config = `rules:
  - event: ProcessCreate
    onmatch: include
    match:
      - Image: { end with: /git }
        name: TechniqueID=T1213.003,TechniqueName=Code Repositories
`;
    const { events, replay } = await play(recording, { config });
    const kept = events.filter((e) => e.type === 'ProcessCreate');
    expect(kept.length).toBeGreaterThan(3);
    for (const e of kept) {
      expect(e.data.Image).toMatch(/\/git$/);
      expect(e.data.RuleName).toBe('TechniqueID=T1213.003,TechniqueName=Code Repositories');
      expect(e.techniques.map((t) => [t.id, t.source])).toEqual([
        ['T1213.003', 'rule'],
        ['T1059', 'event'],
      ]);
      expect(e.rules).toEqual([
        {
          name: 'TechniqueID=T1213.003,TechniqueName=Code Repositories',
          tags: { TechniqueID: 'T1213.003', TechniqueName: 'Code Repositories' },
        },
      ]);
    }
    // Sysmon's default keeps what no rule speaks of, and the sensor's own events are never judged.
    const others = (list: readonly { type: string }[]): number => list.filter((e) => e.type !== 'ProcessCreate').length;
    expect(others(events)).toBe(others(recordedLines.map((l) => JSON.parse(l) as { type: string })));
    expect(replay.stats()).toMatchObject({ ruledOut: recordedLines.length - events.length, filtered: 0 });

    // The same rules as a filter keep the same, and leave the events as they are.
    const { events: same, replay: filtered } = await play(recording, { filter: [compile(loadConfig(config))] });
    expect(same.map((e) => e.recordId)).toEqual(events.map((e) => e.recordId));
    expect(new Set(same.flatMap((e) => ('RuleName' in e.data ? [e.data.RuleName] : [])))).toEqual(new Set(['-']));
    expect(filtered.stats().filters).toEqual([{ name: 'rules', seen: recordedLines.length, kept: same.length }]);

    const bad = new Replay(recording, { config: file('bad.yml', 'rules: 1\n') });
    await expect(bad.start()).rejects.toMatchObject({
      code: 'ERR_SYSMON_CONFIG',
      message: expect.stringMatching(/bad\.yml:1:8: /) as string,
    });
    expect(() => new Replay(recording, { compatibility: 'peer' } as never)).toThrow(/option compatibility/);
  });

  test('a listener or filter that throws takes nothing from others', async () => {
    const replay = new Replay(recording, {
      filter: () => {
        throw new Error('filter');
      },
    });
    const errors: SysmonError[] = [];
    let count = 0;
    replay.on('event', () => {
      throw new Error('listener');
    });
    replay.on('event', () => void count++);
    replay.on('error', (e) => void errors.push(e));
    await replay.start();
    await replay.done;
    expect(count).toBe(recordedLines.length);
    expect(errors.map((e) => e.code)).toEqual(errors.map(() => 'ERR_SYSMON_LISTENER'));
    expect(errors).toHaveLength(2 * recordedLines.length);
  });

  test('stop ends it between two events, also while it waits for input', async () => {
    const replay = new Replay(recording);
    let count = 0;
    replay.on('event', () => {
      if (++count === 5) void replay.stop();
    });
    await replay.start();
    await replay.done;
    expect(count).toBe(5);

    const endless = new PassThrough();
    const waiting = new Replay(endless);
    const first = new Promise((resolve) => waiting.once('event', resolve));
    await waiting.start();
    endless.write(`${recordedLines[0]}\n`);
    await first;
    await waiting.stop();
    await waiting.stop();
    expect(waiting.stats().lines).toBe(1);
  });

  test('stop while a reader holds it up', async () => {
    const replay = new Replay(recording);
    const iterator = replay.events({ onFull: 'block', highWaterMark: 1 });
    await replay.start();
    await iterator.next();
    await replay.stop();
  });

  test('an abort signal, and disposal', async () => {
    const controller = new AbortController();
    const replay = new Replay(new PassThrough());
    await replay.start({ signal: controller.signal });
    controller.abort();
    await replay.done;
    await expect(new Replay(recording).start({ signal: AbortSignal.abort(new Error('no')) })).rejects.toThrow('no');
    {
      await using disposed = new Replay(new PassThrough());
      await disposed.start();
    }
  });
});

describe('events: all', () => {
  test('is every event of the file', async () => {
    const { events, replay } = await play(recording, { events: 'all' });
    expect(events).toHaveLength(recordedLines.length);
    expect(replay.stats().filtered).toBe(0);
  });

  test('asks for each type by name: it needs no rule to be kept', async () => {
    const line = JSON.stringify({
      ...(JSON.parse(recordedLines[5]) as object),
      type: 'FileCreate',
      id: 11,
      data: { RuleName: '-', Image: '/x' },
    });
    const source = file('asked.ndjson', line);
    const config = 'rules: []\n';
    expect((await play(source, { config })).events).toHaveLength(0);
    expect((await play(source, { config, events: ['FileCreate'] })).events).toHaveLength(1);
    expect((await play(source, { config, events: 'all' })).events).toHaveLength(1);
  });
});

test('a type that every object has counts like any', async () => {
  const line = JSON.stringify({ ...(JSON.parse(recordedLines[5]) as object), type: 'toString' });
  const { replay } = await play(file('odd.ndjson', `${line}\n${line}`));
  expect(replay.stats().events).toEqual({ toString: 2 });
});
