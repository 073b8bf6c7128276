/**
 * Finds rules that can never decide anything, because whatever meets them meets an earlier one. Sound, not complete: no
 * false alarms.
 */
import { linesOf } from './evaluate.js';
import type { Condition, Entry, Line } from './model.js';

/** Something that a line demands of its field, A-Z in lower case. */
interface Demand {
  readonly field: string;
  readonly kind: 'equal' | 'prefix' | 'suffix' | 'contains' | 'same';
  readonly text: string;
}

/** A conjunction: all demands hold whenever the rule does. Alternatives are separate conjunctions. */
type Conjunction = readonly Demand[];

/** More alternatives of one rule are not followed, and no more values of a list. */
const maxAlternatives = 64;
const maxListed = 1024;

/** Many rules in which the same pieces stand could be compared with one another without end. */
const stepsAnyway = 5_000_000;
const stepsPerRule = 2000;

/** What a line says, as alternatives of conjunctions. */
function ofLine(line: Line): Conjunction[] {
  // What is alike without regard to the case of A-Z is so whatever other letters have a case.
  const text = line.value.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
  const one = (kind: Demand['kind'], t: string): Demand => ({ field: line.field, kind, text: t });
  const tokens = text.split(';');
  const plain: Partial<Record<Condition, Demand['kind']>> = {
    is: 'equal',
    'begin with': 'prefix',
    'end with': 'suffix',
    contains: 'contains',
  };
  const kind = plain[line.condition];
  if (kind && text !== '') return [[one(kind, text)]];
  if (tokens.length <= maxListed && tokens.every((t) => t !== '')) {
    if (line.condition === 'is any') return tokens.map((t) => [one('equal', t)]);
    if (line.condition === 'contains any') return tokens.map((t) => [one('contains', t)]);
    if (line.condition === 'contains all') return [tokens.map((t) => one('contains', t))];
  }
  // Anything else implies only itself.
  return [[one('same', `${line.condition}\0${text}`)]];
}

/** A rule as alternatives; undefined if there are too many of them, or a `not`. */
function alternatives(entry: Entry): Conjunction[] | undefined {
  if (entry.kind === 'line') return ofLine(entry);
  if (entry.kind === 'not') return undefined;
  // A rule without lines is nothing, also inside another.
  const parts = entry.entries.filter((e) => e.kind === 'line' || linesOf([e]).length > 0).map(alternatives);
  if (parts.length === 0) return [];
  let out: Conjunction[] = entry.kind === 'all' ? [[]] : [];
  for (const part of parts) {
    if (!part) return undefined;
    out = entry.kind === 'all' ? out.flatMap((a) => part.map((b) => [...a, ...b])) : [...out, ...part];
    if (out.length > maxAlternatives) return undefined;
  }
  return out;
}

/** Whether one demand follows from another. */
function follows(wanted: Demand, given: Demand): boolean {
  if (wanted.field !== given.field) return false;
  const a = wanted.text;
  const b = given.text;
  if (wanted.kind === 'same' || given.kind === 'same') return wanted.kind === given.kind && a === b;
  switch (wanted.kind) {
    case 'equal':
      return given.kind === 'equal' && a === b;
    case 'prefix':
      return (given.kind === 'equal' || given.kind === 'prefix') && b.startsWith(a);
    case 'suffix':
      return (given.kind === 'equal' || given.kind === 'suffix') && b.endsWith(a);
    case 'contains':
      return b.includes(a);
  }
}

/** Every event that meets `inner` meets `outer`. */
function covers(outer: readonly Conjunction[], inner: readonly Conjunction[]): boolean {
  return inner.every((i) => outer.some((o) => o.every((wanted) => i.some((given) => follows(wanted, given)))));
}

/** Texts are found by pieces of this length, of which each text is filed under one of so many at most. */
const pieceLength = 4;
const piecesTried = 16;

/** Entries that are filed under a text or a piece of one, and how many demands could have been. */
interface Slot {
  demands: number;
  readonly entries: number[];
}

/** Where the demands on one field are filed. */
class Shelf {
  /** Equality, and what implies only itself. */
  private readonly whole = new Map<string, Slot>();
  private readonly pieces = new Map<string, Slot>();
  private readonly lengths = new Set<number>();

  /** Slots under one of which a demand is to be filed. */
  slotsOf({ kind, text }: Demand): Slot[] {
    if (kind === 'equal' || kind === 'same') return [this.slot(this.whole, `${kind} ${text}`)];
    const length = Math.min(pieceLength, text.length);
    const last = text.length - length;
    this.lengths.add(length);
    const out: Slot[] = [];
    for (let i = 0; i <= last; i += Math.max(1, Math.ceil(last / (piecesTried - 1))))
      out.push(this.slot(this.pieces, text.slice(i, i + length)));
    return out;
  }

  /** Every slot where a demand may be filed that follows from this one; undefined for one that is not there. */
  *near({ kind, text }: Demand): Generator<Slot | undefined> {
    if (kind === 'equal' || kind === 'same') yield this.whole.get(`${kind} ${text}`);
    if (kind === 'same') return;
    for (const length of this.lengths)
      for (let i = 0; i + length <= text.length; i++) yield this.pieces.get(text.slice(i, i + length));
  }

  private slot(map: Map<string, Slot>, key: string): Slot {
    let slot = map.get(key);
    if (!slot) map.set(key, (slot = { demands: 0, entries: [] }));
    return slot;
  }
}

export interface Shadows {
  /** `[index, index of the first entry that holds whenever it does]`. */
  readonly shadowed: readonly (readonly [index: number, earlier: number])[];
  /** Index of the first entry that was not examined, for there was too much to compare. */
  readonly unexamined?: number;
  /** How often something was looked at. */
  readonly steps: number;
}

/**
 * Finds entries that another one before them makes superfluous, in the order in which they are asked.
 *
 * An earlier alternative covers a later one only if each of its demands follows from one there; then any piece of its
 * texts stands in a text there. It is filed under the rarest of them, and whoever looks up all pieces of the later one
 * finds it.
 */
export function findShadowed(entries: readonly Entry[]): Shadows {
  const all = entries.map((entry) => alternatives(entry) ?? []);
  const shelves = new Map<string, Shelf>();
  for (const { field } of all.flat(2)) if (!shelves.has(field)) shelves.set(field, new Shelf());
  const shelf = (field: string): Shelf => shelves.get(field) as Shelf;
  for (const demand of all.flat(2)) for (const slot of shelf(demand.field).slotsOf(demand)) slot.demands++;

  const shadowed: [number, number][] = [];
  const most = stepsAnyway + stepsPerRule * entries.length;
  let steps = 0;
  for (const [index, of] of all.entries()) {
    let earliest = index;
    for (const demand of of[0] ?? []) {
      for (const slot of shelf(demand.field).near(demand)) {
        steps++;
        for (const known of slot?.entries ?? []) {
          if (known >= earliest) break; // they stand in order
          steps += all[known].length * of.length;
          if (steps > most) return { shadowed, unexamined: index, steps };
          if (covers(all[known], of)) earliest = known;
        }
      }
    }
    if (earliest < index) {
      shadowed.push([index, earliest]);
      continue;
    }
    for (const demands of of) {
      const slots = demands.flatMap((demand) => shelf(demand.field).slotsOf(demand));
      const { entries: list } = slots.reduce((best, slot) => (slot.demands < best.demands ? slot : best));
      if (list.at(-1) !== index) list.push(index);
    }
  }
  return { shadowed, steps };
}
