/** Text in the width of a terminal. */
import { expect, test } from 'vitest';
import { serializerFor } from '../../../lib/cli/formats.js';
import { Given } from '../../../lib/cli/given.js';
import { run } from '../../../lib/cli/commands.js';
import type { Output } from '../../../lib/cli/output.js';
import type { SysmonEvent } from '../../../lib/schema/events.gen.js';
import { createJson, text } from '../../../lib/serializer/index.js';
import { recordedEvents } from '../serializer/helpers.js';

const create = recordedEvents().find((e) => e.type === 'ProcessCreate' && e.data.CommandLine.length > 3) as SysmonEvent;
const long = { ...create, data: { ...create.data, CommandLine: 'x'.repeat(500) } } as SysmonEvent;

async function serializer(columns: () => number | undefined, isTerminal: boolean, ...argv: string[]) {
  const stdout = { write: () => true, columns };
  const streams = { stdin: process.stdin, stdout, stderr: stdout };
  return serializerFor(new Given(run, ['--no-color', ...argv]), { isTerminal } as Output, undefined, streams);
}

test('a line is cut to the width that the terminal has now', async () => {
  let columns: number | undefined = 80;
  const serialize = await serializer(() => columns, true);
  expect(serialize(long)).toHaveLength(80);
  columns = 132;
  expect(serialize(long)).toHaveLength(132);
  columns = 3;
  expect(serialize(long)).toHaveLength(20);
  for (columns of [0, undefined]) expect(serialize(long)).toBe(text(long));
});

test('it is whole with --wide, and where there is no terminal', async () => {
  expect((await serializer(() => 80, true, '--wide'))(long)).toBe(text(long));
  expect((await serializer(() => undefined, false, '--format', 'text'))(long)).toBe(text(long));
});

test('json is lean unless it is told otherwise, and other formats have no such choice', async () => {
  const of = async (...argv: string[]): Promise<string> => (await serializer(() => 80, false, ...argv))(create);
  expect(await of()).toBe(createJson()(create));
  expect(await of('--json-process', 'lean')).toBe(createJson()(create));
  expect(await of('--json-process', 'full')).toBe(createJson({ process: 'full' })(create));
  await expect(of('--json-process', 'full', '--format', 'xml')).rejects.toThrow(
    '--json-process: it is of json alone, and the format is xml. Add --format json, or leave it out.',
  );
  await expect(of('--json-process', 'whole')).rejects.toThrow(/--json-process: 'whole' is unknown.* Known: lean, full/);
});
