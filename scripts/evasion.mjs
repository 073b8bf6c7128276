// npm run evasion: writes docs/evasion.md from what the kernel tests left in build/evasion (helpers/attempts.ts), here
// and in guests (npm run test:vm). Only kernels whose tests ran since build/evasion was last removed are in the page.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './setup.mjs';

const from = join(root, 'build/evasion');
const found = (existsSync(from) ? readdirSync(from) : [])
  .filter((f) => f.endsWith('.json'))
  .sort()
  .map((f) => JSON.parse(readFileSync(join(from, f), 'utf8')));
if (found.length === 0) {
  console.error(`evasion: nothing in ${from}: run the kernel tests first`);
  process.exit(1);
}
const byVersion = (a, b) => a.localeCompare(b, 'en', { numeric: true });
const unique = (list) => [...new Set(list)];
const kernels = unique(found.map((x) => x.kernel)).sort(byVersion);
const escaped = (text) => text.replaceAll('|', '\\|');
const row = (cells) => `| ${cells.map(escaped).join(' | ')} |`;
const table = (head, rows) => [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');

/** What was tried, by area: a table of attempts and kernels. */
function attempts() {
  const list = found.filter((x) => x.name !== undefined);
  return unique(list.map((x) => x.area))
    .sort()
    .map((area) => {
      const mine = list.filter((x) => x.area === area);
      const tried = unique(mine.map((x) => x.kernel)).sort(byVersion);
      const rows = unique(mine.map((x) => x.name)).map((name) => [
        name,
        ...tried.map((k) => mine.find((x) => x.name === name && x.kernel === k)?.result ?? 'not tried'),
      ]);
      return `## ${area}\n\n${table(['attempt', ...tried], rows)}`;
    });
}

const matrices = found.filter((x) => x.cells !== undefined);

/**
 * Cells told with `outcome` on a kernel, those together that agree in their file systems and ways. A file system on
 * which a call fails says nothing of it, and is as the others.
 */
function cells(kernel, outcome) {
  const mine = matrices.filter((m) => m.kernel === kernel);
  const kinds = mine.map((m) => m.fileSystem).sort();
  const places = new Map(); // call, way → file systems
  const failed = new Map();
  for (const m of mine) {
    for (const c of m.cells) {
      const to = c.outcome === outcome ? places : c.outcome === 'failed' ? failed : undefined;
      const key = `${c.call}\t${c.way}`;
      to?.set(key, [...(to.get(key) ?? []), m.fileSystem]);
    }
  }
  const where = (names, without) => {
    const rest = kinds.filter((x) => !names.includes(x) && !without.includes(x));
    if (rest.length === 0) return 'all file systems';
    return rest.length < names.length ? `all file systems but: ${rest.join('; ')}` : names.sort().join('; ');
  };
  /** Joins the first of two parts of the keys under what is common to them. */
  const grouped = (entries) => {
    const groups = new Map();
    for (const [one, common] of entries) groups.set(common, [...(groups.get(common) ?? []), one]);
    return [...groups];
  };
  const ways = [...places].map(([key, on]) => {
    const [call, way] = key.split('\t');
    return [way, `${call}\t${where(on, failed.get(key) ?? [])}`];
  });
  const calls = grouped(ways).map(([common, by]) => {
    const [call, on] = common.split('\t');
    return [call, `${by.join(', ')}\t${on}`];
  });
  return grouped(calls).map(([common, list]) => {
    const [by, on] = common.split('\t');
    return `- By ${by}, on ${on}: ${list.join(', ')}`;
  });
}

function matrix() {
  const outcomes = ['right', 'marked', 'unseen', 'wrong', 'failed'];
  const sums = kernels
    .filter((k) => matrices.some((m) => m.kernel === k))
    .map((k) => {
      const mine = matrices.filter((m) => m.kernel === k);
      const sum = (o) => String(mine.reduce((n, m) => n + (m.counts[o] ?? 0), 0));
      return [k, String(mine.length), ...outcomes.map(sum)];
    });
  const titles = {
    marked: 'Marked: `extra.exposed` or `extra.truncated` names the path',
    unseen: 'Unseen: no event, see the blind spots in events.md',
    wrong: 'Wrong, and not marked: to be mended',
  };
  const parts = Object.entries(titles).flatMap(([outcome, title]) =>
    kernels.flatMap((k) => {
      const rows = cells(k, outcome);
      return rows.length === 0 ? [] : [`### ${title} (${k})\n\n${rows.join('\n')}`];
    }),
  );
  return [
    `## Paths of files

Each call that gives, takes or changes a file, on each file system that could be mounted, by each way to give its folder,
compared with what the kernel itself says of the file. The calls and ways are named in test/kernel/file/matrix-table.h and
matrix-ways.h. Everything that is in no table below was told as it was. Failed: the call did, and there was nothing to tell.

${table(['kernel', 'file systems', ...outcomes], sums)}`,
    ...parts,
  ];
}

const intro = `# What was tried to evade the sensor

Written by \`npm run evasion\` from what the kernel tests saw; not by hand. Kernels: ${kernels.join(', ')}.`;
const page = join(root, 'docs/evasion.md');
writeFileSync(page, `${[intro, ...attempts(), ...(matrices.length > 0 ? matrix() : [])].join('\n\n')}\n`);
execFileSync('node_modules/.bin/prettier', ['--write', '--log-level=warn', page], { cwd: root, stdio: 'inherit' });
console.log(`docs/evasion.md: ${kernels.join(', ')}`);
// docs/events.md has its table of kernels too.
execFileSync('npm', ['run', '--silent', 'generate'], { cwd: root, stdio: 'inherit' });
