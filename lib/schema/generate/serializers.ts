/**
 * Generates the writers of `data` for the serializers that must be fast. A writer reads the event, never the schema: but the
 * schema says where a text usually comes from, and so which one has been escaped before.
 */
import { namedEvents } from '../layout.js';
import { processFields } from '../process.js';
import type { EventField, EventSchema, FieldType } from '../types.js';
import { escapeXml } from '../../serializer/xml-text.js';
import { banner } from './c.js';

/** Fields of a process record whose escaped text is kept beside the record. */
const kept = ['image', 'commandLine', 'cwd', 'user'];

/** Neighbours that are written as one text, kept beside the record of the process, or of the parent, that they come from. */
const runs = [
  { slot: 'asActor', of: 'p', texts: 'c', fields: ['ProcessGuid', 'ProcessId', 'Image'], origins: ['guid', 'pid', 'image'] },
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
  ['logonGuid', 'capabilities', 'namespaces', 'cgroup'],
];

interface Syntax {
  /** Text before the value of the n-th field. */
  readonly before: (name: string, first: boolean) => string;
  readonly after: string;
  /** How a text that never changes stands in the document. */
  readonly constant: (text: string) => string;
}

function value([name, type, origin]: EventField, constant: Syntax['constant']): string {
  const v = `d.${name}`;
  const fixed = /^const\((.*)\)$/.exec(origin)?.[1];
  if (fixed !== undefined) return `(${v} === ${JSON.stringify(fixed)} ? ${JSON.stringify(constant(fixed))} : text(${v}))`;
  if (origin === 'process.startTime') return `(${v} === ProcessRecord.startUtc(p) ? plain(${v}) : text(${v}))`;
  const own = /^process\.(.*)$/.exec(origin)?.[1] ?? (origin.startsWith('argv(') ? 'commandLine' : undefined);
  if (own !== undefined && kept.includes(own)) return `(${v} === p.${own} ? c.${own} : text(${v}))`;
  const parents = /^parent\.(.*)$/.exec(origin)?.[1];
  if (parents !== undefined && kept.includes(parents))
    return `(q !== undefined && ${v} === q.${parents} ? parentTexts(c, q).${parents} : text(${v}))`;
  const made = own ?? parents;
  if (made !== undefined && plain.includes(made))
    return `(${own === undefined ? 'q !== undefined && ' : ''}${v} === ${own === undefined ? 'q' : 'p'}.${made} ? plain(${v}) : text(${v}))`;
  if (type === 'u32' || type === 'u16') return `number(${v})`;
  if (type === 'bool') return `flag(${v})`;
  if (origin === 'rule' || origin.startsWith('user(') || origin === 'process.logonId') return `shared(${v})`;
  return `text(${v})`;
}

const fixedText = ([, , origin]: EventField): string | undefined => /^const\((.*)\)$/.exec(origin)?.[1];

/** The members of an object or document: neighbours that stand or fall together are one piece. */
function pieces(fields: readonly EventField[], { before, constant }: Syntax): string[] {
  const plainly = (list: readonly EventField[]): string[] =>
    list.flatMap((f) => [JSON.stringify(before(f[0], f === fields[0])), value(f, constant)]);
  const out: string[] = [];
  for (let i = 0; i < fields.length;) {
    // What comes first has no comma before it.
    const run = i === 0 ? undefined : runs.find((r) => r.fields.every((name, k) => fields[i + k]?.[0] === name));
    if (i > 0 && session.every((name, k) => fields[i + k]?.[0] === name)) {
      out.push('sessionText(d)');
      i += session.length;
      continue;
    }
    let end = i;
    if (run !== undefined) end = i + run.fields.length;
    else while (end < fields.length && fixedText(fields[end]) !== undefined) end++;
    const list = fields.slice(i, Math.max(end, i + 1));
    i += list.length;
    if (list.length === 1) out.push(...plainly(list));
    else if (run === undefined) {
      const same = list.map((f) => `d.${f[0]} === ${JSON.stringify(fixedText(f))}`).join(' && ');
      const text = list.map((f) => before(f[0], f === fields[0]) + constant(fixedText(f) as string)).join('');
      out.push(`(${same} ? ${JSON.stringify(text)} : ${plainly(list).join(' + ')})`);
    } else {
      const { slot, of, texts, origins } = run;
      const same = list.map((f, k) => `d.${f[0]} === ${of}.${origins[k]}`).join(' && ');
      const known = of === 'q' ? 'q !== undefined && ' : '';
      out.push(`(${known}${same} ? (${texts}.${slot} ??= ${slot}(${of}, ${texts})) : ${plainly(list).join(' + ')})`);
    }
  }
  return out;
}

/** Makes the text of a run, out of the record alone. */
function runMaker({ slot, fields, origins }: (typeof runs)[number], { before }: Syntax): string {
  const parts = fields.flatMap((name, k) => {
    const from = origins[k];
    const text = plain.includes(from) ? `plain(r.${from})` : from === 'pid' ? 'number(r.pid)' : `c.${from}`;
    return [JSON.stringify(before(name, false)), text];
  });
  return `const ${slot} = (r: ProcessRecord, c: ProcessTexts): string => flat(${parts.join(' + ')});`;
}

