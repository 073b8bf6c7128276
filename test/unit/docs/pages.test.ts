/** What the pages say of codes, options, events and each other is all there, and right. */
import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { SysmonError, type SysmonErrorCode } from '../../../lib/base/errors.js';
import { codeOf } from '../../../lib/cli/exit-code.js';
import { parseConfig } from '../../../lib/config/index.js';
import { archiveOptions, hashOptions, scopeOptions, sensorOptions } from '../../../lib/schema/options.js';
import { eventTable } from '../../../lib/schema/tables.gen.js';
import { blocksOf, filesOf, pages, read, root } from './pages.js';

/** Cells of the rows of tables, without the back quotes and links of the first one. */
const rowsOf = (text: string): string[][] =>
  [...text.matchAll(/^\| (?!-)(.*) \|$/gm)].map((m) => m[1].split(/(?<!\\)\|/).map((cell) => cell.trim()));
const rowOf = (page: string, first: string): string[] => {
  const rows = rowsOf(read(page)).filter(([cell]) => cell === first);
  expect(rows, `${page}: rows of ${first}`).toHaveLength(1);
  return rows[0];
};

// --- links ---

/** How GitHub names a heading. */
const anchorOf = (heading: string): string =>
  heading
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}_ -]/gu, '')
    .replaceAll(' ', '-');

function anchorsOf(page: string): string[] {
  const seen = new Map<string, number>();
  return [
    ...read(page)
      .replaceAll(/^```[^]*?^```$/gm, '')
      .matchAll(/^#+ (.*)$/gm),
  ].map((m) => {
    const anchor = anchorOf(m[1]);
    const before = seen.get(anchor) ?? 0;
    seen.set(anchor, before + 1);
    return before === 0 ? anchor : `${anchor}-${before}`;
  });
}

test.each([...pages, 'CHANGELOG.md'])('links of %s lead somewhere', (page) => {
  const dead = [...read(page).matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)/g)].filter(([, path, anchor]) => {
    const target = path === '' ? page : relative(root, join(root, dirname(page), path));
    return !existsSync(join(root, target)) || (anchor !== undefined && !anchorsOf(target).includes(anchor));
  });
  expect(dead.map(([link]) => link)).toEqual([]);
});

test('the table of contents has every page', () => {
  const listed = [...read('docs/index.md').matchAll(/\]\(([a-z-]+\.md)\)/g)].map((m) => join('docs', m[1]));
  expect([...listed, 'docs/index.md'].sort()).toEqual(pages.filter((name) => name.startsWith('docs/')));
});

// --- codes ---

const troubles = 'docs/troubleshooting.md';
const codes = [...read('lib/base/errors.ts').matchAll(/^ {2}\| '(ERR_SYSMON_[A-Z_]+)'/gm)].map((m) => m[1]);

test('there are codes to look for', () => expect(codes.length).toBeGreaterThan(10));

test.each(codes)('%s has a cause, a way out and its exit code', (code) => {
  const [, cause, wayOut, exit] = rowOf(troubles, `\`${code}\``);
  expect(cause).not.toBe('');
  expect(wayOut).not.toBe('');
  expect(exit).toBe(String(codeOf(new SysmonError(code as SysmonErrorCode, 'text'))));
});

const ids = new Set([
  ...filesOf('native/core', '.cc').flatMap((f) => [...read(f).matchAll(/add_error\(\s*"(\w+)"/g)].map((m) => m[1])),
  ...filesOf('lib', '.ts').flatMap((f) => [...read(f).matchAll(/\bID: '(\w+)'/g)].map((m) => m[1])),
]);

test('every ID of Error events has a cause and a way out, and no other is told of', () => {
  // Each call must give it as a text, or it would not be found.
  const calls = filesOf('native/core', '.cc').flatMap((f) => [...read(f).matchAll(/(?<!::)add_error\(/g)]);
  const texts = filesOf('native/core', '.cc').flatMap((f) => [...read(f).matchAll(/add_error\(\s*"\w+"/g)]);
  expect(calls).toHaveLength(texts.length);
  const [, section] = read(troubles).split('## Error events');
  const rows = rowsOf(section.split('\n## ')[0]).filter(([first]) => first !== 'ID');
  expect(rows.map(([first]) => first).sort()).toEqual([...ids].map((id) => `\`${id}\``).sort());
  for (const [, cause, wayOut] of rows) expect([cause, wayOut]).not.toContain('');
});

// --- options and events ---

test.each([...sensorOptions, ...hashOptions, ...archiveOptions, ...scopeOptions])(
  'the option $name is told of, with its flag',
  ({ name, flag, check }) => {
    const [, told, , what] = rowOf('docs/options.md', `\`${name}\``);
    expect(what).not.toBe('');
    if (check.kind === 'archive' || check.kind === 'scope') return; // its members have rows of their own
    if (flag === undefined) expect(told).toBe('none');
    else expect(told).toMatch(new RegExp(`^\`--${flag.name}\\b`));
  },
);

test('the readme has every event, with its id', () => {
  const told = rowsOf(read('README.md').split('## Events')[1].split('\n## ')[0]).slice(1);
  const names = told.map(([cell]) => /^\[(\w+)\]/.exec(cell)?.[1]);
  expect(names).toEqual([...new Set(eventTable.map((e) => e.name))]);
  for (const [i, name] of names.entries()) {
    const own = eventTable.filter((e) => e.name === name).map((e) => e.id);
    expect(told[i][1], name).toBe(own.join(', '));
  }
});

test('the event that the readme shows has the fields of its type', () => {
  const [block] = blocksOf('README.md').filter(({ language }) => language === 'json');
  const event = JSON.parse(block.code) as { type: string; data: object };
  const info = eventTable.find(({ name }) => name === event.type);
  expect(Object.keys(event.data)).toEqual(info?.fields.map(([name]) => name));
});

// --- blocks ---

// A page of policies, and of what runs did, is tested with what reads those: test/unit/guard.
const yaml = pages
  .filter((page) => page !== 'docs/guard.md')
  .flatMap(blocksOf)
  .filter(({ language }) => language === 'yaml');

test('there is YAML to look at', () => expect(yaml.length).toBeGreaterThan(4));

test.each(yaml.map((b) => [b.name, b] as const))('%s is a configuration', (_, { code }) => {
  // A piece of one: an element of the list, or the name of a rule.
  const lines = code.trimEnd().split('\n');
  const element = /^- /.test(code) ? lines.map((l) => `  ${l}`).join('\n') : undefined;
  const rule = `  - event: ProcessCreate\n    onmatch: include\n    match:\n      - Image: /x\n        ${lines[0]}`;
  const whole = /^rules:/m.test(code) ? code : `rules:\n${element ?? rule}\n`;
  expect(parseConfig(whole).groups.length).toBeGreaterThan(0);
});
