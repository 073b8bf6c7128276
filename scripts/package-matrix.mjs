// npm run package:matrix [-- --print] [TARBALL]: installs the packed package in empty folders with the package managers
// that people have, loads it there as CommonJS and as ESM, bundles it, and writes what came of it into
// docs/packaging.md (--print: only to stdout). Without TARBALL it packs this clone. Managers and bundlers come from
// npm.
import { spawn, execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, join, resolve } from 'node:path';
import { parseArgs, stripVTControlCharacters } from 'node:util';
import { bundlers, managers, runtimes } from './package/matrix-tools.mjs';
import { root } from './setup.mjs';

const fail = (text, status = 1) => {
  console.error(`package:matrix: ${text}`);
  process.exit(status);
};
let given;
try {
  given = parseArgs({ options: { print: { type: 'boolean' } }, allowPositionals: true });
  if (given.positionals.length > 1) throw new Error('expected one TARBALL at most');
} catch (error) {
  fail(`${error.message}. Known: --print, TARBALL`, 2);
}

const work = mkdtempSync(join(tmpdir(), 'sysmon-matrix-'));
process.on('exit', () => rmSync(work, { recursive: true, force: true }));
const registry = execFileSync('npm', ['config', 'get', 'registry'], { encoding: 'utf8' }).trim();

