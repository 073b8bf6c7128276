/**
 * The rules of Sysmon written down as plainly as can be, for comparison with the engine: no plan, no index, no shared
 * code with lib/. It works on the structure that the generator of the property test makes, not on the parser's.
 */

export interface RefLine {
  field: string;
  condition: string;
  value: string;
  name?: string;
}
export interface RefRule {
  rule: RefLine[];
  relation?: 'and' | 'or';
  name?: string;
}
export interface RefNode {
  tag: string;
  onmatch: 'include' | 'exclude';
  entries: (RefLine | RefRule)[];
  /** Undefined: no RuleGroup around it. */
  group?: { name?: string; relation?: 'and' | 'or' };
}
export interface RefResult {
  verdict: 'log' | 'drop';
  reason: string;
  ruleName: string;
}

/** A configuration: nodes, and what the options NetworkConnect and ImageLoad name. */
export interface RefConfig {
  version: number;
  nodes: RefNode[];
  images?: Record<string, string[]>;
}

/** Fields by number, of events whose element stands for several. */
const series: Record<string, Record<number, string[]>> = {
  RegistryEvent: {
    12: ['RuleName', 'EventType', 'UtcTime', 'ProcessGuid', 'ProcessId', 'Image', 'TargetObject', 'User'],
    13: ['RuleName', 'EventType', 'UtcTime', 'ProcessGuid', 'ProcessId', 'Image', 'TargetObject', 'Details', 'User'],
    14: ['RuleName', 'EventType', 'UtcTime', 'ProcessGuid', 'ProcessId', 'Image', 'TargetObject', 'NewName', 'User'],
  },
  WmiEvent: {
    19: ['RuleName', 'EventType', 'UtcTime', 'Operation', 'User', 'EventNamespace', 'Name', 'Query'],
    20: ['RuleName', 'EventType', 'UtcTime', 'Operation', 'User', 'Name', 'Type', 'Destination'],
    21: ['RuleName', 'EventType', 'UtcTime', 'Operation', 'User', 'Consumer', 'Filter'],
  },
};

/**
 * Whether an event has the field that a line of this node means. Sysmon for Linux knows fields by number, those of the
 * first event of the series that has all of the node; by name where it should.
 */
function resolves(node: RefNode, event: number, field: string, exact: boolean): boolean {
  const events = series[node.tag];
  if (!events) return true;
  const wanted = node.entries.flatMap((e) => ('rule' in e ? e.rule.map((l) => l.field) : [e.field]));
  const base = Object.values(events).find((names) => wanted.every((f) => names.includes(f))) ?? [];
  const own = events[event] ?? [];
  return exact ? own[base.indexOf(field)] === field : own.includes(field);
}

/** The nodes that are in force: the images of an option come first in the first node of their event. */
function inForce({ nodes, images = {} }: RefConfig): RefNode[] {
  let out = nodes;
  for (const [tag, list] of Object.entries(images)) {
    const lines = list.map((value): RefLine => ({ field: 'Image', condition: 'image', value }));
    const first = out.find((n) => n.tag === tag);
    out = first
      ? out.map((n) => (n === first ? { ...n, entries: [...lines, ...n.entries] } : n))
      : [...out, { tag, onmatch: 'include', entries: lines, group: { relation: 'or' } }];
  }
  return out;
}

/**
 * UTF-16 units without case. Sysmon for Linux folds A-Z and nothing else; towlower of units is what `linux` does, where
 * surrogates have no lower case.
 */
function units(text: string, exact: boolean): number[] {
  const out: number[] = [];
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (exact) out.push(c >= 0x41 && c <= 0x5a ? c + 0x20 : c);
    else if (c >= 0xd800 && c <= 0xdfff) out.push(c);
    else if (c === 0x130) out.push(0x69);
    else {
      const lower = String.fromCharCode(c).toLowerCase();
      out.push(lower.length === 1 ? lower.charCodeAt(0) : c);
    }
  }
  return out;
}

/** For the order of Sysmon for Linux: a-z stand where A-Z do. */
const upper = (list: number[]): number[] => list.map((c) => (c >= 0x61 && c <= 0x7a ? c - 0x20 : c));

const same = (a: number[], b: number[]): boolean => a.length === b.length && a.every((x, i) => x === b[i]);

/** The peer looks at every position of the value, so nothing is found in an empty one. */
function found(value: number[], part: number[]): boolean {
  for (let i = 0; i < value.length; i++) if (same(value.slice(i, i + part.length), part)) return true;
  return false;
}

function order(a: number[], b: number[]): number {
  for (let i = 0; ; i++) {
    const x = a[i] ?? -1;
    const y = b[i] ?? -1;
    if (x !== y) return x - y;
    if (x === -1) return 0;
  }
}

/** Tokens of the searching conditions: an empty one, unless last, is the rest of the list from its semicolon on. */
function searchedTokens(value: string): string[] {
  const out: string[] = [];
  let rest: string | null = value;
  while (rest !== null) {
    const end: number = rest.indexOf(';');
    const token: string = end < 0 ? rest : rest.slice(0, end);
    out.push(token === '' && end >= 0 ? rest : token);
    rest = end < 0 ? null : rest.slice(end + 1);
  }
  return out;
}

