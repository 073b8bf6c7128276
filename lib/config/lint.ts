/** What is legal in a configuration and probably not what its author wanted. */
import { show } from '../base/errors.js';
import { eventsOfTag, ruleTags, windowsTags, type ManifestField } from '../schema/manifest.js';
import type { Compatibility } from './compile.js';
import { Findings } from './findings.js';
import { linesOf } from './evaluate.js';
import {
  combination,
  listConditions,
  versionText,
  type Condition,
  type Entry,
  type EventNode,
  type Group,
  type Line,
  type RuleSet,
} from './model.js';
import { impossible } from './field-values.js';
import { findShadowed } from './shadow.js';

interface Placed {
  readonly node: EventNode;
  readonly group: Group;
}

/** Adds warnings about a rule set. */
export function lint(ruleSet: RuleSet, compatibility: Compatibility, findings: Findings): void {
  const { major, minor } = ruleSet.schemaVersion;
  if (major > 4 || minor > 90) {
    const [first] = ruleSet.groups;
    findings.warn(
      'schema-version',
      `schema ${versionText(ruleSet.schemaVersion)} is newer than 4.90; its fields are those of 4.90`,
      first?.at ?? { line: 1, column: 1 },
    );
  }
  for (const { tag, at } of ruleSet.groups.flatMap((g) => g.nodes))
    if (windowsTags.has(tag))
      findings.warn('no-linux-meaning', `${tag} exists in Sysmon for Windows only; its rules are ignored`, at);
  for (const tag of ruleTags) {
    const placed: Placed[] = [];
    for (const group of ruleSet.groups) {
      for (const node of group.nodes) if (eventsOfTag(node.tag)[0]?.tag === tag) placed.push({ node, group });
    }
    if (placed.length === 0) continue;
    event(tag, placed, findings);
    for (const { node } of placed) {
      const lines = linesOf(node.entries);
      // What is equal to a whole path, to tell who names a program in both of its places.
      const named = new Set(lines.map((l) => wholeLine(l.field, l.condition, l.value)));
      for (const line of lines) oneLine(node, line, named, compatibility, findings);
    }
    shadows(ruleSet, placed, findings);
  }
}

function event(tag: string, placed: readonly Placed[], findings: Findings): void {
  const [first, second] = placed;
  if (!first) return;
  if (eventsOfTag(tag).every((e) => e.noLinuxMeaning)) {
    findings.warn('no-linux-meaning', `${tag} never happens on Linux; its rules have no effect`, first.node.at);
  }
  if (second && placed.every((p) => p.node.onmatch === 'exclude')) {
    findings.warn(
      'exclude-only',
      `${tag} has ${placed.length} exclude elements and no include: an event that none of them excludes is dropped too, so nothing is logged. ` +
        'Put the rules into one element.',
      second.node.at,
    );
  }
  for (const { node } of placed) {
    if (node.onmatch === 'exclude' && node.entries.length === 0 && placed.length > 1) {
      findings.warn(
        'empty-exclude',
        `an empty exclude of ${tag} logs everything only if it stands alone; here it says nothing`,
        node.at,
      );
    }
    for (const e of node.entries) {
      if (e.kind !== 'line' && linesOf([e]).length === 0)
        findings.warn('empty-rule', 'a Rule without conditions is ignored', e.at);
    }
  }
}

function fieldOf(node: EventNode, name: string): ManifestField | undefined {
  for (const e of eventsOfTag(node.tag)) {
    const found = e.fields.find((f) => f.name === name);
    if (found) return found;
  }
  return undefined;
}

const paths = /(^|Image|Filename|Directory|Device|ImageLoaded|PipeName|image|cwd|root|script)$/;

const wholeLine = (field: string, condition: Condition, value: string): string => `${field}\0${condition}\0${value}`;

function oneLine(
  node: EventNode,
  line: Line,
  named: ReadonlySet<string>,
  compatibility: Compatibility,
  findings: Findings,
): void {
  const { condition, value, at } = line;
  const field = fieldOf(node, line.field);
  if (condition === 'excludes any') {
    findings.warn(
      'excludes-any',
      '"excludes any" holds if none of the values is contained, not if one is missing as its help says',
      at,
    );
  } else if (condition === 'excludes all') {
    findings.warn(
      'excludes-all',
      '"excludes all" holds if at least one of the values is not contained, not if all are missing as its help says',
      at,
    );
  }
  if (compatibility === 'exact' && condition === 'image' && !/[\\/]/.test(value)) {
    findings.warn(
      'image-bare-name',
      `"image" compares the whole path on Linux: ${show(value)} never is one. Use "end with" and ${show(`/${value}`)}`,
      at,
    );
  }
  if (condition !== 'regex') pathWarnings(line, named, findings);
  if (looksLikeList(line))
    findings.warn(
      'no-list',
      `"${condition}" takes one value, and ${show(value)} is one with its semicolons: write ${listInstead[condition] ?? 'a line for each'}`,
      at,
    );
  if (['contains any', 'is any', 'contains all', 'excludes any', 'excludes all'].includes(condition)) {
    const tokens = value.split(';');
    if (condition !== 'is any' && tokens.at(-1) === '') {
      findings.warn('empty-token', `the list ends in an empty value, which every text contains`, at);
    } else if (tokens.includes('')) {
      findings.warn('empty-token', 'the list has an empty value', at);
    }
    if (tokens.some((t) => t !== t.trim()))
      findings.warn('blanks', `blanks around the values of ${show(value)} count`, at);
  } else if (value !== value.trim() && paths.test(line.field)) {
    findings.warn('blanks', `the blanks around ${show(value)} count`, at);
  }
  if (value === '' && ['contains', 'begin with', 'end with'].includes(condition)) {
    findings.warn('empty-value', `"${condition}" with an empty value holds for every event`, at);
  }
  if (compatibility === 'exact' && (condition === 'less than' || condition === 'more than') && /^\d+$/.test(value)) {
    findings.warn('text-order', `"${condition}" compares text: "9" is more than "80"`, at);
  }
  if (field?.constant !== undefined) {
    findings.warn('constant-field', `${line.field} is always '${field.constant}' on Linux`, at);
  } else if (/^(Source|Destination)(Hostname|PortName)$/.test(line.field)) {
    findings.warn('constant-field', `${line.field} is '-' unless something fills it: addresses are not resolved`, at);
  }
  if (line.field === 'RuleName')
    findings.warn('rule-name', 'RuleName is not known before the rules have run: it reads as "-"', at);
  const never = impossible(node, line);
  if (never) findings.warn(never.code, never.message, at);
}

