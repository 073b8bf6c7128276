// A sensor that has an archive, in a process or worker of its own, until that is ended: archive-holder.mjs PACKAGE
// DIRECTORY. Says one line of JSON, or sends one message: what became of the start.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';

const [folder, archiveDirectory] = workerData ?? process.argv.slice(2);
const { Sysmon } = await import(pathToFileURL(join(folder, 'dist/index.js')).href);
const result = await new Sysmon({ events: ['FileDelete'], archiveDirectory }).start().then(
  () => ({ started: true }),
  ({ code, message }) => ({ code, message }),
);
if (parentPort) parentPort.postMessage(result);
else console.log(JSON.stringify(result));
// The worker's port does not keep it alive.
setInterval(() => undefined, 1000);
