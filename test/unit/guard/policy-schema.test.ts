/** The schema of policies, for editors, takes what the reader takes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { parsePolicy } from '../../../lib/guard/index.js';

const file = join(import.meta.dirname, '../../../lib/guard/policy.schema.json');
const validate = new Ajv({ allowUnionTypes: true }).compile(JSON.parse(readFileSync(file, 'utf8')) as object);

test.each([
  ['connect: { allow: [a:1, 10.0.0.0/8] }\nwrite: { deny: [/etc/**], unless: { parent: make } }', true],
  ['execute: { deny: [{ match: [a, b], unless: { package: [x] } }, { when: { Image: { contains: x } } }] }', true],
  ['connect: { allow: [] }', true],
  ['{}', false],
  ['read: { allow: [./**], deny: [~/.ssh/**] }', true],
  ['reed: { allow: [x] }', false],
  ['connect: {}', false],
  ['connect: { unless: { parent: a } }', false],
  ['connect: { allow: x }', false],
  ['execute: { deny: [{ unless: { parent: a } }] }', false],
  ['execute: { deny: [{ match: a, when: { Image: b } }] }', false],
  ['execute: { deny: [{ match: a, unless: { prent: b } }] }', false],
  ['execute: { deny: [{ match: [] }] }', false],
])('%s', (text, good) => {
  expect(validate(parse(text)), JSON.stringify(validate.errors)).toBe(good);
  if (good) parsePolicy(text);
  else expect(() => parsePolicy(text)).toThrow();
});
