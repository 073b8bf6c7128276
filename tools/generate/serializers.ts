/**
 * Generates the writers of `data` for the serializers that must be fast. A writer reads the event, never the schema:
 * but the schema says where a text usually comes from, and so which one has been escaped before.
 */
import { namedEvents } from '../../lib/schema/layout.js';
import { processFields } from '../../lib/schema/process.js';
import type { EventField, EventSchema } from '../../lib/schema/types.js';
import { escapeXml } from '../../lib/serializer/xml-escape.js';
import { banner } from './c.js';
import { sum, type Part } from './parts.js';

/** Fields of a process record whose escaped text is kept beside the record. */
const kept = ['image', 'commandLine', 'cwd', 'user'];

/**
 * Neighbours that are written as one text, kept beside the record of the process, or of the parent, that they come
 * from.
 */
const runs = [
  {
    slot: 'asActor',
    of: 'p',
    texts: 'c',
    fields: ['ProcessGuid', 'ProcessId', 'Image'],
    origins: ['guid', 'pid', 'image'],
  },
  {
    slot: 'asParent',
    of: 'q',
    texts: 'parentTexts(c, q)',
    fields: ['ParentProcessGuid', 'ParentProcessId', 'ParentImage', 'ParentCommandLine', 'ParentUser'],
    origins: ['guid', 'pid', 'image', 'commandLine', 'user'],
  },
] as const;

/** Neighbours that most events of all processes have in common: the text of the last ones is kept. */
const session = ['User', 'LogonGuid', 'LogonId', 'TerminalSessionId', 'IntegrityLevel'];

/** Made by the worker out of digits and hex: nothing in them can need an escape. */
const plain = ['strongId', 'guid', 'startTime', 'logonGuid'];

/** Fields of a process record that most processes share with the one that was written before. */
const groups = [
  ['uid', 'gid', 'euid', 'egid', 'suid', 'loginUid', 'user', 'session'],
  ['namespaces', 'cgroup'],
];

interface Syntax {
  /** Text before the value of the n-th field. */
  readonly before: (name: string, first: boolean) => string;
  readonly after: string;
  /** How a text that never changes stands in the document. */
  readonly constant: (text: string) => string;
  /** What stands around a text. */
  readonly quote: string;
  /** Any text that is not expected to come back. */
  readonly text: (v: string) => Part;
}

const fixedText = ([, , origin]: EventField): string | undefined => /^const\((.*)\)$/.exec(origin)?.[1];
/** What a field says in most events. */
const usualText = (f: EventField): string | undefined =>
  fixedText(f) ?? (f[2] === 'rule' || f[2] === 'hashes' ? '-' : undefined);

function value(f: EventField, { constant, quote, text }: Syntax): Part {
  const [name, type, origin] = f;
  const v = `d.${name}`;
  const ifSame = (other: string, then: Part[]): Part => ({
    guard: `${v} === ${other}`,
    then,
    otherwise: [{ code: `text(${v})` }],
  });
  const usual = usualText(f);
  if (usual !== undefined)
    return {
      guard: `${v} === ${JSON.stringify(usual)}`,
      then: [constant(usual)],
      otherwise: [{ code: origin === 'rule' ? `shared(${v})` : `text(${v})` }],
    };
  if (origin === 'process.startTime') return ifSame('ProcessRecord.startUtc(p)', [quote, { code: v }, quote]);
  const own = /^process\.(.*)$/.exec(origin)?.[1] ?? (origin.startsWith('argv(') ? 'commandLine' : undefined);
  if (own !== undefined && kept.includes(own)) return ifSame(`p.${own}`, [{ code: `c.${own}` }]);
  if (own !== undefined && plain.includes(own)) return ifSame(`p.${own}`, [quote, { code: v }, quote]);
  if (type === 'u32' || type === 'u16') return { code: `number(${v})` };
  if (type === 'bool') return { code: `flag(${v})` };
  if (origin.startsWith('user(') || origin === 'process.logonId') return { code: `shared(${v})` };
  return text(v);
}

