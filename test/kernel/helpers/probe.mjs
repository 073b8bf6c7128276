// A process of its own that starts a sensor, runs one program and says what came of it, as one line of JSON on stdout.
// probe.mjs PACKAGE REQUEST: folder of the package, and JSON with `options` (of the sensor) and `run` (program and
// arguments).
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [folder, request] = process.argv.slice(2);
const { options, run } = JSON.parse(request);
const answer = { events: [], errors: [], losses: 0, warnings: [] };
const shown = (e) => ({ name: e.name, code: e.code, message: e.message, operation: e.operation, errno: e.errno });
process.on('warning', (w) => answer.warnings.push(w.message));

try {
  const { Sysmon, capabilities } = await import(pathToFileURL(join(folder, 'dist/index.js')).href);
  const { failure, ...found } = capabilities({ btfPath: options.btfPath });
  answer.capabilities = { ...found, failure: failure && shown(failure) };
  const sysmon = new Sysmon(options);
  const ofRun = [];
  let pid;
  let ended;
  const over = new Promise((resolve) => (ended = resolve));
  sysmon.on('loss', (l) => (answer.losses += l.count));
  sysmon.on('event', (e) => {
    if (e.type === 'Error') answer.errors.push(e.data);
    if (e.process === undefined) return;
    ofRun.push(e);
    if (e.data.ProcessId === pid && e.type === 'ProcessTerminate') ended();
  });
  await sysmon.start();
  answer.started = true;
  const child = spawnSync(run[0], run.slice(1), { cwd: '/', stdio: 'ignore' });
  if (child.error) throw child.error;
  pid = child.pid;
  answer.pid = pid;
  answer.status = child.status;
  if (ofRun.some((e) => e.data.ProcessId === pid && e.type === 'ProcessTerminate')) ended();
  const timer = setTimeout(ended, 30_000);
  await over;
  clearTimeout(timer);
  answer.self = sysmon.processes.get(process.pid);
  await sysmon.stop();
  answer.events = ofRun
    .filter((e) => e.data.ProcessId === pid)
    .map((e) => ({
      type: e.type,
      data: e.data,
      extra: e.extra,
      process: { ...e.process, parent: undefined },
      parent: e.process.parent?.image,
    }));
  answer.self = answer.self && { ...answer.self, parent: undefined };
} catch (error) {
  answer.error = shown(error);
}
console.log(JSON.stringify(answer, (_, v) => (typeof v === 'bigint' ? String(v) : v)));
