// Runs a command and prints the tree of all processes that it brought forth: node process-tree.mjs COMMAND [ARG...]
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Sysmon } from '@org/sysmon';

const [command, ...args] = process.argv.slice(2);
if (command === undefined) {
  console.error('usage: node process-tree.mjs COMMAND [ARG...]');
  process.exit(2);
}

const sysmon = new Sysmon({ events: ['ProcessCreate'], hash: 'none' });
const created = [];
sysmon.on('ProcessCreate', (e) => created.push(e.process));
await sysmon.start();

const child = spawn(command, args, { stdio: 'ignore' });
child.on('error', (error) => console.error(error.message));
if (child.pid !== undefined) await once(child, 'close');
await sysmon.stop();

// `parent` is the parent as it was when the process was made: orphans stay where they belong.
for (const p of created) {
  const line = [p, ...p.ancestors()].map((a) => a.pid);
  const depth = line.indexOf(child.pid);
  if (depth >= 0) console.log(`${'  '.repeat(depth)}${p.pid} ${p.commandLine}`);
}
