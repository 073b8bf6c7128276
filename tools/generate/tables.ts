/** Generates the tables that the SDK reads: what is said of events, what rules may name, and the type of `extra`. */
import { events, schemaVersion } from '../../lib/schema/events.js';
import {
  commonExtra,
  extraMembers,
  extraPaths,
  requiredExtra,
  wordsOf,
  type ExtraMember,
} from '../../lib/schema/extra.js';
import { controlKinds, schemaHash, usualHookOf } from '../../lib/schema/layout.js';
import type { Path } from '../../lib/schema/paths.js';
import { processPaths } from '../../lib/schema/process.js';
import type { EventSchema } from '../../lib/schema/types.js';
import { banner } from './c.js';

/** Fields that never differ on Linux, whatever happens. */
const constantsOf = (e: EventSchema): Record<string, string> =>
  Object.fromEntries(
    e.fields.flatMap(([name, , origin]) => {
      const same = events.filter((x) => x.name === e.name).every((x) => x.fields.some((f) => f[2] === origin));
      const [, text] = /^const\((.*)\)$/.exec(origin) ?? [];
      return text !== undefined && same ? [[name, text]] : [];
    }),
  );

/** Fields that say one of a few words, and which. */
const wordsOfFields = (e: EventSchema): Record<string, readonly string[]> =>
  Object.fromEntries(
    e.fields.flatMap(([name, , origin]) => {
      const words = wordsOf(origin);
      return words === undefined ? [] : [[name, words]];
    }),
  );

/** Members of `extra` as those of an interface. */
export const extraLines = (members: readonly ExtraMember[]): string[] =>
  members.flatMap(([name, type, doc]) => [
    `  /** ${doc} */`,
    `  readonly ${name}${requiredExtra.includes(name) ? '' : '?'}: ${type};`,
  ]);

/** What `event.extra` has whatever the type of the event; the others stand beside the events. */
export function extraModule(): string {
  return [
    `// ${banner('lib/schema')}`,
    "/** What stands beside Sysmon's fields on any event. Absent keys mean: nothing to say. Frozen, and shared between events where equal. */",
    'export interface EventExtra {',
    ...extraLines(commonExtra),
    '}',
    '',
    '/** What some event or other may have there: for code that takes events of every type, or of a recording. */',
    'export interface AnyExtra extends EventExtra {',
    ...extraLines(extraMembers.filter((m) => !commonExtra.includes(m))),
    '}',
    '',
  ].join('\n');
}

const pathRows = (paths: readonly Path[]): string[] =>
  paths.map((p) => `  ['${p.path}', ${p.multi}${p.values === undefined ? '' : `, ${JSON.stringify(p.values)}`}],`);

export function tablesModule(): string {
  return [
    `// ${banner('lib/schema')}`,
    "import type { EventType } from './events.gen.js';",
    "import type { BlindSpot, FieldType } from './types.js';",
    '',
    `export const schemaHash = '${schemaHash}';`,
    "/** Version of Sysmon's schema that names, fields and order follow: `4.90`. */",
    `export const schemaVersion = '${schemaVersion}';`,
    '',
    '/** Kinds of entries that are not events. */',
    'export const Entry = {',
    ...controlKinds.map(([n, v, d]) => `  /** ${d} */\n  ${n}: ${v},`),
    '} as const;',
    '',
    '/** What is known of an event beforehand. */',
    'export interface EventInfo {',
    '  /** Name of the type; two events may share one. */',
    '  readonly name: EventType;',
    "  /** Sysmon's EventID; from 110 on they are ours. */",
    '  readonly id: number;',
    "  /** Version in the System part of Sysmon's XML. */",
    '  readonly version: number;',
    '  /** Name in a configuration; absent where rules cannot speak of it. */',
    '  readonly tag?: string;',
    '  /** What becomes of it where no rule speaks of it. */',
    "  readonly default: 'log' | 'drop' | 'always';",
    '  /** What it tells. */',
    '  readonly doc: string;',
    '  /** Kernel hook that usually sees it; absent for events about the sensor itself. */',
    '  readonly hook?: string;',
    '  /** Number of the wire record. */',
    '  readonly wire?: number;',
    "  /** There are so many that it must be named: not in `events: 'all'`. */",
    '  readonly named?: true;',
    '  /** It comes from programs at the root of the control groups. */',
    '  readonly cgroup?: true;',
    '  /** A file that only kernels have which can give rise to it. */',
    '  readonly kernelFile?: string;',
    '  /** What its hooks cannot see: on all kernels, or on those before a version. */',
    '  readonly blindSpots: readonly BlindSpot[];',
    '  /** Unseen besides where the root of cgroup2 is out of reach. */',
    '  readonly withoutCgroup2: readonly BlindSpot[];',
    '  /** `[name, type]` in order. */',
    '  readonly fields: readonly (readonly [string, FieldType])[];',
    '  /** Fields that say the same on every event of this name, and what. */',
    '  readonly constants: Readonly<Record<string, string>>;',
    '  /** Fields that say one of a few words, and which. */',
    '  readonly words: Readonly<Record<string, readonly string[]>>;',
    '  /** Ids of the techniques that it usually stands for. */',
    '  readonly techniques: readonly string[];',
    '}',
    '',
    '/** All events, in the order of their ids. */',
    'export const eventTable: readonly EventInfo[] = [',
    ...events.map((e) =>
      [
        '  {',
        `    name: '${e.name}',`,
        `    id: ${e.id},`,
        `    version: ${e.version},`,
        ...(e.tag ? [`    tag: '${e.tag}',`] : []),
        `    default: '${e.default}',`,
        `    doc: ${JSON.stringify(e.doc)},`,
        ...(usualHookOf(e) ? [`    hook: '${usualHookOf(e)?.[0]}',`] : []),
        ...(e.wire ? [`    wire: ${e.wire.id},`] : []),
        ...(e.named ? ['    named: true,'] : []),
        ...(e.cgroup ? ['    cgroup: true,'] : []),
        ...(e.kernelFile === undefined ? [] : [`    kernelFile: ${JSON.stringify(e.kernelFile)},`]),
        `    techniques: ${JSON.stringify(e.techniques)},`,
        `    blindSpots: ${JSON.stringify(e.blindSpots ?? [])},`,
        `    withoutCgroup2: ${JSON.stringify(e.withoutCgroup2?.blindSpots ?? [])},`,
        '    fields: [',
        ...e.fields.map(([n, t]) => `      ['${n}', '${t}'],`),
        '    ],',
        `    constants: ${JSON.stringify(constantsOf(e))},`,
        `    words: ${JSON.stringify(wordsOfFields(e))},`,
        '  },',
      ].join('\n'),
    ),
    '];',
    '',
    '/** A path that rules may name, whether it has several values, and what these can be where that is not any text. */',
    "export type PathRow = readonly [path: string, multi: boolean, values?: 'number' | readonly string[]];",
    '',
    '/** What rules may name of a process record, of `process`, `process.parent` and `process.ancestors`. */',
    'export const processPaths: readonly PathRow[] = [',
    ...pathRows(processPaths),
    '];',
    '',
    '/** What rules may name of `extra`. */',
    'export const extraPaths: readonly PathRow[] = [',
    ...pathRows(extraPaths),
    '];',
    '',
  ].join('\n');
}
