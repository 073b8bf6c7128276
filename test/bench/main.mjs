// npm run bench [-- --json] [-- --quick]: everything that is promised about speed, measured in one run.
import { cpus, loadavg, release } from 'node:os';
import { measure, median } from './common.mjs';
import { judge, table } from './report.mjs';

const flags = process.argv.slice(2);
const unknown = flags.find((f) => f !== '--json' && f !== '--quick');
if (unknown !== undefined) {
  console.error(
    `bench: unknown argument '${unknown}'. Known: --json (one object on standard output), --quick (short, for a look whether it runs).`,
  );
  process.exit(2);
}
const json = flags.includes('--json');
const quick = flags.includes('--quick');
const tell = (text) => process.stderr.write(`${text}\n`);

// Each way runs in a process of its own, in turn with the others: what the machine does meanwhile meets all of them.
async function transport() {
  const modes = ['plain', 'naive', 'typed', 'pipeline'];
  const [turns, rounds, ms] = quick ? [1, 2, 150] : [5, 4, 300];
  const all = Object.fromEntries(modes.map((m) => [m, []]));
  for (let turn = 0; turn < turns; turn++) {
    for (const m of modes) {
      tell(`transport: ${m}, ${turn + 1} of ${turns}`);
      all[m].push(await measure('transport.mjs', m, rounds, ms));
    }
  }
  tell('transport: 200,000 events a second');
  const paced = await measure('transport.mjs', 'typed', quick ? 2 : 10, 500, 200000);
  const of = (mode, key) => median(all[mode].map((r) => r[key]));
  // Each turn's ratio is taken within it, seconds apart, and then the median of the turns.
  const ratio = (a, b) => median(all[a].map((r, i) => r.total / all[b][i].total));
  return {
    transport: {
      plainConsumerNs: of('plain', 'total'),
      naiveAddonNs: of('naive', 'total'),
      naiveMainNs: of('naive', 'main'),
      typedEventNs: of('typed', 'total'),
      mainThreadNs: of('typed', 'main'),
      workerNs: of('typed', 'worker'),
      typedToPlain: ratio('typed', 'plain'),
      naiveToTyped: ratio('naive', 'typed'),
      pipelineNs: of('pipeline', 'total'),
      pipelineMainNs: of('pipeline', 'main'),
      pipelineWorkerNs: of('pipeline', 'worker'),
      lostAt200k: paced.lost,
      producedAt200k: paced.produced,
      rateAt200k: paced.rate,
      typedAt200kNs: paced.total,
      mainAt200kNs: paced.main,
      turns: Object.fromEntries(modes.map((m) => [m, all[m].map((r) => Math.round(r.total))])),
    },
  };
}

async function sensor() {
  const result = {};
  for (const m of [
    'process',
    'connection',
    'getppid',
    'latency',
    'idle',
    'dns',
    'start',
    'rss',
    'files',
    'getppidFiles',
    'opens',
    'writes',
  ]) {
    tell(`sensor: ${m}`);
    result[m] = await measure('sensor.mjs', m, quick ? 'quick' : 'full');
  }
  // Without what the events of other processes cost, each taken at the price of one in a storm, which is the lowest.
  const { idle, process } = result;
  idle.quietShare = idle.share - (idle.events * process.usPerProcess) / 2 / 1e6 / idle.seconds;
  for (const m of ['costs', 'others']) {
    tell(`sensor: ${m} of event types`);
    result[m] = await measure('event-costs.mjs', m, quick ? 'quick' : 'full');
  }
  return { sensor: result };
}

// What the typed event costs more with it. Each beside one without, in the same turn.
async function options() {
  const [turns, rounds, ms] = quick ? [1, 2, 150] : [7, 4, 300];
  const names = ['container', 'origin', 'redact'];
  const all = Object.fromEntries(names.map((name) => [name, { off: [], on: [] }]));
  for (let turn = 0; turn < turns; turn++) {
    for (const name of names) {
      tell(`options: ${name}, ${turn + 1} of ${turns}`);
      // Which of the two comes first changes: what drifts then falls on both.
      for (const on of turn % 2 ? [true, false] : [false, true])
        all[name][on ? 'on' : 'off'].push((await measure('transport.mjs', on ? name : 'typed', rounds, ms)).total);
    }
  }
  const of = ({ off, on }) => ({
    offNs: median(off),
    onNs: median(on),
    share: median(on.map((ns, i) => ns / off[i])) - 1,
  });
  return { options: Object.fromEntries(names.map((name) => [name, of(all[name])])) };
}

// Each step is a program of its own as well: node test/bench/rules.mjs, node test/bench/serializers.mjs.
async function rules() {
  const [rounds, ms] = quick ? [2, 150] : [10, 300];
  tell('rules: on recorded executions');
  const result = await measure('rules.mjs', '--json', ...(quick ? ['--quick'] : []));
  for (const mode of ['dropByRule', 'dropByFilter']) {
    tell(`rules: ${mode}`);
    result[`${mode}Ns`] = (await measure('transport.mjs', mode, rounds, ms)).total;
  }
  return { rules: result };
}

async function serializers() {
  const [rounds, ms] = quick ? [2, 300] : [10, 500];
  tell('serializers');
  const result = await measure('serializers.mjs', '--json', ...(quick ? ['--quick'] : []));
  for (const [name, mode] of [
    ['file', 'ndjson'],
    ['fileNew', 'ndjsonNew'],
  ]) {
    tell(`serializers: ${mode}, 50,000 events a second into a file`);
    result[name] = await measure('transport.mjs', mode, rounds, ms, 50000);
  }
  return { serializers: result };
}

const machine = {
  cpus: cpus().length,
  model: cpus()[0]?.model,
  kernel: release(),
  node: process.version,
  loadBefore: loadavg()[0],
};
const result = {
  quick,
  machine,
  ...(await transport()),
  ...(await options()),
  ...(await rules()),
  ...(await serializers()),
  ...(await sensor()),
};
machine.loadAfter = loadavg()[0];
result.targets = judge(result);
if (json) process.stdout.write(`${JSON.stringify(result)}\n`);
else process.stdout.write(table(result));
