/**
 * The sensor over a native part that the test plays. A test file mocks lib/native.js with `playedNative` and gets its
 * sensor by playSensor().
 */
import assert from 'node:assert';
import { afterEach, beforeEach, vi } from 'vitest';
import { Entry, schemaHash } from '../../lib/schema/tables.gen.js';
import { SlotWriter, slotBytes } from './source/slots.js';
import type { Sysmon, SysmonOptions } from '../../lib/index.js';

const slots = 4;
export interface Played {
  readonly memory: ArrayBuffer;
  readonly send: (slot: number, failure?: unknown) => void;
  readonly calls: string[];
  /** Whether it keeps the process alive. */
  alive: boolean;
}
export const played: Played[] = [];
/** To be set by a test: no thread is to be had. */
export const fails = { start: false };
export const warnings: string[] = [];

/** What stands for lib/native.js. */
export const playedNative = (original: typeof import('../../lib/native.js')): typeof import('../../lib/native.js') => ({
  ...original,
  loadAddon: () =>
    ({
      schemaHash,
      slotBytes,
      slots,
      // The rule engine is none of the sensor: tests with a configuration have the real one.
      compilePlan: (plan: Uint8Array) => original.loadAddon().compilePlan(plan),
      NativeSensor: class {
        calls: string[] = [];
        memory = new ArrayBuffer(slots * slotBytes);
        constructor(_settings: unknown, send: Played['send']) {
          played.push((this.#played = { memory: this.memory, send, calls: this.calls, alive: false }));
        }
        #played: Played;
        slots() {
          return this.memory;
        }
        start() {
          if (fails.start) throw new Error('no thread');
          this.calls.push('start');
          this.#played.alive = true;
        }
        stop(patienceMs?: number) {
          this.calls.push(patienceMs === undefined ? 'stop' : `stop ${patienceMs}`);
        }
        keepAlive(alive: boolean) {
          this.#played.alive = alive;
        }
        close() {
          this.calls.push('close');
        }
        release(slot: number) {
          this.calls.push(`release ${slot}`);
        }
        stats() {
          return { events: 0 };
        }
        lookup() {
          return undefined;
        }
      },
    }) as unknown as ReturnType<typeof original.loadAddon>,
});

beforeEach(() => {
  played.length = 0;
  warnings.length = 0;
  fails.start = false;
  // No turn is over: what is sent is delivered before send() returns, however busy the machine is.
  vi.spyOn(performance, 'now').mockReturnValue(1000);
  vi.spyOn(process, 'emitWarning').mockImplementation((w: string | Error) => void warnings.push(String(w)));
});
afterEach(() => void vi.restoreAllMocks());

export const native = (): Played => played.at(-1) as Played;
export const send = (fill: (w: SlotWriter) => unknown, slot = 0) => {
  fill(new SlotWriter(native().memory, slot));
  native().send(slot);
};
export async function started(options?: SysmonOptions): Promise<Sysmon> {
  // Not before the file has put this in place of the native part.
  const { Sysmon } = await import('../../lib/sysmon.js');
  const s = new Sysmon(options);
  await ready(s);
  return s;
}
export async function ready(s: Sysmon) {
  const start = s.start();
  send((w) => w.entry(Entry.READY, []).process({ ref: 0 }));
  await start;
}
/** The same for one whose configuration has to be read first. */
export async function readyWithConfig(s: Sysmon) {
  const before = played.length;
  const start = s.start();
  await vi.waitFor(() => assert(played.length > before), { timeout: 60_000 });
  send((w) => w.entry(Entry.READY, []));
  await start;
}
export async function finish(s: Sysmon) {
  const stop = s.stop();
  send((w) => w.entry(Entry.END, []));
  await stop;
}
export const creates =
  (n: number, first = 1) =>
  (w: SlotWriter) => {
    for (let i = 0; i < n; i++) w.create(0, { usec: first + i });
  };
