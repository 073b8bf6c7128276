// Packages and sources of a Debian suite, taken by apt with lists of their own: the apt of this system stays as it is.
// No version is pinned, the suite decides. The archive is the one in this system's apt configuration, or
// SYSMON_DEBIAN_MIRROR (and SYSMON_DEBIAN_SECURITY_MIRROR).
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, relative } from 'node:path';

const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';
export const cache =
  process.env.SYSMON_PREBUILD_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'sysmon-prebuild');

const run = (command, args, options = {}) =>
  execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 2], maxBuffer: 1 << 28, ...options });

/** Addresses of the archive in this system's apt configuration that end in a word. */
function site(word) {
  const all = run('apt-get', ['indextargets', '--format', '$(SITE)']).split('\n');
  return all.find((address) => new RegExp(`/${word}/?$`).test(address));
}

/**
 * A suite as one architecture sees it: `download` and `source` put files into a folder. `updates`: with what the
 * security archive has of it, which for old suites is not complete.
 */
export function debian(suite, architecture, { updates = true } = {}) {
  if (!existsSync(keyring)) throw new Error(`${keyring} is missing: install debian-archive-keyring`);
  const main = process.env.SYSMON_DEBIAN_MIRROR ?? site('debian');
  const security = updates && (process.env.SYSMON_DEBIAN_SECURITY_MIRROR ?? site('debian-security'));
  if (!main) throw new Error('no Debian archive in the apt configuration: set SYSMON_DEBIAN_MIRROR to one');
  const state = join(cache, 'apt', `${suite}-${architecture}`);
  for (const folder of ['lists/partial', 'cache/archives/partial']) mkdirSync(join(state, folder), { recursive: true });
  const places = [[main, suite], ...(security ? [[security, `${suite}-security`]] : [])];
  const lines = places.flatMap(([address, name]) =>
    ['deb', 'deb-src'].map((kind) => `${kind} [signed-by=${keyring}] ${address} ${name} main\n`),
  );
  writeFileSync(join(state, 'sources.list'), lines.join(''));
  writeFileSync(join(state, 'status'), '');
  const settings = {
    'Dir::Etc::sourcelist': join(state, 'sources.list'),
    'Dir::Etc::sourceparts': '/dev/null',
    'Dir::State::Lists': join(state, 'lists'),
    'Dir::State::status': join(state, 'status'),
    'Dir::Cache': join(state, 'cache'),
    'APT::Architecture': architecture,
    'APT::Architectures': architecture,
    'APT::Sandbox::User': 'root',
    'Acquire::http::Timeout': '30',
    'Acquire::Retries': '2',
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  run('apt-get', [...options, '-qq', 'update']);
  const empty = (folder) => {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
  };
  return {
    download(packages, folder) {
      empty(folder);
      run('apt-get', [...options, '-qq', 'download', ...packages], { cwd: folder });
      return readdirSync(folder).map((name) => join(folder, name));
    },
    /** Unpacks a source package with Debian's changes, into a folder of its name without the version. */
    source(name, folder) {
      empty(folder);
      run('apt-get', [...options, '-qq', 'source', '--only-source', '--download-only', name], { cwd: folder });
      const description = readdirSync(folder).find((file) => file.endsWith('.dsc'));
      run('dpkg-source', ['--no-check', '-x', description, 'unpacked'], { cwd: folder, stdio: ['ignore', 2, 2] });
      const [, version] = /^Version: (.*)$/m.exec(run('cat', [description], { cwd: folder }));
      return { name, version, folder: join(folder, 'unpacked') };
    },
  };
}

/** Unpacks packages into a folder that compilers take for the root of a system. */
export function unpack(packages, root) {
  rmSync(root, { recursive: true, force: true });
  mkdirSync(root, { recursive: true });
  for (const file of packages) run('dpkg-deb', ['-x', file, root]);
  stayInside(root, root);
}

/** Links to absolute paths lead out of the root: they become relative. */
function stayInside(folder, root) {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const stat = lstatSync(path);
    if (stat.isDirectory()) stayInside(path, root);
    if (!stat.isSymbolicLink()) continue;
    const target = readlinkSync(path);
    if (!target.startsWith('/')) continue;
    rmSync(path);
    symlinkSync(relative(dirname(path), join(root, target)), path);
  }
}
