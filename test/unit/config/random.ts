/** Random rule sets and values, written as XML, in all the ways that mean the same. */
import type { RefConfig, RefLine, RefNode, RefRule } from './reference.js';

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
// Few letters, so that things match; upper and lower case, what stands between them, and blanks.
const ascii = ['a', 'A', 'b', 'B', 'z', 'Z', '/', '\\', '1', '9', '_', '[', '`', ' x', ' ', '&', '<'];
// Characters whose case differs in length (İ, K, Ⱥ) or that have several (ς), and beyond the basic plane (𐐀).
const others = 'éÉßẞςΣσİ\u212aȺⱥ𐐀𐐨\uffee中';
const alphabets = [ascii, ascii, [...ascii, ...others, 'i', 'k']];
export const events = [
  { id: 1, tag: 'ProcessCreate', fields: ['Image', 'CommandLine', 'Hashes', 'ParentImage'] },
  { id: 1, tag: 'ProcessCreate', fields: ['CommandLine', 'User'] },
  { id: 3, tag: 'NetworkConnect', fields: ['Image', 'DestinationIp', 'DestinationPort'] },
  { id: 5, tag: 'ProcessTerminate', fields: ['Image', 'User'] },
  { id: 7, tag: 'ImageLoad', fields: ['Image', 'ImageLoaded'] },
  { id: 12, tag: 'RegistryEvent', fields: ['TargetObject', 'User'] },
  { id: 13, tag: 'RegistryEvent', fields: ['TargetObject', 'User', 'Details'] },
  { id: 14, tag: 'RegistryEvent', fields: ['User', 'NewName'] },
  { id: 20, tag: 'WmiEvent', fields: ['User', 'Name', 'Destination'] },
  { id: 21, tag: 'WmiEvent', fields: ['User', 'Consumer'] },
];

const escape = (s: string): string => s.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
const attribute = (name: string, value: string | undefined): string =>
  value === undefined ? '' : ` ${name}="${escape(value)}"`;

export function generator(rnd: () => number) {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(rnd() * list.length)];
  const maybe = (p: number): boolean => rnd() < p;
  const letters = pick(alphabets);
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
    return maybe(0.15) ? String(Math.floor(rnd() * 200)) : value;
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
      tag: e.tag,
      onmatch: maybe(0.4) ? 'exclude' : 'include',
      entries,
      ...(maybe(0.85) ? { group: { ...relation(), ...name() } } : {}),
    };
  };
  const nodes = (max: number): RefNode[] => Array.from({ length: Math.floor(rnd() * (max + 1)) }, node);
  /** Images of options, where no element of their event excludes: that is refused. */
  const images = (of: readonly RefNode[]): Record<string, string[]> =>
    Object.fromEntries(
      ['NetworkConnect', 'ImageLoad']
        .filter((tag) => maybe(0.15) && !of.some((n) => n.tag === tag && n.onmatch === 'exclude'))
        .map((tag) => [tag, Array.from({ length: 1 + Math.floor(rnd() * 2) }, () => `${text(2)}a`)]),
    );
  const value = (): string => (maybe(0.1) ? '' : maybe(0.15) ? String(Math.floor(rnd() * 200)) : text(5));
  return { pick, nodes, images, value, maybe };
}

/** How a thing is written of which there are several ways: the plain one, or any. */
export interface Spelling {
  readonly pick: <T>(list: readonly T[]) => T;
}

const plain: Spelling = { pick: (list) => list[0] };

const blank = (value: string): boolean => /^[ \t\r\n]+$/.test(value);

/** A value between tags. Blanks alone count only as references or in CDATA. */
function content(value: string, { pick }: Spelling): string {
  if (value === '') return pick(['', ' ', '\n  ', '<!-- c -->', ' <!-- c --> ', '<![CDATA[]]>']);
  const references = value.replace(/[^]/gu, (c) => `&#x${(c.codePointAt(0) ?? 0).toString(16)};`);
  const cdata = value.includes(']]>') ? references : `<![CDATA[${value}]]>`;
  return pick([
    blank(value) ? references : escape(value),
    references,
    cdata,
    `\n    ${cdata}\n  `,
    ` <!-- c -->${cdata} <!-- d -->`,
    `<!-- c -->${references}`,
  ]);
}

function xmlLine(l: RefLine, spelling: Spelling): string {
  const { pick } = spelling;
  const condition = pick([
    attribute('condition', l.condition),
    attribute('condition', l.condition.toUpperCase()),
    ...(l.condition === 'is' ? ['', ' condition=""'] : []),
  ]);
  return `<${l.field}${condition}${attribute('name', l.name)}>${content(l.value, spelling)}</${l.field}>`;
}

function relation(written: string | undefined, { pick }: Spelling): string {
  return written === undefined
    ? pick(['', ' groupRelation=""'])
    : attribute('groupRelation', pick([written, written.toUpperCase()]));
}

/** Writes nodes as XML, plainly. */
export function xml(nodes: RefNode[], version: string): string {
  return xmlOf({ version: Number(version), nodes }, version, plain);
}

/** Writes a configuration as XML. */
export function xmlOf({ nodes, images = {} }: RefConfig, version: string, spelling: Spelling): string {
  const { pick } = spelling;
  const gap = (): string => pick(['', '\n  ', '<!-- c -->']);
  const body = nodes.map((n) => {
    const entries = n.entries.map((e) => {
      if (!('rule' in e)) return xmlLine(e, spelling);
      const tag = pick(['Rule', 'rule']);
      const lines = e.rule.map((l) => xmlLine(l, spelling)).join(gap());
      return `<${tag}${relation(e.relation, spelling)}${attribute('name', e.name)}>${lines}</${tag}>`;
    });
    const opposite = n.onmatch === 'include' ? 'exclude' : 'include';
    const onmatch = pick([` onmatch="${n.onmatch}"`, ` default="${opposite}"`]);
    const node = `<${n.tag}${onmatch}>${entries.join(gap())}</${n.tag}>`;
    if (!n.group) return node;
    const tag = pick(['RuleGroup', 'rulegroup']);
    return `<${tag}${attribute('name', n.group.name)}${relation(n.group.relation, spelling)}>${gap()}${node}</${tag}>`;
  });
  const options = Object.entries(images).map(([tag, list]) => {
    const value = list.map((image) => image.replaceAll(',', ',,')).join(',');
    return `<${tag}>${content(value, spelling)}</${tag}>`;
  });
  return `<Sysmon schemaversion="${version}">${options.join('')}<EventFiltering>${body.join('\n')}</EventFiltering></Sysmon>`;
}
