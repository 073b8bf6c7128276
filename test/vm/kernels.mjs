// The kernels to run on. Resolved by suite and meta package each time, never pinned: Debian's oldest supported, the
// stable ones, and what will be the next.
import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cache, project } from './boot.mjs';

const here = dirname(fileURLToPath(import.meta.url));

/**
 * `append`: kernel arguments. `tests`: only these files, for a kernel in a state that most tests cannot run in.
 * @type {{name: string, suite: string, arch: 'amd64' | 'arm64', append?: string, tests?: string[]}[]}
 */
export const targets = [
  { name: '5.10', suite: 'bullseye', arch: 'amd64' },
  { name: '6.1', suite: 'bookworm', arch: 'amd64' },
  { name: '6.12', suite: 'trixie', arch: 'amd64' },
  { name: 'newest', suite: 'sid', arch: 'amd64' },
  { name: '6.1-arm64', suite: 'bookworm', arch: 'arm64' },
  { name: '6.12-arm64', suite: 'trixie', arch: 'arm64' },
  {
    name: '6.12-lockdown',
    suite: 'trixie',
    arch: 'amd64',
    append: 'lockdown=confidentiality',
    tests: ['test/kernel/sensor/lockdown.test.ts'],
  },
  {
    name: '6.12-integrity',
    suite: 'trixie',
    arch: 'amd64',
    append: 'lockdown=integrity',
    tests: ['test/kernel/system/module-lockdown.test.ts'],
  },
];

const pathOfTest = (name) => `test/kernel/${name}.test.ts`;

/** Tests whose outcome depends little on the kernel and that take long where a program starts in seconds. */
export const aboutOurselves = [
  'archive/archive',
  'archive/archive-directory',
  'archive/archive-hold',
  'cli/cli',
  'cli/cli-ends',
  'cli/cli-run',
  'cli/cli-terminal',
  'cli/docs',
  'cli/drop-in',
  'cli/examples',
  'cli/examples-agents',
  'cli/examples-guard',
  'cli/guard',
  'cli/record',
  'cli/reload',
  'dns/dns-loss',
  'dns/dns-tools',
  // Tens of thousands of calls, before 6.13 mostly as they were passed: for whole runs.
  'file/file-race',
  'file/path-attempts',
  'file/path-matrix',
  'file/path-matrix-fuse',
  'file/path-matrix-overlay',
  'file/path-race',
  'network/network-connect-ssh',
  'network/network-names',
  'network/network-storm',
  'network/recent-connections',
  // Names that come late are looked for as long as an emulated program takes to start.
  'process/containers',
  'process/containers-podman',
  'process/process-origin',
  'rules/config',
  'rules/rules',
  'rules/rules-network',
  'rules/rules-system',
  'rules/starter',
  'rules/starter-live',
  'sensor/bench',
  'sensor/configure',
  'sensor/fairness',
  'sensor/in-container',
  'sensor/loss',
  'sensor/loss-accounts',
  'sensor/peer-cases',
  'sensor/pid-namespace',
  'sensor/platform',
  'sensor/redact',
  'sensor/start-stop',
  'sensor/start-threads',
  'sensor/teardown',
  'sensor/throttle',
  'sink/kill',
  'sink/system-log',
].map(pathOfTest);

/**
 * With `--shared` only the kernel that stands before it runs it, if that one could be had: what takes long in a guest,
 * and what differs little between the kernels there and the host's. Every program is loaded on each of them all the
 * same, and without `--shared` each runs every file.
 * @type {Record<string, string[]>}
 */
export const shares = {
  '5.10': [
    'archive/archive-filesystems',
    'dns/dns-packets',
    'dns/dns-scope',
    'file/cold',
    'file/file-attribute-change',
    'file/file-create-time',
    'file/io-uring-events',
    'file/many-calls',
    'file/pipe-event',
    'file/raw-access',
    'network/network-connect-accept',
    'network/network-connect-flows',
    'network/unix-connect',
    'process/failed-execution',
    'process/image-load',
    'process/mount',
    'process/process-create-context',
    'process/process-create-held',
    'process/process-snapshot',
    'process/storm',
    'rules/pushdown',
    'sensor/privileges-calls',
    'system/kernel-parameter',
    'rules/attacks',
  ].map(pathOfTest),
  6.12: [
    'archive/archive-privileges',
    'dns/dns-resolvers',
    'file/file-create-hash',
    'file/file-modify-hash',
    'file/file-open',
    'file/interfaces',
    'file/io-uring-ways',
    'file/rare-calls',
    'network/network-connect-attach',
    'network/raw-socket',
    'network/socket-listen',
    'process/compat32',
    'process/namespace-change',
    'process/order',
    'process/process-create-hash',
    'process/process-create-text',
    'process/signal',
    'sensor/formats',
    'sensor/privileges',
    'sensor/scope',
    'sensor/time',
    'system/module',
  ].map(pathOfTest),
};

/** Runs a script of this folder; its failure carries what it said. */
function run(script, ...args) {
  try {
    return execFileSync(join(here, script), args, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, SYSMON_VM_CACHE: cache },
    }).trim();
  } catch (error) {
    const said = String(error.stderr ?? error.message).trim();
    throw new Error(`${script} ${args.join(' ')}: ${said.split('\n').slice(-3).join('; ')}`, { cause: error });
  }
}

/** Release of the target's kernel, downloaded if it is not in the cache. */
export const getKernel = (target) => run('get-kernel.sh', target.suite, `linux-image-cloud-${target.arch}`);

/** What an arm64 guest has as its root. */
export function getArm64Root(releases) {
  run('get-kernel.sh', 'bookworm', 'linux-image-cloud-arm64'); // its package lists are those of the root's packages
  run('get-arm64-root.sh', project);
  const root = join(cache, 'arm64/root');
  for (const release of releases)
    execFileSync('cp', [
      '-a',
      '--no-clobber',
      join(cache, 'kernels', release, 'lib/modules', release),
      join(root, 'lib/modules'),
    ]);
  return root;
}

/** The addon and the C programs of the tests, into that root. */
export const buildForArm64 = () => run('build-arm64.sh', project);
