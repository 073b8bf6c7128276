/** `event.extra`: what stands beside Sysmon's fields. Members of one type of event stand in its file of `events/`. */
import { events } from './events.js';
import { isAboutFile } from './layout.js';
import { pathsOf, type Path } from './paths.js';
import type { EventField, Origin } from './types.js';

/** `[name, TypeScript type, documentation]`; one that is not required is left out where there is nothing to say. */
export type ExtraMember = readonly [name: string, tsType: string, doc: string];

/** Members that events of every type may have. */
export const commonExtra: readonly ExtraMember[] = [
  ['hook', 'string', 'Kernel hook that saw the event; `sdk` for events about the sensor itself.'],
  ['tier', "'core' | 'full'", 'What the hook needs of the kernel.'],
  ['truncated', 'readonly string[]', 'Names of fields that were cut.'],
  [
    'exposed',
    'readonly string[]',
    'Names of fields that may be wrong: read from memory that another thread could change meanwhile, or a path of which the kernel does not say for certain that it is the one.',
  ],
  [
    'uncertain',
    'true',
    'The process was rebuilt after records were lost: what the event says of it may be incomplete.',
  ],
  ['late', 'true', 'Delivered after events that came later, because it waited: for a digest, content, or a user name.'],
  ['redacted', 'readonly string[]', 'Names of fields that are told without their secrets: the option `redact`.'],
  ['raw', 'Readonly<Record<string, string>>', 'Exact bytes, base64, of fields whose bytes are not UTF-8.'],
];

/** Of an event that is about a file. */
const file: ExtraMember = [
  'file',
  '{ readonly dev: string; readonly inode: string; readonly size: number; readonly mtime: string; readonly mode: number }',
  'The file that the event is about: device as `major:minor`, 64-bit numbers in decimal text, mtime in ISO 8601.',
];

/** Members that an event always has. */
export const requiredExtra: readonly string[] = ['hook', 'tier'];

/** The words that a field from this origin can say, if they are few. */
export function wordsOf(origin: Origin): readonly string[] | undefined {
  const [, one] = /^const\((.*)\)$/.exec(origin) ?? [];
  if (one !== undefined) return [one];
  if (origin.startsWith('protocol(')) return ['udp', 'tcp'];
  return /^choice\(\w+: (.*)\)$/.exec(origin)?.[1].split(', ');
}

function typeOf([, type, origin]: EventField): string {
  const words = wordsOf(origin)?.filter((w) => w !== '-'); // which is left out
  if (words !== undefined) return words.map((w) => `'${w}'`).join(' | ');
  return type === 'u32' || type === 'u16' ? 'number' : type === 'bool' ? 'true' : 'string';
}

/** Those that have a dot in their names are one object, of members that may be absent. */
function grouped(fields: readonly EventField[]): ExtraMember[] {
  const out: ExtraMember[] = [];
  for (const f of fields) {
    const [group, name] = f[0].split('.') as [string, string?];
    if (name === undefined) {
      out.push([group, typeOf(f), f[3]]);
      continue;
    }
    const last = out.at(-1);
    const begun = last?.[0] === group ? out.pop() : undefined;
    const type = `${begun ? `${begun[1].slice(0, -2)};` : '{'} readonly ${name}?: ${typeOf(f)} }`;
    out.push([group, type, `${begun ? `${begun[2]} ` : ''}\`${name}\`: ${f[3]}`]);
  }
  return out;
}

/** Members that events of one type have beside the common ones. Two events may share a type. */
export function ownExtra(type: string): readonly ExtraMember[] {
  const of = events.filter((e) => e.name === type);
  return once([...of.flatMap((e) => grouped(e.extra ?? [])), ...(of.some(isAboutFile) ? [file] : [])]);
}

/** Each member once. Throws where two events mean different things by one name. */
function once(members: readonly ExtraMember[]): readonly ExtraMember[] {
  const out = new Map<string, ExtraMember>();
  for (const member of members) {
    const known = out.get(member[0]);
    if (known !== undefined && (known[1] !== member[1] || known[2] !== member[2]))
      throw new Error(`schema: extra.${member[0]} has two types or two texts`);
    out.set(member[0], member);
  }
  return [...out.values()];
}

/** The members of all events. */
export const extraMembers: readonly ExtraMember[] = once([...commonExtra, ...events.flatMap((e) => ownExtra(e.name))]);

const hooks = ['sdk', ...new Set(events.flatMap((e) => e.hooks ?? []).map(([name]) => name))];

/** What rules may name of `extra`. `raw` is left out: it is no text; and `redacted`, which is found out later. */
export const extraPaths: readonly Path[] = extraMembers
  .filter(([name]) => name !== 'raw' && name !== 'redacted')
  .flatMap(([name, type]) => (name === 'hook' ? [{ path: name, multi: false, values: hooks }] : pathsOf(name, type)));
