import { describe, expect, test } from 'vitest';
import { isoOf, utcOf } from '../../../lib/base/time.js';
import { zeroGuid } from '../../../lib/event/event.js';
import { BatchReader } from '../../../lib/source/batch-reader.js';
import { decoders } from '../../../lib/source/decoders.gen.js';
import type { ProcessCreateEvent, ProcessTerminateEvent } from '../../../lib/schema/events.gen.js';
import { Entry } from '../../../lib/schema/tables.gen.js';
import { SlotWriter, slotBytes } from './slots.js';

function setUp() {
  const memory = new ArrayBuffer(slotBytes * 3);
  const reader = new BatchReader(memory, slotBytes, 3, 'host');
  const read = (slot: number) => {
    const w = reader.open(slot);
    const events = [];
    for (let o = 2; o < w[0] >> 2; o += w[o + 1] >> 2) {
      const decode = decoders[w[o]];
      if (decode) events.push(decode(reader, w, o));
      else reader.control(w, o);
    }
    return events;
  };
  return { memory, reader, read };
}

describe('times', () => {
  test('microseconds keep their leading zeros', () => {
    expect(isoOf(1_700_000_000, 5)).toBe('2023-11-14T22:13:20.000005Z');
    expect(isoOf(1_700_000_000, 999_999)).toBe('2023-11-14T22:13:20.999999Z');
    expect(utcOf(1_700_000_000, 45_999)).toBe('2023-11-14 22:13:20.045');
  });
  test('seconds that share a place in the cache do not mix', () => {
    expect([isoOf(64, 0), isoOf(128, 0), isoOf(64, 0)]).toEqual([
      '1970-01-01T00:01:04.000000Z',
      '1970-01-01T00:02:08.000000Z',
      '1970-01-01T00:01:04.000000Z',
    ]);
  });
});

