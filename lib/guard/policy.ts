/** A policy: what a command may do. It is compiled to rules, and the rule engine of the sensor judges by them. */
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { refuse, show, SysmonError } from '../base/errors.js';
import { checkNames } from '../base/check.js';
import { compile, type CompiledRules } from '../config/evaluate.js';
import { ConfigError, Findings, type Position } from '../config/findings.js';
import type { Entry, Group } from '../config/model.js';
import type { RuleEvent } from '../config/rule-fields.js';
import type { EventType } from '../schema/events.gen.js';
import { always } from './patterns.js';
import { readPolicy, type PolicyItem, type PolicyList, type PolicySection, type PolicyTree } from './policy-read.js';
import { isOfNoAccount } from './name-servers.js';
import { sectionOf, sections, type SectionName } from './policy-sections.js';

/** Where the patterns of a policy begin. */
export interface PolicyOptions {
  /** `.` of a pattern: the folder of the project. Default: the working directory. */
  readonly project?: string;
  /** `~` of a pattern. Default: the home directory of this process. */
  readonly home?: string;
  /** Folders in which programs are looked up by their names, joined by `:`. Default: PATH. */
  readonly path?: string;
}

/** A line of a policy that an event breaks. */
export interface PolicyRule {
  /** Section of the policy. */
  readonly section: SectionName;
  /** `deny`: the line names what was done. `allow`: no line of the list does. */
  readonly list: 'allow' | 'deny';
  /** As written; of `allow`, how many there are. */
  readonly text: string;
  /** Line of the policy, from 1. */
  readonly line: number;
  /** Its column, from 1. */
  readonly column: number;
}

/**
 * A policy that can judge events.
 *
 * @example
 * ```js
 * import { parsePolicy } from '@org/sysmon/guard';
 * import { makeEvent } from '@org/sysmon/testing';
 *
 * const policy = parsePolicy('connect: { allow: [127.0.0.0/8] }');
 * const data = { Initiated: true, DestinationIp: '192.0.2.1' };
 * const [broken] = policy.judge(makeEvent('NetworkConnect', { data }));
 * console.log(broken.section, broken.list, broken.line); // connect allow 1
 * ```
 */
export class Policy {
  /** Types of events that it judges: capture these. */
  readonly events: readonly EventType[];
  /** Digests that it asks for: `hash` of the sensor. */
  readonly hashes: readonly string[];
  /** Files whose opens it asks for, beside the usual ones: `watchFiles` of the sensor. */
  readonly watchFiles: readonly string[];
  readonly #rules: CompiledRules;
  readonly #names: ReadonlyMap<string, PolicyRule>;

  /** @internal use {@link parsePolicy} */
  constructor(tree: PolicyTree) {
    const names = new Map<string, PolicyRule>();
    const group = groupOf(tree, names);
    this.#names = names;
    this.events = group.nodes.map(({ tag }) => tag as EventType); // policy-sections.ts names them
    this.hashes = [...tree.hashes];
    this.watchFiles = ['default', ...tree.watch];
    this.#rules = compile({
      kind: 'RuleSet',
      format: 'yaml',
      schemaVersion: { major: 4, minor: 90 },
      options: [],
      groups: [group],
    });
  }

  /** The lines that an event breaks, those of `deny` first; none: it is allowed, or the policy does not speak of it. */
  judge(event: RuleEvent): readonly PolicyRule[] {
    const section = sectionOf.get(event.type);
    if (section === undefined || !this.events.some((type) => type === event.type)) return [];
    if (isOfNoAccount(event)) return [];
    const found = this.#rules.evaluate(event).rules.flatMap((name) => this.#names.get(name) ?? []);
    return [...new Set(found)].sort(
      (a, b) => Number(a.list === 'allow') - Number(b.list === 'allow') || a.line - b.line,
    );
  }
}

/**
 * Reads a policy from its text. Throws ConfigError (ERR_SYSMON_CONFIG) with line and column if anything in it is wrong.
 *
 * @example
 * ```js
 * import { parsePolicy } from '@org/sysmon/guard';
 *
 * const policy = parsePolicy('write:\n  allow: [./dist/**]\n', { project: '/srv/app' });
 * console.log(policy.events);
 * ```
 */
