/** What values a field can have, and so which conditions on it can never hold. */
import { errnoNames, errnoNumber } from '../base/errno.js';
import { show } from '../base/errors.js';
import { suggest } from '../base/nearest.js';
import { eventsOfTag } from '../schema/manifest.js';
import { listConditions, type Condition, type EventNode, type Line } from './model.js';
import { dottedField } from './rule-fields.js';

/** Fields whose number has names of its own, which rules may use. */
const errnoFields: ReadonlySet<string> = new Set(['extra.errno']);

/** Conditions that look at the whole value. */
const whole: ReadonlySet<Condition> = new Set<Condition>([
  'is',
  'is not',
  'is any',
  'eq',
  'ne',
  'lt',
  'le',
  'gt',
  'ge',
  'less than',
  'more than',
]);

/** A value as conditions compare it: an error of the system by its number, whose name it may be written with. */
export function comparedValue({ field, condition, value }: Pick<Line, 'field' | 'condition' | 'value'>): string {
  if (!errnoFields.has(field) || !whole.has(condition)) return value;
  const tokens = listConditions.has(condition) ? value.split(';') : [value];
  return tokens.map((t) => String(errnoNumber(t) ?? t)).join(';');
}

export interface Impossible {
  /** `bool-value`, `choice-value` or `number-value`. */
  readonly code: string;
  readonly message: string;
}

/** What the values of a field are, and how to say it. */
interface Known {
  readonly code: Impossible['code'];
  readonly says: string;
  /** In lower case; undefined: numbers up to `most`. */
  readonly words?: readonly string[];
  readonly most?: number;
}

function ofWords(words: readonly string[]): Known {
  return words.length === 1 && words[0] === 'true'
    ? { code: 'bool-value', says: "is true, or '-' where it is not", words }
    : { code: 'choice-value', says: `is one of ${words.join(', ')}`, words: words.map((w) => w.toLowerCase()) };
}

const numbers = (most: number): Known => ({ code: 'number-value', says: `is a number up to ${most}`, most });
const anyNumber: Known = { code: 'number-value', says: 'is a number', most: Infinity };
const anError: Known = { code: 'number-value', says: 'is the number of an error, or its name', most: Infinity };

/** Undefined: any text. */
function knownOf(node: EventNode, name: string): Known | undefined {
  if (errnoFields.has(name)) return anError;
  if (name.includes('.')) {
    const values = dottedField(name)?.values;
    return values === 'number' ? anyNumber : values && ofWords(values);
  }
  const fields = eventsOfTag(node.tag).flatMap((e) => e.fields.filter((f) => f.name === name));
  const [first] = fields;
  // What is always the same is another finding.
  if (!first || first.constant !== undefined) return undefined;
  if (fields.every((f) => f.words)) return ofWords([...new Set(fields.flatMap((f) => f.words ?? []))]);
  switch (first.type) {
    case 'bool':
      return { code: 'bool-value', says: 'is true or false', words: ['true', 'false'] };
    case 'u16':
      return numbers(0xffff);
    case 'u32':
      return numbers(0xffffffff);
    case 'string':
    case 'guid':
    case 'hex':
    case 'time':
      return undefined;
  }
}

/** How a part of the value must lie in it. */
const searches: Partial<Record<Condition, (value: string, part: string) => boolean>> = {
  contains: (v, p) => v.includes(p),
  excludes: (v, p) => v.includes(p),
  'contains any': (v, p) => v.includes(p),
  'contains all': (v, p) => v.includes(p),
  'excludes any': (v, p) => v.includes(p),
  'excludes all': (v, p) => v.includes(p),
  'begin with': (v, p) => v.startsWith(p),
  'not begin with': (v, p) => v.startsWith(p),
  'end with': (v, p) => v.endsWith(p),
  'not end with': (v, p) => v.endsWith(p),
  is: (v, p) => v === p,
  'is not': (v, p) => v === p,
  'is any': (v, p) => v === p,
  image: (v, p) => v === p,
};

function canBe({ words, most = 0 }: Known, condition: Condition, token: string): boolean {
  const search = searches[condition];
  const text = token.toLowerCase();
  const free = condition === 'regex' || condition === 'less than' || condition === 'more than';
  if (words) return search ? ['-', ...words].some((w) => search(w, text)) : free;
  // What is missing reads as a dash.
  if (text === '-' || condition === 'regex') return true;
  if (condition === 'cidr') return false;
  // Of a number, parts may be anything that has digits only.
  if (search && !whole.has(condition) && condition !== 'image') return /^\d*$/.test(text);
  if (!search) return !free || /^-?\d/.test(text); // readers see to it that numbers are compared with numbers
  return /^(0|[1-9]\d*)$/.test(text) && Number(text) <= most;
}

/**
 * Why a condition can never hold for its field, or always does if it is one that denies; undefined if it depends on the
 * event.
 */
export function impossible(node: EventNode, line: Line): Impossible | undefined {
  const { field, condition } = line;
  const known = knownOf(node, field);
  if (!known) return undefined;
  const tokens = (text: string): string[] => (listConditions.has(condition) ? text.split(';') : [text]);
  const written = tokens(line.value);
  const at = tokens(comparedValue(line)).findIndex((t) => !canBe(known, condition, t));
  if (at < 0) return undefined;
  const token = written[at];
  const names = known.words ?? (known === anError ? errnoNames : []);
  const never = searches[condition] ? 'never' : `"${condition}" cannot compare it with`;
  return { code: known.code, message: `${field} ${known.says}, ${never} ${show(token)}${suggest(token, names)}` };
}