const number = (text: string): number | undefined =>
  /^[+-]?\d+(\.\d+)?$/.test(text) || /^0x[0-9a-f]+$/i.test(text) ? Number(text.replace('+', '')) : undefined;

function condition(name: string, valueText: string, patternText: string, exact: boolean): boolean {
  const fold = (text: string): number[] => units(text, exact);
  const value = fold(valueText);
  const pattern = fold(patternText);
  switch (name) {
    case 'is':
      return same(value, pattern);
    case 'is not':
      return !same(value, pattern);
    case 'is any':
      return patternText.split(';').some((t) => same(value, fold(t)));
    case 'contains':
      return found(value, pattern);
    case 'contains any':
      return searchedTokens(patternText).some((t) => found(value, fold(t)));
    case 'contains all':
      return searchedTokens(patternText).every((t) => found(value, fold(t)));
    case 'excludes':
      return !found(value, pattern);
    case 'excludes any':
      return searchedTokens(patternText).every((t) => !found(value, fold(t)));
    case 'excludes all':
      return searchedTokens(patternText).some((t) => !found(value, fold(t)));
    case 'begin with':
      return same(value.slice(0, pattern.length), pattern);
    case 'not begin with':
      return !same(value.slice(0, pattern.length), pattern);
    case 'end with':
      return pattern.length <= value.length && same(value.slice(value.length - pattern.length), pattern);
    case 'not end with':
      return !(pattern.length <= value.length && same(value.slice(value.length - pattern.length), pattern));
    case 'less than':
    case 'more than': {
      const a = number(valueText);
      const b = number(patternText);
      const less = name === 'less than';
      if (!exact && a !== undefined && b !== undefined) return less ? a < b : a > b;
      const way = exact ? order(upper(value), upper(pattern)) : order(value, pattern);
      return less ? way < 0 : way > 0;
    }
    case 'image': {
      if (patternText.includes('\\')) return same(value, pattern);
      let tail = valueText.slice(valueText.lastIndexOf('\\') + 1);
      if (!exact && !patternText.includes('/')) tail = tail.slice(tail.lastIndexOf('/') + 1);
      return same(fold(tail), pattern);
    }
    default:
      throw new Error(name);
  }
}

export function reference(
  config: RefConfig,
  event: { id: number; type: string },
  data: Record<string, string>,
  exact: boolean,
): RefResult {
  const mine = inForce(config).filter((n) => n.tag === event.type);
  const byDefault = event.id === 1 || event.id === 5 ? 'log' : 'drop';
  if (mine.length === 0) return { verdict: byDefault, reason: 'default', ruleName: '-' };
  let name: string | undefined; // of the last line that held and has one
  const holds = (node: RefNode, line: RefLine, inherited: string | undefined): boolean => {
    const ok =
      resolves(node, event.id, line.field, exact) &&
      condition(line.condition, data[line.field] ?? '-', line.value, exact);
    // An empty name is none.
    const own = line.name || inherited;
    if (ok && own) name = own;
    return ok;
  };
  const order = [
    ...mine.filter((n) => n.onmatch === 'exclude').reverse(),
    ...mine.filter((n) => n.onmatch === 'include').reverse(),
  ];
  for (const node of order) {
    if (!exact) name = undefined;
    const combine = node.group?.relation ?? (config.version > 4.1 ? 'and' : 'or');
    // A Rule without lines is no entry at all.
    const entries = node.entries.filter((e) => !('rule' in e) || e.rule.length > 0);
    const done = new Set<string>();
    let result: boolean | undefined = entries.length === 0 ? false : undefined;
    for (let i = 0; i < entries.length && result === undefined; i++) {
      const entry = entries[i];
      const before = name;
      let ok: boolean;
      if ('rule' in entry) {
        const inherited = entry.name || node.group?.name;
        const test = (l: RefLine): boolean => holds(node, l, inherited);
        ok = entry.relation === 'and' ? entry.rule.every(test) : entry.rule.some(test);
        if (!ok && !exact) name = before;
      } else {
        if (combine === 'and' && done.has(entry.field)) continue;
        ok = holds(node, entry, node.group?.name);
        if (ok) done.add(entry.field);
        const field = entry.field;
        if (!ok && combine === 'and' && entries.slice(i + 1).some((e) => !('rule' in e) && e.field === field)) continue;
      }
      if (ok && combine === 'or') result = true;
      if (!ok && combine === 'and') result = false;
    }
    result ??= combine === 'and';
    if (result) {
      return { verdict: node.onmatch === 'include' ? 'log' : 'drop', reason: node.onmatch, ruleName: name ?? '-' };
    }
  }
  const only = mine.length === 1 && mine[0]?.onmatch === 'exclude';
  return { verdict: only ? 'log' : 'drop', reason: 'unmatched', ruleName: '-' };
}
