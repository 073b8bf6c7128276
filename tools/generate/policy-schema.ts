/** Generates the JSON Schema of policies, for editors. */
import { exceptionFields } from '../../lib/guard/patterns.js';
import { sections, type Section } from '../../lib/guard/policy-sections.js';

type Json = Record<string, unknown>;

const ref = (name: string): Json => ({ $ref: `#/$defs/${name}` });
const mapping = (properties: Json): Json => ({
  type: 'object',
  properties,
  additionalProperties: false,
  minProperties: 1,
});

/** An item may be a condition in the language of rules; its fields are checked when the file is read. */
const item = (section: Section): Json => ({
  anyOf: [
    { ...ref('text'), description: section.items },
    {
      ...mapping({
        match: { ...ref('texts'), description: section.items },
        when: {
          type: 'object',
          minProperties: 1,
          maxProperties: 2,
          description: `a condition as rules have it, on a field of ${section.events.join(', ')}, or any, all, not`,
        },
        unless: ref('unless'),
      }),
      oneOf: [{ required: ['match'] }, { required: ['when'] }],
    },
  ],
});

function policySchema(): Json {
  const properties = Object.fromEntries(
    Object.entries(sections).map(([name, section]) => {
      const list = { type: 'array', items: item(section) };
      const lists = {
        allow: { ...list, description: 'nothing but this' },
        deny: { ...list, description: 'never this, also where allow has it' },
        unless: ref('unless'),
      };
      return [name, { ...mapping(lists), anyOf: [{ required: ['allow'] }, { required: ['deny'] }] }];
    }),
  );
  const exceptions = Object.keys(exceptionFields).map((word) => [word, ref('texts')]);
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Policy of sysmon guard',
    ...mapping(properties),
    $defs: {
      text: { type: ['string', 'number'], minLength: 1, maxLength: 1024 },
      texts: { anyOf: [ref('text'), { type: 'array', items: ref('text'), minItems: 1 }] },
      unless: {
        ...mapping(Object.fromEntries(exceptions) as Json),
        description: 'whom it does not concern: each that is named must hold, by one of its values',
      },
    },
  };
}

export const policySchemaText = (): string => JSON.stringify(policySchema());
