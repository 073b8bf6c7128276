/**
 * Generates the C++ side: bounds of wire records, tables of events, and the layout of the entries that go to
 * JavaScript.
 */
import { events, schemaVersion } from '../../lib/schema/events.js';
import {
  controlKinds,
  eventHeadWords,
  fileWords,
  processHeadWords,
  processWords,
  recordLayout,
  records,
  schemaHash,
} from '../../lib/schema/layout.js';
import { processFields, processPaths } from '../../lib/schema/process.js';
import { kernelFacts, programs } from '../../lib/schema/programs.js';
import { contents } from '../../lib/schema/types.js';
import { dropReasons, fdKinds } from '../../lib/schema/wire.js';
import { banner } from './c.js';
import { eventRow, eventTables, ops, pascal, processFieldNames, text, textOffsets } from './cpp-events.js';

/** All programs of the kernel side, and what must be known of them to load those that are needed here. */
function programTables(): string[] {
  const named = new Map(programs.map((p) => [p.name, p]));
  const names = new Set([
    ...named.keys(),
    ...events.flatMap((e) => [...(e.programs ?? []), ...(e.withoutCgroup2?.programs ?? [])]),
  ]);
  const wire = new Map(records.map((r) => [r.name, r.id]));
  const needing = programs.filter((p) => p.needs);
  return [
    '// What the running kernel must have: a tracepoint with so many arguments, or, without a number, a structure.',
    'struct Need {',
    '  const char* name;',
    '  int8_t least, most;  // -1: a structure',
    '};',
    ...needing.map(
      (p) =>
        `inline constexpr Need kNeedsOf_${p.name}[] = {${(p.needs ?? [])
          .map((n) =>
            'struct' in n ? `{${text(n.struct)}, -1, -1}` : `{${text(n.hook)}, ${n.arguments[0]}, ${n.arguments[1]}}`,
          )
          .join(', ')}};`,
    ),
    '',
    '// What a program is for that is attached to nothing; see lib/schema/programs.ts.',
    'enum class Role : uint8_t { None, Living, Existing, Listed, Writers, Runs, Scope, Spawner };',
    '',
    'struct Program {',
    '  const char* name;',
    '  uint16_t keeps;  // type of the record by which it keeps the process table, whatever is captured; 0: events need it',
    '  Role role;',
    '  const Need* needs;',
    '  uint16_t need_count;',
    '};',
    'inline constexpr Program kPrograms[] = {',
    ...[...names].map((name) => {
      const p = named.get(name);
      const needs = p?.needs ? `kNeedsOf_${name}, ${p.needs.length}` : 'nullptr, 0';
      return `    {${text(name)}, ${p?.keeps === undefined ? 0 : wire.get(p.keeps)}, Role::${pascal(p?.role ?? 'none')}, ${needs}},`;
    }),
    '};',
    '',
    '// Constants of the BPF object that say whether the kernel has a tracepoint.',
    'struct KernelFact {',
    '  const char* constant;',
    '  const char* hook;',
    '};',
    `inline constexpr KernelFact kKernelFacts[] = {${kernelFacts.map(([c, h]) => `{${text(c)}, ${text(h)}}`).join(', ')}};`,
    '',
  ];
}

