// node test/vm/released.mjs TARBALL [KERNEL]: installs the packed package in an empty folder, boots an arm64 guest
// (6.12-arm64) and lets the program on the first screen of the README run there, with the released binary and nothing
// else of this clone. Needs what npm run test:vm needs; downloads into the same cache.
import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { boot, project, removeFolder, temporaryFolder } from './boot.mjs';
import { getArm64Root, getKernel, targets } from './kernels.mjs';

function fail(text, status = 1) {
  console.error(`released: ${text}`);
  process.exit(status);
}

const [tarball, name = '6.12-arm64', ...more] = process.argv.slice(2);
const target = targets.find((t) => t.name === name);
if (tarball === undefined || more.length > 0) fail('expected TARBALL [KERNEL]', 2);
if (target?.arch !== 'arm64') fail(`'${name}' is no arm64 guest`, 2);

const release = getKernel(target);
const root = getArm64Root([release]);
const folder = join(root, 'opt/sysmon-released');
const installed = temporaryFolder('sysmon-released-');
const results = temporaryFolder('sysmon-vm-results-');
const [, program] = /```js\n([^]*?)```/.exec(readFileSync(join(project, 'README.md'), 'utf8'));
try {
  writeFileSync(join(installed, 'package.json'), '{ "private": true }');
  writeFileSync(join(installed, 'readme.mjs'), program);
  const arguments_ = ['install', '--no-audit', '--no-fund', '--cpu=arm64', '--os=linux', resolve(tarball)];
  execFileSync('npm', arguments_, { cwd: installed, stdio: ['ignore', 2, 2] });
  cpSync(installed, folder, { recursive: true });
  // The program is told to end as a person would, once it has printed what was run beside it.
  const command = [
    'cd /opt/sysmon-released',
    'node readme.mjs > /run/vm/out 2> /run/vm/err & watched=$!',
    'for i in $(seq 100); do sleep 3; /bin/echo marked-for-readme > /dev/null; grep -q marked-for-readme /run/vm/out && break; done',
    'kill -INT $watched; wait $watched; echo $? > /run/vm/status',
    `node -e "const s = require('@org/sysmon'); console.log(s.version, process.arch)" > /run/vm/required 2>&1`,
  ].join('\n');
  const { output } = await boot({ name, release, results, root, command, timeout: 1500 });
  const read = (file) => {
    try {
      return readFileSync(join(results, file), 'utf8').trim();
    } catch {
      return '';
    }
  };
  const event = read('out')
    .split('\n')
    .find((line) => line.includes('marked-for-readme'));
  console.log(
    `event:    ${event}\nended:    ${read('status')}\nrequired: ${read('required')}\nstderr:   ${read('err')}`,
  );
  const { version } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'));
  if (event === undefined || read('status') !== '0' || read('required') !== `${version} arm64`)
    fail(`the package does not work on ${release}:\n${output.split('\n').slice(-20).join('\n')}`);
} finally {
  removeFolder(installed);
  removeFolder(folder);
  removeFolder(results);
}
