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

/** A condition that Sysmon knows. */
export type SysmonCondition = (typeof sysmonConditions)[number];
/** A condition that only YAML can say. */
export type ExtraCondition = (typeof extraConditions)[number];
/** How a field is compared with the value of a line. */
export type Condition = SysmonCondition | ExtraCondition;

/** @internal Conditions whose value is a list joined by `;`. */
export const listConditions: ReadonlySet<Condition> = new Set<Condition>([
  'contains any',
  'is any',
  'contains all',
  'excludes any',
  'excludes all',
  'cidr',
]);

/** How the entries of an event element combine. */
export type Relation = 'and' | 'or';

/** One condition on one field. */
export interface Line {
  /** Tells it from a Compound. */
  readonly kind: 'line';
  /** A field of `data`, or a dotted path such as `process.container.id`. */
  readonly field: string;
  /** How the field is compared with the value. */
  readonly condition: Condition;
  /** As written. */
  readonly value: string;
  /** Name of its own; an empty one is none, so that the inherited one holds. */
  readonly name?: string;
  /** Comment before it. */
  readonly comment?: string;
  /** Where it stands. */
  readonly at: Position;
}

/** `<Rule>`, or `any`, `all`, `not` of YAML. Only YAML nests them or says `not`. */
export interface Compound {
  /** How its entries combine: one of them, all, or none of them holds. */
  readonly kind: 'any' | 'all' | 'not';
  /** Name of the rule, for `RuleName`. */
  readonly name?: string;
  /** What it is made of. */
  readonly entries: readonly Entry[];
  /** Comment before it. */
  readonly comment?: string;
  /** Comment after the last entry. */
  readonly end?: string;
  /** Where it stands. */
  readonly at: Position;
}

/** What rules are made of. */
export type Entry = Line | Compound;

/** The rules of one event element, `<ProcessCreate onmatch="include">`. */
export interface EventNode {
  /** As written; see `eventsOfTag`. */
  readonly tag: string;
  /** What becomes of an event that the entries hold for. */
  readonly onmatch: 'include' | 'exclude';
  /** Its rules; none: nothing is included, or nothing excluded. */
  readonly entries: readonly Entry[];
  /** Comment before it. */
  readonly comment?: string;
  /** Comment after the last entry. */
  readonly end?: string;
  /** Where it stands. */
  readonly at: Position;
}

/** `<RuleGroup>`, or nothing around a single event element. */
export interface Group {
  /** False: the event stands without a RuleGroup. */
  readonly explicit: boolean;
  /** Name that its rules inherit. */
  readonly name?: string;
  /** Absent: not said, so the schema version decides. */
  readonly relation?: Relation;
  /** Its event elements. */
  readonly nodes: readonly EventNode[];
  /** Comment before it. */
  readonly comment?: string;
  /** Comment after the last element. */
  readonly end?: string;
  /** Where it stands. */
  readonly at: Position;
}

/** An option element, such as HashAlgorithms. */
export interface OptionSetting {
  /** As Sysmon spells it. */
  readonly name: string;
  /** As written. */
  readonly value: string;
  /** Comment before it. */
  readonly comment?: string;
  /** Where it stands. */
  readonly at: Position;
}

/** Version of Sysmon's schema: 4.90 is `{ major: 4, minor: 90 }`. */
export interface SchemaVersion {
  /** Before the point. */
  readonly major: number;
  /** Behind it, two digits. */
  readonly minor: number;
}

/** A whole configuration, as `loadConfig` and `parseConfig` read it. */
export interface RuleSet {
  /** Tells it from other objects. */
  readonly kind: 'RuleSet';
  /** The language it was read from. */
  readonly format: 'xml' | 'yaml';
  /** Of Sysmon's schema that it was written for; it decides how rules without a relation combine. */
  readonly schemaVersion: SchemaVersion;
  /** Option elements, in order. */
  readonly options: readonly OptionSetting[];
  /** The rules, in order. */
  readonly groups: readonly Group[];
  /** What stands above everything, such as a licence. */
  readonly comment?: string;
  /** What stands above all groups. */
  readonly rulesComment?: string;
  /** What stands below them. */
  readonly rulesEnd?: string;
  /** What stands below everything. */
  readonly end?: string;
  /** What stood in the source and means nothing to a rule set: `convert` loses it. */
  readonly leftOut?: readonly Diagnostic[];
}

/** @internal `4.90` */
export function versionText({ major, minor }: SchemaVersion): string {
  return `${major}.${String(minor).padStart(2, '0')}`;
}

/**
 * @internal How the entries of an event element combine: its RuleGroup says so; else `and` above schema 4.1, `or` up to
 * it.
 */
export function combination(ruleSet: RuleSet, group: Group): Relation {
  if (group.explicit && group.relation) return group.relation;
  const { major, minor } = ruleSet.schemaVersion;
  return major > 4 || (major === 4 && minor > 10) ? 'and' : 'or';
}

/** @internal The schema version as Sysmon reads it: a decimal number, two digits after the point (`4.1` is 4.10). */
export function parseSchemaVersion(text: string): SchemaVersion | undefined {
  if (!/^\s*\d{1,4}(\.\d{1,8})?\s*$/.test(text)) return undefined;
  const [major = '0', minor = '0'] = Number(text).toFixed(2).split('.');
  return { major: Number(major), minor: Number(minor) };
}
