/** Events that leave the thread: what arrives is whole, and can be written and judged there. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { describe, expect, test } from 'vitest';
import { compile, parseConfig } from '../../lib/config/index.js';
import { ProcessRecord } from '../../lib/event/process-record.gen.js';
import { BatchReader } from '../../lib/source/batch-reader.js';
import { decoders } from '../../lib/source/decoders.gen.js';
import type { ProcessCreateEvent, SysmonEvent } from '../../lib/index.js';
import { formats, createSerializer } from '../../lib/serializer/index.js';
import { SlotWriter, slotBytes } from './source/slots.js';

/** An event of a process with two ancestors, as a sensor decodes it. */
function decoded(): ProcessCreateEvent {
  const memory = new ArrayBuffer(slotBytes);
  new SlotWriter(memory, 0)
    .process({ ref: 0, pid: 1, image: '/sbin/init', argv: ['init'] })
    .process({ ref: 1, parent: 0, pid: 20, image: '/bin/sh', argv: ['sh', '-c', 'x'] })
    .process({ ref: 2, parent: 1, pid: 300, image: '/bin/cat', argv: ['cat', '"a"', '<b>'] })
    .create(2);
  const reader = new BatchReader(memory, slotBytes, 1, 'host');
  const w = reader.open(0);
  let event: SysmonEvent | undefined;
  for (let o = 2; o < w[0] >> 2; o += w[o + 1] >> 2) {
    const decode = decoders[w[o]];
    if (decode === undefined) reader.control(w, o);
    else event = decode(reader, w, o);
  }
  (event as { recordId: number }).recordId = 7;
  return event as ProcessCreateEvent;
}

const echo = fileURLToPath(new URL('echo.mjs', import.meta.url));

async function throughProcess(event: SysmonEvent, serialization: 'advanced' | 'json'): Promise<unknown> {
  const child = fork(echo, { serialization });
  try {
    child.send(event);
    const [answer] = (await once(child, 'message')) as [unknown];
    await once(child, 'exit');
    return answer;
  } finally {
    child.kill();
  }
}

async function throughThread(event: SysmonEvent): Promise<unknown> {
  const worker = new Worker(echo);
  try {
    worker.postMessage(event);
    const [answer] = (await once(worker, 'message')) as [unknown];
    return answer;
  } finally {
    await worker.terminate();
  }
}

/** A proxy of all that is reached through it, as observers of state make them. */
const proxied = <T extends object>(target: T): T =>
  new Proxy(target, {
    get: (t, name, receiver) => {
      const value: unknown = Reflect.get(t, name, receiver);
      const fixed = Object.getOwnPropertyDescriptor(t, name)?.writable === false; // must be given as it is
      return typeof value === 'object' && value !== null && !fixed ? proxied(value) : value;
    },
  });

const ways: readonly (readonly [string, (e: SysmonEvent) => unknown])[] = [
  ['structuredClone', (e) => structuredClone(e)],
  ['postMessage to a thread', throughThread],
  ['fork with advanced serialization', (e) => throughProcess(e, 'advanced')],
  ['fork with JSON', (e) => throughProcess(e, 'json')],
  ['JSON', (e) => JSON.parse(JSON.stringify(e)) as unknown],
  ['a proxy', proxied],
];

describe.each(ways)('%s', (way, pass) => {
  const isJson = /JSON/.test(way);

  test('the ancestors arrive', async () => {
    const event = decoded();
    const arrived = (await pass(event)) as ProcessCreateEvent;
    const { process: p } = arrived;
    expect([p.pid, p.image, p.commandLine, p.strongId]).toEqual([300, '/bin/cat', 'cat "a" <b>', 'boot:2']);
    if (isJson) {
      const { ancestors } = p as unknown as { ancestors: { pid: number; image: string }[] };
      expect(ancestors.map((a) => [a.pid, a.image])).toEqual([
        [20, '/bin/sh'],
        [1, '/sbin/init'],
      ]);
    } else {
      expect([p.parent?.image, p.parent?.parent?.image, p.parent?.parent?.parent]).toEqual([
        '/bin/sh',
        '/sbin/init',
        undefined,
      ]);
      expect(p.parent?.argv).toEqual(['sh', '-c', 'x']);
    }
    expect(arrived.data).toEqual(event.data);
  });

  test('every format writes the same of it', async () => {
    const event = decoded();
    const arrived = (await pass(event)) as SysmonEvent;
    for (const format of Object.keys(formats)) {
      const said = createSerializer(format)(event);
      const saidThere = createSerializer(format)(arrived);
      // JSON knows of ancestors in short only, of which some formats show more.
      if (!isJson || format === 'json' || format === 'text' || format === 'xml') expect(saidThere, format).toBe(said);
      else expect(JSON.parse(saidThere), format).toBeTypeOf('object');
    }
    const pieces: string[] = [];
    createSerializer('json').pieces?.(arrived, (piece) => pieces.push(piece));
    expect(pieces.join('')).toBe(createSerializer('json')(event));
    // And what a program sets is written.
    if (way === 'structuredClone') {
      (arrived as { process: { image: string } }).process.image = '/bin/tac';
      expect(createSerializer('json')(arrived)).toContain('"image":"/bin/tac"');
    }
  });

  test('rules judge it the same', async () => {
    const rules = compile(
      parseConfig(
        'rules:\n  - event: ProcessCreate\n    onmatch: include\n    match:\n      - all:\n          - process.parent.image: /bin/sh\n          - process.ancestors.image: /sbin/init\n        name: of init\n',
      ),
    );
    expect(rules.evaluate((await pass(decoded())) as SysmonEvent)).toMatchObject({
      verdict: 'log',
      rules: ['of init'],
    });
  });
});

test('a record says what a copy does: nothing is hidden in it', () => {
  const { process: p } = decoded();
  expect(Object.isFrozen(p)).toBe(true);
  expect({ ...p }).toHaveProperty('parent.parent.image', '/sbin/init');
  expect([...p.ancestors()].map((a) => a.pid)).toEqual([20, 1]);
  expect(JSON.parse(JSON.stringify(p))).not.toHaveProperty('parent');
  const proxy = new Proxy(p, {});
  expect([...proxy.ancestors()].map((a) => a.pid)).toEqual([20, 1]);
  expect(proxy.recentConnections).toBeUndefined();
});

test('what a program made by hand is written as far as it goes', () => {
  const event = decoded();
  const circle: Record<string, unknown> = { ...event.process };
  circle['parent'] = circle;
  for (const process of [{ ...event.process, parent: null }, circle, { pid: 1, ancestors: 'none' }])
    expect(JSON.parse(createSerializer('json')({ ...event, process } as unknown as SysmonEvent))).toHaveProperty(
      'process.pid',
    );
});

test('a line that goes on and on is cut, and stays frozen and shared below', () => {
  let p: ProcessRecord | undefined;
  const all: ProcessRecord[] = [];
  for (let pid = 1; pid <= 1000; pid++) {
    p = ProcessRecord.revive({ pid, image: `/${pid}`, commandLine: '', startTime: '2026-11-24T15:31:06.872049Z' }, p);
    all.push(p);
    const line = [...p.ancestors()];
    expect(line.length).toBeLessThanOrEqual(128);
    expect(line.map((a) => a.pid)).toEqual(line.map((_, i) => pid - 1 - i));
    expect(Object.isFrozen(p.parent ?? p)).toBe(true);
  }
  // Nobody's line is changed behind their back.
  expect([...all[127].ancestors()]).toHaveLength(127);
  expect(all[500].parent?.parent === all[498] || all[500].parent?.parent?.pid === 499).toBe(true);
  structuredClone(p);
});
