/** What the package is published with. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const root = new URL('../../', import.meta.url);

test('pages and examples that the readme speaks of are in it, and tests are not', () => {
  const listed = execFileSync('npm', ['pack', '--dry-run', '--ignore-scripts', '--json'], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [{ files }] = JSON.parse(listed) as [{ files: { path: string }[] }];
  const paths = files.map((f) => f.path);
  const links = [...readFileSync(new URL('README.md', root), 'utf8').matchAll(/\]\(((?:docs|examples)[^)#]*)\)/g)].map(
    (m) => m[1],
  );
  expect(links.length).toBeGreaterThan(5);
  for (const link of links)
    expect(
      paths.some((p) => p === link || p.startsWith(`${link}/`)),
      link,
    ).toBe(true);
  expect(paths.filter((p) => p.startsWith('test/'))).toEqual([]);
});
