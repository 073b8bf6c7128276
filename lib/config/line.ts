/** What both languages check about one line, so that they cannot disagree. */
import { isIP } from 'node:net';
import { show } from '../base/errors.js';
import { eventsOfTag, windowsTags } from '../schema/manifest.js';
import { baseEvent } from './compile.js';
import type { Findings, Position } from './findings.js';
import { comparedValue } from './field-values.js';
import { dottedField, dottedFields } from './rule-fields.js';
import { extraConditions, sysmonConditions, type Condition, type EventNode, type Line } from './model.js';
import { suggest } from '../base/nearest.js';
import { linesOf } from './evaluate.js';

/** As Sysmon: bytes of a name. */
export const maxNameBytes = 255;

/** More conditions are refused: each costs memory in the engine. */
export const maxLines = 100_000;

export const tooManyLines = `more than ${maxLines} conditions: write those of one field as a list ("is any", "contains any"), or split the file`;

const lower = new Map([...sysmonConditions, ...extraConditions].map((c) => [c as string, c]));

/** The condition of a name, whatever its case; undefined if there is none. */
export function conditionOf(name: string): Condition | undefined {
  return lower.get(name.toLowerCase());
}

/** What other languages call a condition, without blanks. */
const foreignConditions: Readonly<Record<string, Condition>> = {
  equals: 'is',
  equal: 'is',
  '=': 'is',
  '==': 'is',
  '!=': 'is not',
  startswith: 'begin with',
  beginswith: 'begin with',
  endswith: 'end with',
  notcontains: 'excludes',
  doesnotcontain: 'excludes',
  in: 'is any',
  '<': 'less than',
  '>': 'more than',
};

export function unknownCondition(name: string, extra: boolean): string {
  if (!extra && (extraConditions as readonly string[]).includes(name.toLowerCase()))
    return `only YAML has the condition '${name}', see docs/configuration.md`;
  const meant = foreignConditions[name.toLowerCase().replace(/[\s_-]/g, '')];
  if (meant) return `unknown condition '${name}', did you mean ${meant}?`;
  const all: readonly string[] = extra ? [...sysmonConditions, ...extraConditions] : sysmonConditions;
  return `unknown condition '${name}'${suggest(name, all) || `; known are ${all.join(', ')}`}`;
}

export function checkName(name: string | undefined, at: Position, findings: Findings): void {
  if (name !== undefined && Buffer.byteLength(name) > maxNameBytes) {
    findings.error('name-too-long', `the name is longer than ${maxNameBytes} bytes`, at);
  }
}

/** Checks the value against its condition. */
export function checkValue(line: Line, findings: Findings): void {
  if (line.value.includes('\0')) findings.error('value', 'a value cannot contain NUL', line.at);
  if (line.value.length > 65_536) findings.error('value', 'a value cannot be longer than 65536 characters', line.at);
  switch (line.condition) {
    case 'cidr':
      for (const network of line.value.split(';')) {
        if (!isNetwork(network))
          findings.error('value', `${show(network)} is no network, such as 10.0.0.0/8 or fe80::/10`, line.at);
      }
      break;
    case 'eq':
    case 'ne':
    case 'lt':
    case 'le':
    case 'gt':
    case 'ge':
      if (!/^(?:[+-]?\d{1,300}(?:\.\d{1,290})?|0[xX][0-9a-fA-F]{1,16})$/.test(comparedValue(line))) {
        findings.error('value', `${show(line.value)} is no number`, line.at);
      }
      break;
    case 'regex':
      if (line.value.length > 4096)
        findings.error('value', 'a regular expression cannot be longer than 4096 characters', line.at);
      break;
    default:
      break;
  }
}

function isNetwork(text: string): boolean {
  const match = /^([0-9a-fA-F.:]+)(?:\/(\d{1,3}))?$/.exec(text);
  const kind = match ? isIP(match[1]) : 0;
  return kind !== 0 && (match?.[2] === undefined || Number(match[2]) <= (kind === 4 ? 32 : 128));
}

/** Checks that the event has the fields that a node's lines name. */
export function checkFields(node: EventNode, findings: Findings): void {
  // It means nothing here, whatever its fields.
  if (windowsTags.has(node.tag)) return;
  const events = eventsOfTag(node.tag);
  const names = new Set(events.flatMap((e) => e.fields.map((f) => f.name)));
  let wrong = false;
  for (const line of linesOf(node.entries)) {
    const dotted = line.field.includes('.');
    if (dotted ? dottedField(line.field) : names.has(line.field)) continue;
    wrong = true;
    const hint = suggest(line.field, dotted ? dottedFields : names);
    findings.error('unknown-field', `${node.tag} has no field ${line.field}${hint}`, line.at);
  }
  if (!wrong && events.length > 1 && !baseEvent(node)) {
    findings.error(
      'unknown-field',
      `no single event of ${node.tag} has all the fields of this element; split it`,
      node.at,
    );
  }
}
