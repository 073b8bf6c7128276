/** `sysmon schema`: the JSON Schema of all events. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { refuse } from '../base/errors.js';
import { typeNames } from '../event/type-names.js';
import { packageRoot } from '../native.js';
import type { Given } from './given.js';
import type { CommandStreams } from './streams.js';

interface Schema {
  readonly $defs: Record<string, unknown>;
  readonly [key: string]: unknown;
}

const known: readonly string[] = [...typeNames, 'Loss'];

export function schemaCommand(given: Given, streams: CommandStreams): number {
  const [type] = given.operands;
  if (given.operands.length > 1) refuse('schema: expected at most one type of event.');
  const schema = JSON.parse(readFileSync(join(packageRoot, 'lib/schema/events.schema.json'), 'utf8')) as Schema;
  if (type !== undefined && !known.includes(type))
    refuse(`schema: '${type}' is no type of event. Known: ${known.join(', ')}.`);
  if (type === undefined) {
    streams.stdout.write(`${JSON.stringify(schema, null, 2)}\n`);
    return 0;
  }
  // All definitions come along: what refers to what stays true.
  const rest: Record<string, unknown> = { ...schema, $ref: `#/$defs/${type}` };
  delete rest['anyOf'];
  streams.stdout.write(`${JSON.stringify(rest, null, 2)}\n`);
  return 0;
}
