// node scripts/build.mjs [--output FILE]: builds the native part from the sources in this package, where no released
// binary fits. It needs no package of npm, only what it names if it is missing. The result is build/Release/sysmon.node
// in this package, which is loaded before released binaries, or FILE, which the environment variable SYSMON_ADDON or
// the option addonPath then names.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

function fail(text, status = 1) {
  process.stderr.write(`build: ${text}\n`);
  process.exit(status);
}

function readArguments() {
  try {
    const { values } = parseArgs({ options: { output: { type: 'string' } } });
    return values.output === undefined ? join(root, 'build/Release/sysmon.node') : resolve(values.output);
  } catch (error) {
    return fail(`${error.message.split('\n')[0]}. Known: --output FILE`, 2);
  }
}

const hasCommand = (...names) =>
  names.some((name) => (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, name))));

/** The compiler knows best where headers are. */
const hasHeader = (name) =>
  spawnSync('c++', ['-std=c++17', '-x', 'c++', '-fsyntax-only', '-'], { input: `#include <${name}>\n` }).status === 0;

const clangs = ['clang', ...[14, 15, 16, 17, 18, 19, 20, 21].map((v) => `clang-${v}`)];
/** What is needed, how to see that it is there, and the packages that have it: of Debian and Ubuntu, Fedora, Alpine. */
const needs = [
  ['cmake', () => hasCommand('cmake'), 'cmake', 'cmake', 'cmake'],
  ['make or ninja', () => hasCommand('make', 'ninja'), 'make', 'make', 'make'],
  ['a C++20 compiler (c++)', () => hasCommand('c++'), 'g++', 'gcc-c++', 'g++'],
  ['clang, for the eBPF programs', () => hasCommand(...clangs), 'clang', 'clang', 'clang'],
  ['llvm-strip', () => hasCommand(...clangs.map((c) => c.replace('clang', 'llvm-strip'))), 'llvm', 'llvm', 'llvm'],
  ['libbpf 1.0 or later', () => hasHeader('bpf/libbpf.h'), 'libbpf-dev', 'libbpf-devel', 'libbpf-dev'],
  ['RE2', () => hasHeader('re2/re2.h'), 'libre2-dev', 're2-devel', 're2-dev'],
  ['headers of the kernel', () => hasHeader('linux/bpf.h'), 'linux-libc-dev', 'kernel-headers', 'linux-headers'],
];

function requireAll() {
  if (process.platform !== 'linux') fail(`the sensor watches the Linux kernel: it does not run on ${process.platform}`);
  if (!['x64', 'arm64'].includes(process.arch))
    fail(`no processor but x64 and arm64 is supported; this is ${process.arch}`);
  // Without a compiler nothing is known of headers.
  const missing = needs.filter(([, there]) => !there());
  if (missing.length === 0) return;
  const packages = (column) => missing.map((need) => need[column]).join(' ');
  fail(
    [
      `missing: ${missing.map(([what]) => what).join(', ')}. Install:`,
      `  Debian, Ubuntu:  apt-get install ${packages(2)}`,
      `  Fedora:          dnf install ${packages(3)}`,
      `  Alpine:          apk add ${packages(4)}`,
    ].join('\n'),
  );
}

/** The first folder above a path that exists must be writable. */
function requireWritable(file) {
  let folder = dirname(file);
  while (!existsSync(folder)) folder = dirname(folder);
  try {
    accessSync(folder, constants.W_OK);
  } catch {
    fail(
      `${folder} is not writable. Run this as its owner, or with --output FILE, and let SYSMON_ADDON or the option addonPath name that file`,
    );
  }
}

function run(command, args) {
  const done = spawnSync(command, args, { stdio: ['ignore', 2, 2] });
  if (done.error) fail(`${command}: ${done.error.message}`);
  if (done.status !== 0)
    throw new Error(`${command} ended with ${done.signal ?? `status ${done.status}`}: what it said stands above`);
}

const output = readArguments();
requireAll();
requireWritable(output);
// dist/ has the headers of Node's interface where the package was installed; a clone may have them in node_modules.
const headers = join(root, 'dist/include');
const build = mkdtempSync(join(tmpdir(), 'sysmon-build-'));
try {
  run('cmake', [
    ...['-S', join(root, 'native'), '-B', join(build, 'cmake')],
    '-DCMAKE_BUILD_TYPE=Release',
    `-DSYSMON_OUTPUT=${build}`,
    ...(existsSync(headers) ? [`-DSYSMON_NODE_HEADERS=${headers}`] : [`-DNODE=${process.execPath}`]),
  ]);
  run('cmake', ['--build', join(build, 'cmake'), '--target', 'sysmon', '--parallel', String(availableParallelism())]);
  const built = join(build, 'sysmon.node');
  run(process.execPath, ['-e', 'require(process.argv[1])', built]);
  mkdirSync(dirname(output), { recursive: true });
  // A process that has the old one loaded keeps it: it is removed, not written over.
  rmSync(output, { force: true });
  copyFileSync(built, output);
} catch (error) {
  process.stderr.write(`build: ${error.message}\n`);
  process.exitCode = 1;
} finally {
  rmSync(build, { recursive: true, force: true });
}
if (!process.exitCode) process.stderr.write(`built ${output} (${readFileSync(output).length} bytes)\n`);
