/**
 * A rule set becomes a plan: what is Sysmon about the rules ends here, the engine knows only conditions, alternatives
 * and names.
 */
import { eventsOfTag, manifest, type ManifestEvent } from '../schema/manifest.js';
import { comparedValue } from './field-values.js';
import { ConfigError } from './findings.js';
import { dottedField } from './rule-fields.js';
import {
  combination,
  listConditions,
  type Entry,
  type EventNode,
  type Group,
  type Line,
  type RuleSet,
} from './model.js';
import { writePlan, type Expr, type Op, type PlanBlock, type PlanEntry, type PlanEvent } from './plan.js';

/**
 * `exact` follows Sysmon for Linux in every verdict. `linux`, the default, differs where its rule can never do what the
 * author meant; see docs/configuration.md.
 */
export type Compatibility = 'linux' | 'exact';

/** Conditions look at one field of one event; `undefined` is a field that the event does not have. */
interface Context {
  readonly exact: boolean;
  readonly has: (field: string) => boolean;
}

/** Rules inside rules: `any`, `all` and `not` of YAML. */
export const maxNesting = 40;

/** Each costs memory in the engine. */
const maxValues = 1_000_000;

const never: () => Expr = () => ({ kind: 'false' });

/**
 * The tokens of a list under the conditions that search. An empty token that is not the last stands, in the peer, for
 * the rest of the list from its semicolon on: its length 0 means "to the end".
 */
export function searchTokens(value: string): string[] {
  const parts = value.split(';');
  let at = 0;
  return parts.map((part, i) => {
    const token = part === '' && i < parts.length - 1 ? value.slice(at) : part;
    at += part.length + 1;
    return token;
  });
}

function lineExpr(line: Line, context: Context): Expr {
  const { field, at } = line;
  const value = comparedValue(line);
  if (!context.has(field)) return never();
  const atom = (op: Op, pattern = value): Expr => ({ kind: 'atom', field, op, pattern, at });
  const each = (kind: 'and' | 'or', op: Op, tokens: string[]): Expr => ({ kind, of: tokens.map((t) => atom(op, t)) });
  const not = (of: Expr): Expr => ({ kind: 'not', of });
  switch (line.condition) {
    case 'is':
      return atom('Equal');
    case 'is not':
      return not(atom('Equal'));
    case 'is any':
      return each('or', 'Equal', value.split(';'));
    case 'contains':
      return atom('Contains');
    case 'contains any':
      return each('or', 'Contains', searchTokens(value));
    case 'contains all':
      return each('and', 'Contains', searchTokens(value));
    case 'excludes':
      return not(atom('Contains'));
    case 'excludes any':
      return not(each('or', 'Contains', searchTokens(value)));
    case 'excludes all':
      return not(each('and', 'Contains', searchTokens(value)));
    case 'begin with':
      return atom('Prefix');
    case 'not begin with':
      return not(atom('Prefix'));
    case 'end with':
      return atom('Suffix');
    case 'not end with':
      return not(atom('Suffix'));
    case 'less than':
      return atom(context.exact ? 'Less' : 'LessAuto');
    case 'more than':
      return atom(context.exact ? 'More' : 'MoreAuto');
    case 'image':
      if (value.includes('\\')) return atom('Equal');
      return atom(context.exact || value.includes('/') ? 'BaseName' : 'FileName');
    case 'regex':
      return atom('Regex');
    case 'cidr':
      return each('or', 'Cidr', value.split(';'));
    case 'eq':
      return atom('Eq');
    case 'ne':
      return atom('Ne');
    case 'lt':
      return atom('Lt');
    case 'le':
      return atom('Le');
    case 'gt':
      return atom('Gt');
    case 'ge':
      return atom('Ge');
  }
}

function planEntry(
  entry: Entry,
  inherited: string | undefined,
  context: Context,
  depth: number,
): PlanEntry | undefined {
  // The readers see to it; a program can put a rule set together by hand.
  if (depth > maxNesting) throw new ConfigError(`rules are nested deeper than ${maxNesting}`, entry.at);
  // An empty name is none, as in the peer.
  const name = entry.name || inherited;
  const named = name ? { name } : {};
  if (entry.kind === 'line')
    return { kind: 'line', expr: lineExpr(entry, context), field: entry.field, entries: [], ...named, at: entry.at };
  const entries = planEntries(entry.entries, name, context, depth + 1);
  // A Rule without lines is nothing: not even an alternative that never holds.
  if (entries.length === 0) return undefined;
  const of = entries.map((e) => e.expr);
  const expr: Expr =
    entry.kind === 'not' ? { kind: 'not', of: { kind: 'or', of } } : { kind: entry.kind === 'all' ? 'and' : 'or', of };
  return { kind: entry.kind, expr, entries, ...named, at: entry.at };
}

