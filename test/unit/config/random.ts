/** Random rule sets and values, written as XML. */
import type { RefLine, RefNode, RefRule } from './reference.js';

/** A small generator of random numbers, so that a failure can be repeated. */
export function random(seed: number): () => number {
  let s = seed;
  return () => {
    s = (s + 0x6d2b79f5) | 0;
    let t = Math.imul(s ^ (s >>> 15), 1 | s);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const conditions = [
  'is',
  'is not',
  'contains',
  'contains any',
  'is any',
  'contains all',
  'excludes',
  'excludes any',
  'excludes all',
  'begin with',
  'end with',
  'less than',
  'more than',
  'image',
  'not begin with',
  'not end with',
];
// Few letters, so that things match; upper and lower case, characters whose case differs in length (İ, K, Ⱥ), beyond
// the basic plane (𐐀).
const letters = [
  'a',
  'A',
  'b',
  'B',
  '/',
  '\\',
  '1',
  '9',
  'é',
  'É',
  'ß',
  'ẞ',
  'ς',
  'Σ',
  'σ',
  'İ',
  'i',
  'K',
  'k',
  'Ⱥ',
  'ⱥ',
  '𐐀',
  '𐐨',
  '\uffee',
  '中',
  '_',
  ' x',
];
export const events = [
  { id: 1, tag: 'ProcessCreate', fields: ['Image', 'CommandLine', 'Hashes', 'ParentImage'] },
  { id: 3, tag: 'NetworkConnect', fields: ['Image', 'DestinationIp', 'DestinationPort'] },
  { id: 5, tag: 'ProcessTerminate', fields: ['Image', 'User'] },
];

const escape = (s: string): string => s.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
const attribute = (name: string, value: string | undefined): string =>
  value === undefined ? '' : ` ${name}="${escape(value)}"`;

export function generator(rnd: () => number) {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(rnd() * list.length)];
  const maybe = (p: number): boolean => rnd() < p;
  const text = (max: number): string => {
    let out = '';
    for (let n = Math.floor(rnd() * (max + 1)); n > 0; n--) out += pick(letters);
    return out;
  };
  const name = (): { name?: string } => (maybe(0.4) ? { name: pick(['n1', 'n2', 'n3', '', 'É']) } : {});
  const pattern = (condition: string): string => {
    const value = /any|all/.test(condition)
      ? Array.from({ length: 1 + Math.floor(rnd() * 3) }, () => text(2)).join(';')
      : text(3);
    return maybe(0.15) ? String(Math.floor(rnd() * 200)) : value.trim() === '' ? '' : value;
  };
  const line = (fields: string[]): RefLine => {
    const condition = pick(conditions);
    return { field: pick(fields), condition, value: pattern(condition), ...name() };
  };
  const many = (max: number, fields: string[]): RefLine[] =>
    Array.from({ length: Math.floor(rnd() * (max + 1)) }, () => line(fields));
  const relation = (): { relation?: 'and' | 'or' } => (maybe(0.8) ? { relation: pick(['and', 'or'] as const) } : {});
  const rule = (fields: string[]): RefRule => ({ rule: many(3, fields), ...relation(), ...name() });
  const node = (): RefNode => {
    const e = pick(events);
    const entries = Array.from({ length: Math.floor(rnd() * 5) }, () => (maybe(0.3) ? rule(e.fields) : line(e.fields)));
    return {
      event: e.id,
      tag: e.tag,
      onmatch: maybe(0.4) ? 'exclude' : 'include',
      entries,
      ...(maybe(0.85) ? { group: { ...relation(), ...name() } } : {}),
    };
  };
  const value = (): string => (maybe(0.1) ? '' : maybe(0.15) ? String(Math.floor(rnd() * 200)) : text(5));
  return { pick, nodes: (max: number) => Array.from({ length: Math.floor(rnd() * (max + 1)) }, node), value, maybe };
}

function xmlLine(l: RefLine): string {
  return `<${l.field}${attribute('condition', l.condition)}${attribute('name', l.name)}>${escape(l.value)}</${l.field}>`;
}

export function xml(nodes: RefNode[], version: string): string {
  const body = nodes.map((n) => {
    const entries = n.entries.map((e) =>
      'rule' in e
        ? `<Rule${attribute('groupRelation', e.relation)}${attribute('name', e.name)}>${e.rule.map(xmlLine).join('')}</Rule>`
        : xmlLine(e),
    );
    const node = `<${n.tag} onmatch="${n.onmatch}">${entries.join('')}</${n.tag}>`;
    if (!n.group) return node;
    return `<RuleGroup${attribute('name', n.group.name)}${attribute('groupRelation', n.group.relation)}>${node}</RuleGroup>`;
  });
  return `<Sysmon schemaversion="${version}"><EventFiltering>${body.join('\n')}</EventFiltering></Sysmon>`;
}
