// npm run test:vm [-- KERNEL…] [--write] [--jobs N] [--timeout S] [--storm N] [--file TEST…]: the kernel tests on other
// kernels.
import { execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { boot, project, removeFolder, temporaryFolder } from './boot.mjs';
import { prepareHost } from './host.mjs';
import { aboutOurselves, buildForArm64, getArm64Root, getKernel, shares, targets } from './kernels.mjs';
import { document, summary, table } from './report.mjs';
import { keep, kept } from './results.mjs';

const usage = `usage: npm run test:vm [-- KERNEL…] [OPTION…]
Kernels: ${targets.map((t) => t.name).join(' ')} (default: all)
  --write        write docs/kernels.md, of the last whole or quick run of each kernel here
  --jobs N       guests at a time (default: one for each CPU)
  --timeout S    seconds for one guest (default 1200, twice that for arm64)
  --storm N      processes in the storm (default 40)
  --verifier     no tests: only what the programs cost the verifier
  --quick        no tests of what hardly depends on the kernel: command line, rules, start and stop, …
  --shared       what takes long and is much the same everywhere runs on one of these kernels alone
  --install      apt installs what is missing here
  --optional     a kernel that cannot be had here (no qemu, no network) is skipped, with the reason
  --file TEST    only this file of tests; may be given several times
The guests see this folder as it is: build before, not meanwhile.
The kernels are Debian's of today; they are kept in \${XDG_CACHE_HOME:-~/.cache}/sysmon-vm, or in SYSMON_VM_CACHE.`;

function refuse(text) {
  console.error(`test:vm: ${text}\n${usage}`);
  process.exit(2);
}

function readArguments() {
  const string = { type: 'string' };
  const flag = { type: 'boolean', default: false };
  let parsed;
  try {
    parsed = parseArgs({
      allowPositionals: true,
      options: {
        write: flag,
        help: flag,
        install: flag,
        optional: flag,
        quick: flag,
        shared: flag,
        verifier: flag,
        jobs: string,
        timeout: string,
        storm: { ...string, default: '40' },
        file: { type: 'string', multiple: true, default: [] },
      },
    });
  } catch (error) {
    refuse(error.message);
  }
  const { values, positionals } = parsed;
  if (values.help) {
    console.log(usage);
    process.exit(0);
  }
  for (const name of ['jobs', 'timeout', 'storm']) {
    if (values[name] !== undefined && !/^[1-9]\d{0,5}$/.test(values[name]))
      refuse(`--${name}: expected a positive number, got '${values[name]}'`);
  }
  for (const p of positionals) if (!targets.some((t) => t.name === p)) refuse(`no kernel '${p}'`);
  for (const f of values.file) if (!existsSync(join(project, f))) refuse(`--file: ${f} does not exist`);
  if (values.write && (values.file.length > 0 || values.verifier))
    refuse('--write needs all tests of a kernel, or the quick ones');
  return {
    ...values,
    wanted: positionals.length === 0 ? targets : targets.filter((t) => positionals.includes(t.name)),
  };
}

const readJson = (path) =>
  existsSync(path) && statSync(path).size > 0 ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
const seconds = (since) => Math.round((Date.now() - since) / 1000);

/** Files of tests that this guest need not run. */
const leftOut = (target, { quick, shared, booted }) => [
  ...(quick ? aboutOurselves : []),
  ...(shared ? booted.filter((name) => name !== target.name).flatMap((name) => shares[name] ?? []) : []),
];

/** One guest. What prevents its tests from running is a failed test of its own. */
async function runTarget(target, release, arm64Root, options) {
  const results = temporaryFolder('sysmon-vm-results-');
  const begun = Date.now();
  const log = join(project, 'build/vm', `${target.name}.log`);
  const say = (text) => console.error(`[${target.name}] ${text}`);
  try {
    const guestArguments = options.verifier
      ? ['--verifier']
      : // a kernel with tests of its own can run no others
        (target.tests ?? [...options.file, ...leftOut(target, options).map((f) => `--exclude=${f}`)]);
    const timeout =
      Number(options.timeout ?? 1200) * (target.arch === 'arm64' && options.timeout === undefined ? 2 : 1);
    say(`boots ${release}`);
    writeFileSync(log, '');
    const { exit, output } = await boot({
      name: target.name,
      release,
      results,
      timeout,
      append: target.append,
      ...(target.arch === 'arm64' ? { root: arm64Root } : {}),
      command: `SYSMON_STORM_SIZE=${options.storm} node '${project}/test/vm/guest.mjs' ${guestArguments.join(' ')}`,
      onLine: (line) => {
        appendFileSync(log, `${line}\n`);
        if (/^(passed|failed|skipped|VM-ERROR|VM-STEP) /.test(line)) say(line);
      },
    });
    const tests = readJson(join(results, 'tests.json')) ?? [];
    const fail = (error) => tests.push({ file: 'guest', name: 'the guest itself', state: 'failed', error });
    if (exit === undefined) fail(`the guest did not end within ${timeout} s: see ${log}`);
    else if (tests.length === 0 && !options.verifier) fail(`no test ran (status ${exit}): see ${log}`);
    else if (exit !== 0 && !tests.some((t) => t.state === 'failed'))
      fail(`the tests ended with status ${exit}: see ${log}`);
    if (output.includes('VM-ERROR')) fail(`the guest did not come up whole: see ${log}`);
    const evasion = join(results, 'evasion');
    if (existsSync(evasion)) cpSync(evasion, join(project, 'build/evasion'), { recursive: true });
    const verifier = readJson(join(results, 'verifier.json'));
    if (!verifier && !target.tests) fail(`npm run verifier failed: see ${log}`);
    say(`ended after ${seconds(begun)} s`);
    return {
      target,
      release,
      tests,
      capabilities: readJson(join(results, 'capabilities.json')),
      verifier,
    };
  } finally {
    removeFolder(results);
  }
}

const options = readArguments();
const outcomes = new Map();
const ready = [];
const alone = (target, test) =>
  outcomes.set(target, {
    target,
    release: 'not to be had',
    tests: [{ file: 'guest', name: 'the kernel itself', ...test }],
  });
/** Neither qemu nor the kernel is the product: where they cannot be had, nothing is known about it. */
const unavailable = (target, reason) => {
  console.error(`[${target.name}] cannot be had: ${reason}`);
  const text = reason.replaceAll(/\s*\n\s*/g, '; ');
  alone(target, options.optional ? { state: 'skipped', note: text } : { state: 'failed', error: text });
};
const impossible = (target, error) => {
  console.error(`[${target.name}] cannot run: ${error}`);
  alone(target, { state: 'failed', error });
};

mkdirSync(join(project, 'build/vm'), { recursive: true });
const obstacle = prepareHost([...new Set(options.wanted.map((t) => t.arch))], options.install);
// Downloads first and one by one, for they share the cache.
for (const target of options.wanted) {
  try {
    if (obstacle) throw new Error(obstacle);
    ready.push({ target, release: getKernel(target) });
  } catch (error) {
    unavailable(target, error.message);
  }
}
let arm64Root;
const arm64 = ready.filter((r) => r.target.arch === 'arm64');
if (arm64.length > 0) {
  let refuse = unavailable;
  try {
    arm64Root = getArm64Root(arm64.map((r) => r.release));
    refuse = impossible;
    buildForArm64();
  } catch (error) {
    for (const r of arm64) {
      refuse(r.target, error.message);
      ready.splice(ready.indexOf(r), 1);
    }
  }
}
const booted = ready.map((r) => r.target.name);
const worker = async () => {
  for (let next = ready.shift(); next; next = ready.shift()) {
    try {
      outcomes.set(next.target, await runTarget(next.target, next.release, arm64Root, { ...options, booted }));
    } catch (error) {
      impossible(next.target, error.message);
    }
  }
};
await Promise.all(Array.from({ length: Number(options.jobs ?? availableParallelism()) }, worker));

const done = options.wanted.map((t) => outcomes.get(t));
console.log(table(done));
if (options.file.length === 0 && !options.verifier)
  done.filter((o) => 'capabilities' in o && !options.shared).forEach((o) => keep(o, options)); // others did not boot
const { line, failed } = summary(done);
let missing = [];
if (options.write) {
  const runs = targets.map((t) => [t, kept(t)]);
  missing = runs.filter(([, run]) => !run).map(([t]) => t.name);
  const page = join(project, 'docs/kernels.md');
  if (missing.length > 0) console.error(`test:vm: ${page} is not written: no run of ${missing.join(', ')} is here yet`);
  else {
    writeFileSync(page, document(runs.map(([, run]) => run)));
    execFileSync('node_modules/.bin/prettier', ['--write', '--log-level=warn', page], {
      cwd: project,
      stdio: 'inherit',
    });
  }
}
console.log(line);
process.exit(failed > 0 || missing.length > 0 ? 1 : 0);
