/** Generates the C++ rows of events: where each field comes from, and what else the worker must know of them. */
import {
  carried,
  hasTarget,
  identifier,
  isAboutFile,
  recordLayout,
  structLayout,
  usualHookOf,
} from '../../lib/schema/layout.js';
import { derivedFields, processPaths } from '../../lib/schema/process.js';
import { plainOrigins, wireOrigins } from '../../lib/schema/types.js';
import type { EventField, EventSchema, WireRecord } from '../../lib/schema/types.js';
import { structs } from '../../lib/schema/wire.js';

export const text = (s: string): string => JSON.stringify(s);
export const pascal = (s: string): string => s.replace(/(?:^|[_.])([a-zA-Z])/g, (_, c: string) => c.toUpperCase());

/** The members of `enum class ProcessField`: what rules may name, and what Sysmon's fields need besides. */
const processField = (path: string): string => pascal(path.replace(/\.\*$/, ''));
export const processFieldNames: readonly string[] = [
  ...processPaths.map((p) => processField(p.path)),
  ...derivedFields.map(([name]) => processField(name)),
];

/** Offsets of all `struct sm_text` of a record, also those inside nested structures. */
export function textOffsets(record: WireRecord): number[] {
  const inside = (type: string, size: number, at: number): number[] => {
    if (type === 'text' || type === 'path' || type === 'struct text') return [at];
    const [, name, count = '1'] = /^struct (\w+)(?:\[(\d+)\])?$/.exec(type) ?? [];
    const found = structs.find((x) => x.name === name);
    if (!found) return [];
    const { fields } = structLayout(found);
    return Array.from({ length: Number(count) }, (_, i) =>
      fields.flatMap((f) => inside(f.type, f.size, at + (size / Number(count)) * i + f.offset)),
    ).flat();
  };
  return recordLayout(record).fields.flatMap((f) => inside(f.type, f.size, f.offset));
}

/** The members of `enum class Op`. */
export const ops: readonly string[] = [
  ...Object.keys(plainOrigins).map(pascal),
  ...Object.keys(wireOrigins).map(pascal),
  'Const',
  'Process',
];

interface Source {
  readonly op: string;
  readonly offset?: number;
  readonly size?: number;
  /** Offset of the second argument. */
  readonly other?: number;
  readonly constant?: string;
  readonly bits?: string;
  readonly process?: string;
}

function sourceOf(name: string, origin: string, record: WireRecord | undefined): Source {
  const [, who, field] = /^(process|parent|target)\.(\w+)$/.exec(origin) ?? [];
  if (field !== undefined) {
    const member = processField(field);
    if (!processFieldNames.includes(member)) throw new Error(`schema: ${name}: a process record has no ${field}`);
    return { op: 'Process', process: `Who::${pascal(who)}, ProcessField::${member}` };
  }
  const [, operation, inside] = /^(\w+)\((.*)\)$/.exec(origin) ?? [];
  if (operation === undefined) return { op: pascal(origin) };
  if (operation === 'const') return { op: 'Const', constant: inside };
  // `field, second` or `field: what belongs to it`
  const [args, detail] = inside.split(': ') as [string, string?];
  const [first, second] = args.split(', ').map((argument) => {
    const found = record && recordLayout(record).fields.find((f) => f.name === argument);
    if (!found) throw new Error(`schema: ${name}: no wire field ${argument}`);
    return found;
  });
  return {
    op: pascal(operation),
    offset: first.offset,
    size: first.size,
    ...(second ? { other: second.offset } : {}),
    ...(operation === 'choice' || operation === 'credentials' ? { constant: detail?.replaceAll(', ', ',') ?? '' } : {}),
    ...(operation === 'bit' ? { bits: detail ?? '' } : {}),
  };
}

function fieldRow(record: WireRecord | undefined, [name, type, origin]: EventField): string {
  const s = sourceOf(name, origin, record);
  return (
    `    {${text(name)}, FieldType::${pascal(type)}, Op::${s.op}, ${s.offset ?? 0}, ${s.size ?? 0}, ${s.other ?? 0}, ` +
    `${text(s.constant ?? '')}, ${s.bits ?? 0}, ${s.process ?? 'Who::Process, ProcessField::Pid'}},`
  );
}

function offsetOf(e: EventSchema, name: string): number {
  return (e.wire && recordLayout(e.wire).fields.find((f) => f.name === name)?.offset) ?? 0;
}

