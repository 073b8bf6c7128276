import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { compile, loadConfig } from '../../../lib/config/index.js';
import { SysmonError } from '../../../lib/errors.js';
import type { LossRecord } from '../../../lib/event.js';
import { Replay, type ReplaySource } from '../../../lib/replay/index.js';
import { ProcessRecord, type SysmonEvent } from '../../../lib/schema/events.gen.js';
import { json } from '../../../lib/serializer/index.js';
import { fixtures, recordedLines } from '../serializer/helpers.js';

const recording = join(fixtures, 'events.ndjson');
const loss: LossRecord = {
  type: 'Loss',
  time: 't',
  host: 'h',
  stage: 'ring',
  eventType: 'ProcessCreate',
  count: 3,
  since: 'a',
  until: 'b',
};
let dir: string;
beforeAll(() => (dir = mkdtempSync(join(tmpdir(), 'sysmon-replay-'))));
afterAll(() => rmSync(dir, { recursive: true }));

const file = (name: string, text: string | Uint8Array): string => {
  const path = join(dir, name);
  writeFileSync(path, text);
  return path;
};

/** What becomes of a promise that may never be settled. */
const settled = async (promise: Promise<void>): Promise<string> => {
  const late = new AbortController();
  const never = sleep(20_000, 'never', { signal: late.signal }).catch(() => 'late');
  const outcome = await Promise.race([promise.then(() => 'resolved'), never]);
  late.abort();
  return outcome;
};

