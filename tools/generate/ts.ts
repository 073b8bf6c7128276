/** Generates the TypeScript side: types with their documentation, decoders, and the tables that serializers and the CLI read. */
import { events, schemaVersion } from '../../lib/schema/events.js';
import {
  carried,
  controlKinds,
  eventHeadWords,
  identifier,
  isAboutFile,
  namedEvents,
  processWords,
  schemaHash,
} from '../../lib/schema/layout.js';
import { processFields } from '../../lib/schema/process.js';
import type { EventField, EventSchema } from '../../lib/schema/types.js';
import { fdKinds } from '../../lib/schema/wire.js';
import { banner } from './c.js';

const tsType = (type: string): string =>
  type === 'u32' || type === 'u16' ? 'number' : type === 'bool' ? 'boolean' : 'string';

/** Fields that are not in the process record but follow from it. */
const derived: Record<string, string> = {
  'process.startTime': 'startUtcOf(p)',
  'process.logonId': 'logonIdOf(p)',
  'process.terminalSessionId': '(p.session ?? 4294967295)',
};

function expression(event: EventSchema, [, type, origin]: EventField, words: readonly EventField[]): string {
  const known = derived[origin];
  if (known) return known;
  if (origin.startsWith('process.')) return `p.${origin.slice(8)}`;
  if (origin.startsWith('parent.'))
    return `q === undefined ? ${type === 'guid' ? 'zeroGuid' : "'-'"} : q.${origin.slice(7)}`;
  const constant = /^const\((.*)\)$/.exec(origin);
  if (constant) return JSON.stringify(constant[1]);
  if (origin === 'time') return 'utcOf(w[o + 4], w[o + 5])';
  const at = words.findIndex((f) => f[2] === origin && f[0] === words.find((x) => x[2] === origin)?.[0]);
  if (at < 0) throw new Error(`schema: ${event.name}: ${origin} is not carried`);
  const word = `w[o + ${eventHeadWords + at}]`;
  if (origin.startsWith('number(')) return word;
  if (origin.startsWith('flag(') || origin.startsWith('ipv6(')) return `${word} !== 0`;
  if (origin.startsWith('created(')) return `${word} === eventTime ? utcOf(w[o + 4], w[o + 5]) : b.string(${word})`;
  const choice = /^choice\(\w+: (.*)\)$/.exec(origin);
  if (choice) return `${JSON.stringify(choice[1].split(', '))}[${word}]`;
  if (origin.startsWith('argv(')) return `${word} === 0 ? p.commandLine : b.string(${word})`;
  return `b.string(${word})`;
}

/** `e` stands for all events of its name. */
function eventTypes(e: EventSchema): string {
  const base = e.tag === undefined ? 'SysmonEventBase' : 'SysmonEventBase';
  const ids = events.filter((x) => x.name === e.name).map((x) => x.id);
  return [
    `/** Fields of ${e.name} (EventID ${ids.join(', ')}), in Sysmon's order. */`,
    `export interface ${e.name}Data {`,
    ...e.fields.flatMap(([name, type, , doc]) => [`  /** ${doc} */`, `  ${name}: ${tsType(type)};`]),
    '}',
    `/** ${e.doc} */`,
    `export interface ${e.name}Event extends ${base} {`,
    `  readonly type: '${e.name}';`,
    `  readonly id: ${ids.join(' | ')};`,
    `  readonly data: ${e.name}Data;`,
    ...(e.wire ? ['  readonly process: ProcessRecord;'] : []),
    '}',
    '',
  ].join('\n');
}

function decoder(e: EventSchema): string {
  const words = carried(e);
  const name = identifier(e);
  const usesParent = e.fields.some(([, , o]) => o.startsWith('parent.'));
  return [
    `const techniquesOf${name} = techniquesOfType('${e.name}');`,
    `const extra${name}: EventExtra = Object.freeze({ hook: ${JSON.stringify(e.hook)}, tier: 'core' });`,
    `function decode${name}(b: BatchReader, w: Uint32Array, o: number): ${e.name}Event {`,
    '  const p = b.process(w[o + 2]);',
    ...(usesParent ? ['  const q = p.parent;'] : []),
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
      ? `    extra: b.fileExtra(w, o + ${eventHeadWords + words.length}, w[o + 3], extra${name}),`
      : `    extra: w[o + 3] === 0 ? extra${name} : b.extra(w[o + 3], extra${name}),`,
    `    techniques: w[o + 6] === 0 ? techniquesOf${name} : b.techniques(w[o + 6], '${e.name}'),`,
    '  };',
    '}',
    '',
  ].join('\n');
}

