// Seconds of CPU that it takes to check configurations of 10,000 and of 100,000 conditions, for each condition and a
// few shapes, and the memory that the process had by then: node test/bench/config.mjs [NAME]. Needs the addon and the
// compiled TypeScript: npm run build. Exits with 1 where ten times as many take more than twelve times as long.
import { execFileSync } from 'node:child_process';
import { checkConfig } from '../../dist/config/index.js';
import { extraConditions, sysmonConditions } from '../../dist/config/model.js';

const letters = 'abcdefghijklmnopqrstuvwxyz0123456789-_.';
let seed = 7;
const rnd = (n) => ((seed = (seed * 1103515245 + 12345) & 0x7fffffff) >>> 8) % n;
const word = (n) => Array.from({ length: n }, () => letters[rnd(letters.length)]).join('');

const item = (condition, value) => `      - Image: { ${condition}: '${value}' }`;
const header = ['rules:', '  - event: ProcessCreate', '    onmatch: include', '    match:'];
const xmlHead =
  '<Sysmon schemaversion="4.90"><EventFiltering><RuleGroup groupRelation="or"><ProcessCreate onmatch="include">';
const xmlEnd = '</ProcessCreate></RuleGroup></EventFiltering></Sysmon>';
const xml = (lines) => [xmlHead, ...lines, xmlEnd].join('\n');
const repeat = (count, make) => Array.from({ length: count }, (_, i) => make(i));

function valueOf(condition, i) {
  if (condition === 'cidr') return `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`;
  if (/^(eq|ne|lt|le|gt|ge)$/.test(condition)) return String(i);
  // Not more than an engine takes.
  if (condition === 'regex') return `x${i % 1000}`;
  if (/any|all/.test(condition)) return `/opt/${word(8)};/srv/${word(8)}`;
  return `/usr/bin/${word(12)}`;
}

const shapes = {
  ...Object.fromEntries(
    sysmonConditions.map((c) => [c, (n) => xml(repeat(n, (i) => `<Image condition="${c}">${valueOf(c, i)}</Image>`))]),
  ),
  ...Object.fromEntries(
    extraConditions.map((c) => [c, (n) => [...header, ...repeat(n, (i) => item(c, valueOf(c, i)))].join('\n')]),
  ),
  'is /bin': (n) => xml(repeat(n, () => `<Image condition="is">/bin/${word(12)}</Image>`)),
  'is, equal': (n) => xml(repeat(n, () => '<Image condition="is">/usr/bin/same</Image>')),
  'is, Windows': (n) => xml(repeat(n, () => `<Image condition="is">C:\\Windows\\${word(12)}</Image>`)),
  'is, YAML': (n) => [...header, ...repeat(n, (i) => item('is', valueOf('is', i)))].join('\n'),
  'begin with, long': (n) => xml(repeat(n, () => `<Image condition="begin with">/usr/${word(90)}</Image>`)),
  'contains, long': (n) => xml(repeat(n, () => `<CommandLine condition="contains">${word(95)}</CommandLine>`)),
  rules: (n) =>
    xml(
      repeat(
        n / 2,
        (i) =>
          `<Rule name="r${i}" groupRelation="and"><Image condition="end with">/bash</Image><CommandLine condition="contains">${word(8)}</CommandLine></Rule>`,
      ),
    ),
  groups: (n) =>
    repeat(
      n,
      (i) =>
        `<RuleGroup groupRelation="or"><ProcessCreate onmatch="${i % 2 ? 'include' : 'exclude'}"><CommandLine condition="contains">${word(14)}</CommandLine></ProcessCreate></RuleGroup>`,
    )
      .join('\n')
      .replace(/^/, '<Sysmon schemaversion="4.90"><EventFiltering>')
      .concat('</EventFiltering></Sysmon>'),
};

const [only, count] = process.argv.slice(2);
if (count !== undefined) {
  // One measurement, in a process of its own.
  const source = shapes[only](Number(count));
  const cpu = process.cpuUsage();
  const found = checkConfig(source);
  const { user, system } = process.cpuUsage(cpu);
  const errors = found.filter((d) => d.severity === 'error').map((d) => d.message);
  console.log(JSON.stringify({ seconds: (user + system) / 1e6, mb: process.resourceUsage().maxRSS / 1024, errors }));
  process.exit(0);
}

const measure = (name, n) =>
  JSON.parse(execFileSync(process.execPath, [import.meta.filename, name, String(n)], { encoding: 'utf8' }));
let failed = false;
for (const name of Object.keys(shapes)) {
  if (only !== undefined && only !== name) continue;
  const few = measure(name, 10_000);
  const many = measure(name, 100_000);
  const times = many.seconds / few.seconds;
  failed ||= times > 12;
  const errors = many.errors.length > 0 ? `  ${many.errors[0]}` : '';
  console.log(
    `${name.padEnd(18)} ${few.seconds.toFixed(2).padStart(7)} s ${many.seconds.toFixed(2).padStart(8)} s  x ${times.toFixed(1).padStart(5)}  ${Math.round(many.mb)} MB${errors}`,
  );
}
process.exit(failed ? 1 : 0);
