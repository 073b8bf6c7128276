/**
 * Generates the writers of the formats that tables describe: for each type of event what the rows say, in one
 * expression. The tables' own interpretation stands in lib/serializer/documents.ts, for events that are not as the
 * sensor makes them, and in test/unit/serializer/interpret.ts.
 */
import { namedEvents } from '../../lib/schema/layout.js';
import type { EventSchema } from '../../lib/schema/types.js';
import type { SysmonEvent } from '../../lib/schema/events.gen.js';
import { told } from '../../lib/serializer/conversions.js';
import { inRecordOf, rowsFor, tree, type Node } from '../../lib/serializer/documents.js';
import { ecsRows } from '../../lib/serializer/ecs.js';
import {
  isOfTexts,
  isRemembered,
  written,
  writtenGet,
  type Member,
  type Row,
  type Step,
} from '../../lib/serializer/mapping.js';
import { ocsfRows } from '../../lib/serializer/ocsf.js';
import { winlogbeatDocument } from '../../lib/serializer/winlogbeat.js';
import { banner } from './c.js';
import { onlySource, valueOf } from './document-sources.js';
import { sum, type Part } from './parts.js';

/** What the text of a member depends on. `host`, `extra`, `techniques`: on that of the event, mostly the last one. */
type Scope = 'fixed' | 'process' | 'host' | 'extra' | 'techniques' | 'event';

interface Text {
  readonly scope: Scope;
  /** Never empty. */
  readonly always: boolean;
  readonly parts: Part[];
}

const text = (scope: Scope, always: boolean, ...parts: Part[]): Text => ({ scope, always, parts });

/** Made by the worker out of digits and hex: nothing in them can need an escape. */
const plain = ['process.strongId', 'process.guid', 'process.startTime', 'parent.guid', 'parent.startTime'];
/** Texts of a process record that are kept beside it. */
const kept = ['image', 'commandLine', 'cwd', 'user'];

/** Conversions of texts whose JSON is known. */
const ofJson = ['baseName', 'folder', 'shortLine', 'list'];
/** Conversions that give lists, which are joined where several rows say something. */
const lists = ['list', 'notEmpty', 'addressList', 'dnsAnswers', 'dnsAnswerObjects', 'dnsAddresses', 'ruleNames'];

const scopeOf = ({ scope, row }: Step): Scope => {
  if (scope !== 'event' || row === undefined) return scope;
  const [, source] = row;
  if (source === 'event.host') return 'host';
  if (source === 'event.techniques') return 'techniques';
  return source.startsWith('extra.') && !source.startsWith('extra.file.') ? 'extra' : 'event';
};

const widest = (scopes: readonly Scope[]): Scope => {
  const others = [...new Set(scopes.filter((s) => s !== 'fixed'))];
  return others.length === 0 ? 'fixed' : others.length === 1 ? others[0] : 'event';
};

class Format {
  /** Declarations of the module, by what they are. */
  readonly #declared = new Map<string, string>();
  /** Types of events that have a piece, by what it is. */
  readonly #users = new Map<string, Set<string>>();
  #counts = true;

  constructor(
    private readonly slot: string,
    private readonly rowsOf: (event: SysmonEvent) => readonly (Row | Member)[],
  ) {}

