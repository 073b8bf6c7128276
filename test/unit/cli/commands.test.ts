/** What follows from the rows of the commands, whichever they are. */
import { expect, test } from 'vitest';
import { call } from '../../../lib/cli/call.js';
import type { Command, CommandGroup } from '../../../lib/cli/command.js';
import { commands } from '../../../lib/cli/commands.js';
import { valueWord } from '../../../lib/cli/syntax.js';

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
  expect([code, text]).toEqual([2, expect.stringContaining("Unknown option '--nonsense'")]);
  for (const { name, choices } of command.flags.filter((flag) => flag.choices !== undefined))
    expect(await said(from, [...before, `--${name}`, 'nonsense'])).toEqual([
      2,
      expect.stringContaining(`--${name}: 'nonsense' is unknown. Known: ${choices?.join(', ')}.`),
    ]);
});
