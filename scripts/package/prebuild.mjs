// npm run package:prebuild [-- --arch x64|arm64] [--check] [--source NAME=FOLDER]: the binaries that a released package
// carries, and THIRD_PARTY_NOTICES. They need nothing of a system but glibc 2.28 or later: everything else is linked
// into them, built from Debian's source packages, against the glibc of Debian 11.
//
// --check builds each twice, in folders of other names, and fails if the bytes differ. --source takes the sources of
// libbpf, elfutils, zlib or re2 from a folder: whoever changes a library can link the addon anew.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { cache, debian, unpack } from './debian.mjs';
import { obstacles, readElf } from './elf.mjs';
import { writeNotices } from './notices.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const say = (text) => process.stderr.write(`package:prebuild: ${text}\n`);
function fail(text, status = 1) {
  say(text);
  process.exit(status);
}
function run(command, args) {
  try {
    execFileSync(command, args, { cwd: root, stdio: ['ignore', 2, 2] });
  } catch (error) {
    fail(`${command} failed (${error.status ?? error.message}): what it said stands above`);
  }
}

/** As Node, Debian and GNU name them. */
const architectures = [
  { name: 'x64', debian: 'amd64', gnu: 'x86_64' },
  { name: 'arm64', debian: 'arm64', gnu: 'aarch64' },
];
const sourceNames = ['libbpf', 'elfutils', 'zlib', 're2'];

function readArguments() {
  const options = {
    arch: { type: 'string', multiple: true, default: architectures.map((a) => a.name) },
    check: { type: 'boolean', default: false },
    source: { type: 'string', multiple: true, default: [] },
  };
  let values;
  try {
    ({ values } = parseArgs({ options }));
  } catch (error) {
    fail(`${error.message.split('\n')[0]}. Known: --arch x64|arm64, --check, --source NAME=FOLDER`, 2);
  }
  const wanted = values.arch.map(
    (name) =>
      architectures.find((a) => a.name === name) ??
      fail(`--arch: '${name}' is no architecture of this package. Known: x64, arm64`, 2),
  );
  const given = new Map(
    values.source.map((text) => {
      const [, name, folder] = /^([^=]+)=(.+)$/.exec(text) ?? fail(`--source: expected NAME=FOLDER, got '${text}'`, 2);
      if (!sourceNames.includes(name)) fail(`--source: '${name}' is none of ${sourceNames.join(', ')}`, 2);
      if (!existsSync(folder)) fail(`--source: ${folder} does not exist`, 2);
      return [name, resolve(folder)];
    }),
  );
  return { wanted, given, check: values.check };
}

const tools = {
  'apt-get': 'apt',
  'dpkg-source': 'dpkg-dev',
  cmake: 'cmake',
  make: 'make',
  clang: 'clang',
  'ld.lld': 'lld',
  'llvm-strip': 'llvm',
  'llvm-objcopy': 'llvm',
  perl: 'perl',
  python3: 'python3 python3-six',
};
function requireTools() {
  const path = (process.env.PATH ?? '').split(':');
  const missing = Object.keys(tools).filter((tool) => !path.some((folder) => existsSync(join(folder, tool))));
  if (missing.length === 0) return;
  const packages = missing.map((tool) => tools[tool]).join(' ');
  fail(`${missing.join(', ')} not found (this needs Debian or what is made of it): apt-get install ${packages}`);
}

/** Runs a step whose result, a folder, is kept for a day: Debian's archive changes. */
function kept(name, make) {
  const folder = join(cache, name);
  const stamp = `${folder}.json`;
  if (existsSync(stamp) && Date.now() - statSync(stamp).mtimeMs < 86_400_000)
    return JSON.parse(readFileSync(stamp, 'utf8'));
  say(`getting ${name}`);
  rmSync(stamp, { force: true });
  let result;
  try {
    result = make(folder);
  } catch (error) {
    fail(`${name} could not be had: ${error.message}`);
  }
  writeFileSync(stamp, JSON.stringify(result));
  return result;
}

/** glibc of Debian 11; the C++ library and the headers of the kernel, which do not depend on it, of Debian 12. */
const sysrootOf = (architecture) =>
  kept(`sysroot-${architecture.name}`, (folder) => {
    const newer = ['libgcc-12-dev', 'libstdc++-12-dev', 'gcc-12-base', 'linux-libc-dev'];
    const packages = [
      // Only linked against, and nothing of it gets into the binary: no update of it matters.
      ...debian('bullseye', architecture.debian, { updates: false }).download(
        ['libc6', 'libc6-dev'],
        `${folder}-glibc`,
      ),
      ...debian('bookworm', architecture.debian).download(newer, `${folder}-packages`),
    ];
    unpack(packages, folder);
    // Waiting by the monotonic clock came with glibc 2.30; without it libstdc++ waits as it did before.
    const config = join(folder, `usr/include/${architecture.gnu}-linux-gnu/c++/12/bits/c++config.h`);
    const later = /^#define (_GLIBCXX_USE_PTHREAD_(COND_CLOCKWAIT|MUTEX_CLOCKLOCK|RWLOCK_CLOCKLOCK)) 1$/gm;
    writeFileSync(config, readFileSync(config, 'utf8').replace(later, '/* $1: glibc 2.30 */'));
    return folder;
  });

