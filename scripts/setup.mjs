// Everything that a clone needs before it can run: packages of the system, of npm, and a build. Without dependencies,
// for it runs before there are any. Prints to stderr only: stdout belongs to what runs afterwards.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');

const say = (text) => process.stderr.write(`${text}\n`);

function fail(text) {
  say(text);
  process.exit(1);
}

/** Runs a step; returns what went wrong. */
function attempt(command, args, options = {}) {
  // Output of the steps goes to stderr as well.
  const done = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2], ...options });
  if (done.error) return `${command}: ${done.error.message}`;
  if (done.status !== 0)
    return `${[command, ...args].join(' ')} failed (${done.signal ?? `exit status ${done.status}`}).`;
  return undefined;
}

function run(command, args) {
  const obstacle = attempt(command, args);
  if (obstacle) fail(obstacle);
}

export const hasCommand = (name) =>
  (process.env.PATH ?? '').split(delimiter).some((dir) => existsSync(join(dir, name)));
/**
 * The command of an LLVM tool in version 14, that of Debian 12: what it writes and finds differs from version to
 * version.
 */
export const version14 = (name) =>
  [`${name}-14`, name].find((command) =>
    /version 14\./.test(spawnSync(command, ['--version'], { encoding: 'utf8' }).stdout ?? ''),
  );
const hasHeader = (name) =>
  [
    '/usr/include',
    '/usr/local/include',
    `/usr/include/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu`,
  ].some((dir) => existsSync(join(dir, name)));

/** What makes a file system in which tests look for the paths of events; they say which one they go without. */
const fileSystem = (name, command = name) => ({
  package: name,
  what: `${command} (file systems of tests)`,
  there: () => hasCommand(command),
  extra: true,
});

/**
 * What is needed, what provides it on Debian and Ubuntu, and how to see that it is there. `tests`: only the tests need
 * it. `extra`: the tests run without it as well, and leave something out: checks of form, some file systems.
 */
const needs = [
  { package: 'cmake', what: 'cmake', there: () => hasCommand('cmake') },
  { package: 'make', what: 'make', there: () => hasCommand('make') || hasCommand('ninja') },
  { package: 'g++', what: 'a C++20 compiler', there: () => hasCommand('c++') || hasCommand('g++') },
  { package: 'clang', what: 'clang, for the eBPF programs', there: () => hasCommand('clang') },
  { package: 'llvm', what: 'llvm-strip', there: () => hasCommand('llvm-strip') },
  { package: 'libbpf-dev', what: 'the headers of libbpf', there: () => hasHeader('bpf/libbpf.h') },
  { package: 'libelf-dev', what: 'the headers of libelf', there: () => hasHeader('libelf.h') },
  { package: 'libre2-dev', what: 'the headers of RE2', there: () => hasHeader('re2/re2.h') },
  { package: 'zlib1g-dev', what: 'the headers of zlib', there: () => hasHeader('zlib.h') },
  { package: 'libgtest-dev', what: 'GoogleTest', there: () => hasHeader('gtest/gtest.h'), tests: true },
  { package: 'python3', what: 'python3 (terminals in tests)', there: () => hasCommand('python3'), tests: true },
  { package: 'nftables', what: 'nft (redirected name servers in tests)', there: () => hasCommand('nft'), tests: true },
  {
    package: 'iproute2',
    what: 'ip and ss (networks of tests)',
    there: () => hasCommand('ip') && hasCommand('ss'),
    tests: true,
  },
  {
    package: 'netbase',
    what: '/etc/services (names of ports in tests)',
    there: () => existsSync('/etc/services'),
    tests: true,
  },
  { package: 'openssl', what: 'openssl (certificates of tests)', there: () => hasCommand('openssl'), tests: true },
  { package: 'curl', what: 'curl (connections in tests)', there: () => hasCommand('curl'), tests: true },
  {
    package: 'bind9-dnsutils',
    what: 'dig and host (name resolution in tests)',
    there: () => hasCommand('dig'),
    tests: true,
  },
  {
    package: 'openssh-server',
    what: 'sshd (connections in tests)',
    there: () => hasCommand('sshd'),
    // Nobody asked for a service.
    after: () =>
      hasCommand('systemctl')
        ? attempt('systemctl', ['disable', '--quiet', 'ssh.service', 'ssh.socket'])
        : attempt('update-rc.d', ['ssh', 'disable']),
    tests: true,
  },
  {
    package: 'e2fsprogs',
    what: 'mkfs.ext4 (file systems of tests)',
    there: () => hasCommand('mkfs.ext4'),
    tests: true,
  },
  { package: 'xfsprogs', what: 'mkfs.xfs (file systems of tests)', there: () => hasCommand('mkfs.xfs'), tests: true },
  {
    package: 'util-linux',
    what: 'unshare, setpriv',
    there: () => hasCommand('unshare') && hasCommand('setpriv'),
    tests: true,
  },
  { package: 'rsyslog', what: 'rsyslogd (a receiver of tests)', there: () => hasCommand('rsyslogd'), extra: true },
  fileSystem('btrfs-progs', 'mkfs.btrfs'),
  fileSystem('dosfstools', 'mkfs.vfat'),
  fileSystem('squashfs-tools', 'mksquashfs'),
  fileSystem('bindfs'),
  fileSystem('fuse2fs'),
  fileSystem('fuse-overlayfs'),
  ...['runc', 'crun'].map((name) => ({
    package: name,
    what: `${name} (containers in tests)`,
    there: () => hasCommand(name),
    extra: true,
  })),
  { package: 'clang-format-14', what: 'npm run lint', there: () => version14('clang-format'), extra: true },
  { package: 'clang-tidy-14', what: 'npm run tidy', there: () => version14('clang-tidy'), extra: true },
];

