/** The stages of losses are explained where a program meets them: in the types and in the pages. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dropReasons } from '../../lib/schema/wire.js';

const root = join(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

/** Stages of the worker and of JavaScript stand in their sources. */
const others = ['native/core/event/loss.cc', 'lib/sysmon.ts', 'lib/source/event-source.ts'].flatMap((file) =>
  [...read(file).matchAll(/\.stage = "([\w-]+)"|losses\.add\('(\w+)'/g)].map((m) => m[1] ?? m[2]),
);
const stages = new Set([...dropReasons.map(([name]) => name.toLowerCase()), ...others]);

test('there are those of all three sides', () => {
  expect([...stages]).toEqual(expect.arrayContaining(['ring', 'owner', 'queue', 'consumer']));
});

test('each is in the comment of LossRecord and in docs/back-pressure.md, and no other', () => {
  const comment = /Where they were lost[^]*?\*\//.exec(read('lib/event/event.ts'))?.[0] ?? '';
  expect(new Set([...comment.matchAll(/\* - `([\w-]+)`:/g)].map((m) => m[1]))).toEqual(stages);
  const page = read('docs/back-pressure.md').split('## Stages')[1];
  expect(new Set([...page.matchAll(/^\| `([\w-]+)` /gm)].map((m) => m[1]))).toEqual(stages);
});

test('links between the pages lead somewhere', () => {
  const slug = (heading: string): string =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-');
  const broken = readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .flatMap((name) =>
      [...read(join('docs', name)).matchAll(/\]\(([\w./-]+\.md)?(?:#([\w-]+))?\)/g)].flatMap(
        ([, file = name, anchor]) => {
          const text = read(join('docs', file));
          const anchors = [...text.matchAll(/^#+ (.*)$/gm)].map((m) => slug(m[1]));
          return anchor === undefined || anchors.includes(anchor) ? [] : [`${name}: ${file}#${anchor}`];
        },
      ),
    );
  expect(broken).toEqual([]);
});
