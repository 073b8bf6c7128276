/** What is wrong with a document, by the published definitions of its format (test/fixtures). */
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';
import type { SysmonEvent } from '../../../lib/schema/events.gen.js';
import { ecs, json, ocsf, winlogbeat, xml } from '../../../lib/serializer/index.js';
import { dataOf, fixtures } from './helpers.js';

export type Tree = Record<string, unknown>;
export const at = (tree: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((t, n) => (t as Tree | undefined)?.[n], tree);

const read = (name: string): unknown => JSON.parse(readFileSync(join(fixtures, name), 'utf8'));

/** Path and value of every leaf; a list is one leaf unless it is of objects. */
function* leaves(value: unknown, path = ''): Generator<[string, unknown]> {
  if (Array.isArray(value) && value.some((v) => v !== null && typeof v === 'object')) {
    for (const v of value) yield* leaves(v, path);
  } else if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
    for (const [n, v] of Object.entries(value)) yield* leaves(v, path === '' ? n : `${path}.${n}`);
  } else yield [path, value];
}

const types: Record<string, (v: unknown) => boolean> = {
  keyword: (v) => typeof v === 'string',
  wildcard: (v) => typeof v === 'string',
  match_only_text: (v) => typeof v === 'string',
  constant_keyword: (v) => typeof v === 'string',
  boolean: (v) => typeof v === 'boolean',
  long: (v) => Number.isInteger(v),
  ip: (v) => typeof v === 'string' && isIP(v) !== 0,
  date: (v) => typeof v === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(v),
};

// --- Elastic Common Schema ---

type EcsDefinition = readonly [type: string, shape: 'array' | 'single', allowed?: readonly string[]];
const ecsFields = read('ecs-8.11.json') as {
  fields: Record<string, EcsDefinition>;
  expectedTypes: Record<string, readonly string[]>;
};
/** Own names, which the schema leaves to us, and those of labels, which it leaves to whoever gave them. */
const own = /^(sysmon|winlog|labels|container\.labels)\./;

export function ecsFaults(document: Tree): string[] {
  const out: string[] = [];
  for (const [path, value] of leaves(document)) {
    if (own.test(path)) continue;
    const definition = ecsFields.fields[path] as EcsDefinition | undefined;
    if (definition === undefined) {
      out.push(`${path} is not defined`);
      continue;
    }
    const [type, shape, allowed] = definition;
    // Lists of objects are walked one by one above.
    if (!path.startsWith('dns.answers.') && Array.isArray(value) !== (shape === 'array'))
      out.push(`${path} is not ${shape}`);
    for (const v of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (!types[type]?.(v)) out.push(`${path} is no ${type}: ${JSON.stringify(v)}`);
      if (allowed && allowed.length > 0 && !allowed.includes(v as string))
        out.push(`${path}: ${JSON.stringify(v)} is not allowed`);
      // An argument may well be a dash.
      if (!path.endsWith('.args') && (v === '-' || v === '{00000000-0000-0000-0000-000000000000}'))
        out.push(`${path} says nothing`);
    }
  }
  const categories = (at(document, 'event.category') ?? []) as string[];
  for (const type of (at(document, 'event.type') ?? ['missing']) as string[])
    if (categories.length > 0 && !categories.some((c) => ecsFields.expectedTypes[c]?.includes(type)))
      out.push(`event.type ${type} does not go with ${categories.join()}`);
  for (const path of ['@timestamp', 'ecs.version', 'event.kind', 'event.type'])
    if (at(document, path) === undefined) out.push(`${path} is missing`);
  return out;
}

// --- Winlogbeat ---

const winlogFields = (read('winlogbeat-fields.json') as { fields: Record<string, [type: string, required: boolean]> })
  .fields;

export function winlogbeatFaults(document: Tree): string[] {
  const out: string[] = [];
  for (const [path, [, required]] of Object.entries(winlogFields))
    if (required && at(document, path) === undefined) out.push(`${path} is missing`);
  for (const [path, value] of leaves(document['winlog'], 'winlog')) {
    if (path.startsWith('winlog.event_data.')) {
      if (typeof value !== 'string') out.push(`${path} is no text`);
      continue;
    }
    const definition = winlogFields[path] as [string, boolean] | undefined;
    if (definition === undefined) out.push(`${path} is not defined`);
    else if (!types[definition[0]]?.(value)) out.push(`${path} is no ${definition[0]}`);
  }
  return out;
}

