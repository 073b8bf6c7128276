// Nanoseconds of CPU for one event and format, on events that a sensor recorded (test/fixtures/events.ndjson). Two
// figures: the document as a text, and the text in a buffer as it goes to a file. Every round has process records that
// no cache has seen, as they come from a sensor: half of the events are the first of their process. Needs the compiled
// TypeScript: npm run build:ts.
//   node test/bench/serializers.mjs [--json] [--quick] [FORMAT…]
import { readFileSync } from 'node:fs';
import { Reviver } from '../../dist/replay/revive.js';
import { ProcessRecord } from '../../dist/event/process-record.gen.js';
import { processWords } from '../../dist/schema/layout.js';
import { processFields } from '../../dist/schema/process.js';
import { capabilityNames } from '../../dist/event/capability-sets.js';
import { events as schema } from '../../dist/schema/events.js';
import { createJson, formats } from '../../dist/serializer/index.js';

const rounds = process.argv.includes('--quick') ? 30 : 300;
const reviver = new Reviver();
const recorded = readFileSync(new URL('../fixtures/events.ndjson', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => reviver.revive(line));

// An ancestor has four fields in a recording; what a parent is called beside them its child says.
const called = new Map(
  recorded.flatMap(({ process: p, data }) =>
    p?.parent && data.ParentProcessGuid ? [[p.parent, { guid: data.ParentProcessGuid, user: data.ParentUser }]] : [],
  ),
);

// The sensor hands out equal texts and objects as one; a recording that was read has each by itself.
const shared = new Map();
const share = (value) => {
  const key = typeof value === 'string' ? value : JSON.stringify(value);
  if (!shared.has(key)) shared.set(key, typeof value === 'string' ? value : Object.freeze(value));
  return shared.get(key);
};
// A text out of the sensor's memory: new, flat, not yet hashed.
const fresh = (text) => Buffer.from(text).toString('utf8');
const ofOneProcess = new Set(['strongId', 'guid', 'commandLine']);

// Where each field lies in the words that the sensor's worker hands over; texts and objects are indexes of `values`.
const { offsets, flags, flagsAt, words } = processWords();
let values = [''];
const at = (i) => values[i];
const reader = { string: at, json: at, argv: at, container: (i) => at(i + 1) };

function copyRecord(p, copies) {
  let made = copies.get(p);
  if (made !== undefined) return made;
  const parent = p.parent && copyRecord(p.parent, copies);
  const w = new Uint32Array(words);
  const keep = (value) => values.push(value) - 1;
  values = [''];
  for (const [name, encoding] of processFields) {
    const value = p[name] ?? called.get(p)?.[name];
    const at = offsets.get(name);
    if (encoding === 'flag') {
      if (value) w[flagsAt] |= 1 << flags.indexOf(name);
    } else if (encoding === 'u32' || encoding === 'optionalU32') w[at] = value ?? 0xffffffff;
    else if (encoding === 'time') {
      w[at] = Math.floor(Date.parse(value ?? 0) / 1000);
      w[at + 1] = Number(value?.slice(20, 26) ?? 0);
    } else if (encoding === 'argv') w[at] = keep(Object.freeze((value ?? []).map(fresh)));
    else if (value !== undefined) w[at] = keep(ofOneProcess.has(name) ? fresh(value) : share(value));
    else if (encoding === 'json') w[at] = keep(share({}));
    else if (encoding === 'string') w[at] = keep('-');
  }
  made = new ProcessRecord(reader, w, 0, parent);
  copies.set(p, made);
  return made;
}

function copyEvents() {
  const copies = new Map();
  return recorded.map((e) => {
    if (e.process === undefined) return e;
    const process = copyRecord(e.process, copies);
    // Fields that the sensor takes from a record are that record's texts.
    const texts = new Map(
      [...Object.values(process), ...Object.values(process.parent ?? {})]
        .filter((v) => typeof v === 'string')
        .map((v) => [v, v]),
    );
    const data = Object.fromEntries(
      Object.entries(e.data).map(([n, v]) => [
        n,
        typeof v !== 'string' ? v : (texts.get(v) ?? (n === 'UtcTime' ? fresh(v) : share(v))),
      ]),
    );
    return { ...e, time: fresh(e.time), extra: share(e.extra), techniques: share(e.techniques), data, process };
  });
}

// Bytes of documents of two kinds. A process as most hosts have it: six ancestors, all capabilities, and SHA256 alone.
function sizes() {
  const found = copyEvents().find((e) => e.type === 'ProcessCreate' && [...e.process.ancestors()].length === 6);
  const capabilities = { effective: capabilityNames, permitted: capabilityNames, gained: [] };
  const process = ProcessRecord.changed(found.process, { capabilities }, found.process.parent);
  const hashes = found.data.Hashes.split(',').find((h) => h.startsWith('SHA256=')) ?? '-';
  const created = { ...found, process, data: { ...found.data, Hashes: hashes } };
  const { example } = schema.find((e) => e.name === 'FileCreate');
  const { guid: ProcessGuid, pid: ProcessId, image: Image, user: User } = process;
  const data = { ...example.data, ProcessGuid, ProcessId, Image, User };
  const file = { ...found, ...example, type: 'FileCreate', id: 11, data, process };
  const of = (make) => ({ FileCreate: Buffer.byteLength(make(file)), ProcessCreate: Buffer.byteLength(make(created)) });
  return {
    json: of(createJson()),
    'json, one ancestor': of(createJson({ ancestors: 1 })),
    'json, full': of(createJson({ process: 'full' })),
    winlogbeat: of(formats.winlogbeat()),
    ecs: of(formats.ecs()),
    'ecs without eventData': of(formats.ecs({ eventData: false })),
    ocsf: of(formats.ocsf()),
  };
}

const buffer = Buffer.alloc(1 << 20);
const cpu = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) * 1000;
};
// A tenth of the rounds is as good or better: what other programs take from the caches is not ours.
const low = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 10)];

