/** Generates the C++ side: bounds of wire records, tables of events, and the layout of the entries that go to JavaScript. */
import { events, schemaVersion } from '../../lib/schema/events.js';
import {
  carried,
  controlKinds,
  eventHeadWords,
  fileWords,
  identifier,
  isAboutFile,
  processHeadWords,
  processWords,
  recordLayout,
  records,
  schemaHash,
  structLayout,
} from '../../lib/schema/layout.js';
import { processFields } from '../../lib/schema/process.js';
import type { EventField, EventSchema, WireRecord } from '../../lib/schema/types.js';
import { dropReasons, fdKinds, structs } from '../../lib/schema/wire.js';
import { banner } from './c.js';

const text = (s: string): string => JSON.stringify(s);
const pascal = (s: string): string => s.replace(/(?:^|_)([a-zA-Z])/g, (_, c: string) => c.toUpperCase());

/** Offsets of all `struct sm_text` of a record, also those inside nested structures. */
function textOffsets(record: WireRecord): number[] {
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

function op(origin: string): { op: string; argument?: string; words?: string } {
  const choice = /^choice\((\w+): (.*)\)$/.exec(origin);
  if (choice) return { op: 'Choice', argument: choice[1], words: choice[2].replaceAll(' ', '') };
  const call = /^(\w+)\((.*)\)$/.exec(origin);
  if (call) return { op: pascal(call[1]), argument: call[2] };
  // Which field of the process or of its parent is in `constant`: JavaScript takes it from the record, rules will ask for it.
  if (origin.includes('.')) return { op: 'Process' };
  return { op: pascal(origin) };
}

function fieldRow(record: WireRecord | undefined, [name, type, origin]: EventField): string {
  const { op: operation, argument, words } = op(origin);
  const wire =
    argument === undefined ? undefined : record && recordLayout(record).fields.find((f) => f.name === argument);
  if (argument !== undefined && operation !== 'Const' && !wire)
    throw new Error(`schema: ${name}: no wire field ${argument}`);
  return `    {${text(name)}, FieldType::${pascal(type)}, Op::${operation}, ${wire?.offset ?? 0}, ${wire?.size ?? 0}, ${text(operation === 'Const' ? (argument as string) : operation === 'Process' ? origin : (words ?? ''))}},`;
}

/** The fields of an event that are paths in a `struct location`. */
function locations(e: EventSchema): string {
  const at = e.fields.flatMap(([, , origin], i) => (origin.startsWith('location(') ? [i] : []));
  const fields = at.map((i) => `&k${identifier(e)}Fields[${i}]`);
  return `inline constexpr const Field* k${identifier(e)}Locations[] = {${[...fields, 'nullptr'].join(', ')}};`;
}

function hookOffset(e: EventSchema): number {
  const at = e.wire && recordLayout(e.wire).fields.find((f) => f.name === 'hook')?.offset;
  if ((at !== undefined) !== (e.hooks !== undefined))
    throw new Error(`schema: ${e.name}: a record with a field 'hook' goes with a list of hooks`);
  return at ?? 0;
}

const list = (name: string, values: readonly string[] = []): string =>
  `inline constexpr const char* ${name}[] = {${[...values.map(text), 'nullptr'].join(', ')}};`;

export function schemaHeader(): string {
  const ops = [
    'Rule',
    'Time',
    'Sdk',
    'Const',
    'Process',
    'Hashes',
    'Argv',
    'Text',
    'Path',
    'User',
    'Number',
    'Flag',
    'Address',
    'Ipv6',
    'Hostname',
    'Service',
    'Protocol',
    'Location',
    'Created',
    'Stamp',
    'Choice',
    'Archived',
  ];
  const types = [...new Set(events.flatMap((e) => e.fields.map(([, t]) => pascal(t))))].sort();
  const fired = events.filter((e) => e.wire);
  const p = processWords();
  const out: string[] = [
    `// ${banner('lib/schema')}`,
    '#pragma once',
    '#include <cstdint>',
    '#include <cstddef>',
    '',
    'namespace sysmon::schema {',
    '',
    `inline constexpr char kHash[] = ${text(schemaHash)};`,
    `inline constexpr char kVersion[] = ${text(schemaVersion)};`,
    '',
    'enum class FieldType : uint8_t { ' + types.join(', ') + ' };',
    '',
    '// Where a field comes from; see Origin in lib/schema/types.ts.',
    'enum class Op : uint8_t { ' + ops.join(', ') + ' };',
    '',
    'struct Field {',
    '  const char* name;',
    '  FieldType type;',
    '  Op op;',
    '  uint16_t wire_offset;  // of the argument in the wire record',
    '  uint8_t wire_size;',
    '  const char* constant;  // Const: the text. Process: "process.X" or "parent.X". Choice: the words, separated by commas',
    '};',
    '',
    'struct Event {',
    '  uint16_t id;         // of Sysmon',
    '  uint16_t wire_type;  // sm_type',
    '  const char* name;',
    '  const char* hook;',
    '  const Field* fields;',
    '  uint16_t field_count;',
    '  const uint16_t* carried;  // indexes of the fields that travel in an entry',
    '  uint16_t carried_count;',
    '  const char* const* hooks;  // several: the record tells which; null: there is only one',
    '  uint16_t hook_offset;      // of the index of the hook in the record',
    '  uint16_t file_offset;      // of the file that it is about in the record; 0: none',
    '  const Field* const* locations;  // the fields with a path in a struct sm_location; ends with null',
    '  const char* const* programs;  // of the kernel side that it needs beside those of the process table; ends with null',
    '  const char* const* without_cgroup2;  // instead of those for control groups where their root is out of reach; ends with null',
    '  const char* const* maps;      // that only its programs use; ends with null',
    '};',
    '',
    'struct Record {',
    '  uint16_t type;',
    '  const char* name;',
    '  bool lifecycle;',
    '  uint32_t fixed_size;',
    '  const uint16_t* texts;  // offsets of all sm_text',
    '  uint16_t text_count;',
    '  const char* event;  // what is lost with it, where it is not the record of an event itself',
    '};',
    '',
  ];
  for (const e of fired) {
    const indexes = carried(e).map((f) => e.fields.indexOf(f));
    out.push(
      `inline constexpr Field k${identifier(e)}Fields[] = {`,
      ...e.fields.map((f) => fieldRow(e.wire, f)),
      '};',
      `inline constexpr uint16_t k${identifier(e)}Carried[] = {${indexes.join(', ')}};`,
      ...(e.hooks
        ? [`inline constexpr const char* k${identifier(e)}Hooks[] = {${e.hooks.map(text).join(', ')}};`]
        : []),
      locations(e),
      list(`k${identifier(e)}Programs`, e.programs),
      list(`k${identifier(e)}WithoutCgroup2`, e.withoutCgroup2?.programs),
      list(`k${identifier(e)}Maps`, e.maps),
      '',
    );
  }
  out.push(
    'inline constexpr Event kEvents[] = {',
    ...fired.map(
      (e) =>
        `    {${e.id}, ${e.wire?.id}, ${text(e.name)}, ${text(e.hook ?? '')}, k${identifier(e)}Fields, ${e.fields.length}, k${identifier(e)}Carried, ${carried(e).length}, ${e.hooks ? `k${identifier(e)}Hooks` : 'nullptr'}, ${hookOffset(e)}, ${isAboutFile(e) && e.wire ? recordLayout(e.wire).fields.find((f) => f.name === 'file')?.offset : 0}, k${identifier(e)}Locations, k${identifier(e)}Programs, k${identifier(e)}WithoutCgroup2, k${identifier(e)}Maps},`,
    ),
    '};',
    '',
  );
  for (const r of records) {
    const offsets = textOffsets(r);
    out.push(`inline constexpr uint16_t k${pascal(r.name)}Texts[] = {${offsets.length ? offsets.join(', ') : '0'}};`);
  }
  out.push(
    'inline constexpr Record kRecords[] = {',
    ...records.map(
      (r) =>
        `    {${r.id}, ${text(r.name)}, ${r.lifecycle ? 'true' : 'false'}, ${recordLayout(r).size}, k${pascal(r.name)}Texts, ${textOffsets(r).length}, ${text(r.event ?? '')}},`,
    ),
    '};',
    '',
    '// Indexed by sm_drop.',
    `inline constexpr const char* kDropReasons[] = {${dropReasons.map(([n]) => text(n.toLowerCase())).join(', ')}};`,
    '// Indexed by sm_fd_kind.',
    `inline constexpr const char* kFdKinds[] = {${fdKinds.map(([, , d]) => text(d)).join(', ')}};`,
    '',
    '// Entries of a batch: 32-bit words, 8-byte aligned.',
    'enum class Entry : uint32_t {',
    ...controlKinds.map(
      ([n, v, d]) =>
        `  k${n
          .split('_')
          .map((w) => pascal(w.toLowerCase()))
          .join('')} = ${v},  // ${d}`,
    ),
    '};',
    `inline constexpr uint32_t kEventHeadWords = ${eventHeadWords};`,
    '// Words behind the carried fields of an event about a file.',
    `enum FileWord { ${fileWords.map(([n]) => `kFile${pascal(n)}`).join(', ')} };`,
    `inline constexpr uint32_t kFileWords = ${fileWords.length};`,
    '',
    '// Layout of a process entry. Absent optional numbers are 0xffffffff, absent texts 0.',
    'struct ProcessEntry {',
    '  uint32_t kind, size, ref, parent;  // parent: its ref + 1; 0: none',
    ...processFields
      .filter(([, e]) => e !== 'flag')
      .map(([n, e, , d]) =>
        e === 'time' ? `  uint32_t ${n}Sec, ${n}Usec;  // ${d}` : `  uint32_t ${n};  // ${e}: ${d}`,
      ),
    '  uint32_t flags;  // kProcess*',
    ...(p.words > p.flagsAt + 1 ? ['  uint32_t pad;'] : []),
    '};',
    `static_assert(sizeof(ProcessEntry) == ${p.words * 4});`,
    ...p.flags.map((f, i) => `inline constexpr uint32_t kProcess${pascal(f)} = ${1 << i};`),
    `static_assert(offsetof(ProcessEntry, strongId) == ${processHeadWords * 4});`,
    '',
    '}  // namespace sysmon::schema',
    '',
  );
  return out.join('\n');
}
