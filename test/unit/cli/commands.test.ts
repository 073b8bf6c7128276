/** What follows from the rows of the commands, whichever they are. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { call } from '../../../lib/cli/call.js';
import type { Command, CommandGroup } from '../../../lib/cli/command.js';
import { commands } from '../../../lib/cli/commands.js';
import { Given } from '../../../lib/cli/given.js';
import { valueWord } from '../../../lib/cli/syntax.js';
import { eventTable } from '../../../lib/schema/tables.gen.js';
import { recordedLines } from '../serializer/helpers.js';

type Row = [name: string, command: Command, from: Command | CommandGroup, before: string[]];

const rows = commands.flatMap((c): Row[] =>
  'commands' in c
    ? c.commands.map((inner) => [`${c.name} ${inner.name}`, inner, c, [inner.name]])
    : [[c.name, c, c, []]],
);

/** Calls a command; what it refuses is told as main() and its group tell it. */
async function said(from: Command | CommandGroup, argv: readonly string[]): Promise<[code: number, text: string]> {
  let text = '';
  const stream = { write: (t: string) => (text += t) };
  try {
    const code = await call(from, argv, { stdin: process.stdin, stdout: stream, stderr: stream, stdoutFd: 1 });
    return [code, text];
  } catch (error) {
    return [2, (error as Error).message];
  }
}

test.each(rows)('%s has a help that names its flags', async (_, command, from, before) => {
  const [code, help] = await said(from, [...before, '--help']);
  expect(code).toBe(0);
  for (const flag of command.flags) {
    if (flag.words === undefined && from === command) continue; // the summary says it
    const value = valueWord(flag);
    expect(help).toContain(value === undefined ? `--${flag.name}` : `--${flag.name} ${value}`);
  }
  expect(await said(from, [...before, '-h'])).toEqual([code, help]);
});

test.each(rows)('%s refuses what its row does not have', async (_, command, from, before) => {
  const [code, text] = await said(from, [...before, '--nonsense']);
  expect([code, text]).toEqual([2, expect.stringContaining('unknown flag --nonsense.')]);
  for (const { name, choices } of command.flags.filter((flag) => flag.choices !== undefined))
    expect(await said(from, [...before, `--${name}`, 'nonsense'])).toEqual([
      2,
      expect.stringContaining(`--${name}: 'nonsense' is unknown. Known: ${choices?.join(', ')}.`),
    ]);
});

test.each(rows)('%s: a help fits its terminal, and goes no wider than is good to read', async (_, __, from, before) => {
  for (const columns of [60, 80, 200, undefined, 0]) {
    let text = '';
    const write = (t: string): void => void (text += t);
    const stdout = { write, columns: () => columns };
    await call(from, [...before, '--help'], { stdin: process.stdin, stdout, stderr: stdout, stdoutFd: 1 });
    const width = Math.max(...text.split('\n').map((line) => line.length));
    expect(width).toBeLessThanOrEqual(columns === 200 ? 120 : columns || 80);
    if (columns === 200) expect(width).toBeGreaterThan(60);
  }
});

const commandOf = (name: string): Command | CommandGroup => commands.find((c) => c.name === name) as Command;

test.each<[string, string[], RegExp]>([
  ['run', ['--evnets', 'ProcessCreate'], /^unknown flag --evnets\. Did you mean '--events'\?$/],
  ['record', ['--hahs=none', 'x'], /^unknown flag --hahs\. Did you mean '--hash'\?$/],
  ['run', ['-x'], /^unknown flag -x\.$/],
  ['run', ['mdns'], /^run: takes no 'mdns'\. Did you mean '--mdns'\?$/],
  ['run', ['--format', 'jsno'], /^--format: 'jsno' is unknown\. Did you mean 'json'\? Known: text, json/],
  ['config', ['chek', 'x'], /unknown command: config chek\. Did you mean 'check'\?/],
  ['config', ['check', '--stritc', 'x'], /unknown flag --stritc\. Did you mean '--strict'\?/],
  ['schema', ['ProcesCreate'], /'ProcesCreate' is no type of event\. Did you mean 'ProcessCreate'\? Known: /],
  ['replay', ['--events', '1,DnsQery', 'x'], /'DnsQery' is no type of event\. Did you mean 'DnsQuery'\? Known: /],
])('%s %j: what is misspelled is refused with what was meant', async (name, argv, text) => {
  expect(await said(commandOf(name), argv)).toEqual([2, expect.stringMatching(text)]);
});

test('types of events are known by id, in any case, and in several lists', () => {
  const syntax = {
    name: 'x',
    operands: '',
    flags: [{ name: 'events', value: 'A,B', items: 'types', word: 'all' }],
  } as const;
  const types = (...argv: string[]): unknown => new Given(syntax, argv).types('events');
  expect(types('--events', '1, processterminate,DNSQUERY,17')).toEqual([
    'ProcessCreate',
    'ProcessTerminate',
    'DnsQuery',
    'PipeEvent',
  ]);
  expect(types('--events', '1', '--events', 'DnsQuery,2')).toEqual(['ProcessCreate', 'DnsQuery', 'FileCreateTime']);
  expect(types('--events', 'all')).toBe('all');
  expect(types('--events', '999,01')).toEqual(['999', '01']); // to be refused by name
  expect(types()).toBeUndefined();
});

test('a help that takes types of events lists them all, with their ids', async () => {
  for (const name of ['run', 'record', 'replay']) {
    const [, help] = await said(commandOf(name), ['--help']);
    for (const { name: type, id, wire } of eventTable)
      if (wire !== undefined) expect(help.replace(/\s+/g, ' ')).toMatch(new RegExp(`${type} \\([^)]*\\b${id}\\b`));
  }
});

describe('schema TYPE', () => {
  interface Schema {
    properties: { type: { const: string }; id: object };
    description: string;
    $defs?: object;
  }
  const schema = async (...argv: string[]): Promise<Schema> =>
    JSON.parse((await said(commandOf('schema'), argv))[1]) as Schema;

  test.each([
    ['PipeEvent', 'PipeEvent'],
    ['pipeevent', 'PipeEvent'],
    ['18', 'PipeEvent'],
    ['1', 'ProcessCreate'],
    ['loss', 'Loss'],
  ])('%s: is of that type alone, once', async (word, type) => {
    const found = await schema(word);
    expect(found.properties.type).toEqual({ const: type });
    expect(Object.keys(found.$defs ?? {})).toEqual(type === 'Loss' ? [] : ['process', 'extra', 'rule', 'technique']);
    expect(JSON.stringify(found).split(`"const":"${type}"`)).toHaveLength(2);
  });

  test('is one that holds for its events, and for no other', async () => {
    const holds = new Ajv2020({ strict: false }).compile(await schema('ProcessTerminate'));
    const events = recordedLines.map((line) => JSON.parse(line) as { type: string });
    expect(events.filter((e) => holds(e)).map((e) => e.type)).toEqual(
      events.filter((e) => e.type === 'ProcessTerminate').map((e) => e.type),
    );
  });

  test('of two events with one name it says what both are', async () => {
    expect((await schema('17')).description).toMatch(/^17: A FIFO was made\. 18: A FIFO was opened/);
  });
});