export function schemaHeader(): string {
  const types = [...new Set(events.flatMap((e) => [...e.fields, ...(e.extra ?? [])].map(([, t]) => pascal(t))))].sort();
  const fired = events.filter((e) => e.wire);
  const p = processWords();
  const out: string[] = [
    `// ${banner('lib/schema')}`,
    '#pragma once',
    '#include <cstdint>',
    '#include <cstddef>',
    '',
    '#include "base/wire.h"',
    '',
    'namespace sysmon::schema {',
    '',
    `inline constexpr char kHash[] = ${text(schemaHash)};`,
    `inline constexpr char kVersion[] = ${text(schemaVersion)};`,
    '',
    'enum class FieldType : uint8_t { ' + types.join(', ') + ' };',
    '',
    '// Where a field comes from; see plainOrigins and wireOrigins in lib/schema/types.ts.',
    'enum class Op : uint8_t { ' + ops.join(', ') + ' };',
    '',
    '// Whose record a field comes from: of the process that did it, of its parent, or of the process that it was done to.',
    'enum class Who : uint8_t { Process, Parent, Target };',
    '',
    '// What can be asked of a process record.',
    'enum class ProcessField : uint8_t { ' + processFieldNames.join(', ') + ' };',
    'struct ProcessPath {',
    '  const char* path;  // as rules name it; one that ends with a dot is followed by a key',
    '  ProcessField field;',
    '};',
    'inline constexpr ProcessPath kProcessPaths[] = {',
    ...processPaths.map(
      ({ path }, i) => `    {${text(path.replace(/\*$/, ''))}, ProcessField::${processFieldNames[i]}},`,
    ),
    '};',
    '',
    'struct Field {',
    '  const char* name;',
    '  FieldType type;',
    '  Op op;',
    '  uint16_t wire_offset = 0;    // of the argument in the wire record',
    '  uint8_t wire_size = 0;',
    '  uint16_t other_offset = 0;   // of the second argument',
    '  const char* constant = "";   // Const: the text. Choice: the words, separated by commas',
    '  uint32_t bits = 0;           // Bit',
    '  Who who = Who::Process;      // Process',
    '  ProcessField process_field = ProcessField::Pid;',
    '};',
    '',
    'struct Hook {',
    '  const char* name;',
    '  const char* tier;',
    '};',
    '',
    '// Fields that are cut or exposed while bits of a word of the record are set.',
    'struct Mark {',
    '  bool truncated;  // false: exposed',
    '  uint16_t wire_offset;',
    '  uint8_t wire_size;',
    '  uint32_t bits;',
    '  const char* const* fields;  // ends with null',
    '};',
    '',
    '// Whose content must be found out before the event is whole; see subject.h.',
    `enum class Content : uint8_t { None, ${contents.map(pascal).join(', ')} };`,
    '',
    'struct Event {',
    '  uint16_t id;         // of Sysmon',
    '  uint16_t wire_type;  // sm_type',
    '  const char* name;',
    '  const Field* fields;',
    '  uint16_t field_count;',
    '  const uint16_t* carried;  // indexes of the fields that travel in an entry',
    '  uint16_t carried_count;',
    '  const Field* extra;  // members of `extra` that this event has beside those of all',
    '  uint16_t extra_count;',
    '  const Hook* hooks;',
    '  uint16_t hook_count;',
    '  uint16_t usual_hook;     // index of the one that JavaScript assumes',
    '  uint16_t hook_offset;    // of the index of the hook in the record; 0: it is the usual one',
    '  uint16_t file_offset;    // of the file that it is about in the record; 0: none',
    '  const Field* const* locations;  // the fields, then those of extra, with a path in a struct sm_location; ends with null',
    '  uint16_t target_offset;  // of the process that it was done to (struct sm_process); 0: none',
    '  Content content;',
    '  bool for_origin;  // its record is what the origin of processes is made of',
    '  bool has_hashes, has_archived;  // it tells of digests, of what became of the content',
    '  uint16_t uid_offset;        // of the user whose name it bears; 0: that of the process',
    '  uint16_t other_uid_offset;  // of a second one; 0: none',
    '  uint16_t birth_offset;      // of the byte that says whether it asks for a birth time; 0: it never does',
    '  uint16_t directory_offset;  // of the byte that says whether its file is a directory; 0: none does',
    '  const char* const* programs;  // of the kernel side that it needs beside those of the process table; ends with null',
    '  const char* const* without_cgroup2;  // instead of those for control groups where their root is out of reach; ends with null',
    '  const char* const* maps;      // that only its programs use; ends with null',
    '  const Mark* marks;',
    '  uint16_t mark_count;',
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
    '  const char* unit;   // what a loss of such records counts; empty: events',
    '};',
    '',
  ];
  out.push(...fired.flatMap(eventTables), 'inline constexpr Event kEvents[] = {', ...fired.map(eventRow), '};', '');
  for (const r of records) {
    const offsets = textOffsets(r);
    out.push(`inline constexpr uint16_t k${pascal(r.name)}Texts[] = {${offsets.length ? offsets.join(', ') : '0'}};`);
  }
  out.push(
    'inline constexpr Record kRecords[] = {',
    ...records.map(
      (r) =>
        `    {${r.id}, ${text(r.name)}, ${r.lifecycle ? 'true' : 'false'}, ${recordLayout(r).size}, k${pascal(r.name)}Texts, ${textOffsets(r).length}, ${text(r.event ?? '')}, ${text(r.unit ?? '')}},`,
    ),
    '};',
    '',
    ...programTables(),
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
