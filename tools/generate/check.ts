/** What the compiler cannot tell of the declarations of events: each mistake ends here, with the event and field. */
import { events } from '../../lib/schema/events.js';
import { identifier, records } from '../../lib/schema/layout.js';
import type { EventField, EventSchema, FieldType, wireOrigins } from '../../lib/schema/types.js';

const numbers = ['u8', 'u16', 'u32'];

/** Of each origin: the types of the wire fields that it takes, and the types of field that it gives. */
const signatures: Readonly<
  Record<keyof typeof wireOrigins, readonly [takes: readonly (readonly string[])[], gives: readonly FieldType[]]>
> = {
  argv: [[['text']], ['string']],
  text: [[['text']], ['string']],
  path: [[['path']], ['string']],
  location: [[['struct location']], ['string']],
  user: [[['u32']], ['string']],
  number: [[numbers], ['u16', 'u32']],
  hex: [[numbers], ['hex']],
  flag: [[numbers], ['bool']],
  known: [[numbers], ['u16', 'u32']],
  several: [[numbers], ['u16', 'u32']],
  created: [[numbers], ['time']],
  stamp: [[['struct stamp']], ['time']],
  choice: [[numbers], ['string']],
  namespaces: [[['u32[8]'], ['u32[8]']], ['string']],
  capabilities: [[['struct credentials']], ['string']],
  credentials: [[['struct credentials'], ['struct credentials']], ['string']],
  bit: [[numbers], ['bool']],
  address: [[['bytes16']], ['string']],
  ipv6: [[['bytes16']], ['bool']],
  hostname: [[['bytes16']], ['string']],
  peer: [[['struct address'], ['u8']], ['string']],
  service: [[['u16'], ['u8']], ['string']],
  protocol: [[['u8']], ['string']],
  socketProtocol: [[['u16'], ['u16']], ['string']],
  attribute: [[['u32[2]'], ['u8']], ['string']],
  mountOptions: [[['text'], ['u32']], ['string']],
  dnsType: [[['u16', 'u32']], ['string']],
  taints: [[['u32']], ['string']],
  device: [[['u32']], ['string']],
  links: [[['struct file']], ['u32']],
  exitCode: [[['u32']], ['u32']],
  exitSignal: [[['u32']], ['u32']],
  coreDump: [[['u32']], ['bool']],
};

function fail(e: EventSchema, text: string): never {
  throw new Error(`schema: ${e.name} (${e.id}): ${text}`);
}

function checkField(e: EventSchema, [name, type, origin]: EventField): void {
  const [, operation, inside] = /^(\w+)\((.*)\)$/.exec(origin) ?? [];
  if (operation === undefined || operation === 'const') return;
  const [takes, gives] = signatures[operation as keyof typeof signatures];
  const [args, words] = inside.split(': ') as [string, string?];
  const given = args.split(', ');
  if (given.length !== takes.length) fail(e, `${name}: ${operation}() takes ${takes.length} wire fields: ${origin}`);
  given.forEach((argument, i) => {
    const found = e.wire?.fields.find(([f]) => f === argument);
    if (!found) fail(e, `${name}: the record has no field ${argument}`);
    if (!takes[i].includes(found[1]))
      fail(e, `${name}: ${operation}() takes a ${takes[i].join(' or ')}, and ${argument} is a ${found[1]}`);
  });
  if (!gives.includes(type)) fail(e, `${name}: ${operation}() gives a ${gives.join(' or ')}, not a ${type}`);
  if (operation === 'choice' && given[0] === 'hook' && words?.split(', ').length !== e.hooks?.length)
    fail(e, `${name}: one word for each of the hooks`);
}

function checkNames(e: EventSchema): void {
  const data = new Set(e.fields.map(([name]) => name));
  const members = e.extra?.map(([name]) => name) ?? [];
  const extra = new Set(members.flatMap((name) => [name, name.split('.')[0]]));
  for (const { fields } of e.marks ?? [])
    for (const name of fields)
      if (!data.has(name) && !members.includes(name.replace(/^extra\./, '')))
        fail(e, `marks: there is no field ${name}`);
  for (const part of e.text === 'fields' ? [] : e.text) {
    const name = typeof part === 'string' ? part : part[0];
    if (name !== '' && !data.has(name)) fail(e, `text: there is no field ${name}`);
  }
  const common = ['hook', 'tier', 'truncated', 'exposed', 'uncertain', 'late', 'file', 'errno', 'hashes'];
  for (const [, source] of [...(e.ecs.rows ?? []), ...e.ocsf.rows]) {
    const [root, member] = source.split('.');
    if (root === 'extra' && !extra.has(member) && !common.includes(member))
      fail(e, `a row of a format speaks of ${source}, which is not there`);
  }
  if ((e.usualHook ?? 0) >= (e.hooks?.length ?? 1)) fail(e, `usualHook: there is no hook ${e.usualHook}`);
  if (e.wire && e.techniques.length === 0) fail(e, 'techniques: name at least one that it usually stands for');
  if (new Set(e.programs).size !== (e.programs?.length ?? 0)) fail(e, 'programs: one is listed twice');
  for (const [operation, most] of [
    ['user', 2],
    ['created', 1],
  ] as const)
    if (e.fields.filter(([, , origin]) => origin.startsWith(`${operation}(`)).length > most)
      fail(e, `an event waits for ${most} ${operation}() at most: it has more`);
  const hook = e.wire?.fields.find(([name]) => name === 'hook');
  if (hook && hook[1] !== 'u8') fail(e, `field hook of the record is a u8, not a ${hook[1]}`);
}

/** Throws on the first mistake. */
export function checkSchema(list: readonly EventSchema[] = events): void {
  for (const [i, e] of list.entries()) {
    // Whatever a file exports comes here.
    if (typeof e !== 'object' || !('fields' in e))
      throw new Error('schema: a file of lib/schema/events/ exports something that is no event');
    const same = list.slice(0, i).find((x) => x.id === e.id);
    if (same) fail(e, `${same.name} has this EventID already`);
    if (e.id > 255) fail(e, 'EventIDs end at 255');
    const tagged = list.find((x) => x.tag !== undefined && x.tag === e.tag && x.name !== e.name);
    if (tagged) fail(e, `${tagged.name} has the tag ${e.tag} already`);
    for (const f of [...e.fields, ...(e.extra ?? [])]) checkField(e, f);
    checkNames(e);
  }
  const names = list.map(identifier);
  if (new Set(names).size !== names.length)
    throw new Error(`schema: two events are called the same: ${names.join(', ')}`);
  for (const [i, r] of records.entries())
    if (records.slice(0, i).some((x) => x.id === r.id || x.name === r.name))
      throw new Error(`schema: record ${r.name} (${r.id}): its number or its name is taken`);
}