function planEntries(
  list: readonly Entry[],
  inherited: string | undefined,
  context: Context,
  depth: number,
): PlanEntry[] {
  return list.flatMap((e) => planEntry(e, inherited, context, depth) ?? []);
}

/** Lines of one field are or-ed, fields and Rules are and-ed. */
function andExpr(entries: readonly PlanEntry[]): Expr {
  if (entries.length === 0) return never();
  const byField = new Map<string, Expr[]>();
  const of: Expr[][] = [];
  for (const entry of entries) {
    const same = entry.kind === 'line' ? byField.get(entry.field as string) : undefined;
    if (same) {
      same.push(entry.expr);
      continue;
    }
    const fresh = [entry.expr];
    if (entry.kind === 'line') byField.set(entry.field as string, fresh);
    of.push(fresh);
  }
  return { kind: 'and', of: of.map((list) => (list.length === 1 ? list[0] : { kind: 'or', of: list })) };
}

function fieldsOf(entries: readonly Entry[]): string[] {
  return entries.flatMap((e) => (e.kind === 'line' ? [e.field] : fieldsOf(e.entries)));
}

/** The event of a series that has all of Sysmon's fields that a node speaks of; undefined if none has. */
export function baseEvent(node: EventNode): ManifestEvent | undefined {
  const wanted = fieldsOf(node.entries).filter((f) => !f.includes('.'));
  return eventsOfTag(node.tag).find((event) => wanted.every((f) => event.fields.some((x) => x.name === f)));
}

function block(ruleSet: RuleSet, group: Group, node: EventNode, event: ManifestEvent, exact: boolean): PlanBlock {
  const base = baseEvent(node) ?? event;
  const context: Context = {
    exact,
    has: (field) => {
      if (field.includes('.')) return true;
      const at = event.fields.findIndex((f) => f.name === field);
      // In a series the peer knows a field by its number and finds it only where the same number has the same name.
      return at >= 0 && (!exact || base.fields[at]?.name === field);
    },
  };
  const entries = planEntries(node.entries, group.explicit ? group.name : undefined, context, 0);
  const all = combination(ruleSet, group) === 'and';
  return {
    include: node.onmatch === 'include',
    all,
    expr: all ? andExpr(entries) : { kind: 'or', of: entries.map((e) => e.expr) },
    entries,
  };
}

function checkValues(ruleSet: RuleSet): void {
  let values = 0;
  const count = (entry: Entry): void => {
    if (entry.kind !== 'line') return entry.entries.forEach(count);
    values += listConditions.has(entry.condition) ? entry.value.split(';').length : 1;
    if (values > maxValues)
      throw new ConfigError(
        `the conditions have more than ${maxValues} values, those of lists counted one by one; this condition is the first beyond. Shorten lists or split the configuration.`,
        entry.at,
      );
  };
  for (const { nodes } of ruleSet.groups) for (const { entries } of nodes) entries.forEach(count);
}

/** What the plan of a rule set says of every event that can be filtered, before it is numbered. */
export function planEvents(ruleSet: RuleSet, compatibility: Compatibility): PlanEvent[] {
  checkValues(ruleSet);
  const exact = compatibility === 'exact';
  const blocks = new Map<number, PlanBlock[]>();
  for (const group of ruleSet.groups) {
    for (const node of group.nodes) {
      for (const event of eventsOfTag(node.tag)) {
        const list = blocks.get(event.id) ?? [];
        list.push(block(ruleSet, group, node, event, exact));
        blocks.set(event.id, list);
      }
    }
  }
  return manifest.map((event): PlanEvent => {
    const list = blocks.get(event.id) ?? [];
    const [only] = list;
    // Excludes first, then includes, each from the last to the first of the file.
    const ordered = [...list.filter((b) => !b.include).reverse(), ...list.filter((b) => b.include).reverse()];
    return {
      id: event.id,
      defaultLog: event.default !== 'drop',
      unmatchedLog: list.length === 1 && only?.include === false,
      blocks: event.default === 'always' ? [] : ordered,
    };
  });
}

/**
 * The plan of a rule set, for every event that can be filtered. Throws {@link ConfigError} if it is larger than the
 * engine takes.
 *
 * @example
 * ```js
 * import { compilePlan, loadConfig } from '@org/sysmon/config';
 *
 * console.log(compilePlan(loadConfig('starter')).length, 'bytes');
 * ```
 */
export function compilePlan(ruleSet: RuleSet, compatibility: Compatibility = 'linux'): Uint8Array {
  const events = planEvents(ruleSet, compatibility);
  return writePlan(events, compatibility === 'exact', (field) => dottedField(field)?.multi ?? false);
}
