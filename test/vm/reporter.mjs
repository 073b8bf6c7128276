// Writes what vitest found out, with the reason of each skip, to the file named by SYSMON_VM_REPORT. Also says each test as
// it ends, so that a guest that hangs shows where.
import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';

export default class VmReporter {
  onTestCaseResult(test) {
    const { state, note } = test.result();
    console.log(`${state} ${relative(process.cwd(), test.module.moduleId)} > ${test.fullName}${note ? ` (${note})` : ''}`);
    for (const e of test.result().errors ?? [])
      console.log(
        `  ${String(e.stack ?? e.message)
          .split('\n')
          .slice(0, 12)
          .join('\n  ')}`,
      );
  }

  onTestRunEnd(modules, unhandled) {
    const tests = [];
    for (const m of modules) {
      const file = relative(process.cwd(), m.moduleId);
      for (const t of m.children.allTests()) {
        const { state, note, errors } = t.result();
        tests.push({ file, name: t.fullName, state, note, error: errors?.[0]?.message });
      }
      // A file that does not load has no tests.
      for (const e of m.errors()) tests.push({ file, name: 'the file itself', state: 'failed', error: e.message });
    }
    for (const e of unhandled) tests.push({ file: 'vitest', name: 'unhandled error', state: 'failed', error: e.message });
    for (const t of tests) if (t.name === 'the file itself' || t.file === 'vitest') console.log(`failed ${t.file}: ${t.error}`);
    writeFileSync(process.env.SYSMON_VM_REPORT, JSON.stringify(tests));
  }
}
