/** `sysmon schema`: the JSON Schema of all events. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SysmonError } from '../base/errors.js';
import { packageRoot } from '../native.js';
import { eventTable } from '../schema/tables.gen.js';
import type { CommandStreams } from './streams.js';

export const schemaUsage = `usage: sysmon schema [TYPE]

Prints JSON Schema (2020-12) of all events as --format json writes them, or of one type alone.
`;

interface Schema {
  readonly $defs: Record<string, unknown>;
  readonly [key: string]: unknown;
}

/** Prints the schema; `argv` is what follows `sysmon schema`. */
export function schemaCommand(argv: readonly string[], streams: CommandStreams): number {
  const [type, ...more] = argv;
  if (type === '--help' || type === '-h') {
    streams.stdout.write(schemaUsage);
    return 0;
  }
  if (more.length > 0 || type?.startsWith('-'))
    throw new SysmonError('ERR_SYSMON_OPTION', `schema: expected at most one type of event.\n${schemaUsage}`);
  const schema = JSON.parse(readFileSync(join(packageRoot, 'lib/schema/events.schema.json'), 'utf8')) as Schema;
  if (type !== undefined && type !== 'Loss' && !eventTable.some((e) => e.name === type))
    throw new SysmonError(
      'ERR_SYSMON_OPTION',
      `schema: '${type}' is no type of event. Known: ${eventTable.map((e) => e.name).join(', ')}, Loss.`,
    );
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
