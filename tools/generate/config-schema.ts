/** Generates the JSON Schema of the YAML language of configurations, for editors. */
import { eventsOfTag, ruleTags, windowsTags } from '../../lib/schema/manifest.js';
import { extraConditions, listConditions, sysmonConditions, type Condition } from '../../lib/config/model.js';
import { optionNames } from '../../lib/config/config-options.js';

type Json = Record<string, unknown>;

const ref = (name: string): Json => ({ $ref: `#/$defs/${name}` });

const about: Readonly<Record<Condition, string>> = {
  is: 'equal; case never matters',
  'is not': 'not equal',
  contains: 'the value contains this',
  'contains any': 'the value contains one of these',
  'is any': 'equal to one of these',
  'contains all': 'the value contains all of these',
  excludes: 'the value does not contain this',
  'excludes any': 'the value contains none of these',
  'excludes all': 'at least one of these is not in the value',
  'begin with': 'the value begins with this',
  'end with': 'the value ends with this',
  'less than': 'less than this: as numbers if both are, else as text',
  'more than': 'more than this: as numbers if both are, else as text',
  image: 'equal to the whole path, or to its last part if this has no slash',
  'not begin with': 'the value does not begin with this',
  'not end with': 'the value does not end with this',
  regex: 'this regular expression (RE2) is found in the value, ignoring case',
  cidr: 'the value is an address in one of these networks',
  eq: 'the same number',
  ne: 'another number',
  lt: 'a lesser number',
  le: 'the same or a lesser number',
  gt: 'a greater number',
  ge: 'the same or a greater number',
};

function conditions(): Json {
  const properties: Json = {};
  for (const c of [...sysmonConditions, ...extraConditions]) {
    const value = listConditions.has(c)
      ? { anyOf: [ref('scalar'), { type: 'array', items: ref('scalar'), minItems: 1 }] }
      : ref('scalar');
    properties[c] = { ...value, description: about[c] };
  }
  return {
    anyOf: [
      ref('scalar'),
      { type: 'object', properties, additionalProperties: false, minProperties: 1, maxProperties: 1 },
    ],
  };
}

/** One item of `match` for an event: a condition, or any, all, not of them. */
function entry(tag: string): Json {
  const self = `entry.${tag}`;
  const list = { type: 'array', items: ref(self) };
  const properties: Json = {
    name: {
      type: 'string',
      maxLength: 255,
      description: 'becomes RuleName; TechniqueID=T1059.004 in it names a technique',
    },
    any: { ...list, description: 'one of these holds' },
    all: { ...list, description: 'all of these hold' },
    not: { anyOf: [list, ref(self)], description: 'none of these holds' },
  };
  for (const event of eventsOfTag(tag)) for (const f of event.fields) properties[f.name] = ref('condition');
  return {
    type: 'object',
    properties,
    // Their names are checked when the file is read; listed here for every event they would fill most of the schema.
    patternProperties: { '^(process|extra)\\.[A-Za-z0-9_.]+$': ref('condition') },
    // Whatever fields an event of Windows has.
    additionalProperties: windowsTags.has(tag) ? ref('condition') : false,
    minProperties: 1,
    maxProperties: 2,
  };
}

/** Builds the schema. */
function configSchema(): Json {
  const tags = [...ruleTags, 'ModuleLoad', ...windowsTags];
  const event: Json = {
    event: { enum: tags, description: 'type of event, as Sysmon names it' },
    onmatch: {
      enum: ['include', 'exclude'],
      description: 'what happens to an event that the rules match; exclude beats include',
    },
    match: { type: 'array', description: 'the rules; none matches nothing' },
  };
  const perEvent = tags.map((tag) => ({
    if: { properties: { event: { const: tag } }, required: ['event'] },
    then: { properties: { match: { items: ref(`entry.${tag}`) } } },
  }));
  const group: Json = {
    name: { type: 'string', maxLength: 255, description: 'name of the RuleGroup, inherited by rules without one' },
    relation: {
      enum: ['or', 'and', 'default'],
      description: 'how the entries of match combine; or, unless said. With and, entries of one field are or-ed',
    },
  };
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Configuration of @org/sysmon',
    type: 'object',
    properties: {
      schemaversion: {
        description: "version of Sysmon's schema, 4.90 unless said",
        anyOf: [{ type: 'number' }, { type: 'string' }],
      },
      options: {
        type: 'object',
        properties: Object.fromEntries(optionNames.map((o) => [o, {}])),
        additionalProperties: false,
      },
      rules: { type: 'array', items: ref('item') },
    },
    additionalProperties: false,
    $defs: {
      scalar: { type: ['string', 'number', 'boolean'] },
      condition: conditions(),
      item: {
        anyOf: [
          {
            type: 'object',
            properties: {
              ...event,
              ...group,
              ruleGroup: { type: 'boolean', description: 'false: no RuleGroup around it in XML' },
            },
            required: ['event', 'onmatch'],
            additionalProperties: false,
            allOf: perEvent,
          },
          {
            type: 'object',
            properties: {
              ...group,
              events: {
                type: 'array',
                items: {
                  type: 'object',
                  properties: event,
                  required: ['event', 'onmatch'],
                  additionalProperties: false,
                  allOf: perEvent,
                },
              },
            },
            required: ['events'],
            additionalProperties: false,
          },
        ],
      },
      ...Object.fromEntries(tags.map((tag) => [`entry.${tag}`, entry(tag)])),
    },
  };
}

export const configSchemaText = (): string => JSON.stringify(configSchema());
