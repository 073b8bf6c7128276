/** The parts of a report while it is made. Each is bounded, and counts what it has no room for. */
import type { Section } from './report.js';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** What a thing says of who was the first. */
interface First {
  readonly time: string;
  readonly image: string;
  readonly pid: number;
}

/** Things by a key, in the order in which they were first seen. */
export class Things<T extends First> {
  readonly #most: number;
  readonly #things = new Map<string, Writable<T>>();
  #events = 0;
  #leftOut = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** The thing that an event speaks of, made if it is new; undefined: there is no room for it. */
  of(key: string, first: First, make: () => Omit<T, keyof First>): Writable<T> | undefined {
    this.#events++;
    const known = this.#things.get(key);
    if (known !== undefined) {
      // Some events wait for a digest, and others pass them.
      if (first.time < known.time) Object.assign(known, first);
      return known;
    }
    if (this.#things.size >= this.#most) {
      this.#leftOut++;
      return undefined;
    }
    const thing = { ...first, ...make() } as Writable<T>;
    this.#things.set(key, thing);
    return thing;
  }

  section(): Section<T> {
    const list: T[] = [...this.#things.values()];
    return { events: this.#events, list: list.sort(byTime), leftOut: this.#leftOut };
  }
}

/** Sorts by when it was first seen. */
export const byTime = (a: { readonly time: string }, b: { readonly time: string }): number =>
  a.time < b.time ? -1 : a.time > b.time ? 1 : 0;

/** A text of somebody else, within a bound. */
export const cut = (text: string): string => (text.length > 1024 ? `${text.slice(0, 1023)}…` : text);
