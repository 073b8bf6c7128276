/**
 * What a configuration says, whichever language it was written in. Plain data; `at` is where it stands in the source.
 */
import type { Diagnostic, Position } from './findings.js';

/** The 16 conditions of Sysmon. */
export const sysmonConditions = [
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
] as const;

/** Conditions that only YAML can say. */
export const extraConditions = ['regex', 'cidr', 'eq', 'ne', 'lt', 'le', 'gt', 'ge'] as const;

export type SysmonCondition = (typeof sysmonConditions)[number];
export type ExtraCondition = (typeof extraConditions)[number];
export type Condition = SysmonCondition | ExtraCondition;

/** Conditions whose value is a list joined by `;`. */
export const listConditions: ReadonlySet<Condition> = new Set<Condition>([
  'contains any',
  'is any',
  'contains all',
  'excludes any',
  'excludes all',
  'cidr',
]);

export type Relation = 'and' | 'or';

/** One condition on one field. */
export interface Line {
  readonly kind: 'line';
  /** A field of `data`, or a dotted path such as `process.container.id`. */
  readonly field: string;
  readonly condition: Condition;
  /** As written. */
  readonly value: string;
  /** Name of its own; an empty one is none, so that the inherited one holds. */
  readonly name?: string;
  readonly comment?: string;
  readonly at: Position;
}

/** `<Rule>`, or `any`, `all`, `not` of YAML. Only YAML nests them or says `not`. */
export interface Compound {
  readonly kind: 'any' | 'all' | 'not';
  readonly name?: string;
  readonly entries: readonly Entry[];
  readonly comment?: string;
  /** Comment after the last entry. */
  readonly end?: string;
  readonly at: Position;
}

export type Entry = Line | Compound;

/** The rules of one event element, `<ProcessCreate onmatch="include">`. */
export interface EventNode {
  /** As written; see `eventsOfTag`. */
  readonly tag: string;
  readonly onmatch: 'include' | 'exclude';
  readonly entries: readonly Entry[];
  readonly comment?: string;
  readonly end?: string;
  readonly at: Position;
}

/** `<RuleGroup>`, or nothing around a single event element. */
export interface Group {
  /** False: the event stands without a RuleGroup. */
  readonly explicit: boolean;
  readonly name?: string;
  /** Absent: not said, so the schema version decides. */
  readonly relation?: Relation;
  readonly nodes: readonly EventNode[];
  readonly comment?: string;
  readonly end?: string;
  readonly at: Position;
}

/** An option element, such as HashAlgorithms. */
export interface OptionSetting {
  readonly name: string;
  readonly value: string;
  readonly comment?: string;
  readonly at: Position;
}

export interface SchemaVersion {
  readonly major: number;
  readonly minor: number;
}

export interface RuleSet {
  readonly kind: 'RuleSet';
  /** The language it was read from. */
  readonly format: 'xml' | 'yaml';
  readonly schemaVersion: SchemaVersion;
  readonly options: readonly OptionSetting[];
  readonly groups: readonly Group[];
  /** What stands above everything, such as a licence. */
  readonly comment?: string;
  /** What stands above all groups, and below them. */
  readonly rulesComment?: string;
  readonly rulesEnd?: string;
  /** What stands below everything. */
  readonly end?: string;
  /** What stood in the source and means nothing to a rule set: `convert` loses it. */
  readonly leftOut?: readonly Diagnostic[];
}

/** `4.90` */
export function versionText({ major, minor }: SchemaVersion): string {
  return `${major}.${String(minor).padStart(2, '0')}`;
}

/** How the entries of an event element combine: its RuleGroup says so; else `and` above schema 4.1, `or` up to it. */
export function combination(ruleSet: RuleSet, group: Group): Relation {
  if (group.explicit && group.relation) return group.relation;
  const { major, minor } = ruleSet.schemaVersion;
  return major > 4 || (major === 4 && minor > 10) ? 'and' : 'or';
}

/** The schema version as Sysmon reads it: a decimal number, two digits after the point (`4.1` is 4.10). */
export function parseSchemaVersion(text: string): SchemaVersion | undefined {
  if (!/^\s*\d{1,4}(\.\d{1,8})?\s*$/.test(text)) return undefined;
  const [major = '0', minor = '0'] = Number(text).toFixed(2).split('.');
  return { major: Number(major), minor: Number(minor) };
}