/** Installs by apt those of the needs that are missing. Returns what stands in the way. */
export function provide(needs) {
  const missing = needs.filter((n) => !n.there());
  if (missing.length === 0) return undefined;
  const packages = [...new Set(missing.map((n) => n.package))];
  const list = missing.map((n) => `  ${n.package.padEnd(14)} ${n.what}`).join('\n');
  const command = `apt-get install -y --no-install-recommends ${packages.join(' ')}`;
  if (process.env.SYSMON_NO_APT === '1')
    return `Missing, and SYSMON_NO_APT=1 forbids installing it:\n${list}\nInstall it: ${command}`;
  if (!hasCommand('apt-get')) return `Missing (named as on Debian; this system has no apt-get):\n${list}`;
  if (process.getuid?.() !== 0) return `Missing, and only root may install it:\n${list}\nInstall it: sudo ${command}`;
  say(`Installing ${packages.join(', ')}:\n${list}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  // Another apt may be at work on a fresh machine.
  const wait = ['-o', 'DPkg::Lock::Timeout=300', '-qq'];
  return (
    attempt('apt-get', [...wait, 'update'], { env }) ??
    startingNothing(() =>
      attempt('apt-get', [...wait, 'install', '-y', '--no-install-recommends', ...packages], { env }),
    ) ??
    missing.map((n) => n.after?.()).find((obstacle) => obstacle !== undefined)
  );
}

/** Packages ask this program whether they may start their services. */
function startingNothing(install) {
  const policy = '/usr/sbin/policy-rc.d';
  if (existsSync(policy)) return install();
  // Whoever interrupts this interrupts apt as well, and what it comes to is told after the file is gone.
  const after = () => undefined;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, after);
  writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    return install();
  } finally {
    rmSync(policy);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.off(signal, after);
  }
}

/** Newest modification below the paths, in ms since the epoch. */
function newest(...paths) {
  let time = 0;
  for (const path of paths.map((p) => join(root, p))) {
    if (!existsSync(path)) continue;
    const stat = statSync(path);
    if (!stat.isDirectory()) time = Math.max(time, stat.mtimeMs);
    else for (const name of readdirSync(path)) time = Math.max(time, newest(join(path, name).slice(root.length + 1)));
  }
  return time;
}

function installModules() {
  if (newest('node_modules/.package-lock.json') >= newest('package-lock.json')) return;
  say('Installing packages from npm (npm ci).');
  // Without install scripts: what they would build is built below.
  run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
}

function build() {
  // A stamp, for the build leaves a file alone that would come out the same.
  if (newest('build/Release/.built') < newest('bpf', 'native') || newest('build/Release/sysmon.node') === 0) {
    say('Building the native part (npm run build:native).');
    run('npm', ['run', '--silent', 'build:native']);
    writeFileSync(join(root, 'build/Release/.built'), '');
  }
  if (newest('dist/.built') < newest('lib', 'tsconfig.json', 'tsconfig.build.json')) {
    say('Compiling TypeScript (npm run build:ts).');
    run('npm', ['run', '--silent', 'build:ts']);
  }
}

/** Makes the clone ready. `tests`: also what only the tests need. */
export function setUp({ tests = false } = {}) {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19))
    fail(`Node.js ${process.versions.node} is too old: 20.19 or later is needed.`);
  if (process.platform !== 'linux') fail('The sensor watches the Linux kernel: it does not run elsewhere.');
  const obstacle = provide(needs.filter((n) => !n.extra && (tests || !n.tests)));
  if (obstacle) fail(obstacle);
  const without = tests && provide(needs.filter((n) => n.extra));
  if (without) say(`${without}\nThe tests do without it.`);
  installModules();
  build();
}
