// npm test: makes the clone ready, then runs every test. Arguments go to vitest. Ends with `N passed, N failed, N
// skipped`.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, setUp } from './setup.mjs';

setUp({ tests: true });

const counts = { passed: 0, failed: 0, skipped: 0 };
const folder = mkdtempSync(join(tmpdir(), 'sysmon-test-'));

function step(title, command, args) {
  process.stdout.write(`\n== ${title}\n`);
  const done = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  return done.status ?? 1;
}

try {
  const report = join(folder, 'vitest.json');
  const filter = process.argv.slice(2);
  const status = step('TypeScript and kernel tests', process.execPath, [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...filter,
  ]);
  if (existsSync(report)) {
    const result = JSON.parse(readFileSync(report, 'utf8'));
    counts.passed += result.numPassedTests;
    counts.failed += result.numFailedTests;
    counts.skipped += result.numPendingTests + result.numTodoTests;
    // A file that could not even be loaded holds no failed test.
    if (status !== 0 && result.numFailedTests === 0) counts.failed++;
  } else {
    counts.failed++;
  }

  if (filter.length === 0) {
    process.stdout.write('\n== Native tests\n');
    const done = spawnSync(process.execPath, ['scripts/test-native.mjs'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    process.stdout.write(done.stdout ?? '');
    // GoogleTest's own summary; without one nothing was run, and that is a failure.
    const passed = Number(/^\[ {2}PASSED {2}\] (\d+) tests?/m.exec(done.stdout ?? '')?.[1] ?? 0);
    counts.passed += passed;
    if (done.status !== 0 || passed === 0) counts.failed++;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

process.stdout.write(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`);
process.exitCode = counts.failed > 0 || counts.passed === 0 ? 1 : 0;
