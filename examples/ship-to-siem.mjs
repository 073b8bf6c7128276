// Sends events as lines of JSON to an HTTP collector that may be slow, or away for a while, in bounded memory:
// node ship-to-siem.mjs URL. Run as root; ends with Ctrl-C, once what was seen has been sent.
import { setTimeout as sleep } from 'node:timers/promises';
import { Sysmon } from '@org/sysmon';
import { json } from '@org/sysmon/serializers';

const url = process.argv[2];
if (url === undefined) {
  console.error('usage: node ship-to-siem.mjs URL');
  process.exit(2);
}

const most = 500; // events in a request
const longestWait = 30_000; // ms between two attempts
const patience = 10_000; // ms for the collector once we were told to stop

const sysmon = new Sysmon({ flushIntervalMs: 50 });
// Back-pressure: while a request is under way events gather here. When that is full nothing more is taken from the
// kernel's ring (ringBytes), and when that is full too, what comes is lost, counted and told.
const events = sysmon.events({ highWaterMark: 10_000, onFull: 'block' });
const losses = [];
sysmon.on('loss', (loss) => losses.push(json(loss)));

let deadline = Infinity;
const stop = () => {
  deadline = Date.now() + patience;
  void sysmon.stop();
};
process.once('SIGINT', stop);
process.once('SIGTERM', stop);

/** Sends until the collector has taken it. What it refuses as wrong (4xx) would be refused again. */
async function send(lines) {
  for (let wait = 100; ; wait = Math.min(wait * 2, longestWait)) {
    const problem = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/x-ndjson' },
      body: lines.join('\n') + '\n',
      signal: AbortSignal.timeout(30_000),
    }).then(
      async (response) => {
        await response.arrayBuffer(); // frees the connection
        return response.ok ? undefined : `status ${response.status}`;
      },
      (error) => String(error.cause ?? error),
    );
    if (problem === undefined) return true;
    const refused = /^status 4/.test(problem) && !/ (408|429)$/.test(problem);
    if (refused || Date.now() > deadline) {
      console.error(`gave up ${lines.length} lines: ${problem}`);
      return false;
    }
    console.error(`${problem}; again in ${wait} ms`);
    await sleep(Math.min(wait, Math.max(deadline - Date.now(), 0) + 1));
  }
}

await sysmon.start();
console.error('watching; Ctrl-C ends');

let sent = 0;
let batch = [];
let sending; // a promise, while a request is under way
async function flush() {
  await sending;
  const lines = [...losses.splice(0), ...batch];
  batch = [];
  if (lines.length === 0) return;
  sending = send(lines);
  if (await sending) sent += lines.length;
  sending = undefined;
}
// What comes alone does not wait for others.
const timer = setInterval(() => sending === undefined && void flush(), 200);
// The iterator ends once the sensor has stopped and everything was read. To wait here is what slows the sensor down.
for await (const event of events) {
  batch.push(json(event));
  if (batch.length >= most) await flush();
}
clearInterval(timer);
await flush();
console.error(`sent ${sent} lines`);