export function parsePolicy(source: string, options?: PolicyOptions): Policy {
  if (typeof source !== 'string') refuse(`parsePolicy(): expected the text of a policy, got ${show(source)}.`);
  const given = checkNames<PolicyOptions>('parsePolicy()', options, ['project', 'home', 'path']);
  for (const [name, value] of Object.entries(given))
    if (value !== undefined && typeof value !== 'string')
      refuse(`parsePolicy(): ${name}: expected a text, got ${show(value)}.`);
  const { project = process.cwd(), home = homedir(), path = process.env['PATH'] ?? '' } = given;
  const findings = new Findings();
  if (source.trim() === '') throw new ConfigError('the policy is empty', { line: 1, column: 1 });
  const tree = readPolicy(source, { project, home, path }, findings);
  findings.throwIfErrors();
  return new Policy(tree);
}

/**
 * Reads a policy from a file. Throws SysmonError (ERR_SYSMON_CONFIG).
 *
 * @example
 * ```js
 * import { loadPolicy } from '@org/sysmon/guard';
 *
 * console.log(loadPolicy('policy.yml').events);
 * ```
 */
export function loadPolicy(file: string, options?: PolicyOptions): Policy {
  let text;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new SysmonError('ERR_SYSMON_CONFIG', `cannot read the policy ${show(file)}: ${(cause as Error).message}`, {
      cause,
    });
  }
  return parsePolicy(text, options);
}

/** One event element for each type: an event that its rules include breaks the policy, and their names say where. */
function groupOf(tree: PolicyTree, names: Map<string, PolicyRule>): Group {
  const nodes = tree.sections.flatMap((section) =>
    sections[section.name].events.flatMap((tag) => {
      const entries = entriesOf(section, tag, names);
      return entries.length > 0 ? [{ tag, onmatch: 'include' as const, entries, at: section.at }] : [];
    }),
  );
  return { explicit: true, relation: 'or', nodes, at: { line: 1, column: 1 } };
}

const all = (entries: readonly Entry[], at: Position): Entry => ({ kind: 'all', entries, at });
const not = (entries: readonly Entry[], at: Position): Entry => ({ kind: 'not', entries, at });

function entriesOf(section: PolicySection, tag: string, names: Map<string, PolicyRule>): Entry[] {
  const { name, allow, deny, at } = section;
  const about = (sections[name].about[tag] ?? []).map(([field, value]): Entry => ({
    kind: 'line',
    field,
    condition: value.startsWith('!') ? 'is not' : 'is',
    value: value.replace('!', ''),
    at,
  }));
  const unless = section.unless ? [not([section.unless], at)] : [];
  const rule = (list: 'allow' | 'deny', text: string, where: Position, entries: readonly Entry[]): Entry => {
    const key = `${name}.${list}:${where.line}:${where.column}`;
    names.set(key, { section: name, list, text, line: where.line, column: where.column });
    return { kind: 'all', name: key, entries: [...about, ...unless, ...entries], at: where };
  };
  const meant = (list: PolicyList): [PolicyItem, Entry][] =>
    list.items.flatMap((item): [PolicyItem, Entry][] => {
      const entry = item.entries[tag] ?? item.entries['*'];
      if (entry === undefined) return [];
      return [[item, item.unless ? all([entry, not([item.unless], item.at)], item.at) : entry]];
    });
  const denied = deny ? meant(deny).map(([item, entry]) => rule('deny', item.text, item.at, [entry])) : [];
  if (!allow) return denied;
  const allowed = meant(allow).map(([, entry]) => entry);
  if (tag === sections[name].ifNamed && allowed.length === 0) return denied;
  const text = allow.items.length === 0 ? 'nothing is allowed' : `${allow.items.length} allowed`;
  const rest = allowed.length > 0 ? not(allowed, allow.at) : always(allow.at);
  return [...denied, rule('allow', text, allow.at, [rest])];
}
