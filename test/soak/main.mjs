// npm run test:soak [-- SECONDS] [--json]: ordinary work of many kinds at once, with all events on, for five minutes.
// Fails if the sensor ends by itself, a line of its output is not what it should be, something is unknown and nothing
// says why, an event is neither there nor counted as lost, or memory grows. Needs root and a build.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { observedTypes } from '../../dist/event/type-names.js';
import { Checker } from './checker.mjs';
import { startWork, stopWork } from './work.mjs';

const json = process.argv.includes('--json');
const [given = '300', ...more] = process.argv.slice(2).filter((a) => a !== '--json');
const seconds = Number(given);
if (!Number.isInteger(seconds) || seconds < 10 || more.length > 0) {
  console.error(`test-soak: expected a number of seconds, 10 or more, got '${[given, ...more].join(' ')}'`);
  process.exit(2);
}

const cli = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'sysmon-soak-')));
/** A line per event and no more work than a program does that keeps them. */
const sensor = spawn(
  process.execPath,
  [cli, 'run', '--events', observedTypes.join(), '--format', 'json', '--output', '-'],
  { stdio: ['ignore', 'pipe', 'inherit'] },
);
const ended = new Promise((resolve) => sensor.on('close', (code, signal) => resolve({ code, signal })));

/** CPU seconds and resident MiB of the sensor so far. */
function usage() {
  const fields = readFileSync(`/proc/${sensor.pid}/stat`, 'latin1').split(') ')[1].split(' ');
  const status = readFileSync(`/proc/${sensor.pid}/status`, 'latin1');
  return { cpu: (Number(fields[11]) + Number(fields[12])) / 100, rss: Number(/VmRSS:\s+(\d+)/.exec(status)[1]) / 1024 };
}
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

let early = ''; // what comes before the work is known
let checker;
sensor.stdout.setEncoding('utf8').on('data', (text) => {
  if (checker === undefined) early += text;
  else checker.take(text);
});
const started = Date.now();
while (!early.includes('ServiceStateChange') && sensor.exitCode === null && Date.now() - started < 60_000)
  await sleep(50);
const work = startWork(folder);
checker = new Checker(work.running.find(({ kind }) => kind === 'shell').pid, join(folder, 'shell'));
checker.take(early);

const before = usage();
const samples = [];
const begun = Date.now();
while (Date.now() - begun < seconds * 1000 && sensor.exitCode === null) {
  await sleep(1000);
  if (sensor.exitCode === null) samples.push(usage());
}
await stopWork(work);
const took = (Date.now() - begun) / 1000;
const last = samples.at(-1) ?? before;
await sleep(2000); // a question of DNS may wait, and a digest
sensor.kill('SIGTERM');
const end = await ended;
checker.end();
rmSync(folder, { recursive: true, force: true });

const sorted = (map) => Object.fromEntries([...map].sort(([, a], [, b]) => b - a));
const sum = (map) => [...map.values()].reduce((a, b) => a + b, 0);
const shell = work.running.find(({ kind }) => kind === 'shell');
const lost = sum(checker.losses);
const quarter = Math.max(1, Math.floor(samples.length / 4));
const memory = {
  secondQuarter: median(samples.slice(quarter, 2 * quarter).map((s) => s.rss)),
  lastQuarter: median(samples.slice(-quarter).map((s) => s.rss)),
  most: Math.max(...samples.map((s) => s.rss)),
};
const faults = Object.fromEntries(checker.faults);
const problems = [
  ...Object.entries(faults).map(([what, { count, first }]) => `${what}: ${count} times, first ${first}`),
  ...(end.code === 0 ? [] : [`the sensor ended with ${end.signal ?? end.code}`]),
  ...(checker.uncertain === 0 || lost > 0 ? [] : [`${checker.uncertain} events are uncertain, and nothing was lost`]),
  // The round that was killed may or may not have run it.
  ...(checker.rounds + lost >= shell.rounds
    ? []
    : [
        `the shell ran /bin/true ${shell.rounds} times, ${checker.rounds} were seen, and ${lost} events are counted as lost`,
      ]),
  ...(checker.rounds <= shell.rounds + 1
    ? []
    : [`the shell ran /bin/true ${shell.rounds} times, ${checker.rounds} were seen`]),
  // In less time node has not yet made up its mind how much it wants.
  ...(seconds < 240 || memory.lastQuarter < memory.secondQuarter * 1.1 + 8
    ? []
    : [`memory grew from ${memory.secondQuarter.toFixed(1)} to ${memory.lastQuarter.toFixed(1)} MiB`]),
];
const report = {
  seconds: took,
  rounds: Object.fromEntries(work.running.map(({ kind, rounds }) => [kind, rounds])),
  skipped: work.skipped,
  lines: checker.lines,
  bytes: checker.bytes,
  eventsPerSecond: sum(checker.events) / took,
  cpuPercent: ((last.cpu - before.cpu) / took) * 100,
  cpuUsPerEvent: ((last.cpu - before.cpu) * 1e6) / sum(checker.events),
  memoryMiB: memory,
  events: sorted(checker.events),
  losses: sorted(checker.losses),
  errors: sorted(checker.errors),
  unknown: sorted(checker.unknown),
  problems,
};
if (json) {
  console.log(JSON.stringify(report, null, 2));
} else {
  const list = (title, map) =>
    console.log(
      `${title.padEnd(10)}${
        Object.entries(map)
          .map(([k, v]) => `${k} ${v}`)
          .join(', ') || 'none'
      }`,
    );
  console.log(
    `${report.seconds.toFixed(0)} s: ${report.lines} lines, ${report.eventsPerSecond.toFixed(0)} events a second, ` +
      `${report.cpuPercent.toFixed(1)} % of a core (${report.cpuUsPerEvent.toFixed(1)} µs an event), ` +
      `memory ${memory.secondQuarter.toFixed(1)} MiB, at the end ${memory.lastQuarter.toFixed(1)}, at most ${memory.most.toFixed(1)}`,
  );
  list('rounds', report.rounds);
  list('skipped', report.skipped);
  list('events', report.events);
  list('losses', report.losses);
  list('errors', report.errors);
  list('unknown', report.unknown);
  for (const problem of problems) console.log(`PROBLEM   ${problem}`);
}
process.exit(problems.length === 0 ? 0 : 1);
