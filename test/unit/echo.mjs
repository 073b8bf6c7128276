// Sends back what it gets: as a worker thread, or as a child process.
import { parentPort } from 'node:worker_threads';

if (parentPort) parentPort.once('message', (m) => parentPort.postMessage(m));
else process.once('message', (m) => process.send(m, () => process.disconnect()));
