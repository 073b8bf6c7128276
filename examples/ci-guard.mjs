// A guard for a build: runs it, and fails if it does what the policy below does not allow. Run as root, in the
// folder of the project: node ci-guard.mjs COMMAND [ARG...]
// Exit code: that of the command; 8 if it broke the policy, 9 if it cannot be said because something was lost.
import { constants } from 'node:os';
import { Guard, guardedEvents, parsePolicy } from '@org/sysmon/guard';
import { watch } from '@org/sysmon/watch';

const policy = parsePolicy(`
connect:
  allow: [127.0.0.0/8, '::1']
execute:
  deny: [curl, wget, nc, /tmp/**]
write:
  allow: [./**, /tmp/**, ~/.cache/**]
privilege:
  deny: ['user:root']
`);

const [command, ...args] = process.argv.slice(2);
if (command === undefined) {
  console.error('usage: node ci-guard.mjs COMMAND [ARG...]');
  process.exit(2);
}
const guard = new Guard(policy, {
  onBreach: ({ rule, what, process: by }) =>
    console.error(`line ${rule.line}, ${rule.section}: ${what}\n  by process ${by?.pid}: ${by?.commandLine}`),
});
const run = await watch(command, args, { events: guardedEvents, hash: 'none' });
run.on('event', (event) => guard.see(event));
const { exitCode, signal, report } = await run.done;
if (guard.breaches.length > 0) process.exitCode = 8;
else if (report.losses.length > 0) process.exitCode = 9;
else process.exitCode = exitCode ?? (signal ? 128 + constants.signals[signal] : 1);