  #declare(prefix: string, code: string): string {
    let name = this.#declared.get(code);
    if (name === undefined) this.#declared.set(code, (name = `${prefix}${this.#declared.size}`));
    return name;
  }

  /** JSON of a source that is a text, where there is such a thing. */
  #json(source: string, e: EventSchema): string | undefined {
    const [root, name] = source.split('.');
    if (root === 'process' && kept.includes(name)) return `c.${name}`;
    if (root === 'parent' && kept.includes(name)) return `parentText(c, q, '${name}')`;
    if (root === 'data' && e.fields.find((f) => f[0] === name)?.[1] === 'string') return `text_${name}`;
    return undefined;
  }

  #leaf({ key, steps }: Node, e: EventSchema, event: SysmonEvent, inRecord: (s: string) => string | undefined): Text {
    const scope = widest(steps.map(scopeOf));
    const [step] = steps;
    const { row, member } = step;
    if (member !== undefined) {
      if (member.code !== undefined)
        return text(scope === 'fixed' ? 'event' : scope, true, key, { code: `(${member.code})` });
      if (scope === 'fixed') return this.#fixed(key, member.get(event));
      // Labels: the generated writers are for events without.
      if (member.source === undefined) return text('fixed', false);
      const { source } = member;
      const own = inRecord(source) ?? source;
      return text(scope, true, key, { code: this.#json(own, e) ?? `textOf(${valueOf(own)})` });
    }
    if (row === undefined) throw new Error(`documents: ${key} comes from nothing`);
    if (scope === 'fixed') return this.#fixed(key, step.get(event));
    const byTable = (): Text => {
      const all = steps.map((s) => JSON.stringify(s.row)).join(', ');
      return text(scope, false, { code: `${this.#declare('row', `rows(${JSON.stringify(key)}, ${all})`)}(e)` });
    };
    const [, source, conversion] = row;
    if (steps.length > 1) return this.#joint(key, steps, e, event, inRecord) ?? byTable();
    if (source === 'event.host' && conversion === undefined) return text(scope, true, key, { code: 'shared(e.host)' });
    if (conversion === 'summary') return this.#summary(key, e, inRecord, byTable());
    if (source === 'process.argv' && conversion === 'notEmpty')
      return text(scope, false, { code: `args(${JSON.stringify(key)}, p, c)` });
    if (writtenGet(row) !== undefined) return byTable();
    const value = valueOf(source);
    const json = this.#json(source, e);
    if (conversion !== undefined && isRemembered(conversion)) {
      const helper = isOfTexts(conversion) ? 'ofText' : 'ofObject';
      const name = this.#declare('known', `${helper}(${JSON.stringify(key)}, conversions.${conversion})`);
      return text(scope, false, { code: `${name}(${value})` });
    }
    const inline = (helper: string, ...more: string[]): Text =>
      text(scope, false, { code: `${helper}(${[JSON.stringify(key), value, ...more].join(', ')})` });
    if (conversion === 'text') return inline('asText');
    if (conversion !== undefined && ofJson.includes(conversion) && json !== undefined) return inline(conversion, json);
    if (conversion !== undefined)
      return text(scope, false, { code: `made(${JSON.stringify(key)}, ${value}, conversions.${conversion})` });
    if (source === 'event.recordId') return text(scope, true, key, { code: 'String(e.recordId)' });
    if (source === 'event.time') return text(scope, true, key, { code: 'text(e.time)' });
    if (source === 'process.pid') return text(scope, true, key, { code: 'String(p.pid)' });
    if (json !== undefined) return inline('known', json);
    return inline(plain.includes(source) ? 'plain' : 'member');
  }

  /** What several rows say of one member, if none of them says a list: the later wins. Lists of one text are joined. */
  #joint(
    key: string,
    steps: readonly Step[],
    e: EventSchema,
    event: SysmonEvent,
    inRecord: (s: string) => string | undefined,
  ): Text | undefined {
    const scope = widest(steps.map(scopeOf));
    const said = steps.map(({ row }) => row?.[2]);
    if (steps.some(({ row }) => row === undefined) || said.some((c) => c !== undefined && isRemembered(c)))
      return undefined;
    if (said.every((c) => c === 'list')) {
      const texts = steps.flatMap(({ row }) => {
        const source = (row as Row)[1];
        return [valueOf(source), this.#json(source, e)];
      });
      if (texts.length !== 4 || texts.includes(undefined)) return undefined;
      return text(scope, false, { code: `pair(${[JSON.stringify(key), ...texts].join(', ')})` });
    }
    if (said.some((c) => c !== undefined && lists.includes(c))) return undefined;
    const each = steps.map((step) =>
      this.#leaf({ key, path: key, members: new Map(), steps: [step] }, e, event, inRecord),
    );
    const [first] = each;
    // What is always said by a later row outdoes all before it.
    if (each.slice(1).some((t) => t.always)) return undefined;
    const code = each.map((t) => sum(t.parts)).reverse();
    return text(scope, first.always, { code: `(${code.join(' || ')})` });
  }

  #fixed(key: string, value: unknown): Text {
    return value === undefined ? text('fixed', false) : text('fixed', true, key + written(value));
  }

  /** What tells a person most: mostly the same field for a type, whose text is there. */
  #summary(key: string, e: EventSchema, inRecord: (s: string) => string | undefined, otherwise: Text): Text {
    const first = told.find((name) => e.fields.some((f) => f[0] === name && f[1] === 'string'));
    const source = `data.${first}`;
    const json = first === undefined ? undefined : this.#json(inRecord(source) ?? source, e);
    if (json === undefined) return { ...otherwise, always: true };
    const guard = `typeof d.${first} === 'string' && d.${first} !== '-'`;
    const then = [`${key}"${e.name}: `, { code: `${json}.slice(1)` }];
    return text('event', true, { guard, then, otherwise: otherwise.parts });
  }

  #members(at: Node, e: EventSchema, event: SysmonEvent, inRecord: (s: string) => string | undefined): Text[] {
    return [...at.members.values()]
      .map((m): Text => {
        if (m.steps.length > 0) return this.#leaf(m, e, event, inRecord);
        const members = this.#members(m, e, event, inRecord);
        const scope = widest(members.map((t) => t.scope));
        const ready = scope === 'event' ? this.#runs(members, e) : members;
        if (ready.some((t) => t.always)) return text(scope, true, `${m.key}{`, ...joined(ready).parts, '}');
        if (ready.length === 0) return text('fixed', false);
        const code = `object(${JSON.stringify(m.key)}, ${sum(joined(ready).parts)})`;
        const from = onlySource(m);
        return text(scope, false, { code: from === undefined ? code : `(${from} === undefined ? '' : ${code})` });
      })
      .filter((t) => t.parts.length > 0);
  }

  /** Neighbours that depend on the same are one text, which is remembered. */
  #runs(members: readonly Text[], e: EventSchema): Text[] {
    const out: Text[] = [];
    for (let i = 0; i < members.length;) {
      let end = i + 1;
      while (end < members.length && widest(members.slice(i, end + 1).map((t) => t.scope)) !== 'event') end++;
      const run = members.slice(i, end);
      const scope = widest(run.map((t) => t.scope));
      i = end;
      if (scope === 'event' || scope === 'fixed') {
        out.push(...run);
        continue;
      }
      const { always, parts } = joined(run);
      const code = sum(parts);
      const body = `(e: SysmonEvent) => {${locals(code)}return ${code};}`;
      if (scope === 'process') {
        const users = this.#users.get(body) ?? new Set();
        if (this.#counts) this.#users.set(body, users.add(e.name));
        // A process begins once: there is nothing to be kept.
        if (users.size === 1 && users.has('ProcessCreate')) {
          out.push(text('event', always, ...parts));
          continue;
        }
      }
      const call =
        scope === 'process'
          ? `${this.#declare('piece', `keep(${body}, 'piece %')`)}(e)`
          : `${this.#declare('last', `last(${body})`)}(e.${scope}, e)`;
      out.push(text('event', always, { code: call }));
    }
    return out;
  }

  #writer(e: EventSchema): string {
    const event = {
      ...{ type: e.name, id: e.id, extra: {}, techniques: [] },
      data: Object.fromEntries(e.fields.map(([name]) => [name, undefined])),
    } as unknown as SysmonEvent;
    const names = e.fields.map(([name]) => name);
    const { path } = inRecordOf(names);
    const root = tree(rowsFor(this.rowsOf(event), names), path);
    const code = sum(['{', ...joined(this.#runs(this.#members(root, e, event, path), e)).parts, '}']);
    return `function write${e.name}(e: SysmonEvent): string {${locals(code, e)}return ${code};}\n`;
  }

  module(): string {
    const made = namedEvents.filter((e) => e.wire);
    for (const e of made) this.#writer(e);
    this.#counts = false;
    this.#declared.clear();
    const writers = made.map((e) => this.#writer(e));
    // A piece is kept by its name, which is the same wherever it is used.
    const declared = [...this.#declared].map(
      ([code, name]) => `const ${name} = ${code.replace("'piece %'", `'${name}'`)};`,
    );
    const body = [
      ...declared,
      '',
      ...writers,
      '/** Writers by type, with the fields that the events must have. */',
      'export const writers: Generated = new Map([',
      ...made.map(
        (e) =>
          `['${e.name}', {id: ${e.id}, fields: ${JSON.stringify(e.fields.map(([name]) => name))}, write: write${e.name}}],`,
      ),
      ']);',
      '',
    ].join('\n');
    const uses = (names: readonly string[]): string =>
      names.filter((n) => new RegExp(`\\b${n}\\(`).test(body)).join(', ');
    const line = (names: readonly string[], from: string): string[] =>
      uses(names) === '' ? [] : [`import { ${uses(names)} } from '${from}';`];
    return [
      `// ${banner('lib/schema and the tables of lib/serializer')}`,
      "import type { AnyExtra } from '../event/event.js';",
      "import type { ProcessRecord, SysmonEvent } from '../schema/events.gen.js';",
      ...(body.includes('conversions.') ? ["import { conversions } from './conversions.js';"] : []),
      ...line(
        [
          ...['after', 'args', 'asText', 'baseName', 'before', 'both', 'folder', 'known', 'last', 'list', 'made'],
          ...['member', 'object', 'ofObject', 'ofText', 'pair', 'parentText', 'plain', 'rows', 'shortLine'],
        ],
        './document-parts.js',
      ),
      "import type { Generated } from './documents.js';",
      ...line(['shared', 'text', 'textOf', 'textsOf'], './json-text.js'),
      "import { keeper } from './kept-pieces.js';",
      ...line(['written'], './mapping.js'),
      ...line(['activityId', 'activityName', 'profilesOf', 'typeName', 'typeUid'], './ocsf-members.js'),
      "import { slots } from './process-texts.js';",
      ...line(['containerOf'], './serializer.js'),
      '',
      `const { keep } = keeper(slots.${this.slot});`,
      body,
    ].join('\n');
  }
}

/** Members side by side, with commas between those that are there. */
function joined(members: readonly Text[]): Text {
  const first = members.findIndex((t) => t.always);
  const scope = widest(members.map((t) => t.scope));
  if (first < 0)
    return text(scope, false, {
      code: members.map((t) => sum(t.parts)).reduce((all, next) => (all === '' ? next : `both(${all}, ${next})`), ''),
    });
  const parts = members.flatMap((t, i): Part[] => {
    if (i < first) return [{ code: `before(${sum(t.parts)})` }];
    if (i === first) return t.parts;
    return t.always ? [',', ...t.parts] : [{ code: `after(${sum(t.parts)})` }];
  });
  return text(scope, true, ...parts);
}

/** Declarations of what an expression uses. */
function locals(code: string, e?: EventSchema): string {
  const uses = (name: string): boolean => new RegExp(`(?<![\\w.'"])${name}\\b`).test(code);
  const texts = (e?.fields ?? [])
    .filter(([name]) => uses(`text_${name}`))
    .map(([name]) => `const text_${name} = textOf(d.${name});`);
  return [
    ...(uses('d') || texts.length > 0 ? [`const d = e.data as unknown as Record<string, unknown>;`] : []),
    ...(uses('p') || uses('q') || uses('c') ? ['const p = e.process as ProcessRecord;'] : []),
    ...(uses('q') ? ['const q = p.parent;'] : []),
    ...(uses('c') ? ['const c = textsOf(p);'] : []),
    ...(uses('x') ? ['const x = e.extra as AnyExtra;'] : []),
    ...texts,
  ].join('\n');
}

export const ecsWriters = (): string => new Format('ecs', ecsRows).module();
export const ocsfWriters = (): string => new Format('ocsf', ocsfRows).module();
export const winlogbeatWriters = (): string => new Format('winlogbeat', winlogbeatDocument).module();
