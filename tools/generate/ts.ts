/** Generates the TypeScript side: types with their documentation, and decoders. */
import { events } from '../../lib/schema/events.js';
import {
  carried,
  eventHeadWords,
  hasTarget,
  identifier,
  isAboutFile,
  namedEvents,
  usualHookOf,
} from '../../lib/schema/layout.js';
import { ownExtra } from '../../lib/schema/extra.js';
import { derivedFields, processFields } from '../../lib/schema/process.js';
import type { EventField, EventSchema } from '../../lib/schema/types.js';
import { banner } from './c.js';
import { extraLines } from './tables.js';

const tsType = (type: string): string =>
  type === 'u32' || type === 'u16' ? 'number' : type === 'bool' ? 'boolean' : 'string';

/** Fields that are not in the process record but follow from it. */
const derived: ReadonlyMap<string, string> = new Map([
  ['process.startTime', 'startUtcOf(p)'],
  ...derivedFields.map(([name, code]) => [`process.${name}`, code] as const),
]);

function expression(event: EventSchema, [, type, origin]: EventField, words: readonly EventField[]): string {
  const known = derived.get(origin);
  if (known) return known;
  if (origin.startsWith('process.')) {
    const name = origin.slice(8);
    // Absent only where a process is known by name alone, and such a one has no event of this kind.
    const optional = processFields.some(([n, encoding]) => n === name && encoding === 'optionalU32');
    return optional ? `p.${name} ?? 0` : `p.${name}`;
  }
  for (const [who, variable] of [
    ['parent.', 'q'],
    ['target.', 't'],
  ] as const)
    if (origin.startsWith(who)) {
      const none = type === 'guid' ? 'zeroGuid' : type === 'u32' ? '0' : "'-'";
      return `${variable} === undefined ? ${none} : ${variable}.${origin.slice(who.length)}`;
    }
  const constant = /^const\((.*)\)$/.exec(origin);
  if (constant) return JSON.stringify(constant[1]);
  if (origin === 'time') return 'utcOf(w[o + 4], w[o + 5])';
  const at = words.findIndex((f) => f[2] === origin && f[0] === words.find((x) => x[2] === origin)?.[0]);
  if (at < 0) throw new Error(`schema: ${event.name}: ${origin} is not carried`);
  const word = `w[o + ${eventHeadWords + at}]`;
  if (type === 'u32' || type === 'u16') return word;
  if (type === 'bool') return `${word} !== 0`;
  if (origin.startsWith('created(')) return `${word} === eventTime ? utcOf(w[o + 4], w[o + 5]) : b.string(${word})`;
  const choice = /^choice\(\w+: (.*)\)$/.exec(origin);
  if (choice) return `${JSON.stringify(choice[1].split(', '))}[${word}] ?? '-'`;
  if (origin.startsWith('argv(')) return `${word} === 0 ? p.commandLine : b.string(${word})`;
  return `b.string(${word})`;
}

/** `e` stands for all events of its name. */
function eventTypes(e: EventSchema): string {
  const ids = events.filter((x) => x.name === e.name).map((x) => x.id);
  const extra = ownExtra(e.name);
  return [
    `/** Fields of ${e.name} (EventID ${ids.join(', ')}), in Sysmon's order. */`,
    `export interface ${e.name}Data {`,
    ...e.fields.flatMap(([name, type, , doc]) => [`  /** ${doc} */`, `  ${name}: ${tsType(type)};`]),
    '}',
    ...(extra.length > 0
      ? [
          `/** What stands beside the fields of ${e.name}. */`,
          `export interface ${e.name}Extra extends EventExtra {`,
          ...extraLines(extra),
          '}',
        ]
      : []),
    `/** ${e.doc} */`,
    `export interface ${e.name}Event extends SysmonEventBase {`,
    '  /** Tells the events apart. */',
    `  readonly type: '${e.name}';`,
    "  /** Sysmon's EventID; from 110 on they are ours. */",
    `  readonly id: ${ids.join(' | ')};`,
    "  /** Sysmon's fields and nothing else. */",
    `  readonly data: ${e.name}Data;`,
    ...(extra.length > 0
      ? ["  /** What Sysmon's fields do not say. Frozen. */", `  readonly extra: ${e.name}Extra;`]
      : []),
    ...(e.wire
      ? [
          '  /** The process that did it, with its ancestors. Frozen, and shared by its events. */',
          '  readonly process: ProcessRecord;',
        ]
      : []),
    '}',
    '',
  ].join('\n');
}

