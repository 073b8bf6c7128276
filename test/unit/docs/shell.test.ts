/** Calls of `sysmon` in the pages, in blocks and in the text: commands, flags and values are those that there are. */
import { expect, test } from 'vitest';
import { commands, run } from '../../../lib/cli/commands.js';
import { Given } from '../../../lib/cli/given.js';
import { checkTypes } from '../../../lib/event/type-names.js';
import { blocksOf, pages, read } from './pages.js';

/** Simple commands of a line of shell, each as its words. Knows what the pages need of the language. */
function commandsOf(line: string): string[][] {
  const found: string[][] = [[]];
  const tokens = /\s*(?:(#.*$)|(\|\||&&|[|;&])|((?:'[^']*'|"[^"]*"|<\([^)]*\)|[^\s'"|;&])+))/gy;
  for (const [, comment, separator, word] of line.matchAll(tokens)) {
    if (comment !== undefined) break;
    if (separator !== undefined) found.push([]);
    else found.at(-1)?.push(word.replace(/^(['"])([^]*)\1$/, '$2'));
  }
  return found.filter((words) => words.length > 0);
}

/** Arguments of `sysmon`, where the command is one, however it is called. */
function argumentsOf(words: readonly string[]): string[] | undefined {
  const rest = [...words];
  while (/^(sudo|exec|npx|\w+=.*)$/.test(rest[0] ?? '')) rest.shift();
  if (rest[0] === 'sysmon') return rest.slice(1);
  if (rest[0] === 'npm' && rest[1] === 'start' && rest.includes('--')) return rest.slice(rest.indexOf('--') + 1);
  return undefined;
}

/** Throws what is wrong with a call. */
function check(args: readonly string[]): void {
  if (args[0] === 'help' || (args.length === 1 && /^--(help|version)$/.test(args[0]))) return;
  const named = commands.find(({ name }) => name === args[0]);
  let rest = named === undefined ? args : args.slice(1);
  let command = named ?? run;
  if ('commands' in command) {
    const inner = command.commands.find(({ name }) => name === rest[0]);
    if (inner === undefined) throw new Error(`no command ${command.name} ${rest[0]}`);
    command = inner;
    rest = rest.slice(1);
  }
  const given = new Given(command, rest);
  for (const { name, items, value } of command.flags) {
    const text = given.text(name);
    if (text === undefined) continue;
    if (name === 'events' && text !== 'all') checkTypes('--events', given.types(name));
    else if (items !== undefined) given.list(name);
    else if (value === 'N' || value === 'S') given.number(name, 0, value === 'N');
  }
}

const inBlocks = pages
  .flatMap(blocksOf)
  .filter(({ language }) => language === 'sh')
  .flatMap(({ name, code }) =>
    code
      .replaceAll(/\\\n\s*/g, ' ')
      .split('\n')
      .flatMap((line) => commandsOf(line).map((words) => [name, argumentsOf(words)] as const)),
  );
// What Sysmon itself takes has one dash; a call with holes in it shows a form, not a command.
const inText = pages.flatMap((page) =>
  [
    ...read(page)
      .replaceAll(/^```[^]*?^```$/gm, '')
      .matchAll(/`((?:npx )?sysmon [^`]+|npm start [^`]* -- [^`]+)`/g),
  ]
    .map((m) => m[1].replaceAll('\\|', '|'))
    .filter((text) => !/^sysmon -\w\b|…|\[|\bARGUMENTS\b|\b(COMMAND|TYPE)\b/.test(text))
    .flatMap((text) => commandsOf(text).map((words) => [`${page}: ${text}`, argumentsOf(words)] as const)),
);
const calls = [...inBlocks, ...inText].flatMap(([name, args]) =>
  args === undefined ? [] : [[`${name}: ${args.join(' ')}`, args] as const],
);

test('there are calls to look at, and what is wrong in one is found', () => {
  expect(inBlocks.filter(([, args]) => args !== undefined).length).toBeGreaterThan(15);
  expect(inText.filter(([, args]) => args !== undefined).length).toBeGreaterThan(10);
  const bad = ['--evnts all', '--format jsn', '--duration soon', '--events ProcesCreate', 'config chek x', 'replai x'];
  for (const line of bad) {
    const [words] = commandsOf(`npx sysmon ${line} | jq '.data | keys' # --no`);
    expect(() => check(argumentsOf(words) ?? []), line).toThrow();
  }
  expect(commandsOf(`a 'b | c' | d && sudo sysmon --x # e`)).toEqual([
    ['a', 'b | c'],
    ['d'],
    ['sudo', 'sysmon', '--x'],
  ]);
});

test.each(calls)('%s', (_, args) => check(args));
