const rulesAt = (r, count) => r.rules.rows.find((row) => row.rules === count);

/** What is promised, and how a run compares with it. */
const rows = [
  ['typed event to plain consumer', (r) => r.transport.typedToPlain, 'at most', 4, 'times'],
  ['naive addon to typed event', (r) => r.transport.naiveToTyped, 'at least', 15, 'times'],
  ['main thread per event', (r) => r.transport.mainThreadNs, 'at most', 300, 'ns'],
  ['lost at 200,000 events/s', (r) => r.transport.lostAt200k, 'at most', 0, 'events'],
  ...['container', 'origin', 'redact'].map((name) => [
    `${name}, of a typed event`,
    (r) => r.options[name].share * 100,
    'at most',
    5,
    '%',
  ]),
  ['sensor CPU per process lived', (r) => r.sensor.process.usPerProcess, 'at most', 40, 'µs'],
  ['getppid() slowed down by', (r) => r.sensor.getppid.slowdown * 100, 'at most', 2, '%'],
  ['getppid() with all file events', (r) => r.sensor.getppidFiles.slowdown * 100, 'at most', 8, '%'],
  ['lost in a flood of files', (r) => r.sensor.files.lost, 'at most', 0, 'events'],
  ['latency to the listener, p50', (r) => r.sensor.latency.p50Us, 'at most', 200, 'µs'],
  ['idle CPU', (r) => r.sensor.idle.quietShare * 100, 'at most', 0.5, '% of a core'],
  ['start() with 200 live processes', (r) => r.sensor.start.medianMs, 'at most', 500, 'ms'],
  ['rules, 300 on a recorded exec', (r) => rulesAt(r, 300).workerNs, 'at most', 1500, 'ns'],
  ['rules, 3,000 on a recorded exec', (r) => rulesAt(r, 3000).workerNs, 'at most', 3000, 'ns'],
  ['json, an event', (r) => r.serializers.formats.json.textNs, 'at most', 1500, 'ns'],
  ['xml, an event', (r) => r.serializers.formats.xml.textNs, 'at most', 1500, 'ns'],
  ...['winlogbeat', 'ecs', 'ocsf'].map((name) => [
    `${name}, an event`,
    (r) => r.serializers.formats[name].textNs,
    'at most',
    4000,
    'ns',
  ]),
  ['json, a FileCreate', (r) => r.serializers.bytes.json.FileCreate, 'at most', 1000, 'bytes'],
  ['json, a ProcessCreate', (r) => r.serializers.bytes.json.ProcessCreate, 'at most', 1600, 'bytes'],
  ['kernel to NDJSON in a file', (r) => r.serializers.file.total / 1000, 'at most', 3, 'µs'],
  ['memory added to bare node', (r) => r.sensor.rss.addedMiB, 'at most', 30, 'MiB'],
];

export function judge(result) {
  return rows.map(([name, value, word, limit, unit]) => {
    const v = value(result);
    return { name, value: v, target: `${word} ${limit}`, unit, met: word === 'at most' ? v <= limit : v >= limit };
  });
}

const digits = (v) => (Math.abs(v) >= 100 ? v.toFixed(0) : Math.abs(v) >= 10 ? v.toFixed(1) : v.toFixed(2));

