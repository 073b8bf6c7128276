// Configures, builds and runs the native tests: plainly, or with the presets asan, tsan, fuzz of
// native/CMakePresets.json.
//   npm run test:native                    npm run test:native -- asan tsan
//   npm run test:native -- fuzz [seconds]  searches for so long (60) with each target; keeps what it finds in
//                                          build/test-fuzz
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const known = ['dev', 'asan', 'tsan', 'fuzz'];
const seconds = Number(process.argv.slice(2).find((a) => /^\d+$/.test(a)) ?? 60);
let presets = process.argv.slice(2).filter((a) => !/^\d+$/.test(a));
for (const p of presets) if (!known.includes(p)) fail(`unknown preset '${p}'. Known: ${known.join(', ')}.`, 2);
if (presets.length === 0) presets = ['dev'];

function fail(text, status = 1) {
  console.error(`test-native: ${text}`);
  process.exit(status);
}

const has = (program) => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;

// What is missing, and the package that has it, before a build stops half way through.
const missing = [];
for (const [program, pack] of [
  ['cmake', 'cmake'],
  ['g++', 'g++'],
  ['clang', 'clang'],
  ['llvm-strip', 'llvm'],
])
  if (!has(program)) missing.push([program, pack]);
if (!existsSync('/usr/include/gtest/gtest.h') && !existsSync('/usr/local/include/gtest/gtest.h'))
  missing.push(['GoogleTest', 'libgtest-dev']);
if (!existsSync('/usr/include/bpf/libbpf.h') && !existsSync('/usr/local/include/bpf/libbpf.h'))
  missing.push(['libbpf', 'libbpf-dev']);
if (missing.length > 0)
  fail(
    `missing: ${missing.map((m) => m[0]).join(', ')}. Install (Debian, Ubuntu): apt-get install ${[...new Set(missing.map((m) => m[1]))].join(' ')}`,
  );

/**
 * True if a compiler can link and run a program with these sanitizers: their run-time libraries are often packaged
 * apart.
 */
function works(compiler, sanitizer) {
  if (!has(compiler)) return false;
  mkdirSync(join(root, 'build'), { recursive: true });
  const out = join(root, 'build', `probe-${process.pid}`);
  const built = spawnSync(compiler, ['-x', 'c++', '-', `-fsanitize=${sanitizer}`, '-o', out], {
    input: sanitizer.includes('fuzzer')
      ? '#include <stddef.h>\nextern "C" int LLVMFuzzerTestOneInput(const unsigned char*, size_t) { return 0; }'
      : 'int main() { return 0; }',
  });
  const fine = built.status === 0 && (sanitizer.includes('fuzzer') || spawnSync(out).status === 0);
  spawnSync('rm', ['-f', out]);
  return fine;
}

const sanitizers = { asan: 'address,undefined', tsan: 'thread', fuzz: 'fuzzer,address' };
const environment = {
  ...process.env,
  ASAN_OPTIONS: 'detect_leaks=1:strict_string_checks=1:detect_stack_use_after_return=1',
  UBSAN_OPTIONS: 'halt_on_error=1:print_stacktrace=1',
  TSAN_OPTIONS: 'halt_on_error=1:second_deadlock_stack=1',
};

function run(command, args) {
  const r = spawnSync(command, args, { stdio: 'inherit', cwd: join(root, 'native'), env: environment });
  if (r.error) fail(`${command}: ${r.error.message}`);
  if (r.status !== 0) fail(`${command} ${args.join(' ')} ended with ${r.signal ?? `status ${r.status}`}`);
}

/** What the compiler makes of real configurations, to begin with. */
async function plans(folder) {
  const { compile, loadConfig } = await import('../dist/config/index.js').catch(() =>
    fail('the fuzzer of the rules begins with compiled configurations: npm run build first'),
  );
  const configs = join(root, 'test/fixtures/sysmon-configs');
  const files = readdirSync(configs).filter((f) => f.endsWith('.xml')).map((f) => join(configs, f)); // prettier-ignore
  for (const f of readdirSync(join(root, 'examples/rules'))) files.push(join(root, 'examples/rules', f));
  files.forEach((f, i) => writeFileSync(join(folder, `seed-${i}`), compile(loadConfig(f)).plan));
}

for (const preset of presets) {
  const configure = ['--preset', preset];
  const sanitizer = sanitizers[preset];
  if (sanitizer) {
    const compiler =
      preset === 'fuzz'
        ? ['clang++'].find((c) => works(c, sanitizer))
        : ['g++', 'clang++'].find((c) => works(c, sanitizer));
    if (!compiler)
      fail(
        `no compiler links and runs a program with -fsanitize=${sanitizer}. Install the run-time libraries (Debian, Ubuntu: g++ brings those of gcc; apt-get install libclang-rt-14-dev for those of clang)`,
      );
    if (preset !== 'fuzz')
      configure.push(`-DCMAKE_CXX_COMPILER=${compiler}`, `-DCMAKE_C_COMPILER=${compiler === 'g++' ? 'gcc' : 'clang'}`);
  }
  run('cmake', configure);
  run('cmake', ['--build', '--preset', preset, '--parallel', '2']);
  const build = join(root, 'build', `test-${preset}`);
  if (preset === 'fuzz') {
    for (const target of ['pipeline', 'dns', 'rules']) {
      const corpus = join(build, `corpus-${target}`);
      mkdirSync(corpus, { recursive: true });
      if (target === 'rules') await plans(corpus);
      run(join(build, 'test', `sysmon_fuzz_${target}`), [
        `-max_total_time=${seconds}`,
        '-max_len=8192',
        '-rss_limit_mb=2048',
        '-print_final_stats=1',
        `-artifact_prefix=${build}/${target}-`,
        corpus,
      ]);
    }
  } else {
    // One process for all tests: starting hundreds under a sanitizer takes longer than what they do.
    run(join(build, 'test', 'sysmon_tests'), ['--gtest_brief=1']);
    // One thread only: there is little in it for ThreadSanitizer, which is slow here.
    for (const target of ['pipeline', 'dns', 'rules'])
      run(join(build, 'test', `sysmon_fuzz_${target}_replay`), [preset === 'tsan' ? '300' : '3000']);
  }
  console.error(`test-native: ${preset} passed`);
}