/** The members of an object or document: neighbours that stand or fall together are one piece. */
function members(fields: readonly EventField[], syntax: Syntax): Part[] {
  const { before, constant } = syntax;
  const plainly = (list: readonly EventField[]): Part[] =>
    list.flatMap((f) => [before(f[0], f === fields[0]), value(f, syntax)]);
  const starts = (names: readonly string[], i: number): boolean =>
    names.every((name, k) => fields[i + k]?.[0] === name);
  const out: Part[] = [];
  for (let i = 0; i < fields.length;) {
    // What comes first has no comma before it.
    const run = i === 0 ? undefined : runs.find((r) => starts(r.fields, i));
    let end = i + 1;
    if (i > 0 && starts(session, i)) {
      end = i + session.length;
      out.push({ code: 'sessionText(d)' });
    } else if (run !== undefined) {
      end = i + run.fields.length;
      const { slot, of, texts, origins } = run;
      const same = run.fields.map((name, k) => `d.${name} === ${of}.${origins[k]}`).join(' && ');
      out.push({
        guard: (of === 'q' ? 'q !== undefined && ' : '') + same,
        then: [{ code: `(${texts}.${slot} ??= ${slot}(${of}, ${texts}))` }],
        otherwise: plainly(fields.slice(i, end)),
      });
    } else if (fixedText(fields[i]) !== undefined) {
      while (end < fields.length && fixedText(fields[end]) !== undefined) end++;
      const list = fields.slice(i, end);
      out.push({
        guard: list.map((f) => `d.${f[0]} === ${JSON.stringify(fixedText(f))}`).join(' && '),
        then: list.flatMap((f) => [before(f[0], f === fields[0]), constant(fixedText(f) as string)]),
        otherwise: plainly(list),
      });
    } else out.push(...plainly([fields[i]]));
    i = end;
  }
  return out;
}

/** Makes the text of a run, out of the record alone. */
function runMaker({ slot, fields, origins }: (typeof runs)[number], { before, quote }: Syntax): string {
  const parts = fields.flatMap((name, k): Part[] => {
    const from = origins[k];
    const text =
      from === 'pid'
        ? [{ code: 'number(r.pid)' }]
        : plain.includes(from)
          ? [quote, { code: `r.${from}` }, quote]
          : [{ code: `c.${from}` }];
    return [before(name, false), ...text];
  });
  return `const ${slot} = (r: ProcessRecord, c: ProcessTexts): string => flat(${sum(parts)});`;
}

/** The text of what describes the session, from what it was made of: events may change. */
function sessionWriter(e: EventSchema, { before }: Syntax): string {
  const fields = e.fields.filter(([name]) => session.includes(name));
  const parts = fields.flatMap(([name, type]): Part[] => [
    before(name, false),
    { code: `${type === 'u32' ? 'number' : 'text'}(d.${name})` },
  ]);
  return [
    ...fields.map(([name]) => `let last${name}: unknown;`),
    "let lastSession = '';",
    `function sessionText(d: ${e.name}Event['data']): string {`,
    `  if (lastSession === '' || ${fields.map(([name]) => `d.${name} !== last${name}`).join(' || ')}) {`,
    ...fields.map(([name]) => `    last${name} = d.${name};`),
    `    lastSession = flat(${sum(parts)});`,
    '  }',
    '  return lastSession;',
    '}',
    '',
  ].join('\n');
}

function writer(e: EventSchema, syntax: Syntax): string {
  const needs = (prefix: string): boolean => e.fields.some(([, , o]) => o.startsWith(prefix));
  const p = e.wire !== undefined && needs('process.');
  const q = e.wire !== undefined && needs('parent.');
  return [
    `function write${e.name}(e: ${e.name}Event): string {`,
    '  const d = e.data;',
    ...(p ? ['  const p = e.process;', '  const c = textsOf(p);'] : []),
    ...(q ? ['  const q = p.parent;'] : []),
    '  return (',
    '    ' + sum([...members(e.fields, syntax), syntax.after]),
    '  );',
    '}',
    '',
  ].join('\n');
}

const pascal = (name: string): string => name[0].toUpperCase() + name.slice(1);
const fired = namedEvents.filter((e) => e.wire);