function measure(serialize) {
  const asText = [];
  const inBuffer = [];
  let bytes = 0;
  for (let round = 0; round < rounds; round++) {
    const events = [copyEvents(), copyEvents()];
    let length = 0;
    let start = cpu();
    for (const e of events[0]) length += serialize(e).length;
    asText.push((cpu() - start) / recorded.length);
    start = cpu();
    for (const e of events[1]) bytes += buffer.write(serialize(e), 0);
    inBuffer.push((cpu() - start) / recorded.length);
    if (length === 0) throw new Error('nothing was written');
  }
  // The first rounds compile.
  return {
    textNs: Math.round(low(asText.slice(rounds / 3))),
    bufferNs: Math.round(low(inBuffer.slice(rounds / 3))),
    bytes: Math.round(bytes / rounds / recorded.length),
  };
}

const only = process.argv.slice(2).filter((a) => !a.startsWith('--'));
const chosen = Object.entries(formats).filter(([name]) => only.length === 0 || only.includes(name));
const result = Object.fromEntries(chosen.map(([name, make]) => [name, measure(make())]));
// What it costs to say the same without any of it: a measure of the machine.
result['JSON.stringify'] = measure((e) => JSON.stringify(e));
if (process.argv.includes('--json'))
  console.log(JSON.stringify({ formats: result, events: recorded.length, bytes: sizes() }));
else {
  console.log(
    `${recorded.length} recorded events, ns of CPU for one (targets, as text: json and xml 1,500, the others 4,000)`,
  );
  for (const [name, r] of Object.entries(result))
    console.log(
      `${name.padEnd(14)} text ${String(r.textNs).padStart(6)}   in a buffer ${String(r.bufferNs).padStart(6)}   ${r.bytes} bytes`,
    );
  console.log('Bytes of one with six ancestors (targets: json 1,000 a FileCreate, 1,600 a ProcessCreate)');
  for (const [name, r] of Object.entries(sizes()))
    console.log(`${name.padEnd(24)} FileCreate ${String(r.FileCreate).padStart(6)}   ProcessCreate ${r.ProcessCreate}`);
}
