// What the install scripts of an npm package do, before one depends on it: installs it into a folder of its own, which
// is removed again, and prints what each script ran, wrote outside of that folder, asked for and connected to.
// The scripts run: do it where they can do no harm. Run as root: node audit-package.mjs PACKAGE [ARG OF NPM...]
// PACKAGE is what npm install takes: a name, name@version, a file.
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { guardedEvents, ScriptWatch } from '@org/sysmon/guard';
import { watch } from '@org/sysmon/watch';

const args = process.argv.slice(2);
if (args.length === 0) {
  console.error('usage: node audit-package.mjs PACKAGE [ARG OF NPM...]');
  process.exit(2);
}
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'audit-')));
try {
  const scripts = new ScriptWatch(folder);
  // npm's own words go to standard error: standard output is the report alone.
  const run = await watch('npm', ['install', '--prefix', folder, ...args], {
    events: guardedEvents,
    environment: 'npm',
    hash: 'none',
    stdio: ['ignore', 2, 2],
  });
  run.on('event', (event) => scripts.see(event));
  const { exitCode, report } = await run.done;
  console.log(JSON.stringify(scripts.reports(), null, 2));
  if (report.losses.length > 0) console.error('not everything was seen');
  process.exitCode = exitCode ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