async function play(
  source: ReplaySource,
  options = {},
): Promise<{ events: SysmonEvent[]; errors: SysmonError[]; losses: LossRecord[]; replay: Replay }> {
  const replay = new Replay(source, options);
  const events: SysmonEvent[] = [];
  const errors: SysmonError[] = [];
  const losses: LossRecord[] = [];
  replay.on('event', (e) => void events.push(e));
  replay.on('error', (e) => void errors.push(e));
  replay.on('loss', (l) => void losses.push(l));
  await replay.start();
  await replay.done;
  return { events, errors, losses, replay };
}

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
    const at = (type: string, id: unknown): number => all.findIndex((e) => e.type === type && e.process?.strongId === id);
    const parentOf = (e: SysmonEvent): unknown =>
      (e.process as { ancestors?: { strongId: string }[] } | undefined)?.ancestors?.[0]?.strongId;
    const child = all.findIndex((e) => e.type === 'ProcessCreate' && at('ProcessCreate', parentOf(e)) >= 0);
    const order = [child, at('ProcessCreate', parentOf(all[child])), at('ProcessTerminate', all[child].process?.strongId)];
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
      expect(Object.isFrozen(c.process) && Object.isFrozen(c.process.capabilities) && Object.isFrozen(c.extra)).toBe(true);
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
    const line = JSON.stringify({ ...JSON.parse(recordedLines[5]), type: 'OfLaterVersion', id: 4711, data: { A: 1, B: 'two' } }).replace(
      '"tier"',
      '"later":1,"tier"',
    );
    const { events } = await play(file('later.ndjson', `${line}\n`));
    expect(events.map(json)).toEqual([line]);
    const record = JSON.parse(recordedLines[5]) as { data: object; process: object };
    const grown = JSON.stringify({ ...record, data: { ...record.data, Later: 'x' }, process: { later: { a: 1 }, ...record.process } });
    expect((await play(file('grown.ndjson', grown))).events.map(json)).toEqual([grown]);
  });

  test('does not depend on where chunks end', async () => {
    const bytes = Buffer.from(recordedLines.slice(-12).join('\n'));
    async function* chunks(size: number): AsyncGenerator<Uint8Array> {
      for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size);
      await Promise.resolve();
    }
    for (const size of [1, 7, 1000, bytes.length]) expect((await play(chunks(size))).events.map(json)).toEqual(recordedLines.slice(-12));
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
    const iterator = replay.events({ types: ['ProcessCreate', 'ServiceStateChange'], onFull: 'block', highWaterMark: 2 });
    await replay.start();
    for await (const e of iterator) types.push(e.type);
    await replay.done;
    expect(seen).toEqual(['once', 'close']);
    expect(new Set(types)).toEqual(new Set(['ProcessCreate', 'ServiceStateChange']));
    // Nothing is lost to a reader for whom the file waits.
    expect(types).toHaveLength(recordedLines.filter((l) => /^\{"type":"(ProcessCreate|ServiceStateChange)"/.test(l)).length);
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

describe('an end in any case', () => {
  const bad = 'rules: 1\n';
  test('a start that fails: close, ended iterators, and done', async () => {
    for (const [source, config, code] of [
      [join(dir, 'missing'), undefined, 'ERR_SYSMON_REPLAY'],
      [recording, bad, 'ERR_SYSMON_CONFIG'],
    ] as const) {
      const replay = new Replay(source, { config });
      const closed = vi.fn();
      replay.on('close', closed);
      const next = replay.events().next();
      await expect(replay.start()).rejects.toMatchObject({ code });
      expect(await settled(replay.done)).toBe('resolved');
      expect((await next).done).toBe(true);
      expect(closed).toHaveBeenCalledOnce();
      await replay.stop();
    }
  });

  test('a stop while the configuration is loaded, or the file opened', async () => {
    for (const config of [bad, 'rules: []\n', undefined]) {
      const replay = new Replay(recording, { config });
      const heard = vi.fn();
      replay.on('event', heard);
      const start = replay.start();
      const stop = replay.stop();
      await expect(start).rejects.toMatchObject({ code: config === bad ? 'ERR_SYSMON_CONFIG' : 'ERR_SYSMON_STATE' });
      expect(await settled(stop)).toBe('resolved');
      expect(await settled(replay.done)).toBe('resolved');
      expect(heard).not.toHaveBeenCalled();
    }
    // Input that never comes: nobody waits for it.
    const waiting = new Replay(new PassThrough(), { config: 'rules: []\n' });
    const start = waiting.start();
    const stop = waiting.stop();
    await expect(start).rejects.toMatchObject({ code: 'ERR_SYSMON_STATE' });
    expect(await settled(stop)).toBe('resolved');
  });

  test('an abort while it starts rejects with its reason', async () => {
    const controller = new AbortController();
    const replay = new Replay(recording, { config: 'rules: []\n' });
    const start = replay.start({ signal: controller.signal });
    controller.abort(new Error('enough'));
    await expect(start).rejects.toThrow('enough');
    expect(await settled(replay.done)).toBe('resolved');
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

describe('what is wrong', () => {
  test('lines that are no events are told with their number, counted and passed over', async () => {
    const bad = [
      '{',
      '[]',
      'null',
      '{"type":1}',
      '{"type":"x","time":"t","host":"h"}',
      '{"type":"x","time":"t","host":"h","id":1,"recordId":1,"data":[],"extra":{},"techniques":[]}',
      '{"type":"x","time":"t","host":"h","id":1,"recordId":1,"data":{},"extra":{},"techniques":[],"process":{"pid":1,"ancestors":[3]}}',
      '{"type":"Loss","time":"t","host":"h","count":"3"}',
      // Else the listeners of `close` would be given it.
      '{"type":"close","time":"t","host":"h","id":1,"recordId":1,"data":{},"extra":{},"techniques":[]}',
    ];
    const text = bad.map((b, i) => `${b}\n${recordedLines[i]}\n`).join('') + '\n';
    const { events, errors, replay } = await play(file('bad.ndjson', text));
    expect(events.map(json)).toEqual(recordedLines.slice(0, bad.length));
    expect(errors.map((e) => e.code)).toEqual(bad.map(() => 'ERR_SYSMON_REPLAY'));
    expect(errors[0].message).toMatch(/^line 1 of the recording is no event: no JSON/);
    expect(errors[3].message).toMatch(/^line 7 .*type: expected a type of event/);
    expect(replay.stats().malformed).toBe(bad.length);
  });

  test('many of them are summed up', async () => {
    const { errors, replay } = await play(file('garbage.ndjson', 'x\n'.repeat(1000)));
    expect(errors).toHaveLength(11);
    expect(errors[10].message).toContain('1000 of 1000 lines');
    expect(replay.stats().malformed).toBe(1000);
  });

  test('without a listener an error is a warning of the process', async () => {
    const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    try {
      const replay = new Replay(file('one.ndjson', 'x\n'));
      await replay.start();
      await replay.done;
      expect(warn).toHaveBeenCalledTimes(1);
    } finally {
      warn.mockRestore();
    }
  });

  test('bytes that are no UTF-8, and a cut end', async () => {
    const { errors } = await play(
      file('cut.ndjson', Buffer.concat([Buffer.from([0xff, 0xfe, 0x0a]), Buffer.from(recordedLines[0].slice(0, 100))])),
    );
    expect(errors).toHaveLength(2);
  });

  test('a file that cannot be read, a second start, wrong arguments', async () => {
    const missing = new Replay(join(dir, 'missing'));
    await expect(missing.start()).rejects.toMatchObject({ code: 'ERR_SYSMON_REPLAY', operation: 'open', errno: 2 });
    await expect(missing.start()).rejects.toMatchObject({ code: 'ERR_SYSMON_STATE' });
    const { errors } = await play(dir);
    expect(errors[0]).toMatchObject({ code: 'ERR_SYSMON_REPLAY', operation: 'read' });
    expect(() => new Replay('')).toThrow(/expected a path/);
    expect(() => new Replay(recording, { filters: [] } as never)).toThrow(/unknown option 'filters'/);
    expect(() => new Replay(recording, { filter: ['x'] } as never)).toThrow(/option filter/);
    expect(() => new Replay(recording, { events: ['ProcesCreate'] } as never)).toThrow(/ProcessCreate/);
    expect(() => new Replay(recording).on('nothing' as never, (() => undefined) as never)).toThrow(/no event 'nothing'/);
  });

  test('loss records are delivered as losses', async () => {
    const { events, losses, replay } = await play(file('loss.ndjson', `${json(loss)}\n${recordedLines[0]}`));
    expect(losses).toEqual([loss]);
    expect(events).toHaveLength(1);
    expect(replay.stats().losses).toBe(1);
  });
});
