/** `sysmon schema`: the JSON Schema of all events. */
import { readFileSync } from 'node:fs';
import { refuse } from '../base/errors.js';
import { didYouMean } from '../base/nearest.js';
import { packageFile } from '../base/package-files.js';
import { printableJson } from '../base/printable.js';
import { typeNames, typeOf } from '../event/type-names.js';
import type { Given } from './given.js';
import type { CommandStreams } from './streams.js';

interface Schema {
  readonly $defs: Readonly<Record<string, object>>;
  readonly [key: string]: unknown;
}

const known: readonly string[] = [...typeNames, 'Loss'];

/** The definitions that something refers to, also by way of others. */
function definitionsOf(from: object, { $defs }: Schema): Record<string, object> {
  const found = new Set<string>();
  const look = (at: object): void => {
    for (const [, name] of JSON.stringify(at).matchAll(/"\$ref":"#\/\$defs\/(\w+)"/g)) {
      if (found.has(name)) continue;
      found.add(name);
      look($defs[name]);
    }
  };
  look(from);
  return Object.fromEntries(Object.entries($defs).filter(([name]) => found.has(name)));
}

export function schemaCommand(given: Given, streams: CommandStreams): number {
  const [word] = given.operands;
  if (given.operands.length > 1) refuse('schema: expected at most one type of event.');
  const schema = JSON.parse(readFileSync(packageFile('lib/schema/events.schema.json'), 'utf8')) as Schema;
  if (word === undefined) {
    streams.stdout.write(`${printableJson(schema, 2)}\n`);
    return 0;
  }
  const type = word.toLowerCase() === 'loss' ? 'Loss' : typeOf(word);
  if (type === undefined)
    refuse(`schema: '${word}' is no type of event.${didYouMean(word, known)} Known: ${known.join(', ')}.`);
  const { $defs, ...rest } = schema;
  const head: Record<string, unknown> = rest;
  delete head['anyOf'];
  const definition = $defs[type];
  const of = definitionsOf(definition, schema);
  const whole = { ...head, ...definition, ...(Object.keys(of).length > 0 && { $defs: of }) };
  streams.stdout.write(`${printableJson(whole, 2)}\n`);
  return 0;
}