/** Conditions that say of a list what others say of one value. */
const listInstead: Partial<Record<Condition, string>> = {
  is: '"is any"',
  contains: '"contains any" or "contains all"',
  excludes: '"excludes any" or "excludes all"',
  image: 'a line for each, or "is any" with whole paths',
  'is not': 'a line for each inside <Rule groupRelation="and">',
  'not begin with': 'a line for each inside <Rule groupRelation="and">',
  'not end with': 'a line for each inside <Rule groupRelation="and">',
};

/** A value with semicolons whose condition takes no list. Commands, variables and answers of DNS have some too. */
function looksLikeList({ field, condition, value }: Line): boolean {
  if (listConditions.has(condition) || condition === 'regex' || field === 'QueryResults') return false;
  const tokens = value.split(';').filter((t) => t.trim() !== '');
  return tokens.length > 1 && !(/command|argv|\benv\b/i.test(field) && /\s/.test(value));
}

function pathWarnings(line: Line, named: ReadonlySet<string>, findings: Findings): void {
  const { condition, value, at } = line;
  if (/^[A-Za-z]:\\|^\\\\|^\\Device\\|%[A-Za-z]+%|\\(Windows|Users|Program Files)\\/i.test(value)) {
    findings.warn('windows-path', `${show(value)} is a Windows path`, at);
  } else if (paths.test(line.field) && value.includes('\\')) {
    findings.warn('windows-path', `${show(value)} has a backslash, which paths on Linux hardly ever do`, at);
  }
  if (!paths.test(line.field) || !['is', 'is any', 'begin with', 'image'].includes(condition)) return;
  const values = new Set(condition === 'is any' ? value.split(';') : [value]);
  const old = [...values].find((v) => /^\/(bin|sbin|lib|lib32|lib64)\//.test(v) && !values.has(`/usr${v}`));
  // Whoever names both places knows.
  const both = named.has(wholeLine(line.field, condition, `/usr${value}`));
  if (old !== undefined && !both) {
    findings.warn(
      'merged-usr',
      `where /bin is a link to /usr/bin, as on most systems, the kernel shows ${show(`/usr${old}`)}, never ${show(old)}`,
      at,
    );
  }
}

/** Rules that an earlier one, or an exclude, always forestalls. */
function shadows(ruleSet: RuleSet, placed: readonly Placed[], findings: Findings): void {
  const ordered = [
    ...placed.filter((p) => p.node.onmatch === 'exclude').reverse(),
    ...placed.filter((p) => p.node.onmatch === 'include').reverse(),
  ];
  const places = ordered
    // The entries of an and-element are no alternatives; none of them forestalls another.
    .filter(({ group }) => combination(ruleSet, group) !== 'and')
    .flatMap(({ node }) => node.entries.map((entry) => ({ entry, node })));
  const { shadowed, unexamined } = findShadowed(places.map((p) => p.entry));
  for (const [index, earlier] of shadowed) {
    const { entry, node } = places[index];
    const by = places[earlier];
    const whose = by.node.onmatch === 'exclude' && node.onmatch === 'include' ? 'the exclude rule' : 'the rule';
    const effect = by.node.onmatch !== node.onmatch ? 'it never includes anything' : 'it never decides';
    findings.warn(
      'shadowed',
      `${whose} in line ${by.entry.at.line} holds whenever ${title(entry)} does: ${effect}`,
      entry.at,
    );
  }
  if (unexamined !== undefined)
    findings.warn(
      'unexamined',
      'too many rules are alike: those after this one were not searched for rules that never decide',
      places[unexamined].entry.at,
    );
}

function title(entry: Entry): string {
  if (entry.name) return show(entry.name);
  return entry.kind === 'line' ? `${entry.field} ${entry.condition} ${show(entry.value)}` : 'this rule';
}
