/** Changes of a running sensor: one after the other, each at a place in the stream of events that the worker names. */
import { deferred, type Deferred } from '../base/promises.js';
import { SysmonError } from '../base/errors.js';
import type { NativeSettings } from '../native.js';
import { reconfigured, type Running } from './reconfigure.js';

export interface ChangeTarget {
  /** What the sensor runs by; undefined: it does not run. */
  running(): Running | undefined;
  /** Asks the worker. */
  ask(settings: NativeSettings): void;
  /** What follows is judged by this. */
  taken(next: Running): void;
}

export class Changes {
  readonly #target: ChangeTarget;
  #last: Promise<unknown> = Promise.resolve();
  #asked: { readonly next: Running; readonly made: Deferred } | undefined;

  constructor(target: ChangeTarget) {
    this.#target = target;
  }

  make(changes: unknown): Promise<void> {
    const made = this.#last.then(() => this.#make(changes));
    this.#last = made.catch(() => undefined);
    return made;
  }

  #running(): Running {
    const now = this.#target.running();
    if (now === undefined) throw new SysmonError('ERR_SYSMON_STATE', 'configure(): the sensor does not run.');
    return now;
  }

  async #make(changes: unknown): Promise<void> {
    const next = await reconfigured(this.#running(), changes);
    this.#running(); // it may have ended meanwhile
    this.#asked = { next, made: deferred() };
    this.#target.ask(next.configured.settings);
    await this.#asked.made.promise;
  }

  /** The worker has made the change, in front of the events that follow. */
  made(): void {
    const asked = this.#asked;
    this.#asked = undefined;
    if (asked) this.#target.taken(asked.next);
    asked?.made.resolve();
  }

  /** It will not be made. */
  refuse(error: SysmonError): void {
    const asked = this.#asked;
    this.#asked = undefined;
    asked?.made.reject(error);
  }
}
