/**
 * Generates the writers of `data` for the serializers that must be fast. A writer reads the event, never the schema: but the
 * schema says where a text usually comes from, and so which one has been escaped before.
 */
import { namedEvents } from '../layout.js';
import { processFields } from '../process.js';
import type { EventField, EventSchema } from '../types.js';
import { escapeXml } from '../../serializer/xml-text.js';
import { banner } from './c.js';

/** Fields of a process record whose escaped text is kept beside the record. */
const kept = ['guid', 'image', 'commandLine', 'cwd', 'user', 'logonGuid'];

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
  const own = /^process\.(.*)$/.exec(origin)?.[1] ?? (origin.startsWith('argv(') ? 'commandLine' : undefined);
  if (own !== undefined && kept.includes(own)) return `(${v} === p.${own} ? c.${own} : text(${v}))`;
  const parents = /^parent\.(.*)$/.exec(origin)?.[1];
  if (parents !== undefined && kept.includes(parents))
    return `(q !== undefined && ${v} === q.${parents} ? parentTexts(c, q).${parents} : text(${v}))`;
  if (type === 'u32' || type === 'u16') return `number(${v})`;
  if (type === 'bool') return `flag(${v})`;
  if (origin === 'rule' || origin.startsWith('user(') || origin === 'process.logonId') return `shared(${v})`;
  return `text(${v})`;
}

function writer(e: EventSchema, { before, after, constant }: Syntax): string {
  const needs = (prefix: string): boolean => e.fields.some(([, , o]) => o.startsWith(prefix));
  const p = e.wire !== undefined && needs('process.');
  const q = e.wire !== undefined && needs('parent.');
  return [
    `function write${e.name}(e: ${e.name}Event): string {`,
    '  const d = e.data;',
    ...(p ? ['  const p = e.process;', '  const c = textsOf(p);'] : []),
    ...(q ? ['  const q = p.parent;'] : []),
    '  return (',
    '    ' + e.fields.map((f, i) => `${JSON.stringify(before(f[0], i === 0))} + ${value(f, constant)} +`).join('\n    '),
    `    ${JSON.stringify(after)}`,
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
    `import type { ${fired.map((e) => `${e.name}Event`).join(', ')}${more === '' ? '' : ', ProcessRecord'} } from '../schema/events.gen.js';`,
    `import { ${helpers.filter((h) => body.includes(`${h}(`)).join(', ')} } from '${module}';`,
    ...(more === '' ? [] : ["import type { ProcessTexts } from './process-texts.js';"]),
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
      return `${JSON.stringify(key)} + ${kept.includes(name) ? `c.${name}` : `text(${v})`}`;
    case 'optionalString':
      return optional(`shared(${v})`);
    case 'argv':
      return `${JSON.stringify(key)} + texts(${v}, c, p)`;
    case 'json':
      // Most processes have the same as the one before.
      return `${JSON.stringify(key)} + last${pascal(name)}.text(${v})`;
    case 'flag':
      return optional("'true'");
  }
}

export function jsonWriters(): string {
  const processWriter = [
    ...processFields.filter(([, encoding]) => encoding === 'json').map(([name]) => `const last${pascal(name)} = new LastText();`),
    '',
    '/** A process record without its end, so that the ancestors can follow. */',
    'export function writeProcess(p: ProcessRecord, c: ProcessTexts): string {',
    '  return (',
    '    ' + processFields.map((f, i) => member(f, i === 0)).join(' +\n    '),
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
    ['flag', 'LastText', 'number', 'parentTexts', 'shared', 'text', 'texts', 'textsOf'],
    processWriter,
  );
}

export function xmlWriters(): string {
  const syntax: Syntax = {
    before: (name, first) => `${first ? '' : '</Data>'}<Data Name="${name}">`,
    after: '</Data>',
    constant: (t) => escapeXml(t),
  };
  return writers(syntax, './xml-text.js', ['flag', 'number', 'parentTexts', 'shared', 'text', 'textsOf']);
}
