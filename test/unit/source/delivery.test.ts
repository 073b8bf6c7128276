import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { BatchReader } from '../../../lib/source/batch-reader.js';
import { Delivery, type DeliveryTarget } from '../../../lib/source/delivery.js';
import { Entry } from '../../../lib/schema/tables.gen.js';
import { SlotWriter, slotBytes } from './slots.js';

const slots = 6;

function setUp(target: Partial<DeliveryTarget> = {}) {
  const memory = new ArrayBuffer(slotBytes * slots);
  const reader = new BatchReader(memory, slotBytes, slots, 'host');
  const log: string[] = [];
  const delivery = new Delivery(reader, (slot) => log.push(`release ${slot}`), {
    onEvent: (e) => log.push(e.time.slice(-4, -1)),
    onAbandoned: (type) => log.push(`abandoned ${type}`),
    onReady: () => log.push('ready'),
    onConfigured: () => log.push('configured'),
    onLoss: (...loss) => log.push(JSON.stringify(loss)),
    onError: (...error) => log.push(JSON.stringify(error)),
    onEnd: () => log.push('end'),
    ...target,
  });
  const fill = (slot: number, count: number, first = 0) => {
    const w = new SlotWriter(memory, slot).process({ ref: 0 });
    for (let i = 0; i < count; i++) w.create(0, { usec: first + i });
    return w;
  };
  return { memory, delivery, log, fill };
}

const burn = (ms: number) => {
  const end = performance.now() + ms;
  while (performance.now() < end);
};
const until = async (f: () => boolean) => {
  for (let i = 0; i < 100_000 && !f(); i++) await turn();
  expect(f()).toBe(true);
};

