/** Generates the C side: wire structures for the probes and the decoder, and the list of events. */
import { events } from '../../lib/schema/events.js';
import {
  bpfSorts,
  dnsAttributes,
  dropReasons,
  phases,
  pushDimensions,
  scopes,
  execMarks,
  fdKinds,
  fileAttributes,
  runAnswers,
  locationMarks,
  networkMarks,
  structs,
} from '../../lib/schema/wire.js';
import { identifier, records, recordLayout, structLayout, type Layout } from '../../lib/schema/layout.js';
import { callHooks, callName, calls } from '../../lib/schema/file-calls.js';

export const banner = (source: string): string => `Generated from ${source} by \`npm run generate\`. Do not edit.`;

/** `ProcessCreate` → `PROCESS_CREATE` */
const constant = (name: string): string => name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toUpperCase();

const cTypes: Record<string, string> = { u8: '__u8', u16: '__u16', u32: '__u32', s32: '__s32', u64: '__u64' };

function declare(name: string, type: string): string {
  const array = /^(.*)\[(\d+)\]$/.exec(type);
  if (array) return `${declare(name, array[1])}[${array[2]}]`;
  if (type === 'bytes16') return `char ${name}[16]`;
  if (type === 'text' || type === 'path') return `struct sm_text ${name}`;
  if (type.startsWith('struct ')) return `struct sm_${type.slice(7)} ${name}`;
  return `${cTypes[type]} ${name}`;
}

function struct(name: string, doc: string, l: Layout): string {
  const lines = l.fields.map((f) => `\t${declare(f.name, f.type)}; /* ${f.doc} */`);
  const asserts = l.fields.map(
    (f) => `SM_ASSERT(offsetof(struct ${name}, ${f.name}) == ${f.offset}, "${name}.${f.name}");`,
  );
  return [
    `/* ${doc} */`,
    `struct ${name} {`,
    ...lines,
    '};',
    ...asserts,
    `SM_ASSERT(sizeof(struct ${name}) == ${l.size}, "sizeof ${name}");`,
    '',
  ].join('\n');
}

function enumeration(name: string, doc: string, rows: readonly (readonly [string, number, string])[]): string {
  return [`/* ${doc} */`, `enum ${name} {`, ...rows.map(([n, v, d]) => `\t${n} = ${v}, /* ${d} */`), '};', ''].join(
    '\n',
  );
}

