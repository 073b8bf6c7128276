/** `sysmon schema`: the JSON Schema of all events. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { refuse } from '../base/errors.js';
import { packageRoot } from '../native.js';
import { eventTable } from '../schema/tables.gen.js';
import type { Given } from './given.js';
import type { CommandStreams } from './streams.js';

interface Schema {
  readonly $defs: Record<string, unknown>;
  readonly [key: string]: unknown;
}

export function schemaCommand(given: Given, streams: CommandStreams): number {
  const [type] = given.operands;
  if (given.operands.length > 1) refuse('schema: expected at most one type of event.');
  const schema = JSON.parse(readFileSync(join(packageRoot, 'lib/schema/events.schema.json'), 'utf8')) as Schema;
  if (type !== undefined && type !== 'Loss' && !eventTable.some((e) => e.name === type))
    refuse(`schema: '${type}' is no type of event. Known: ${eventTable.map((e) => e.name).join(', ')}, Loss.`);
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
