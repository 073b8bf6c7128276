/** A running sensor whose events are kept, and ways to wait for some of them. */
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import {
  Sysmon,
  type LossRecord,
  type EventType,
  type ProcessCreateEvent,
  type ProcessTerminateEvent,
  type SysmonError,
  type SysmonEvent,
  type SysmonEventMap,
  type SysmonOptions,
} from '../../../lib/index.js';
import { checkFormats } from './formats.js';

export type { ProcessCreateEvent, ProcessTerminateEvent };

export interface Capture {
  readonly sysmon: Sysmon;
  readonly events: SysmonEvent[];
  readonly losses: LossRecord[];
  readonly errors: SysmonError[];
  /** The first event that fits; waits for it. */
  find<K extends EventType>(type: K, fits: (e: SysmonEventMap[K]) => boolean): Promise<SysmonEventMap[K]>;
  created(pid: number): Promise<ProcessCreateEvent>;
  terminated(pid: number): Promise<ProcessTerminateEvent>;
  /** All events of a pid so far, in the order of their times. */
  of(pid: number): (ProcessCreateEvent | ProcessTerminateEvent)[];
}

const patienceMs = 30_000;

/** Starts a sensor and stops it at the end of the test. */
export async function capture(options: SysmonOptions = {}): Promise<Capture> {
  const sysmon = new Sysmon({ hash: 'none', ...options });
  const made = record(sysmon);
  onTestFinished(async () => {
    await sysmon.stop();
    checkFormats(made.events);
  });
  await sysmon.start();
  return made;
}

/** Keeps the events of a sensor that the caller starts and stops. */
export function record(sysmon: Sysmon): Capture {
  const events: SysmonEvent[] = [];
  const losses: LossRecord[] = [];
  const errors: SysmonError[] = [];
  sysmon.on('event', (e) => events.push(e));
  sysmon.on('loss', (l) => losses.push(l));
  sysmon.on('error', (e) => errors.push(e));
  const find = async (type: string, fits: (e: never) => boolean): Promise<never> => {
    const until = Date.now() + patienceMs;
    for (let looked = 0; ;) {
      for (; looked < events.length; looked++) {
        const e = events[looked];
        if (e.type === type && fits(e as never)) return e as never;
      }
      if (Date.now() > until) throw new Error(`no ${type} event came that fits, among ${events.length}`);
      await sleep(5);
    }
  };
  return {
    sysmon,
    events,
    losses,
    errors,
    find,
    created: (pid) => find('ProcessCreate', (e: ProcessCreateEvent) => e.data.ProcessId === pid),
    terminated: (pid) => find('ProcessTerminate', (e: ProcessTerminateEvent) => e.data.ProcessId === pid),
    of: (pid) =>
      events
        .filter(
          (e): e is ProcessCreateEvent | ProcessTerminateEvent =>
            (e.type === 'ProcessCreate' || e.type === 'ProcessTerminate') && e.data.ProcessId === pid,
        )
        .sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : a.recordId - b.recordId)),
  };
}