export function wireHeader(): string {
  const maxType = Math.max(...records.map((r) => r.id));
  return [
    '/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */',
    `/* ${banner('lib/schema')} */`,
    '#ifndef SM_WIRE_GEN_H',
    '#define SM_WIRE_GEN_H',
    '#ifdef __cplusplus',
    '#define SM_ASSERT static_assert',
    '#else',
    '#define SM_ASSERT _Static_assert',
    '#endif',
    '',
    enumeration(
      'sm_type',
      'Record types.',
      records.map((r) => [`SM_${r.name.toUpperCase()}`, r.id, r.doc] as const),
    ),
    `#define SM_TYPES ${maxType + 1} /* size of tables indexed by type */`,
    '',
    enumeration(
      'sm_event',
      'Events, by the id of Sysmon: which of them are wanted decides what a probe makes (sm_wanted in settings.h).',
      events.filter((e) => e.wire).map((e) => [`SM_EVENT_${constant(identifier(e))}`, e.id, e.doc] as const),
    ),
    // Events that share one list of hooks, those of files, number them by the call (enum sm_call).
    ...events
      .filter((e) => (e.hooks?.length ?? 0) > 1 && e.hooks !== callHooks)
      .map((e) =>
        enumeration(
          `sm_hook_${constant(e.name).toLowerCase()}`,
          `Which hook saw a ${e.name}.`,
          (e.hooks ?? []).map(
            ([h], i) => [`SM_HOOK_${constant(e.name)}_${h.replace(/\W/g, '_').toUpperCase()}`, i, h] as const,
          ),
        ),
      ),
    ...records.flatMap((r) =>
      Object.entries(r.words ?? {}).map(([field, words]) =>
        enumeration(
          `sm_${r.name}_${field}`,
          `What field ${field} of a ${r.name} says.`,
          words.map((w, i) => [`SM_${r.name}_${field}_${w}`.toUpperCase(), i, w] as const),
        ),
      ),
    ),
    enumeration(
      'sm_location_marks',
      'Marks of struct sm_location.',
      locationMarks.map(([n, v, d]) => [`SM_LOCATION_${n}`, v, d] as const),
    ),
    enumeration(
      'sm_exec_marks',
      'Marks of struct sm_exec_record and struct sm_alive_record.',
      execMarks.map(([n, v, d]) => [`SM_EXEC_${n}`, v, d] as const),
    ),
    enumeration(
      'sm_network_marks',
      'Marks of struct sm_network_record.',
      networkMarks.map(([n, v, d]) => [`SM_NETWORK_${n}`, v, d] as const),
    ),
    enumeration(
      'sm_file_attributes',
      'Attributes of struct sm_file.',
      fileAttributes.map(([n, v, d]) => [`SM_FILE_${n}`, v, d] as const),
    ),
    enumeration(
      'sm_run_answers',
      'What the program that is asked about a file and a process answers.',
      runAnswers.map(([n, v, d]) => [`SM_${n}`, v, d] as const),
    ),
    enumeration(
      'sm_bpf_sort',
      'Sorts of objects of eBPF.',
      bpfSorts.map(([n, v, d]) => [`SM_BPF_${n}`, v, d] as const),
    ),
    enumeration(
      'sm_dns_attributes',
      'Attributes of struct sm_dns_query_record.',
      dnsAttributes.map(([n, v, d]) => [`SM_DNS_${n}`, v, d] as const),
    ),
    enumeration(
      'sm_fd_kind',
      'Kinds of a file descriptor.',
      fdKinds.map(([n, v, d]) => [`SM_FD_${n}`, v, d] as const),
    ),
    enumeration(
      'sm_call',
      'System calls, and operations of io_uring, that file events come from.',
      calls.map((c, i) => [`SM_CALL_${c.toUpperCase()}`, i, callName(c)] as const),
    ),
    enumeration(
      'sm_phase',
      'What the sensor is about.',
      phases.map(([n, d], i) => [`SM_${n}`, i, d] as const),
    ),
    enumeration(
      'sm_scope',
      'Who is captured.',
      scopes.map(([n, d], i) => [`SM_SCOPE_${n}`, i, d] as const),
    ),
    enumeration(
      'sm_drop',
      'Why a record was not handed over.',
      dropReasons.map(([n, d], i) => [`SM_DROP_${n}`, i, d] as const),
    ),
    `#define SM_DROP_REASONS ${dropReasons.length}`,
    '',
    enumeration(
      'sm_push_dimension',
      'What a clause that drops records on the kernel side may ask for.',
      pushDimensions.map(([n, d], i) => [`SM_PUSH_${n}`, i, d] as const),
    ),
    `#define SM_PUSH_DIMENSIONS ${pushDimensions.length} /* a power of two */`,
    '#define SM_PUSH_TEXT 48 /* bytes of struct sm_push_text */',
    '',
    '/* Kept by each CPU for each record type. produced = handed over + the sum of dropped; filtered: not among them. */',
    'struct sm_counters {',
    '\t__u64 produced;',
    '\t__u64 filtered;',
    '\t__u64 dropped[SM_DROP_REASONS];',
    '};',
    '',
    ...structs.map((s) => struct(`sm_${s.name}`, s.doc, structLayout(s))),
    ...records.map((r) => struct(`sm_${r.name}_record`, r.doc, recordLayout(r))),
    '/* A structure that is only reached through a helper is absent from BTF unless a global anchors it. */',
    `#define SM_BTF_ANCHORS ${[...structs.map((t) => t.name), ...records.map((r) => `${r.name}_record`)].map((n) => `struct sm_${n} *sm_anchor_${n};`).join(' ')}`,
    '',
    '#endif',
    '',
  ].join('\n');
}

export function eventList(): string {
  return [
    '/* SPDX-License-Identifier: (MIT OR GPL-2.0-only) */',
    `/* ${banner('lib/schema')} */`,
    ...[...new Set(records.map((r) => r.probe))].map((p) => `#include "events/${p}.bpf.c"`),
    '',
  ].join('\n');
}