// --- Open Cybersecurity Schema Framework ---

type Attributes = Record<string, string>;
const ocsfSchema = read('ocsf-1.5.json') as {
  base: Attributes;
  severities: Record<string, string>;
  statuses: Record<string, string>;
  classes: Record<
    string,
    { name: string; category: number; activities: Record<string, string>; attributes: Attributes }
  >;
  objects: Record<string, Attributes>;
  enums: Record<string, number[]>;
};

function objectFaults(value: Tree, attributes: Attributes, name: string): string[] {
  const out: string[] = [];
  for (const [attribute, definition] of Object.entries(attributes))
    if (definition.endsWith('!') && value[attribute] === undefined) out.push(`${name}.${attribute} is missing`);
  for (const [attribute, v] of Object.entries(value)) {
    const definition = attributes[attribute] as string | undefined;
    if (definition === undefined) {
      out.push(`${name}.${attribute} is not defined`);
      continue;
    }
    const type = definition.replace(/[!?]$/, '').replace('[]', '');
    if (definition.includes('[]') !== Array.isArray(v)) out.push(`${name}.${attribute}: list or not`);
    for (const one of Array.isArray(v) ? (v as unknown[]) : [v]) {
      if (
        type === 'integer'
          ? !Number.isInteger(one)
          : type === 'string'
            ? typeof one !== 'string'
            : typeof one !== 'object'
      )
        out.push(`${name}.${attribute} is no ${type}`);
      else if (type !== 'ANY' && type === type.toUpperCase())
        out.push(...objectFaults(one as Tree, ocsfSchema.objects[type], type));
      const allowed = ocsfSchema.enums[`${name}.${attribute}`];
      if (allowed !== undefined && !allowed.includes(one as number)) out.push(`${name}.${attribute}: ${String(one)}`);
      if (one === '-' || (one === '' && name !== 'ENVIRONMENT')) out.push(`${name}.${attribute} says nothing`);
    }
  }
  // Constraints: at least one of these.
  if (['PROCESS', 'PROCESS_ENTITY'].includes(name) && value['pid'] === undefined && value['uid'] === undefined)
    out.push(`${name} has neither pid nor uid`);
  if (name === 'PRODUCT' && value['name'] === undefined) out.push('PRODUCT has no name');
  return out;
}

export function ocsfFaults(document: Tree): string[] {
  const known = ocsfSchema.classes[String(document['class_uid'])] as (typeof ocsfSchema.classes)[string] | undefined;
  if (known === undefined) return [`class_uid ${String(document['class_uid'])} is not defined`];
  const out = objectFaults(document, { ...ocsfSchema.base, ...known.attributes }, 'EVENT');
  const same = (name: string, expected: unknown): void => {
    if (document[name] !== expected)
      out.push(`${name} is ${JSON.stringify(document[name])}, not ${JSON.stringify(expected)}`);
  };
  same('class_name', known.name);
  same('category_uid', known.category);
  same('type_uid', (document['class_uid'] as number) * 100 + (document['activity_id'] as number));
  same('severity', ocsfSchema.severities[String(document['severity_id'])]);
  same('status', ocsfSchema.statuses[String(document['status_id'])]);
  // Other has the name that the source gives it.
  if (document['activity_id'] !== 99) same('activity_name', known.activities[String(document['activity_id'])]);
  else if (!/^[A-Z]/.test(document['activity_name'] as string)) out.push('activity_name of Other has no name');
  return out;
}

/** What is wrong with the documents that the formats make of an event. */
export function faultsOf(event: SysmonEvent): string[] {
  const out = [
    ...ecsFaults(JSON.parse(ecs(event)) as Tree).map((f) => `ecs: ${f}`),
    ...winlogbeatFaults(JSON.parse(winlogbeat(event)) as Tree).map((f) => `winlogbeat: ${f}`),
    ...ocsfFaults(JSON.parse(ocsf(event)) as Tree).map((f) => `ocsf: ${f}`),
  ];
  // Sysmon's fields, all of them and in order; the XML parser is strict.
  const names = Object.keys(event.data).join();
  // prettier-ignore
  if (dataOf(xml(event)).map(([n]) => n).join() !== names) out.push('xml: other fields, or in another order');
  if (Object.keys((JSON.parse(json(event)) as SysmonEvent).data).join() !== names)
    out.push('json: other fields, or in another order');
  return out;
}