/** The writers, after an import of those helpers that they use. */
function writers(syntax: Syntax, module: string, helpers: readonly string[], more = ''): string {
  const body = [
    ...runs.map((r) => runMaker(r, syntax)),
    '',
    ...fired
      .filter((e) => session.every((name) => e.fields.some((f) => f[0] === name)))
      .map((e) => sessionWriter(e, syntax)),
    ...fired.map((e) => writer(e, syntax)),
    '/** Writers of `data` by type, for events with a process that the sensor has seen. */',
    'export const writers: ReadonlyMap<string, (e: never) => string> = new Map<string, (e: never) => string>([',
    ...fired.map((e) => `  ['${e.name}', write${e.name}],`),
    ']);',
    '',
    more,
  ].join('\n');
  return [
    `// ${banner('lib/schema')}`,
    `import type { ${fired.map((e) => `${e.name}Event`).join(', ')} } from '../schema/events.gen.js';`,
    "import { ProcessRecord } from '../event/process-record.gen.js';",
    `import { ${helpers.filter((h) => body.includes(`${h}(`)).join(', ')} } from '${module}';`,
    "import type { ProcessTexts } from './process-texts.js';",
    '',
    body,
  ].join('\n');
}

/** Text of one field of a process record, with the comma and name in front. */
function member([name, encoding]: (typeof processFields)[number], first: boolean): Part[] {
  const v = `p.${name}`;
  const key = (first ? '{' : ',') + JSON.stringify(name) + ':';
  const optional = (...written: Part[]): Part[] => [
    { guard: `${v} === undefined`, then: [], otherwise: [key, ...written] },
  ];
  const code = (text: string): Part[] => [key, { code: text }];
  switch (encoding) {
    // Out of the sensor's words: numbers that JSON has.
    case 'u32':
      return code(v);
    case 'optionalU32':
      return optional({ code: v });
    case 'string':
    case 'time':
      if (plain.includes(name)) return [key, '"', { code: v }, '"'];
      return code(kept.includes(name) ? `c.${name}` : `text(${v})`);
    case 'optionalString':
      return optional({ code: `shared(${v})` });
    case 'argv':
      return code(`texts(${v}, c, p)`);
    case 'json':
      // Most processes have the same as the one before.
      return code(`${groups.some((g) => g.includes(name)) ? 'frozen' : `last${pascal(name)}.text`}(${v})`);
    case 'optionalContainer':
      return optional({ code: `frozen(${v})` });
    case 'optionalJson':
      return optional({ code: name === 'capabilities' ? `capabilities(${v})` : `frozen(${v})` });
    case 'flag':
      return optional('true');
  }
}

const usesTexts = (names: readonly string[]): boolean => names.some((name) => kept.includes(name));

/** A function that writes a group, or gives what it wrote last if that is the same. */
function groupWriter(names: readonly string[], n: number): string {
  const text = sum(processFields.filter(([name]) => names.includes(name)).flatMap((f) => member(f, false)));
  return [
    `let grouped${n}: ProcessRecord | undefined;`,
    `let groupText${n} = '';`,
    `function group${n}(p: ProcessRecord${usesTexts(names) ? ', c: ProcessTexts' : ''}): string {`,
    `  const l = grouped${n};`,
    `  if (l !== undefined && ${names.map((name) => `p.${name} === l.${name}`).join(' && ')}) return groupText${n};`,
    `  grouped${n} = p;`,
    `  return (groupText${n} = flat(${text}));`,
    '}',
    '',
  ].join('\n');
}

export function jsonWriters(): string {
  const groupOf = (name: string): number => groups.findIndex((g) => g.includes(name));
  const parts = processFields.flatMap((f, i): Part[] => {
    const n = groupOf(f[0]);
    if (n < 0) return member(f, i === 0);
    return f[0] === groups[n][0] ? [{ code: `group${n}(p${usesTexts(groups[n]) ? ', c' : ''})` }] : [];
  });
  const processWriter = [
    ...processFields
      .filter(([name, encoding]) => encoding === 'json' && groupOf(name) < 0)
      .map(([name]) => `const last${pascal(name)} = new LastText();`),
    '',
    ...groups.map(groupWriter),
    '/** A process record without its end, so that the ancestors can follow; `capabilities` writes those. */',
    'export function writeProcess(p: ProcessRecord, c: ProcessTexts, capabilities: (sets: object) => string): string {',
    '  return (',
    '    ' + sum(parts),
    '  );',
    '}',
    '',
  ].join('\n');
  const syntax: Syntax = {
    before: (name, first) => (first ? '{' : ',') + JSON.stringify(name) + ':',
    // The end is added by who knows what follows.
    after: '',
    constant: (t) => JSON.stringify(t),
    quote: '"',
    text: (v) => ({ guard: `isPlain(${v})`, then: ['"', { code: v }, '"'], otherwise: [{ code: `text(${v})` }] }),
  };
  return writers(
    syntax,
    './json-text.js',
    ['flag', 'flat', 'frozen', 'isPlain', 'LastText', 'number', 'parentTexts', 'shared', 'text', 'texts', 'textsOf'],
    processWriter,
  );
}

export function xmlWriters(): string {
  const syntax: Syntax = {
    before: (name, first) => `${first ? '' : '</Data>'}<Data Name="${name}">`,
    after: '</Data>',
    constant: (t) => escapeXml(t),
    quote: '',
    text: (v) => ({ code: `text(${v})` }),
  };
  return writers(syntax, './xml-text.js', ['flag', 'flat', 'number', 'parentTexts', 'shared', 'text', 'textsOf']);
}
