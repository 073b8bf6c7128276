/** Events as a sensor hands them out, made by a test. */
import { techniquesOf } from '../attack/index.js';
import { refuse, show } from '../base/errors.js';
import { deepFreeze } from '../base/freeze.js';
import { zeroGuid, type MatchedRule, type Technique } from '../event/event.js';
import { matchedRules } from '../event/matched-rules.js';
import { ProcessRecord } from '../event/process-record.gen.js';
import { checkType } from '../event/type-names.js';
import type { EventType, SysmonEventMap } from '../schema/events.gen.js';
import { events } from '../schema/events.js';
import { commonExtra, ownExtra } from '../schema/extra.js';
import type { EventSchema } from '../schema/types.js';
import { linksOf } from './links.js';
import { checkProcess, makeProcess, type ProcessParts } from './make-process.js';
import { checkField, checkKeys, checkMember } from './shapes.js';

type Some<T> = { readonly [K in keyof T]?: T[K] | undefined };

/** What a test says of an event; the rest is filled in. `undefined` stands for nothing said. */
export type EventParts<K extends EventType = EventType> = {
  /** Of a type that has two: 17 or 18 of PipeEvent. */
  readonly id?: SysmonEventMap[K]['id'] | undefined;
  readonly recordId?: number | undefined;
  /** ISO 8601, UTC, microseconds: `2026-11-24T15:31:06.851242Z`. */
  readonly time?: string | undefined;
  readonly host?: string | undefined;
  readonly data?: Some<SysmonEventMap[K]['data']> | undefined;
  readonly extra?: Some<SysmonEventMap[K]['extra']> | undefined;
  readonly techniques?: readonly Technique[] | undefined;
  readonly rules?: readonly MatchedRule[] | undefined;
} & (SysmonEventMap[K] extends { readonly process: ProcessRecord }
  ? { readonly process?: ProcessRecord | ProcessParts | undefined }
  : { readonly process?: undefined });

const names = ['id', 'recordId', 'time', 'host', 'data', 'extra', 'process', 'techniques', 'rules'];
const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/;

/**
 * An event of a type, for unit tests of listeners and filters: no sensor, no privileges, no native part. What is not
 * given is that of the example in docs/events.md. What says the same in two places follows from the one that is given:
 * `data.Image` and `process.image`, `data.ParentImage` and `process.parent.image`, `time` and `data.UtcTime`,
 * `data.RuleName`, `rules` and `techniques`. The process has a parent and the first process above it, unless it says
 * otherwise; a ProcessRecord, such as that of another event, is taken as it is.
 *
 * Throws SysmonError (ERR_SYSMON_OPTION) for a type that there is not, an unknown name, and a value of the wrong type.
 *
 * @example
 * ```js
 * import { makeEvent } from '@org/sysmon/testing';
 *
 * const created = makeEvent('ProcessCreate', { data: { Image: '/tmp/x' }, process: { parent: { image: '/bin/sh' } } });
 * console.log(created.process.image, created.data.ParentImage); // /tmp/x /bin/sh
 * const ended = makeEvent('ProcessTerminate', { process: created.process, extra: { exitCode: 1 } });
 * console.log(ended.data.Image, ended.process === created.process); // /tmp/x true
 * ```
 */
export function makeEvent<K extends EventType>(type: K, parts?: EventParts<K>): SysmonEventMap[K] {
  checkType('makeEvent()', type);
  const where = `makeEvent('${type}')`;
  const given = checkKeys(where, parts, names);
  const schemas = events.filter((e) => e.name === type);
  const data = checkKeys(`${where}: data`, given['data'], fieldNames(schemas));
  const schema = chooseSchema(where, schemas, given['id'], data);
  for (const [name, fieldType] of schema.fields)
    if (name in data) checkField(`${where}: data.${name}`, fieldType, data[name]);
  const example = exampleOf(schema);
  const time = given['time'] ?? example.time;
  if (typeof time !== 'string' || !isoTime.test(time))
    refuse(`${where}: time: expected a time as 2026-11-24T15:31:06.851242Z, got ${show(time)}.`);
  const process = processOf(where, schema, given['process'], data, example.data);
  const rules = rulesOf(where, given['rules'], data['RuleName']);
  const values: Record<string, unknown> = { ...example.data };
  if (given['time'] !== undefined)
    for (const [name, , origin] of schema.fields)
      if (origin === 'time' || (origin === 'sdk' && name === 'UtcTime'))
        values[name] = `${time.slice(0, 10)} ${time.slice(11, 23)}`;
  if (process) for (const { field, from } of linksOf(schema)) values[field] = from(process) ?? nothing(schema, field);
  if (rules && 'RuleName' in values) values['RuleName'] = rules[0].name;
  return {
    type,
    id: schema.id,
    recordId: wholeNumber(`${where}: recordId`, given['recordId'] ?? example.recordId),
    time,
    host: text(`${where}: host`, given['host'] ?? example.host),
    data: { ...values, ...data },
    ...(process && { process }),
    extra: extraOf(where, schema, given['extra'], example.extra),
    techniques: deepFreeze(
      given['techniques'] === undefined
        ? techniquesOf(
            type,
            (rules ?? []).map((r) => r.name),
          )
        : structuredClone(listOf<Technique>(`${where}: techniques`, given['techniques'], ['id', 'name'])),
    ),
    ...(rules && { rules }),
  } as unknown as SysmonEventMap[K];
}