function hookOffset(e: EventSchema): number {
  const at = offsetOf(e, 'hook');
  if (at > 0 !== (e.hooks?.length ?? 0) > 1)
    throw new Error(`schema: ${e.name}: a record with a field 'hook' goes with a list of hooks`);
  return at;
}

const list = (name: string, values: readonly string[] = []): string =>
  `inline constexpr const char* ${name}[] = {${[...values.map(text), 'nullptr'].join(', ')}};`;

/** The fields of an event, and then the members of its `extra`, that are paths in a `struct location`. */
function locations(e: EventSchema): string {
  const of = (table: string, rows: readonly EventField[] = []): string[] =>
    rows.flatMap(([, , origin], i) => (origin.startsWith('location(') ? [`&k${identifier(e)}${table}[${i}]`] : []));
  const fields = [...of('Fields', e.fields), ...of('Extra', e.extra)];
  return `inline constexpr const Field* k${identifier(e)}Locations[] = {${[...fields, 'nullptr'].join(', ')}};`;
}

/** The tables of one event. */
export function eventTables(e: EventSchema): string[] {
  const k = `k${identifier(e)}`;
  const fields = (name: string, rows: readonly EventField[]): string[] =>
    rows.length === 0
      ? []
      : [`inline constexpr Field ${k}${name}[] = {`, ...rows.map((f) => fieldRow(e.wire, f)), '};'];
  return [
    ...fields('Fields', e.fields),
    ...fields('Extra', e.extra ?? []),
    `inline constexpr uint16_t ${k}Carried[] = {${carried(e)
      .map((f) => e.fields.indexOf(f))
      .join(', ')}};`,
    `inline constexpr Hook ${k}Hooks[] = {${(e.hooks ?? []).map(([h, tier]) => `{${text(h)}, ${text(tier)}}`).join(', ')}};`,
    list(`${k}Programs`, e.programs),
    list(`${k}WithoutCgroup2`, e.withoutCgroup2?.programs),
    list(`${k}Maps`, e.maps),
    locations(e),
    ...(e.marks ?? []).map(({ fields: names }, i) => list(`${k}Marked${i}`, names)),
    ...(e.marks
      ? [
          `inline constexpr Mark ${k}Marks[] = {`,
          ...e.marks.map(({ kind, field, bits }, i) => {
            const at = e.wire && recordLayout(e.wire).fields.find((f) => f.name === field);
            if (!at) throw new Error(`schema: ${e.name}: no wire field ${field}`);
            return `    {${kind === 'truncated'}, ${at.offset}, ${at.size}, ${bits}, ${k}Marked${i}},`;
          }),
          '};',
        ]
      : []),
    '',
  ];
}

/** Its row in kEvents: the members of `struct Event`, in their order. */
export function eventRow(e: EventSchema): string {
  const k = `k${identifier(e)}`;
  const all = [...e.fields, ...(e.extra ?? [])];
  const has = (origin: string): boolean => all.some((f) => f[2] === origin);
  /** Offsets of the wire fields that the fields with this origin take, and 0 for each that there is not. */
  const argumentsOf = (origin: string, count: number): number[] => {
    const found = e.fields.filter((f) => f[2].startsWith(`${origin}(`));
    return Array.from({ length: count }, (_, i) =>
      found[i] ? offsetOf(e, found[i][2].slice(origin.length + 1, -1)) : 0,
    );
  };
  const members = [
    e.id,
    e.wire?.id,
    text(e.name),
    `${k}Fields`,
    e.fields.length,
    `${k}Carried`,
    carried(e).length,
    e.extra?.length ? `${k}Extra` : 'nullptr',
    e.extra?.length ?? 0,
    `${k}Hooks`,
    e.hooks?.length ?? 0,
    e.hooks?.indexOf(usualHookOf(e) ?? ['', 'core']),
    hookOffset(e),
    isAboutFile(e) ? offsetOf(e, 'file') : 0,
    `${k}Locations`,
    hasTarget(e) ? offsetOf(e, 'target') : 0,
    `Content::${pascal(e.content ?? 'none')}`,
    e.origin ?? false,
    has('hashes'),
    has('archived'),
    ...argumentsOf('user', 2),
    ...argumentsOf('created', 1),
    offsetOf(e, 'directory'),
    `${k}Programs`,
    `${k}WithoutCgroup2`,
    `${k}Maps`,
    e.marks ? `${k}Marks` : 'nullptr',
    e.marks?.length ?? 0,
  ];
  return `    {${members.join(', ')}},`;
}
