/** Which events `sysmon view` shows, and what of them. */
import { refuse } from '../../base/errors.js';
import { didYouMean } from '../../base/nearest.js';
import { typeOf } from '../../event/type-names.js';
import { eventOfId, eventsOfType, fieldNames } from '../../schema/manifest.js';
import type { ViewedEvent } from './log-line.js';

/** Ids by numbers or by names of types. */
function idsOf(flag: string, words: string): number[] {
  return words.split(',').flatMap((word) => {
    const text = word.trim();
    if (/^\d+$/.test(text) && eventOfId(Number(text)) !== undefined) return [Number(text)];
    const type = typeOf(text);
    if (type === undefined) refuse(`${flag}: '${text}' is no event. Give ids or types, as in 1,5 or ProcessCreate.`);
    return eventsOfType(type).map(({ id }) => id);
  });
}

function range<T>(flag: string, text: string, as: string, read: (text: string) => T | undefined): (T | undefined)[] {
  const ends = text.split(',');
  if (ends.length > 2 || ends.every((end) => end.trim() === '')) refuse(`${flag}: expected ${as}, got '${text}'.`);
  return ends.map((end) => {
    if (end.trim() === '') return undefined;
    return read(end.trim()) ?? refuse(`${flag}: '${end.trim()}' is none. Expected ${as}.`);
  });
}

const recordOf = (text: string): number | undefined => (/^\d{1,15}$/.test(text) ? Number(text) : undefined);

/** Milliseconds since 1970 of a time that is UTC, as the lines have it. */
export function timeOf(text: string): number | undefined {
  const [, day, minute, second = '00', more = ''] =
    /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?Z?$/.exec(text) ?? [];
  const ms = Date.parse(`${day}T${minute}:${second}.${more.slice(0, 3).padEnd(3, '0')}Z`);
  return Number.isNaN(ms) ? undefined : ms;
}

/** A name that no event has is a mistake: nothing would ever be shown. */
function checkField(flag: string, name: string): string {
  if (!fieldNames.has(name)) refuse(`${flag}: no event has a field '${name}'.${didYouMean(name, fieldNames)}`);
  return name;
}

export interface ChoiceOptions {
  readonly events: readonly string[];
  readonly records: string | undefined;
  readonly times: string | undefined;
  readonly fields: readonly string[];
  readonly show: readonly string[];
}

export class Choice {
  readonly #ids: ReadonlySet<number>;
  readonly #records: readonly (number | undefined)[];
  readonly #times: readonly (number | undefined)[];
  readonly #fields = new Map<string, Set<string>>();
  /** Fields to be shown by event; under 0 those of any event. */
  readonly #shown = new Map<number, Set<string>>();

  /** Reads what was given. Throws SysmonError (ERR_SYSMON_OPTION). */
  constructor({ events, records, times, fields, show }: ChoiceOptions) {
    this.#ids = new Set(events.flatMap((words) => idsOf('-e', words)));
    this.#records = records === undefined ? [] : range('-r', records, 'record ids MIN,MAX', recordOf);
    this.#times =
      times === undefined ? [] : range('-t', times, 'times START,END, each YYYY-MM-DD HH:MM[:SS[.mmm]]', timeOf);
    for (const text of fields) {
      const at = text.indexOf('=');
      if (at < 1) refuse(`-f: expected FIELD=VALUE, got '${text}'.`);
      const name = checkField('-f', text.slice(0, at));
      const values = this.#fields.get(name) ?? new Set();
      // A value with a comma in it is one value, too.
      for (const value of [text.slice(at + 1), ...text.slice(at + 1).split(',')]) values.add(value);
      this.#fields.set(name, values);
    }
    for (const text of show) {
      const at = text.indexOf('=');
      const names = text
        .slice(at + 1)
        .split(',')
        .map((name) => checkField('-E', name.trim()));
      for (const id of at < 0 ? [0] : idsOf('-E', text.slice(0, at)))
        this.#shown.set(id, new Set([...(this.#shown.get(id) ?? []), ...names]));
    }
  }

  /** An event that does not have a field is not left out for its value. */
  takes({ id, recordId, time, fields }: ViewedEvent): boolean {
    const within = ([least, most]: readonly (number | undefined)[], value: number): boolean =>
      (least === undefined || value >= least) && (most === undefined || value <= most);
    return (
      (this.#ids.size === 0 || this.#ids.has(id)) &&
      within(this.#records, recordId) &&
      (this.#times.length === 0 || within(this.#times, timeOf(time) ?? NaN)) &&
      fields.every(([name, value]) => this.#fields.get(name)?.has(value) !== false)
    );
  }

  /** Whether a field of an event is shown. */
  shows(id: number, field: string): boolean {
    const of = this.#shown.get(id) ?? this.#shown.get(0);
    return of === undefined || of.has(field);
  }
}
