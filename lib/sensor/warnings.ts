/**
 * Warnings about what is allowed, but hardly meant: a listener that will hear nothing, rules that cannot hold. Each is
 * given once by a sensor, as a warning of the process.
 */
import { eventTable } from '../schema/tables.gen.js';
import type { EventHub } from '../source/event-hub.js';
import type { Configured } from './configure.js';

export class SensorWarnings {
  readonly #said = new Set<string>();
  /** Types that are captured; undefined as long as a configuration that decides it has not been read. */
  captured: ReadonlySet<string> | undefined;

  constructor(captured: ReadonlySet<string> | undefined) {
    this.captured = captured;
  }

  atStart({ captured, warnings }: Configured, hub: EventHub): void {
    this.captured = captured;
    for (const name of hub.heard()) this.deaf(name);
    for (const type of hub.iterated()) this.deaf(type, 'an iterator over');
    if (captured.size === 0)
      this.#say(
        'nothing',
        'the sensor captures nothing: the option events names no type of event besides those that are always on (4, 16, 255)',
      );
    for (const text of warnings) this.#say(text, text);
  }

  /** Warns if `who` will hear nothing, for the sensor does not capture the events of this name. */
  deaf(name: string, who = 'a listener on'): void {
    const info = eventTable.find((e) => e.name === name);
    if (info?.wire === undefined || this.captured === undefined || this.captured.has(info.name)) return;
    this.#say(name, `${who} ${name} will hear nothing: the sensor does not capture it (options events, config)`);
  }

  #say(what: string, text: string): void {
    if (this.#said.has(what)) return;
    this.#said.add(what);
    process.emitWarning(text, 'SysmonWarning');
  }
}
