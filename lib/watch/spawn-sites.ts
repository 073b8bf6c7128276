/** Which JavaScript of this process started a child: kept when node makes it, looked up when events of it come. */
import type { AsyncLocalStorage } from 'node:async_hooks';
import type { ChildProcess } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ProcessRecord } from '../schema/events.gen.js';

/** Where a child was started. */
export interface SpawnSite {
  /** The JavaScript, innermost call first, a line each as in `Error.stack`. */
  readonly stack: string;
  /** What the AsyncLocalStorage of the option held; absent where none was given. */
  readonly store?: unknown;
}

/** Node has it since 16.18; it tells of every ChildProcess before it runs, in the context of who makes it. */
const channel = 'child_process';
const mostSites = 10_000;
const mostFrames = 50;
/** Times of processes are counted from the start of the machine, and those of JavaScript are not. */
const slackMs = 50;

interface Kept extends SpawnSite {
  readonly child: ChildProcess;
  readonly from: number;
  /** When it had been started; undefined: that is going on. */
  to: number | undefined;
}

/** A function whose caller is meant, and nobody above it; none: whoever asks. */
export type Caller = (...args: never[]) => unknown;

/** Where the caller is, without what is above `below` and without node's own first frames. */
export function siteHere(below: Caller | undefined, storage: AsyncLocalStorage<unknown> | undefined): SpawnSite {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = mostFrames;
  const held: { stack?: string } = {};
  Error.captureStackTrace(held, below);
  Error.stackTraceLimit = limit;
  const frames = (held.stack ?? '').split('\n').slice(1);
  const first = frames.findIndex((frame) => !frame.includes('node:'));
  const stack = frames
    .slice(Math.max(first, 0))
    .map((frame) => frame.trim())
    .join('\n');
  return { stack, ...(storage && { store: storage.getStore() }) };
}

export class SpawnSites {
  readonly #storage: AsyncLocalStorage<unknown> | undefined;
  readonly #byPid = new Map<number, Kept>();
  readonly #fresh = new Set<Kept>();
  #own: SpawnSite | undefined;

  constructor(storage: AsyncLocalStorage<unknown> | undefined) {
    this.#storage = storage;
    subscribe(channel, this.#onChild);
  }

  readonly #onChild = (message: unknown): void => {
    const { process: child } = message as { process: ChildProcess };
    const site = this.#own ?? siteHere(this.#onChild, this.#storage);
    const kept: Kept = { ...site, child, from: Date.now(), to: undefined };
    this.#fresh.add(kept);
    // spawn() starts it before it returns.
    setImmediate(() => this.#started(kept)).unref();
  };

  #started(kept: Kept): void {
    if (!this.#fresh.delete(kept)) return;
    kept.to = Date.now();
    const { pid } = kept.child;
    if (pid === undefined) return; // it could not be executed
    this.#byPid.delete(pid);
    this.#byPid.set(pid, kept);
    if (this.#byPid.size > mostSites) for (const [oldest] of this.#byPid) return void this.#byPid.delete(oldest);
  }

  /** Children that are made meanwhile are those of somebody else, who asked for them. */
  during<T>(site: SpawnSite, make: () => T): T {
    this.#own = site;
    try {
      return make();
    } finally {
      this.#own = undefined;
    }
  }

  /** Where the child was started that a process is, or descends from; undefined: nobody here is known to have. */
  of(record: ProcessRecord): SpawnSite | undefined {
    for (let at: ProcessRecord | undefined = record; at !== undefined; at = at.parent) {
      if (at.ppid !== process.pid) continue;
      const { pid } = at;
      const kept = this.#byPid.get(pid) ?? [...this.#fresh].find(({ child }) => child.pid === pid);
      // A pid is used again, and not every child is told of: spawnSync() makes some, and so does native code.
      const start = Date.parse(at.startTime);
      if (!kept || start < kept.from - slackMs || start > (kept.to ?? Date.now()) + slackMs) continue;
      return { stack: kept.stack, ...('store' in kept && { store: kept.store }) };
    }
    return undefined;
  }

  close(): void {
    unsubscribe(channel, this.#onChild);
  }
}