describe('Delivery', () => {
  afterEach(() => void vi.restoreAllMocks());
  // Time stands still and no turn is over, however busy the machine is.
  const stop = () => void vi.spyOn(performance, 'now').mockReturnValue(1000);

  test('what is pushed is delivered at once, in order, and released', () => {
    stop();
    const { delivery, log, fill } = setUp();
    fill(0, 2, 1);
    fill(1, 1, 3);
    delivery.push(0);
    delivery.push(1);
    expect(log).toEqual(['001', '002', 'release 0', '003', 'release 1']);
    expect(delivery.waiting).toBe(0);
  });
  test('what is no event goes where it belongs', () => {
    stop();
    const { memory, delivery, log } = setUp();
    new SlotWriter(memory, 0)
      .entry(Entry.READY, [])
      .string(1, 'ring')
      .string(2, 'ProcessCreate')
      .entry(Entry.LOSS, [1, 2, 5, 1, 10, 11, 12, 13, 0, 0])
      .entry(Entry.END, []);
    delivery.push(0);
    expect(log).toEqual([
      'ready',
      JSON.stringify(['ring', 'ProcessCreate', 5 + 2 ** 32, [10, 11], [12, 13], {}]),
      'end',
      'release 0',
    ]);
  });

  test('a slow listener does not hold the loop', async () => {
    let seen = 0;
    const { delivery, fill } = setUp({
      onEvent: () => {
        burn(2);
        seen++;
      },
    });
    // How many events a turn takes does not depend on how busy the machine is: a wait only makes it fewer.
    const perTick: number[] = [];
    let before = 0;
    const timer = setInterval(() => {
      perTick.push(seen - before);
      before = seen;
    }, 1);
    for (let s = 0; s < slots; s++) {
      fill(s, 50);
      delivery.push(s);
    }
    await until(() => seen === 50 * slots);
    clearInterval(timer);
    // Turns of at most 3 ms, and the event that was begun by then.
    expect(perTick.length).toBeGreaterThan(50);
    expect(Math.max(...perTick.slice(1))).toBeLessThanOrEqual(4);
  });

  test('one batch after the other in the same turn: the listener that was slow is not called again', async () => {
    let seen = 0;
    const { delivery, fill } = setUp({
      onEvent: () => {
        burn(4);
        seen++;
      },
    });
    // As the addon hands them over where the worker has made several meanwhile: each is gone before the next one comes.
    for (let s = 0; s < slots; s++) {
      fill(s, 1);
      delivery.push(s);
    }
    expect(seen).toBe(1);
    expect(delivery.waiting).toBe(slots - 1);
    // A timer comes between any two of them, which an immediate after a look at sockets would not wait for.
    const perTick: number[] = [];
    let before = seen;
    for (const end = Date.now() + 60_000; seen < slots && Date.now() < end;) {
      await sleep(1);
      perTick.push(seen - before);
      before = seen;
    }
    expect(seen).toBe(slots);
    expect(Math.max(...perTick)).toBe(1);
  });

  test('definitions between the events of a slow listener do not count as quick events', async () => {
    let seen = 0;
    let inTurn = 0;
    const { memory, delivery } = setUp({
      onEvent: () => {
        burn(4);
        seen++;
        inTurn++;
      },
    });
    const w = new SlotWriter(memory, 0);
    for (let i = 0; i < 20; i++) {
      for (let k = 0; k < (i % 2) * 3; k++) w.string(3 * i + k + 1, 'text');
      w.process({ ref: i }).create(i);
    }
    delivery.push(0);
    const turns: number[] = [];
    for (const end = Date.now() + 60_000; seen < 20 && Date.now() < end;) {
      turns.push(inTurn);
      inTurn = 0;
      await turn();
    }
    expect(seen).toBe(20);
    expect(Math.max(...turns)).toBe(1);
  });

  test('batches that are quick one by one share the time of the turn', () => {
    let ms = 1000;
    vi.spyOn(performance, 'now').mockImplementation(() => ms);
    let seen = 0;
    const { delivery, fill } = setUp({
      onEvent: () => {
        ms += 2;
        seen++;
      },
    });
    for (let s = 0; s < slots; s++) {
      fill(s, 1);
      delivery.push(s);
    }
    expect(seen).toBe(2);
  });

  test('events between two looks at the clock: one while listeners are slow, a few while they are fast', async () => {
    let cost = 0;
    let inTurn = 0;
    const turns: number[] = [];
    const { delivery, fill } = setUp({
      onEvent: () => {
        inTurn++;
        if (cost > 0) burn(cost);
      },
    });
    const run = async (slot: number) => {
      turns.length = 0;
      fill(slot, 40);
      delivery.push(slot);
      while (delivery.waiting > 0) {
        turns.push(inTurn);
        inTurn = 0;
        await turn();
      }
      turns.push(inTurn);
      inTurn = 0;
    };
    await run(0); // fast
    cost = 4;
    await run(1); // its first turn may have as many as a fast one has between two looks
    expect(Math.max(...turns)).toBeLessThanOrEqual(9);
    await run(2);
    expect(Math.max(...turns)).toBeLessThanOrEqual(2);
  });

  test('hold and resume, nested', async () => {
    const { delivery, log, fill } = setUp();
    delivery.hold();
    delivery.hold();
    fill(0, 1);
    delivery.push(0);
    await turn();
    expect(log).toEqual([]);
    delivery.resume();
    await turn();
    expect(log).toEqual([]);
    delivery.resume();
    await until(() => log.length === 2);
    expect(log).toEqual(['000', 'release 0']);
  });

  test('hold in the middle of a slot: it goes on where it stopped', async () => {
    stop();
    const seen: string[] = [];
    const { delivery, log, fill } = setUp({
      onEvent: (e) => {
        seen.push(e.time.slice(-4, -1));
        if (seen.length === 2) delivery.hold();
      },
    });
    fill(0, 5);
    delivery.push(0);
    await turn();
    expect(seen).toEqual(['000', '001']);
    expect(log).toEqual([]);
    fill(1, 1, 5);
    delivery.push(1);
    delivery.resume();
    await until(() => seen.length === 6);
    expect(seen).toEqual(['000', '001', '002', '003', '004', '005']);
    expect(log).toEqual(['release 0', 'release 1']);
  });

  test('a target that throws loses its own event only', async () => {
    stop();
    const seen: string[] = [];
    const { delivery, log, fill } = setUp({
      onEvent: (e) => {
        seen.push(e.time.slice(-4, -1));
        if (seen.length === 2) throw new Error('mine');
      },
    });
    fill(0, 4);
    expect(() => delivery.push(0)).toThrow('mine');
    fill(1, 1, 4);
    delivery.push(1);
    await until(() => seen.length === 5);
    expect(seen).toEqual(['000', '001', '002', '003', '004']);
    expect(log).toEqual(['release 0', 'release 1']);
  });
});