/** Runs a command; `{ ms, status, text }`, the text of both streams. It is ended after ten minutes. */
function run(command, args, { cwd, env = {} }) {
  const began = performance.now();
  const child = spawn(command, args, {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 600_000,
    env: {
      ...process.env,
      npm_config_registry: registry,
      YARN_NPM_REGISTRY_SERVER: registry,
      // A lock file of this project, or one of its settings, is none of the empty folder's.
      YARN_ENABLE_TELEMETRY: '0',
      CI: '1',
      ...env,
    },
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (part) => (text += part));
  return new Promise((done) => {
    child.on('error', (error) => done({ ms: 0, status: -1, text: error.message }));
    child.on('close', (status) => done({ ms: performance.now() - began, status, text: text.trim() }));
  });
}

/** A folder with what npm has under these names, and its commands. Throws if it cannot be had. */
async function tool(name, packages) {
  const folder = join(work, 'tools', name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  const done = await run('npm', ['install', '--no-audit', '--no-fund', ...packages], { cwd: folder });
  if (done.status !== 0) throw new Error(`npm install ${packages.join(' ')}: ${lastLine(done.text)}`);
  return { folder, bin: join(folder, 'node_modules/.bin') };
}
const lastLine = (text) => text.split('\n').filter(Boolean).at(-1) ?? '';
const versionOf = ({ folder }, name) =>
  JSON.parse(readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8')).version;

const body = `
const { kernel } = sysmon.capabilities(); // loads the native part
if (!kernel || typeof config.loadConfig('starter') !== 'object') throw new Error('wrong');
console.log('LOADED ' + sysmon.version);`;
const programs = {
  'check.cjs': `const sysmon = require('@org/sysmon'), config = require('@org/sysmon/config');${body}`,
  'check.mjs': `import * as sysmon from '@org/sysmon'; import * as config from '@org/sysmon/config';${body}`,
};

/** A cell: yes, or what was said instead. */
const verdict = ({ status, text }) => {
  if (status === 0 && /^LOADED \S+$/m.test(text)) return 'yes';
  // Not the line of source that node shows above an error, which may be a whole bundle, and no colours.
  const lines = stripVTControlCharacters(text).split('\n');
  const line = lines.find((l) => /error\b.*: /i.test(l) && !/throw |=>/.test(l)) ?? lines.at(-1);
  return `no: ${line.replaceAll(work, '…').replaceAll('|', '\\|').slice(0, 120)}`;
};

const packed = given.positionals[0]
  ? resolve(given.positionals[0])
  : join(
      work,
      lastLine(execFileSync('npm', ['pack', '--silent', '--pack-destination', work], { cwd: root, encoding: 'utf8' })),
    );
const rows = [];
const empty = (name, files = {}) => {
  const folder = join(work, 'installed', name);
  mkdirSync(folder, { recursive: true });
  for (const [file, text] of Object.entries({ 'package.json': '{ "private": true }', ...programs, ...files }))
    writeFileSync(join(folder, file), text);
  return folder;
};
const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;

for (const { name, packages, of, ways } of managers) {
  let at;
  try {
    at = await tool(name, packages);
  } catch (error) {
    rows.push([name, `could not be had: ${error.message}`, '', '']);
    continue;
  }
  const env = { PATH: `${at.bin}${delimiter}${process.env.PATH}` };
  for (const { title = '', files, install, node = ['node'] } of ways) {
    const label = `${name} ${versionOf(at, of)}${title && `, ${title}`}`;
    const cwd = empty(label.replaceAll(/\W+/g, '-'), files);
    const [command, ...args] = install(packed);
    const installed = await run(command, args, { cwd, env });
    const cells = installed.status === 0 ? [seconds(installed.ms)] : [`no: ${lastLine(installed.text)}`];
    for (const file of Object.keys(programs)) {
      const [runner, ...before] = node;
      cells.push(installed.status === 0 ? verdict(await run(runner, [...before, file], { cwd, env })) : '');
    }
    rows.push([label, ...cells]);
    console.error(rows.at(-1).join(' | '));
  }
}

// What follows takes the folder that npm made.
const npmFolder = empty('bundled');
const npmDone = await run('npm', ['install', '--no-audit', '--no-fund', packed], { cwd: npmFolder });
if (npmDone.status !== 0) fail(`npm install: ${npmDone.text}`);
for (const { name, packages, of, node } of runtimes) {
  const cells = [];
  let label = name;
  try {
    const at = await tool(name, packages);
    label = `${name} ${versionOf(at, of)} as run-time`;
    for (const file of Object.keys(programs)) {
      const [runner, ...before] = node(at.bin);
      cells.push(verdict(await run(runner, [...before, file], { cwd: npmFolder })));
    }
  } catch (error) {
    cells.push(`could not be had: ${error.message}`, '');
  }
  rows.push([label, '(npm)', ...cells]);
  console.error(rows.at(-1).join(' | '));
}

const bundles = [];
const installedPackage = join(npmFolder, 'node_modules/@org/sysmon');
for (const { name, packages, of, formats, bundle } of bundlers) {
  let at;
  try {
    at = await tool(name, packages);
  } catch (error) {
    bundles.push([name, `could not be had: ${error.message}`, '', '']);
    continue;
  }
  for (const format of formats) {
    const label = `${name} ${versionOf(at, of)}, ${format === 'cjs' ? 'CommonJS' : 'ESM'}`;
    // The bundle is moved away from the packages that it was made of.
    const to = join(work, 'bundles', label.replaceAll(/\W+/g, '-'));
    mkdirSync(to, { recursive: true });
    const built = await bundle({ at, format, cwd: npmFolder, entry: 'check.mjs', to, run });
    if (built.status !== 0) {
      bundles.push([label, `no: ${lastLine(built.text)}`, '', '']);
      continue;
    }
    const file = readdirSync(to).find((f) => /\.[cm]?js$/.test(f));
    const alone = await run('node', [file], { cwd: to });
    const told = /cannot load the native part[^]*Looked for:/.test(alone.text)
      ? 'says what is missing'
      : verdict(alone);
    cpSync(join(installedPackage, 'prebuilds'), join(to, 'prebuilds'), { recursive: true });
    mkdirSync(join(to, 'lib/config'), { recursive: true });
    cpSync(join(installedPackage, 'lib/config/starter.yml'), join(to, 'lib/config/starter.yml'));
    bundles.push([label, seconds(built.ms), told, verdict(await run('node', [file], { cwd: to }))]);
    console.error(bundles.at(-1).join(' | '));
  }
}

const table = (head, lines) =>
  [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
const size = (file) => `${statSync(file).size.toLocaleString('en')} bytes`;
const binaries = ['x64', 'arm64'].map((arch) => [
  `prebuilds/linux-${arch}/sysmon.glibc.node`,
  size(join(installedPackage, `prebuilds/linux-${arch}/sysmon.glibc.node`)),
]);
const text = [
  `Node.js ${process.versions.node}, ${process.platform} ${process.arch}.`,
  table(['file', 'size'], [[`${basename(packed)}, packed`, size(packed)], ...binaries]),
  table(['installed with', 'time', '`require`', '`import`'], rows),
  table(
    ['bundled with', 'time', 'moved away alone', 'with `prebuilds/` and `lib/config/starter.yml` beside it'],
    bundles,
  ),
].join('\n\n');
if (given.values.print) {
  console.log(text);
} else {
  const page = join(root, 'docs/packaging.md');
  const [before, , after] = readFileSync(page, 'utf8').split(/(?<=<!-- matrix -->\n)|(?=<!-- end of matrix -->)/);
  writeFileSync(page, `${before}\n${text}\n\n${after}`);
  execFileSync('node_modules/.bin/prettier', ['--write', '--log-level=warn', page], { cwd: root, stdio: 'inherit' });
}