const sources = () =>
  kept('sources', (folder) => {
    const suite = debian('bookworm', 'amd64');
    return sourceNames.map((name) => suite.source(name, join(folder, `package-${name}`)));
  });

const unicode = () =>
  kept('unicode', (folder) => {
    unpack(debian('bookworm', 'amd64').download(['unicode-data'], `${folder}-package`), folder);
    return join(folder, 'usr/share/unicode');
  });

/** Debian's sources of RE2 come without the tables that its own scripts make. */
function writeTables(re2) {
  const data = join(re2, 're2/unicode.py');
  writeFileSync(data, readFileSync(data, 'utf8').replace(/^_UNICODE_DIR = .*$/m, `_UNICODE_DIR = "${unicode()}"`));
  for (const [command, script, to] of [
    ['perl', 'make_perl_groups.pl', 'perl_groups.cc'],
    ['python3', 'make_unicode_casefold.py', 'unicode_casefold.cc'],
    ['python3', 'make_unicode_groups.py', 'unicode_groups.cc'],
  ])
    if (!existsSync(join(re2, 're2', to)))
      writeFileSync(join(re2, 're2', to), execFileSync(command, [`re2/${script}`], { cwd: re2, maxBuffer: 1 << 26 }));
}

/** One folder with the sources of all, which is all that the libraries are built of. */
function gather(given, build) {
  const to = join(build, 'sources');
  for (const { name, folder } of sources())
    cpSync(given.get(name) ?? folder, join(to, name), { recursive: true, preserveTimestamps: true });
  writeTables(join(to, 're2'));
  return to;
}

/** Builds everything below a folder, and returns the path of the stripped addon. */
function buildAddon(architecture, given, build) {
  rmSync(build, { recursive: true, force: true });
  mkdirSync(build, { recursive: true });
  const libraries = join(build, 'libraries');
  const toolchain = (level) => [
    `-DCMAKE_TOOLCHAIN_FILE=${join(root, 'native/static/toolchain.cmake')}`,
    `-DSYSMON_SYSROOT=${sysrootOf(architecture)}`,
    `-DSYSMON_PROCESSOR=${architecture.gnu}`,
    '-DCMAKE_BUILD_TYPE=Release',
    ...['C', 'CXX'].map((l) => `-DCMAKE_${l}_FLAGS_RELEASE=${level} -DNDEBUG`),
    // Where this was built does not show in the binary.
    ...['C', 'CXX'].map((l) => `-DCMAKE_${l}_FLAGS=-ffile-prefix-map=${build}/= -ffile-prefix-map=${root}/=`),
  ];
  const cmake = (level, source, to, definitions, target) => {
    run('cmake', ['-S', join(root, source), '-B', to, ...toolchain(level), ...definitions]);
    run('cmake', ['--build', to, '--parallel', '2', ...(target ? ['--target', target] : [])]);
  };
  // Everybody who installs the package gets both binaries: what is hot has its own level in the CMakeLists.
  cmake('-Os', 'native/static', libraries, [`-DSYSMON_SOURCES=${gather(given, build)}`]);
  const archive = (name) => join(libraries, `lib/lib${name}.a`);
  const addon = [
    `-DNODE=${process.execPath}`,
    '-DSYSMON_RELEASED=ON',
    `-DSYSMON_OUTPUT=${join(build, 'out')}`,
    `-DLIBBPF_INCLUDE=${join(libraries, 'include')}`,
    `-DLIBBPF=${['bpf', 'elf', 'z', 'compat'].map(archive).join(';')}`,
    `-DLIBELF=${archive('elf')}`,
    `-DRE2_INCLUDE=${join(build, 'sources/re2')}`,
    `-DRE2_INCLUDE_DIR=${join(build, 'sources/re2')}`,
    `-DRE2_LIBRARY=${archive('re2')}`,
  ];
  cmake('-Os', 'native', join(build, 'addon'), addon, 'sysmon');
  const binary = join(build, 'out/sysmon.node');
  run('llvm-strip', ['--strip-all', binary]);
  return binary;
}

const digest = (file) => createHash('sha256').update(readFileSync(file)).digest('hex');

const { wanted, given, check } = readArguments();
// A compiler that remembers would give the first build again.
if (check) process.env.CCACHE_DISABLE = '1';
requireTools();
for (const architecture of wanted) {
  say(`building for ${architecture.name}`);
  const built = buildAddon(architecture, given, join(root, 'build/prebuild', architecture.name));
  const wrong = obstacles(built, architecture.name);
  if (wrong.length > 0) fail(`${built} ${wrong.join(', ')}`);
  if (check) {
    say(`building for ${architecture.name} again`);
    const again = buildAddon(architecture, given, join(root, 'build/prebuild', `again-${architecture.name}`));
    if (digest(again) !== digest(built)) fail(`two builds for ${architecture.name} differ: ${built}, ${again}`);
    say(`two builds for ${architecture.name} are the same: ${digest(built)}`);
  }
  const to = join(root, `prebuilds/linux-${architecture.name}/sysmon.glibc.node`);
  mkdirSync(dirname(to), { recursive: true });
  cpSync(built, to);
  const { libraries, versions } = readElf(to);
  say(`${to}: ${statSync(to).size} bytes, needs ${libraries.join(', ')} and at most ${versions.at(-1)}`);
}
writeNotices(root, sources(), join(cache, 'sysroot-x64'));
