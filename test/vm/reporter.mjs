// Writes what vitest found out, with the reason of each skip, to the file named by SYSMON_VM_REPORT: after each test,
// so that a guest that hangs leaves what it did. Also says each test on the console.
import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';

const path = process.env.SYSMON_VM_REPORT;
const tests = [];

function add(test) {
  tests.push(test);
  console.log(
    `${test.state} ${test.file} > ${test.name}${test.note ? ` (${test.note})` : ''}${test.again ? ' (at the second try)' : ''}`,
  );
  if (path) writeFileSync(path, JSON.stringify(tests));
}

const fileOf = (module) => relative(process.cwd(), module.moduleId);

export default class VmReporter {
  onTestCaseResult(test) {
    const { state, note, errors } = test.result();
    const ms = Math.round(test.diagnostic()?.duration ?? 0);
    const again = state === 'passed' && (test.diagnostic()?.retryCount ?? 0) > 0;
    add({ file: fileOf(test.module), name: test.fullName, state, note, ms, again, error: errors?.[0]?.message });
    for (const e of errors ?? []) {
      const lines = [...String(e.stack ?? e.message).split('\n'), ...String(e.diff ?? '').split('\n')];
      console.log(`  ${lines.slice(0, 50).join('\n  ')}`);
    }
  }

  onTestRunEnd(modules, unhandled) {
    for (const m of modules) {
      // A file that does not load, and a hook that fails, belong to no test of their own.
      const suites = [m, ...m.children.allSuites()];
      for (const s of suites)
        for (const e of s.errors())
          add({ file: fileOf(m), name: s.fullName ?? 'the file itself', state: 'failed', error: e.message });
      // What a failed hook kept from running was never reported.
      for (const t of m.children.allTests()) {
        const known = tests.some((x) => x.file === fileOf(m) && x.name === t.fullName);
        if (!known) add({ file: fileOf(m), name: t.fullName, state: 'failed', error: 'was not run' });
      }
    }
    for (const e of unhandled) add({ file: 'vitest', name: 'unhandled error', state: 'failed', error: e.message });
  }
}
