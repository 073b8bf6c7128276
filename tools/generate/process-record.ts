/** Generates the process record that events share. */
import { processWords } from '../../lib/schema/layout.js';
import { processFields } from '../../lib/schema/process.js';
import { fdKinds } from '../../lib/schema/wire.js';
import { banner } from './c.js';

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
      case 'optionalJson':
        return `    if (${at} !== 0) this.${name} = b.json(${at}) as NonNullable<ProcessRecord['${name}']>;`;
      case 'optionalContainer':
        return `    if (${at} !== 0) this.${name} = b.container(${at} - 1) as NonNullable<ProcessRecord['${name}']>;`;
      case 'flag':
        return `    if (w[o + ${flagsAt}] & ${1 << flags.indexOf(name)}) this.${name} = true;`;
    }
  });
  return [
    'interface ProcessCopy {',
    '  readonly parent?: ProcessCopy | null | undefined;',
    '  readonly ancestors?: unknown;',
    '  readonly strongId?: unknown;',
    '}',
    '',
    '/**',
    ' * One process between two execs. Frozen and shared by all its events. `parent` does not change when the process is reparented. A copy that',
    ' * structuredClone(), postMessage() or the advanced serialization of child_process makes has all fields, and `parent` up to the first process; it',
    ' * lacks ancestors() and recentConnections, as JSON does, which has `ancestors` as a list.',
    ' */',
    'export class ProcessRecord {',
    ...processFields.flatMap(([name, encoding, type, doc]) => [
      `  /** ${doc} */`,
      // declare: a field that is not set must not be there at all
      `  declare readonly ${name}${encoding.startsWith('optional') || encoding === 'flag' ? '?' : ''}: ${type};`,
    ]),
    '  /** The parent as it was when this process was made; undefined at the top, or where the line was cut after 128 generations of the dead. */',
    '  declare readonly parent: ProcessRecord | undefined;',
    '  #depth: number;',
    '  #startUtc: string;',
    '  #logonId: string;',
    '  #revived = false;',
    '  #attached: unknown[] | undefined;',
    '  #live: Live | undefined;',
    '',
    '  /** @internal */',
    '  constructor(source: ProcessSource | object, w: Uint32Array | undefined, o: number, parent: ProcessRecord | undefined) {',
    '    if (w === undefined) {',
    '      Object.assign(this, source);',
    "      this.#startUtc = typeof this.startTime === 'string' ? `${this.startTime.slice(0, 10)} ${this.startTime.slice(11, 23)}` : '-';",
    '      this.#revived = true;',
    '    } else {',
    '      const b = source as ProcessSource;',
    '      this.#live = b.live;',
    ...init,
    '    }',
    `    this.#logonId = this.uid === undefined ? '-' : String(this.uid);`,
    '    // An own property, so that it goes along where a record is copied: to another thread, into another process.',
    '    this.parent = parent !== undefined && parent.#depth >= 128 ? parent.#shortened() : parent;',
    '    this.#depth = this.parent === undefined ? 0 : this.parent.#depth + 1;',
    '    Object.freeze(this);',
    '  }',
    '',
    '  /** The ancestors, nearest first, up to the first process. */',
    '  *ancestors(): Generator<ProcessRecord> {',
    '    for (let p = this.parent; p !== undefined; p = p.parent) yield p;',
    '  }',
    '',
    '  /**',
    '   * The last connections of this very program, the newest first, at most eight, also those that rules dropped; asked of the sensor when it is read.',
    '   * Undefined where it does not know: NetworkConnect is not captured, the process has been gone for a minute, the sensor has stopped, or the record was',
    '   * read from a file. Not in JSON, and not in a copy.',
    '   */',
    '  get recentConnections(): readonly RecentConnection[] | undefined {',
    '    // A proxy has no private fields.',
    '    return #live in this ? this.#live?.recentConnections(this.strongId) : undefined;',
    '  }',
    '',
    '  /** JSON has the ancestors in short instead of `parent`. */',
    '  toJSON(): object {',
    '    const ancestors = [...this.ancestors()].map((p) => ({ pid: p.pid, strongId: p.strongId, image: p.image, commandLine: p.commandLine }));',
    '    return { ...this, parent: undefined, ancestors };',
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
    '  /** @internal The record itself, or one made from a copy of it: a clone or JSON that came from another thread or process, a proxy. */',
    '  static of(p: ProcessRecord): ProcessRecord {',
    '    const copy: ProcessCopy = p;',
    '    if (#revived in p) return p;',
    '    const line: object[] = [];',
    '    // The bound is for a line that a program made by hand, which may go in a circle.',
    '    for (let q: ProcessCopy | null | undefined = copy; q && line.length <= 128; q = q.parent) {',
    '      const { parent, ancestors, ...fields } = q;',
    '      line.push(fields);',
    '      if (!parent && Array.isArray(ancestors)) line.push(...(withWholeIds(ancestors as unknown[], fields.strongId) as object[]));',
    '    }',
    '    return line.reduceRight<ProcessRecord | undefined>((parent, fields) => ProcessRecord.revive(fields, parent), undefined) as ProcessRecord;',
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
    '  /** A copy whose line has 64 generations and no more: relays that fork and exit would keep it growing for ever. */',
    '  #shortened(): ProcessRecord {',
    '    const line: ProcessRecord[] = [this];',
    '    for (let p = this.parent; p !== undefined && line.length < 64; p = p.parent) line.push(p);',
    '    return line.reduceRight<ProcessRecord | undefined>((parent, p) => p.#copy(parent), undefined) as ProcessRecord;',
    '  }',
    '',
    '  /** @internal A copy that says something else, or has another parent. It counts as what it was made from: of a sensor or of a file. */',
    '  static changed(p: ProcessRecord, changes: object, parent: ProcessRecord | undefined): ProcessRecord {',
    '    return p.#copy(parent, changes);',
    '  }',
    '',
    '  #copy(parent: ProcessRecord | undefined, changes?: object): ProcessRecord {',
    '    const copy = new ProcessRecord(changes === undefined ? this : { ...this, ...changes }, undefined, 0, parent);',
    '    copy.#startUtc = this.#startUtc;',
    '    copy.#revived = this.#revived;',
    '    copy.#live = this.#live;',
    '    return copy;',
    '  }',
    '}',
  ].join('\n');
}

/** `ProcessRecord`: the one class among the generated types, for a record is made from words or from JSON. */
export function processRecordModule(): string {
  return [
    `// ${banner('lib/schema')}`,
    "import { isoOf, utcOf } from '../base/time.js';",
    "import type { Live, ProcessSource, RecentConnection } from './process-source.js';",
    "import { withWholeIds } from './strong-id.js';",
    '',
    '/** What a file descriptor leads to. `other`: an event descriptor, a BPF object, an anonymous inode and the like. */',
    `export type FdKind = ${fdKinds.map(([, , d]) => `'${d}'`).join(' | ')};`,
    '',
    processClass(),
  ].join('\n');
}