function decoder(e: EventSchema): string {
  const words = carried(e);
  const name = identifier(e);
  const usesParent = e.fields.some(([, , o]) => o.startsWith('parent.'));
  const [hook, tier] = usualHookOf(e) ?? [];
  // Behind the fields: the target, then the words of the file.
  const behind = eventHeadWords + words.length;
  const fileAt = behind + (hasTarget(e) ? 1 : 0);
  return [
    `const techniquesOf${name} = techniquesOfType('${e.name}');`,
    `const extra${name}: ${e.name}Event['extra'] = Object.freeze({ hook: ${JSON.stringify(hook)}, tier: ${JSON.stringify(tier)} });`,
    `function decode${name}(b: BatchReader, w: Uint32Array, o: number): ${e.name}Event {`,
    '  const p = b.process(w[o + 2]);',
    ...(usesParent ? ['  const q = p.parent;'] : []),
    ...(hasTarget(e) ? [`  const t = b.target(w[o + ${behind}]);`] : []),
    '  return {',
    `    type: '${e.name}',`,
    `    id: ${e.id},`,
    '    recordId: 0,',
    '    time: isoOf(w[o + 4], w[o + 5]),',
    '    host: b.host,',
    '    data: {',
    ...e.fields.map((f) => `      ${f[0]}: ${expression(e, f, words)},`),
    '    },',
    '    process: p,',
    isAboutFile(e)
      ? `    extra: b.fileExtra(w, o + ${fileAt}, w[o + 3], extra${name}),`
      : `    extra: w[o + 3] === 0 ? extra${name} : b.extra(w[o + 3], extra${name}),`,
    `    techniques: w[o + 6] === 0 ? techniquesOf${name} : b.techniques(w[o + 6], '${e.name}'),`,
    '    rules: w[o + 6] === 0 ? undefined : b.rules(w[o + 6]),',
    '  };',
    '}',
    '',
  ].join('\n');
}

/** The events as a program sees them: types, and nothing at run time. */
export function eventsModule(): string {
  const names = namedEvents.map((e) => e.name);
  return [
    `// ${banner('lib/schema')}`,
    "import type { EventExtra, SysmonEventBase } from '../event/event.js';",
    "import type { ProcessRecord } from '../event/process-record.gen.js';",
    '',
    "export type { FdKind, ProcessRecord } from '../event/process-record.gen.js';",
    '',
    ...namedEvents.map(eventTypes),
    '/** Every event, told apart by `type` or `id`. */',
    `export type SysmonEvent = ${names.map((n) => `${n}Event`).join(' | ')};`,
    '/** The event of each name: what listeners, iterators and filters are typed by. */',
    'export interface SysmonEventMap {',
    ...names.flatMap((n) => [`  /** ${events.find((e) => e.name === n)?.doc} */`, `  ${n}: ${n}Event;`]),
    '}',
    '/** Name of a type of events. */',
    'export type EventType = keyof SysmonEventMap;',
    '',
  ].join('\n');
}

/** From the words of an entry to an event. */
export function decodersModule(): string {
  const fired = events.filter((e) => e.wire);
  return [
    `// ${banner('lib/schema')}`,
    "import { techniquesOfType } from '../attack/index.js';",
    "import { isoOf, utcOf } from '../base/time.js';",
    "import { zeroGuid } from '../event/event.js';",
    "import { ProcessRecord } from '../event/process-record.gen.js';",
    `import type { ${[...new Set(fired.map((e) => `${e.name}Event`))].join(', ')}, SysmonEvent } from '../schema/events.gen.js';`,
    "import { eventTime, type BatchReader } from './batch-reader.js';",
    '',
    'const startUtcOf = ProcessRecord.startUtc;',
    'const logonIdOf = ProcessRecord.logonId;',
    '',
    ...fired.map(decoder),
    '/** Decoders by kind of entry, which is the id of the event. */',
    'export type Decoder = (b: BatchReader, w: Uint32Array, o: number) => SysmonEvent;',
    'export const decoders: readonly (Decoder | undefined)[] = (() => {',
    `  const table: (Decoder | undefined)[] = new Array<Decoder | undefined>(${Math.max(...fired.map((e) => e.id)) + 1}).fill(undefined);`,
    ...fired.map((e) => `  table[${e.id}] = decode${identifier(e)};`),
    '  return table;',
    '})();',
    '',
  ].join('\n');
}