/** What a field says where nobody knows. */
function nothing(schema: EventSchema, field: string): unknown {
  const type = schema.fields.find(([name]) => name === field)?.[1];
  return type === 'guid' ? zeroGuid : type === 'string' || type === 'time' ? '-' : 0;
}

const fieldNames = (schemas: readonly EventSchema[]): string[] => [
  ...new Set(schemas.flatMap((e) => e.fields.map(([name]) => name))),
];

/** Of two events with one name: the one of the id, or the one whose fixed fields are as given. */
function chooseSchema(
  where: string,
  schemas: readonly EventSchema[],
  id: unknown,
  data: Record<string, unknown>,
): EventSchema {
  if (id !== undefined) {
    const found = schemas.find((e) => e.id === id);
    if (!found) refuse(`${where}: id: expected ${schemas.map((e) => e.id).join(' or ')}, got ${show(id)}.`);
    return found;
  }
  const fits = (e: EventSchema): boolean =>
    e.fields.every(
      ([name, , origin]) => !(name in data) || !/^const/.test(origin) || origin === `const(${data[name] as string})`,
    );
  return schemas.find(fits) ?? schemas[0];
}

function exampleOf(schema: EventSchema): NonNullable<EventSchema['example']> {
  if (schema.example === undefined) throw new Error(`schema: ${schema.name} has no example`);
  return schema.example;
}

function processOf(
  where: string,
  schema: EventSchema,
  given: unknown,
  data: Record<string, unknown>,
  example: Readonly<Record<string, unknown>>,
): ProcessRecord | undefined {
  if (schema.wire === undefined) {
    if (given !== undefined) refuse(`${where}: process: an event about the sensor itself has none.`);
    return undefined;
  }
  if (given instanceof ProcessRecord) return given;
  const parts = checkProcess(`${where}: process`, given);
  const own: Record<string, unknown> = {};
  // What the event says of the parent: all of it, and what was given.
  const parent: Record<string, unknown> = {};
  const said: Record<string, unknown> = {};
  for (const { field, of, member, back } of linksOf(schema)) {
    const value = back(data[field] ?? example[field]);
    if (value === undefined) continue;
    const isParent = of === 'parent' || member === 'ppid';
    const name = member === 'ppid' ? 'pid' : member;
    if (!isParent) own[name] = value;
    else parent[name] = value;
    if (isParent && field in data) said[name] = value;
  }
  if (parts['ppid'] !== undefined) parent['pid'] = parts['ppid'];
  // The id of the example is not that of another user.
  if ((parts['user'] ?? data['User']) !== undefined && !('LogonId' in data)) delete own['uid'];
  return makeProcess(`${where}: process`, given ?? {}, own, parent, said);
}

function extraOf(
  where: string,
  schema: EventSchema,
  given: unknown,
  example: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const members = [...commonExtra, ...ownExtra(schema.name)];
  const said = checkKeys(
    `${where}: extra`,
    given,
    members.map(([name]) => name),
  );
  for (const [name, tsType] of members) if (name in said) checkMember(`${where}: extra.${name}`, tsType, said[name]);
  const optional = Object.entries(given ?? {}).flatMap(([name, v]) =>
    v === undefined && name !== 'hook' && name !== 'tier' ? [name] : [],
  );
  const kept = Object.entries(example).filter(([name]) => !optional.includes(name));
  return deepFreeze(structuredClone({ ...Object.fromEntries(kept), ...said }));
}

function rulesOf(where: string, given: unknown, ruleName: unknown): readonly MatchedRule[] | undefined {
  if (given === undefined)
    return typeof ruleName === 'string' && ruleName !== '-' ? matchedRules([ruleName]) : undefined;
  const rules = listOf<MatchedRule>(`${where}: rules`, given, ['name']);
  if (rules.length === 0) return undefined;
  const tagged = rules.map((rule) => ({ ...matchedRules([rule.name])?.[0], ...rule }));
  return deepFreeze(structuredClone(tagged));
}

/** A list of objects that have these texts. */
function listOf<T>(where: string, value: unknown, texts: readonly string[]): readonly T[] {
  const good = (item: unknown): boolean =>
    typeof item === 'object' &&
    item !== null &&
    texts.every((name) => typeof (item as Record<string, unknown>)[name] === 'string');
  if (!Array.isArray(value) || !value.every(good))
    refuse(`${where}: expected a list of objects with ${texts.join(' and ')}, got ${show(value)}.`);
  return value as readonly T[];
}

function wholeNumber(where: string, value: unknown): number {
  checkMember(where, 'number', value);
  return value as number;
}

function text(where: string, value: unknown): string {
  checkMember(where, 'string', value);
  return value as string;
}
