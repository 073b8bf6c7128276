/** Generates the JSON Schema of all events, as the json serializer writes them. */
import { commonExtra, ownExtra, requiredExtra, type ExtraMember } from '../../lib/schema/extra.js';
import { events, schemaVersion } from '../../lib/schema/events.js';
import { namedEvents } from '../../lib/schema/layout.js';
import { processFields } from '../../lib/schema/process.js';
import type { EventSchema, FieldType } from '../../lib/schema/types.js';
import { fdKinds } from '../../lib/schema/wire.js';

type Json = Record<string, unknown>;

const fieldTypes: Record<FieldType, Json> = {
  string: { type: 'string' },
  guid: { type: 'string', pattern: '^\\{[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\}$' },
  time: { type: 'string', pattern: '^(-|\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3})$' },
  hex: { type: 'string', pattern: '^(-|0x[0-9a-f]+)$' },
  u32: { type: 'integer', minimum: 0, maximum: 0xffffffff },
  u16: { type: 'integer', minimum: 0, maximum: 0xffff },
  // Where it is not known, there is `-`.
  bool: { type: ['boolean', 'string'] },
};

const iso: Json = { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z$' };
const whole: Json = { type: 'integer', minimum: 0 };
const text: Json = { type: 'string' };
const texts: Json = { type: 'array', items: text };

/** The schema of a TypeScript type of the few forms that the process record uses. Throws on any other. */
export function schemaOfType(source: string): Json {
  let rest = source.replaceAll(/\breadonly\s+/g, '').trim();
  const eat = (token: string): boolean => {
    if (!rest.startsWith(token)) return false;
    rest = rest.slice(token.length).trimStart();
    return true;
  };
  const fail = (): never => {
    throw new Error(`schema: no JSON Schema for the type ${source}`);
  };
  const words = (): string[] => {
    const out: string[] = [];
    do {
      const word = /^'([\w-]+)'\s*/.exec(rest) ?? fail();
      out.push(word[1]);
      rest = rest.slice(word[0].length);
    } while (eat('|'));
    return out;
  };
  const parse = (): Json => {
    let schema: Json;
    if (eat('Readonly<Record<string, string>>')) schema = { type: 'object', additionalProperties: text };
    else if (eat('string')) schema = text;
    else if (eat('number')) schema = whole;
    else if (rest.startsWith("'")) schema = { enum: words() };
    else if (eat('true')) schema = { const: true };
    else if (eat('FdKind')) schema = { enum: fdKinds.map(([, , name]) => name) };
    else if (eat('{')) {
      const properties: Json = {};
      const required: string[] = [];
      while (!eat('}')) {
        const name = /^(\w+)(\??):\s*/.exec(rest) ?? fail();
        rest = rest.slice(name[0].length);
        properties[name[1]] = parse();
        if (name[2] === '') required.push(name[1]);
        eat(';');
      }
      schema = { type: 'object', properties, required };
    } else schema = fail();
    while (eat('[]')) schema = { type: 'array', items: schema };
    return schema;
  };
  const schema = parse();
  return rest === '' ? schema : fail();
}

/** A set of capabilities: in words where it is all or none. */
const capabilitySet: Json = { anyOf: [{ enum: ['all', 'none'] }, texts] };

/** What lean JSON says of a process everywhere. */
const inShort = ['strongId', 'guid', 'pid', 'image', 'commandLine', 'user', 'ancestors'];
/** What it says of one that begins. */
const inFull = [
  ...processFields
    .filter(([, encoding]) => !encoding.startsWith('optional') && encoding !== 'flag')
    .map(([name]) => name),
  'ancestors',
];

function processSchema(): Json {
  const properties: Json = {};
  for (const [name, encoding, type, doc] of processFields) {
    properties[name] = {
      ...(encoding === 'time' ? iso : encoding === 'u32' || encoding === 'optionalU32' ? whole : schemaOfType(type)),
      description: doc,
    };
  }
  properties['capabilities'] = {
    ...(properties['capabilities'] as Json),
    description:
      'Sets after the exec. In lean JSON they are "all", "none" or a list, permitted is there only where it is not what is effective, ' +
      'and gained, those effective now that were not before the exec, only where there are any.',
    properties: { effective: capabilitySet, permitted: capabilitySet, gained: capabilitySet },
    required: ['effective'],
  };
  properties['ancestors'] = {
    description:
      'The ancestors in short, nearest first, up to the first process; in lean JSON with commandLine on ProcessCreate alone.',
    type: 'array',
    items: {
      type: 'object',
      properties: {
        pid: whole,
        strongId: {
          ...text,
          description:
            'In lean JSON without the boot id, which is that of the strongId of the process: it begins with `:`.',
        },
        image: text,
        commandLine: text,
      },
      required: ['pid', 'strongId', 'image'],
    },
  };
  return {
    description:
      'One process between two execs, as `process` of its events: in lean JSON whole on ProcessCreate and in short on others.',
    type: 'object',
    properties,
    required: inShort,
  };
}

const members = (list: readonly ExtraMember[]): Json =>
  Object.fromEntries(list.map(([name, type, doc]) => [name, { ...schemaOfType(type), description: doc }]));

const extra: Json = {
  description: 'What stands beside the fields of Sysmon on any event; absent keys: nothing to say.',
  type: 'object',
  properties: members(commonExtra),
  required: requiredExtra,
};

/** With the members that events of the type have beside those of all. */
function extraOf(type: string): Json {
  const own = ownExtra(type);
  return { $ref: '#/$defs/extra', ...(own.length > 0 ? { type: 'object', properties: members(own) } : {}) };
}

const rule: Json = {
  description: 'A rule that holds for the event.',
  type: 'object',
  properties: {
    name: text,
    tags: { type: 'object', additionalProperties: text, description: 'What the name says as `key=value`.' },
  },
  required: ['name', 'tags'],
};

const technique: Json = {
  description: 'A technique of MITRE ATT&CK.',
  type: 'object',
  properties: { id: text, name: text, tactics: texts, source: { enum: ['rule', 'event'] } },
  required: ['id', 'name', 'tactics', 'source'],
};

function eventDefinition(e: EventSchema): Json {
  const all = events.filter((x) => x.name === e.name);
  const ids = all.map((x) => x.id);
  return {
    description: all.length === 1 ? e.doc : all.map((x) => `${x.id}: ${x.doc}`).join(' '),
    type: 'object',
    properties: {
      type: { const: e.name },
      id: ids.length === 1 ? { const: e.id } : { enum: ids },
      recordId: { ...whole, minimum: 1 },
      time: iso,
      host: text,
      data: {
        type: 'object',
        properties: Object.fromEntries(
          e.fields.map(([name, type, , doc]) => [name, { ...fieldTypes[type], description: doc }]),
        ),
        required: e.fields.map(([name]) => name),
        additionalProperties: false,
      },
      ...(e.wire
        ? {
            process: {
              $ref: '#/$defs/process',
              ...(e.name === 'ProcessCreate' ? { type: 'object', required: inFull } : {}),
            },
          }
        : {}),
      extra: extraOf(e.name),
      techniques: { type: 'array', items: { $ref: '#/$defs/technique' } },
      rules: { type: 'array', items: { $ref: '#/$defs/rule' }, description: 'All named rules that hold for it.' },
      labels: { type: 'object', additionalProperties: text },
    },
    required: ['type', 'id', 'recordId', 'time', 'host', 'data', ...(e.wire ? ['process'] : []), 'extra', 'techniques'],
  };
}

const loss: Json = {
  description: 'Events that were produced and not delivered.',
  type: 'object',
  properties: {
    type: { const: 'Loss' },
    time: iso,
    host: text,
    stage: text,
    eventType: text,
    count: { ...whole, minimum: 1 },
    unit: { enum: ['packets', 'connections', 'runs'], description: 'What is counted, if not events.' },
    processes: {
      description: 'Whose they were: those that lost most, the greatest count first.',
      type: 'array',
      items: {
        type: 'object',
        properties: { pid: whole, image: text, count: { ...whole, minimum: 1 } },
        required: ['pid', 'count'],
        additionalProperties: false,
      },
      minItems: 1,
      maxItems: 5,
    },
    since: iso,
    until: iso,
  },
  required: ['type', 'time', 'host', 'stage', 'eventType', 'count', 'since', 'until'],
};

export function eventsSchema(): string {
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $comment: 'Generated from lib/schema by `npm run generate`. Do not edit.',
    title: 'Events of @org/sysmon',
    description: `One line of JSON. Fields in data follow Sysmon's schema ${schemaVersion}.`,
    anyOf: [...namedEvents.map((e) => e.name), 'Loss'].map((name) => ({ $ref: `#/$defs/${name}` })),
    $defs: {
      ...Object.fromEntries(namedEvents.map((e) => [e.name, eventDefinition(e)])),
      Loss: loss,
      process: processSchema(),
      extra,
      rule,
      technique,
    },
  };
  return JSON.stringify(schema);
}
