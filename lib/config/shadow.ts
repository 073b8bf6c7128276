/**
 * Finds rules that can never decide anything, because whatever meets them meets an earlier one. Sound, not complete: no
 * false alarms.
 */
import type { Condition, Entry, Line } from './model.js';

/** Something that a line demands of its field, A-Z in lower case. */
interface Demand {
  readonly field: string;
  readonly kind: 'equal' | 'prefix' | 'suffix' | 'contains' | 'same';
  readonly text: string;
}

/** A conjunction: all demands hold whenever the rule does. Alternatives are separate conjunctions. */
export type Conjunction = readonly Demand[];

const maxAlternatives = 64;

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
  if (tokens.every((t) => t !== '')) {
    if (line.condition === 'is any') return tokens.map((t) => [one('equal', t)]);
    if (line.condition === 'contains any') return tokens.map((t) => [one('contains', t)]);
    if (line.condition === 'contains all') return [tokens.map((t) => one('contains', t))];
  }
  // Anything else implies only itself.
  return [[one('same', `${line.condition}\0${text}`)]];
}

/** A rule as alternatives; undefined if there are too many of them, or a `not`. */
export function alternatives(entry: Entry): Conjunction[] | undefined {
  if (entry.kind === 'line') return ofLine(entry);
  if (entry.kind === 'not') return undefined;
  const parts = entry.entries.map(alternatives);
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
export function covers(outer: readonly Conjunction[], inner: readonly Conjunction[]): boolean {
  return (
    inner.length > 0 &&
    inner.every((i) => outer.some((o) => o.every((wanted) => i.some((given) => follows(wanted, given)))))
  );
}