function processClass(): string {
  const { offsets, flags, flagsAt } = processWords();
  const init = processFields.map(([name, encoding]) => {
    const at = `w[o + ${offsets.get(name)}]`;
    switch (encoding) {
      case 'u32':
        return `    this.${name} = ${at};`;
      case 'optionalU32':
        return `    if (${at} !== 0xffffffff) this.${name} = ${at};`;
      case 'string':
        return `    this.${name} = b.string(${at});`;
      case 'optionalString':
        return `    if (${at} !== 0) this.${name} = b.string(${at});`;
      case 'time':
        return `    this.${name} = isoOf(${at}, w[o + ${(offsets.get(name) as number) + 1}]);\n    this.#startUtc = utcOf(${at}, w[o + ${(offsets.get(name) as number) + 1}]);`;
      case 'argv':
        return `    this.${name} = b.argv(${at}, this.commandLine);`;
      case 'json':
        return `    this.${name} = b.json(${at}) as ProcessRecord['${name}'];`;
      case 'flag':
        return `    if (w[o + ${flagsAt}] & ${1 << flags.indexOf(name)}) this.${name} = true;`;
    }
  });
  return [
    '/** One process between two execs. Frozen and shared by all its events. `parent` does not change when the process is reparented. */',
    'export class ProcessRecord {',
    ...processFields.flatMap(([name, encoding, type, doc]) => [
      `  /** ${doc} */`,
      // declare: a field that is not set must not be there at all
      `  declare readonly ${name}${encoding.startsWith('optional') || encoding === 'flag' ? '?' : ''}: ${type};`,
    ]),
    '  #parent: ProcessRecord | undefined;',
    '  #depth: number;',
    '  #startUtc: string;',
    '  #logonId: string;',
    '  #revived = false;',
    '  #attached: unknown[] | undefined;',
    '  #live: Live | undefined;',
    '',
    '  /** @internal */',
    '  constructor(source: BatchReader | object, w: Uint32Array | undefined, o: number, parent: ProcessRecord | undefined) {',
    '    if (w === undefined) {',
    '      Object.assign(this, source);',
    "      this.#startUtc = typeof this.startTime === 'string' ? `${this.startTime.slice(0, 10)} ${this.startTime.slice(11, 23)}` : '-';",
    '      this.#revived = true;',
    '    } else {',
    '      const b = source as BatchReader;',
    '      this.#live = b.live;',
    ...init,
    '    }',
    '    this.#logonId = String(this.uid);',
    '    this.#parent = parent;',
    '    this.#depth = parent === undefined ? 0 : parent.#depth + 1;',
    '    if (this.#depth > 128) this.#cut();',
    '    Object.freeze(this);',
    '  }',
    '',
    '  /** The parent as it was when this process was made; undefined at the top, or where the line was cut after 128 generations of the dead. */',
    '  get parent(): ProcessRecord | undefined {',
    '    return this.#parent;',
    '  }',
    '',
    '  /** The ancestors, nearest first, up to the first process. */',
    '  *ancestors(): Generator<ProcessRecord> {',
    '    for (let p = this.#parent; p !== undefined; p = p.#parent) yield p;',
    '  }',
    '',
    '  /**',
    '   * The last connections of this very program, the newest first, at most eight, also those that rules dropped; asked of the sensor when it is read.',
    '   * Undefined where it does not know: NetworkConnect is not captured, the process has been gone for a minute, the sensor has stopped, or the record was',
    '   * read from a file. Not in JSON.',
    '   */',
    '  get recentConnections(): readonly RecentConnection[] | undefined {',
    '    return recentConnections(this.#live, this.strongId);',
    '  }',
    '',
    '  /** JSON has the ancestors in short instead of `parent`. */',
    '  toJSON(): object {',
    '    const ancestors = [...this.ancestors()].map((p) => ({ pid: p.pid, strongId: p.strongId, image: p.image, commandLine: p.commandLine }));',
    '    return { ...this, ancestors };',
    '  }',
    '',
    '  /** @internal A record from its JSON, as it was written: it may lack fields or have others than this version knows. */',
    '  static revive(fields: object, parent: ProcessRecord | undefined): ProcessRecord {',
    '    return new ProcessRecord(fields, undefined, 0, parent);',
    '  }',
    '',
    '  /** @internal */',
    '  static isRevived(p: ProcessRecord): boolean {',
    '    return p.#revived;',
    '  }',
    '',
    '  /** @internal What was made from a record and is worth keeping as long as it lives: cheaper than a WeakMap, for which freezing is no obstacle either. */',
    '  static attached(p: ProcessRecord): unknown[] {',
    '    return (p.#attached ??= []);',
    '  }',
    '',
    '  /** @internal */',
    '  static startUtc(p: ProcessRecord): string {',
    '    return p.#startUtc;',
    '  }',
    '',
    '  /** @internal */',
    '  static logonId(p: ProcessRecord): string {',
    '    return p.#logonId;',
    '  }',
    '',
    '  /** Forgets the upper half of a line that has grown too long: relays that fork and exit would keep it growing for ever. */',
    '  #cut(): void {',
    '    let p: ProcessRecord = this;',
    '    for (let i = 0; i < 64 && p.#parent !== undefined; i++) p = p.#parent;',
    '    p.#parent = undefined;',
    '    this.#depth = 64;',
    '  }',
    '}',
    'const startUtcOf = ProcessRecord.startUtc;',
    'const logonIdOf = ProcessRecord.logonId;',
    '',
  ].join('\n');
}