/** The text of what describes the session, from what it was made of: events may change. */
function sessionWriter(e: EventSchema, { before, constant }: Syntax): string {
  const fields = e.fields.filter(([name]) => session.includes(name));
  const numeric = (type: FieldType): boolean => type === 'u32';
  return [
    ...fields.map(([name]) => `let last${name}: unknown;`),
    "let lastSession = '';",
    `function sessionText(d: ${e.name}Event['data']): string {`,
    `  if (lastSession === '' || ${fields.map(([name]) => `d.${name} !== last${name}`).join(' || ')}) {`,
    ...fields.map(([name]) => `    last${name} = d.${name};`),
    `    lastSession = flat(${fields
      .map(
        (f) =>
          `${JSON.stringify(before(f[0], false))} + ${fixedText(f) !== undefined ? value(f, constant) : `${numeric(f[1]) ? 'number' : 'text'}(d.${f[0]})`}`,
      )
      .join(' + ')});`,
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
    '    ' + [...pieces(e.fields, syntax), JSON.stringify(syntax.after)].join(' +\n    '),
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
    ...fired.filter((e) => session.every((name) => e.fields.some((f) => f[0] === name))).map((e) => sessionWriter(e, syntax)),
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
    "import { ProcessRecord } from '../schema/events.gen.js';",
    `import { ${helpers.filter((h) => body.includes(`${h}(`)).join(', ')} } from '${module}';`,
    "import type { ProcessTexts } from './process-texts.js';",
    '',
    body,
  ].join('\n');
}

/** Text of one field of a process record, with the comma and name in front. */
function member([name, encoding]: (typeof processFields)[number], first: boolean): string {
  const v = `p.${name}`;
  const key = (first ? '{' : ',') + JSON.stringify(name) + ':';
  const optional = (written: string): string => `(${v} === undefined ? '' : ${JSON.stringify(key)} + ${written})`;
  switch (encoding) {
    // Out of the sensor's words: numbers that JSON has.
    case 'u32':
      return `${JSON.stringify(key)} + ${v}`;
    case 'optionalU32':
      return optional(v);
    case 'string':
    case 'time':
      if (plain.includes(name)) return `${JSON.stringify(`${key}"`)} + ${v} + '"'`;
      return `${JSON.stringify(key)} + ${kept.includes(name) ? `c.${name}` : `text(${v})`}`;
    case 'optionalString':
      return optional(`shared(${v})`);
    case 'argv':
      return `${JSON.stringify(key)} + texts(${v}, c, p)`;
    case 'json':
      // Most processes have the same as the one before.
      return `${JSON.stringify(key)} + ${groups.some((g) => g.includes(name)) ? 'frozen' : `last${pascal(name)}.text`}(${v})`;
    case 'flag':
      return `(${v} === undefined ? '' : ${JSON.stringify(`${key}true`)})`;
  }
}

const usesTexts = (names: readonly string[]): boolean => names.some((name) => kept.includes(name));

/** A function that writes a group, or gives what it wrote last if that is the same. */
function groupWriter(names: readonly string[], n: number): string {
  const text = processFields
    .filter(([name]) => names.includes(name))
    .map((f) => member(f, false))
    .join(' + ');
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
  const parts = processFields.flatMap((f, i) => {
    const n = groupOf(f[0]);
    if (n < 0) return [member(f, i === 0)];
    return f[0] === groups[n][0] ? [`group${n}(p${usesTexts(groups[n]) ? ', c' : ''})`] : [];
  });
  const processWriter = [
    ...processFields
      .filter(([name, encoding]) => encoding === 'json' && groupOf(name) < 0)
      .map(([name]) => `const last${pascal(name)} = new LastText();`),
    '',
    ...groups.map(groupWriter),
    '/** A process record without its end, so that the ancestors can follow. */',
    'export function writeProcess(p: ProcessRecord, c: ProcessTexts): string {',
    '  return (',
    '    ' + parts.join(' +\n    '),
    '  );',
    '}',
    '',
  ].join('\n');
  const syntax: Syntax = {
    before: (name, first) => (first ? '{' : ',') + JSON.stringify(name) + ':',
    after: '}',
    constant: (t) => JSON.stringify(t),
  };
  return writers(
    syntax,
    './json-text.js',
    ['flag', 'flat', 'frozen', 'LastText', 'number', 'parentTexts', 'plain', 'shared', 'text', 'texts', 'textsOf'],
    processWriter,
  );
}

export function xmlWriters(): string {
  const syntax: Syntax = {
    before: (name, first) => `${first ? '' : '</Data>'}<Data Name="${name}">`,
    after: '</Data>',
    constant: (t) => escapeXml(t),
  };
  return writers(syntax, './xml-text.js', ['flag', 'flat', 'number', 'parentTexts', 'plain', 'shared', 'text', 'textsOf']);
}
