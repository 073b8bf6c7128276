// Runs a plug-in that may read its own folder, and nothing else: not write, connect, ask for names or start programs.
// Node's permission model refuses what JavaScript tries (not connections); the kernel tells of what is done all the
// same, and whoever does it is ended. Run as root: node sandboxed-plugin.mjs PLUGIN.mjs [ARG...]
// Exit code: that of the plug-in; 8 if it did what it may not, 9 if it cannot be said because something was lost.
import { realpathSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname } from 'node:path';
import { endProcess, Guard, parsePolicy } from '@org/sysmon/guard';
import { watch } from '@org/sysmon/watch';

const [file, ...args] = process.argv.slice(2);
if (file === undefined) {
  console.error('usage: node sandboxed-plugin.mjs PLUGIN.mjs [ARG...]');
  process.exit(2);
}
const plugin = realpathSync(file);
const folder = dirname(plugin);
// Of files that are read the kernel tells of those that hold secrets: see watchFiles.
const policy = parsePolicy(
  `
read: { allow: [./**] }
write: { allow: [] }
connect: { allow: [] }
resolve: { allow: [] }
execute: { allow: [${JSON.stringify(realpathSync(process.execPath))}] }
privilege: { deny: ['*'] }
`,
  { project: folder },
);
const guard = new Guard(policy, {
  onBreach: ({ rule, what, process: by }) => console.error(`${rule.section}: ${what}: ${by ? endProcess(by) : ''}`),
});

const permission = parseInt(process.versions.node, 10) < 24 ? '--experimental-permission' : '--permission';
const run = await watch(
  process.execPath,
  [permission, '--no-warnings', `--allow-fs-read=${folder}/*`, plugin, ...args],
  // Without the variables of this process: they may hold secrets too.
  {
    cwd: folder,
    env: {},
    stdio: ['ignore', 'pipe', 'pipe'], // through us: where our own output goes, it has no business to write
    events: policy.events,
    hash: 'none',
    flushIntervalMs: 1,
    watchFiles: policy.watchFiles,
  },
);
run.on('event', (event) => guard.see(event));
run.child?.stdout?.pipe(process.stdout);
run.child?.stderr?.pipe(process.stderr);
const { exitCode, signal, report } = await run.done;
if (guard.breaches.length > 0) process.exitCode = 8;
else if (report.losses.length > 0) process.exitCode = 9;
else process.exitCode = exitCode ?? (signal ? 128 + constants.signals[signal] : 1);