export function eventsModule(): string {
  const fired = events.filter((e) => e.wire);
  const names = namedEvents.map((e) => e.name);
  return [
    `// ${banner('lib/schema')}`,
    "import { techniquesOfType } from '../attack/index.js';",
    "import { eventTime, isoOf, utcOf, zeroGuid, type BatchReader } from '../batch-reader.js';",
    "import type { EventExtra, SysmonEventBase } from '../event.js';",
    "import { recentConnections, type Live, type RecentConnection } from '../recent-connections.js';",
    '',
    `export type FdKind = ${fdKinds.map(([, , d]) => `'${d}'`).join(' | ')};`,
    '',
    processClass(),
    ...namedEvents.map(eventTypes),
    '/** Every event, told apart by `type` or `id`. */',
    `export type SysmonEvent = ${names.map((n) => `${n}Event`).join(' | ')};`,
    'export interface SysmonEventMap {',
    ...names.map((n) => `  ${n}: ${n}Event;`),
    '}',
    'export type EventType = keyof SysmonEventMap;',
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

export function tablesModule(): string {
  return [
    `// ${banner('lib/schema')}`,
    "import type { EventType } from './events.gen.js';",
    "import type { FieldType } from './types.js';",
    '',
    `export const schemaHash = '${schemaHash}';`,
    `export const schemaVersion = '${schemaVersion}';`,
    '',
    '/** Kinds of entries that are not events. */',
    'export const Entry = {',
    ...controlKinds.map(([n, v, d]) => `  /** ${d} */\n  ${n}: ${v},`),
    '} as const;',
    '',
    'export interface EventInfo {',
    '  readonly name: EventType;',
    '  readonly id: number;',
    '  readonly version: number;',
    '  readonly tag?: string;',
    "  readonly default: 'log' | 'drop' | 'always';",
    '  readonly doc: string;',
    '  readonly hook?: string;',
    '  /** Number of the wire record. */',
    '  readonly wire?: number;',
    '  /** It comes from programs at the root of the control groups. */',
    '  readonly cgroup?: true;',
    '  readonly blindSpots: readonly string[];',
    '  /** Unseen besides where the root of cgroup2 is out of reach. */',
    '  readonly withoutCgroup2: readonly string[];',
    '  /** `[name, type]` in order. */',
    '  readonly fields: readonly (readonly [string, FieldType])[];',
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
        ...(e.hook ? [`    hook: '${e.hook}',`] : []),
        ...(e.wire ? [`    wire: ${e.wire.id},`] : []),
        ...(e.cgroup ? ['    cgroup: true,'] : []),
        `    blindSpots: ${JSON.stringify(e.blindSpots ?? [])},`,
        `    withoutCgroup2: ${JSON.stringify(e.withoutCgroup2?.blindSpots ?? [])},`,
        '    fields: [',
        ...e.fields.map(([n, t]) => `      ['${n}', '${t}'],`),
        '    ],',
        '  },',
      ].join('\n'),
    ),
    '];',
    '',
  ].join('\n');
}