export function table(result) {
  const { transport: t, rules, serializers: f, sensor: s, machine: m } = result;
  const lines = [
    `${m.model}, ${m.cpus} CPUs, Linux ${m.kernel}, node ${m.node}; load ${digits(m.loadBefore)} before, ${digits(m.loadAfter)} after`,
    ...(result.quick ? ['A quick run: the figures say that it works, not how fast it is.'] : []),
    '',
    'CPU ns per event (480-byte exec records of 300 processes)       all     main   worker',
    ...[
      ['plain C++ consumer', t.plainConsumerNs, 0, t.plainConsumerNs],
      ['naive addon', t.naiveAddonNs, t.naiveMainNs, t.naiveAddonNs - t.naiveMainNs],
      ['typed events', t.typedEventNs, t.mainThreadNs, t.workerNs],
      ['typed events, each of a new process', t.pipelineNs, t.pipelineMainNs, t.pipelineWorkerNs],
      ['typed events at 200,000 a second', t.typedAt200kNs, t.mainAt200kNs, t.typedAt200kNs - t.mainAt200kNs],
      ['typed events, dropped by a rule on the worker', rules.dropByRuleNs],
      ['typed events, dropped by a filter in JavaScript', rules.dropByFilterNs],
      ['JSON into a file, 50,000 a second', f.file.total, f.file.main, f.file.worker],
      ['JSON into a file, each of a new process', f.fileNew.total, f.fileNew.main, f.fileNew.worker],
    ].map(([name, ...values]) => name.padEnd(58) + values.map((v) => digits(v).padStart(9)).join('')),
    '',
    'Typed events, ns per event                                  without        with',
    ...Object.entries(result.options).map(
      ([name, o]) => name.padEnd(52) + digits(o.offNs).padStart(15) + digits(o.onNs).padStart(12),
    ),
    '',
    `Rules, ns per event on ${rules.events} recorded executions      worker    naive loop`,
    ...rules.rows.map(
      (r) => `${r.rules} rules`.padEnd(52) + digits(r.workerNs).padStart(8) + digits(r.naiveNs).padStart(14),
    ),
    '',
    `Formats, ns per event of ${f.events} recorded ones               text     in a buffer   bytes`,
    ...Object.entries(f.formats).map(
      ([name, r]) =>
        name.padEnd(52) + digits(r.textNs).padStart(8) + digits(r.bufferNs).padStart(14) + String(r.bytes).padStart(10),
    ),
    '',
    'Bytes, with six ancestors'.padEnd(52) + 'FileCreate'.padStart(12) + 'ProcessCreate'.padStart(16),
    ...Object.entries(f.bytes).map(
      ([name, r]) => name.padEnd(52) + String(r.FileCreate).padStart(12) + String(r.ProcessCreate).padStart(16),
    ),
    '',
    'Target'.padEnd(40) + 'measured'.padStart(12) + '  wanted',
    ...result.targets.map(
      (x) =>
        x.name.padEnd(40) +
        digits(x.value).padStart(12) +
        `  ${x.target} ${x.unit}`.padEnd(28) +
        (x.met ? 'met' : 'MISSED'),
    ),
    '',
    'CPU µs per event'.padEnd(40) + 'sensor'.padStart(12) + 'kernel'.padStart(12) + 'events'.padStart(12),
    ...Object.entries(s.costs).map(
      ([type, r]) =>
        type.padEnd(40) +
        digits(r.sensorUs).padStart(12) +
        (r.kernelUs === null ? '-' : digits(r.kernelUs)).padStart(12) +
        String(r.events).padStart(12),
    ),
    '',
    ...[
      ['getppid() with ProcessAccess', s.others.processAccess],
      ['getppid() with ImageLoad', s.others.imageLoad],
      ['open and close with ProcessAccess', s.others.opensWithProcessAccess],
    ].map(
      ([name, r]) =>
        `${name}: ${digits(r.ns)} ns + ${digits(r.slowdown * 100)} % (quarters of the turns ${r.spread.map((v) => digits(v * 100)).join(' to ')} %)`,
    ),
    '',
    `Files made and removed by two processes: ${digits(s.files.perSecond)} events a second (${digits(s.files.barePerSecond)} without a sensor), ${digits(s.files.usPerEvent)} µs of the sensor's CPU and ${digits(s.files.kernelUsPerEvent)} µs in the kernel for each.`,
    `With all file events: open and close of a file ${digits(s.opens.ns)} ns + ${digits(s.opens.slowdown * 100)} %, a write ${digits(s.writes.ns)} ns + ${digits(s.writes.slowdown * 100)} %.`,
    `Latency p99: ${digits(s.latency.p99Us)} µs of ${s.latency.events} events. Idle run: ${s.idle.events} events of other processes in ${digits(s.idle.seconds)} s, with them ${digits(s.idle.share * 100)} % of a core.`,
    `start() took ${digits(s.start.cpuMs)} ms of CPU, at most ${digits(s.start.maxMs)} ms of time, with ${s.start.liveProcesses} live processes. Rate of the paced run: ${digits(t.rateAt200k)} a second.`,
    `A process watched costs its kernel side ${s.process.kernelUsPerProcess === null ? '(not counted)' : `${digits(s.process.kernelUsPerProcess)} µs in ${digits(s.process.kernelRunsPerProcess)} program runs`}; ` +
      `fork, exec, exit and wait of it took ${digits(s.process.bareUsPerProcess)} µs of CPU without and ${digits(s.process.watchedUsPerProcess)} µs with the sensor.`,
    `A connection seen at both ends costs the sensor ${digits(s.connection.sensorNs / 1000)} µs of CPU, and who connects ${digits(s.connection.addedNs / 1000)} µs on top of ${digits(s.connection.bareNs / 1000)} µs` +
      `${s.connection.kernelNs === null ? '' : ` (programs and one datagram: ${digits(s.connection.kernelNs / 1000)} µs)`}; a datagram of a known flow ${digits(s.connection.addedDatagramNs)} ns on top of ${digits(s.connection.bareDatagramNs)} ns.`,
    `A DNS exchange over the loopback takes ${digits(s.dns.bareUs)} µs of CPU. It costs the sensor ${digits(s.dns.usPerExchange)} µs and the asker ${digits(s.dns.askerUsPerExchange)} µs` +
      `${s.dns.kernelUsPerExchange === null ? '' : ` (${digits(s.dns.kernelUsPerExchange)} µs in eBPF)`}; two packets to another port cost their sender ${digits(s.dns.otherUs)} µs.`,
    `Memory after some thousand processes: ${digits(s.rss.addedAfterLoadMiB)} MiB above bare node; the ring's mapping ${digits(s.rss.ringMiB)} MiB.`,
    '',
  ];
  return lines.join('\n');
}