describe('BatchReader', () => {
  test('an event with its process and parent', () => {
    const { memory, read } = setUp();
    new SlotWriter(memory, 0)
      .process({ ref: 0, image: '/bin/sh', argv: ['sh'] })
      .process({ ref: 1, parent: 0, image: '/bin/ls', argv: ['ls', 'é 😀', ''] })
      .create(1, { usec: 7 });
    const [event] = read(0) as [ProcessCreateEvent];
    expect(event).toMatchObject({
      type: 'ProcessCreate',
      id: 1,
      host: 'host',
      time: '2023-11-14T22:13:21.000007Z',
      extra: { hook: 'sched_process_exec', tier: 'core' },
      techniques: [{ id: 'T1059', name: 'Command and Scripting Interpreter', tactics: ['execution'], source: 'event' }],
    });
    expect(event.data).toMatchObject({
      Image: '/bin/ls',
      CommandLine: 'ls é 😀 ',
      ParentImage: '/bin/sh',
      ParentCommandLine: 'sh',
      Hashes: '-',
      RuleName: '-',
    });
    expect(event.process.argv).toEqual(['ls', 'é 😀', '']);
    expect(event.process.parent?.image).toBe('/bin/sh');
    expect(event.process.tid).toBeUndefined();
    expect(Object.isFrozen(event.process) && Object.isFrozen(event.process.argv)).toBe(true);
  });
  test('without a parent the fields of the parent are `-` and the zero GUID', () => {
    const { memory, read } = setUp();
    new SlotWriter(memory, 0).process({ ref: 0 }).create(0);
    const [event] = read(0) as [ProcessCreateEvent];
    expect(event.data).toMatchObject({
      ParentProcessGuid: zeroGuid,
      ParentImage: '-',
      ParentCommandLine: '-',
      ParentUser: '-',
    });
  });
  test('the events of a process share its record, over slots', () => {
    const { memory, read } = setUp();
    new SlotWriter(memory, 0).process({ ref: 3 }).create(3);
    new SlotWriter(memory, 1).terminate(3);
    expect((read(0)[0] as ProcessCreateEvent).process).toBe((read(1)[0] as ProcessTerminateEvent).process);
  });
  test('a ref that is defined anew names the new process; events already made keep the old', () => {
    const { memory, read } = setUp();
    new SlotWriter(memory, 0)
      .process({ ref: 0, image: '/old' })
      .create(0)
      .entry(Entry.RETIRE_PROCESS, [0, 0])
      .process({ ref: 0, image: '/new', strongId: 'b' })
      .create(0);
    const [a, b] = read(0) as [ProcessCreateEvent, ProcessCreateEvent];
    expect([a.process.image, b.process.image]).toEqual(['/old', '/new']);
  });
  test('texts are defined once, and void after a reset', () => {
    const { memory, read } = setUp();
    new SlotWriter(memory, 0).string(1, 'SHA256=one').process({ ref: 0 }).create(0, { hashes: 1 });
    new SlotWriter(memory, 1)
      .create(0, { hashes: 1 })
      .entry(Entry.RESET_STRINGS, [])
      .string(1, 'SHA256=two')
      .create(0, { hashes: 1 });
    expect([...read(0), ...read(1)].map((e) => (e as ProcessCreateEvent).data.Hashes)).toEqual([
      'SHA256=one',
      'SHA256=one',
      'SHA256=two',
    ]);
  });
  test('extras: shared where they repeat, and per type', () => {
    const { memory, read } = setUp();
    const slot = new SlotWriter(memory, 0)
      .string(1, '{"exitCode":0}')
      .process({ ref: 0 })
      .terminate(0, 1)
      .terminate(0, 1)
      .create(0, { extra: 1 });
    slot.terminate(0, slot.text('{"raw":{"Image":"/w=="}}'));
    const [a, b, c, d] = read(0);
    expect(a?.extra).toEqual({ hook: 'sched_process_exit', tier: 'core', exitCode: 0 });
    expect(a?.extra).toBe(b?.extra);
    expect(c?.extra.hook).toBe('sched_process_exec');
    expect(d?.extra.raw).toEqual({ Image: '/w==' });
    expect(Object.isFrozen(a?.extra) && Object.isFrozen(d?.extra.raw)).toBe(true);
  });
  test('the rules that hold, by name and tags; none: nothing', () => {
    const { memory, read } = setUp();
    const names = [
      'technique_id=T1059.004,technique_name=Unix Shell',
      'Shells, all of them',
      'severity=high, note=a, b = c,T1105, __proto__=x',
    ];
    const slot = new SlotWriter(memory, 0).string(1, JSON.stringify(names)).process({ ref: 0 }).create(0);
    slot
      .create(0, { rules: names })
      .create(0, { rules: 1 })
      .create(0, { rules: 1 })
      .create(0, { rules: ['x'] });
    const [none, inline, shared, again, other] = read(0);
    expect(none).not.toHaveProperty('rules.length');
    expect(JSON.parse(JSON.stringify(none))).not.toHaveProperty('rules');
    const rules = [
      { name: names[0], tags: { technique_id: 'T1059.004', technique_name: 'Unix Shell' } },
      { name: names[1], tags: {} },
      {
        name: names[2],
        tags: Object.fromEntries([
          ['severity', 'high'],
          ['note', 'a, b = c,T1105, __proto__=x'],
        ]),
      },
    ];
    expect(inline?.rules).toEqual(rules);
    expect(shared?.rules).toEqual(rules);
    expect(again?.rules).toBe(shared?.rules);
    expect(other?.rules).toEqual([{ name: 'x', tags: {} }]);
    expect(shared?.techniques.map((t) => t.id)).toEqual(['T1059.004', 'T1105', 'T1059']);
    for (const e of [inline, shared]) {
      expect(Object.isFrozen(e?.rules)).toBe(true);
      expect(e?.rules?.every((r) => Object.isFrozen(r) && Object.isFrozen(r.tags))).toBe(true);
    }
  });
  test('a line of ancestors that grows for ever is cut', () => {
    const { memory, reader, read } = setUp();
    for (let i = 0; i < 1000; i++) {
      new SlotWriter(memory, 0).process({ ref: i, ...(i === 0 ? {} : { parent: i - 1 }) });
      read(0);
    }
    expect([...reader.process(999).ancestors()].length).toBeLessThanOrEqual(128);
    expect([...reader.process(999).ancestors()].length).toBeGreaterThanOrEqual(63);
  });
  test('JSON has ancestors in short instead of the parent', () => {
    const { memory, reader, read } = setUp();
    new SlotWriter(memory, 0).process({ ref: 0, image: '/bin/sh', argv: ['sh'] }).process({ ref: 1, parent: 0 });
    read(0);
    const json = JSON.parse(JSON.stringify(reader.process(1))) as Record<string, unknown>;
    expect(json.ancestors).toEqual([{ pid: 1000, strongId: 'boot:0', image: '/bin/sh', commandLine: 'sh' }]);
    expect('parent' in json).toBe(false);
  });
  test('flags', () => {
    const { memory, reader, read } = setUp();
    new SlotWriter(memory, 0).process({ ref: 0, flags: 31 }).process({ ref: 1, flags: 0 });
    read(0);
    expect(reader.process(0)).toMatchObject({
      memfd: true,
      deleted: true,
      kernelThread: true,
      forked: true,
      uncertain: true,
    });
    expect(Object.keys(reader.process(1))).not.toContain('memfd');
  });
});

describe('look-ups', () => {
  const answer = () => {
    const memory = new ArrayBuffer(slotBytes * 2);
    new SlotWriter(memory, 0).process({ ref: 7, image: '/bin/sh', strongId: 'sh' });
    new SlotWriter(memory, 1).process({ ref: 8, parent: 7, image: '/bin/ls', strongId: 'ls' });
    return BatchReader.decodeLookup(memory, slotBytes, [0, 1], 'host');
  };
  test('the last process of the answer, with its parent', () => {
    expect(answer()?.record.image).toBe('/bin/ls');
    expect(answer()?.record.parent?.image).toBe('/bin/sh');
  });
  test('one process has one record: looked up first', () => {
    const { memory, reader, read } = setUp();
    const found = answer() as NonNullable<ReturnType<typeof answer>>;
    const record = reader.adopt(found.record, found.ref);
    expect(reader.adopt((answer() as typeof found).record, 8)).toBe(record);
    new SlotWriter(memory, 0)
      .process({ ref: 7, strongId: 'sh' })
      .process({ ref: 8, parent: 7, strongId: 'ls' })
      .create(8);
    expect((read(0)[0] as ProcessCreateEvent).process).toBe(record);
  });
  test('one process has one record: seen first', () => {
    const { memory, reader, read } = setUp();
    new SlotWriter(memory, 0).process({ ref: 8, strongId: 'ls' }).create(8);
    const [event] = read(0) as [ProcessCreateEvent];
    const found = answer() as NonNullable<ReturnType<typeof answer>>;
    expect(reader.adopt(found.record, found.ref)).toBe(event.process);
  });
});
