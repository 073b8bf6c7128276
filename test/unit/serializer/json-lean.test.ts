/** What lean JSON leaves out, what its options bring back, and that a replay reads it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { capabilityNames, longCapabilities, shortCapabilities } from '../../../lib/event/capability-sets.js';
import { withoutBoot } from '../../../lib/event/strong-id.js';
import { ProcessRecord } from '../../../lib/event/process-record.gen.js';
import { Reviver } from '../../../lib/replay/revive.js';
import type { SysmonEvent } from '../../../lib/schema/events.gen.js';
import { createJson, json, type JsonOptions } from '../../../lib/serializer/index.js';
import { everyEvent } from './every-event.js';
import { freshEvents, recordedEvents } from './helpers.js';

type Tree = Record<string, unknown>;
interface Line extends Tree {
  type: string;
  process: Tree & { ancestors: Tree[] };
}

const full = createJson({ process: 'full' });
const read = (event: SysmonEvent, options?: JsonOptions): Line =>
  JSON.parse((options === undefined ? json : createJson(options))(event)) as Line;
/** As a sensor makes it, and as a file gives it back. */
const both = (find: (e: SysmonEvent) => boolean): SysmonEvent[] => [
  freshEvents().find(find) as SysmonEvent,
  recordedEvents().find(find) as SysmonEvent,
];
const creates = both((e) => e.type === 'ProcessCreate' && [...e.process.ancestors()].length === 6);
const ends = both((e) => e.type === 'ProcessTerminate' && [...e.process.ancestors()].length === 6);

/** The event with a record that says something else. */
const changed = (event: SysmonEvent, changes: object, parent = event.process?.parent): SysmonEvent => ({
  ...event,
  process: ProcessRecord.changed(event.process as ProcessRecord, changes, parent),
});

describe('a process', () => {
  test.each(creates)('is whole where it begins', (event) => {
    const { process } = read(event);
    const { process: everything } = JSON.parse(full(event)) as Line;
    expect(Object.keys(process)).toEqual(Object.keys(everything));
    const ancestors = everything.ancestors.map((a) => ({ ...a, strongId: withoutBoot(a['strongId'] as string) }));
    expect({ ...process, capabilities: 0 }).toEqual({ ...everything, ancestors, capabilities: 0 });
    const { effective } = everything['capabilities'] as Tree;
    expect(process['capabilities']).toEqual({ effective });
  });

  test.each(ends)('is in short elsewhere', (event) => {
    const { process } = read(event);
    const { strongId, guid, pid, ppid, image, commandLine, uid, user } = event.process as ProcessRecord;
    const ancestors = [...(event.process as ProcessRecord).ancestors()];
    expect(process).toEqual({
      ...{ strongId, guid, pid, ppid, image, commandLine, uid, user },
      ancestors: ancestors.map((a) => ({ pid: a.pid, strongId: withoutBoot(a.strongId), image: a.image })),
    });
    expect(ancestors.at(-1)?.pid).toBe(1);
  });

  test.each(ends)('has what is rare where there is any, and no more than the id of its container', (event) => {
    const rare = { script: '/tmp/a "b".sh', memfd: true, deleted: true };
    const container = { id: 'c0ffee', name: 'web' };
    const of = (options?: JsonOptions): Tree =>
      read(changed(event, { ...rare, container, origin: { a: 1 }, remote: 'x' }), options).process;
    // Those of this version are written by the fast writer, and what a recording has beside them by the general one.
    expect(read(changed(event, rare)).process).toMatchObject(rare);
    if (!ProcessRecord.isRevived(event.process as ProcessRecord)) return;
    expect(of()).toMatchObject({ ...rare, container: { id: 'c0ffee' }, origin: { a: 1 }, remote: 'x' });
    expect(of({ include: ['process.container'] })['container']).toEqual(container);
  });

  test('has 256 characters of a command line, and all of its own where it begins', () => {
    const line = `x ${'é'.repeat(500)}`;
    const short = `${line.slice(0, 253)}...`;
    for (const event of ends) {
      expect(read(changed(event, { commandLine: line })).process['commandLine']).toBe(short);
      expect(read(changed(event, { commandLine: line }), { process: 'full' }).process['commandLine']).toBe(line);
    }
    for (const event of creates) {
      const parent = ProcessRecord.changed(event.process?.parent as ProcessRecord, { commandLine: line }, undefined);
      const child = changed(event, { commandLine: line, argv: line.split(' ') }, parent);
      expect(read(child).process['commandLine']).toBe(line);
      expect(read(child).process.ancestors[0]['commandLine']).toBe(short);
      expect(read(child, { include: ['process.ancestors.commandLine'] }).process.ancestors[0]['commandLine']).toBe(
        line,
      );
    }
  });
});

describe('the strongId of an ancestor', () => {
  const ids = (event: SysmonEvent): string[] => {
    const { process } = event as { process: ProcessRecord };
    return [...process.ancestors()].map((a) => a.strongId);
  };
  const said = (event: SysmonEvent, options?: JsonOptions): unknown[] =>
    read(event, options).process.ancestors.map((a) => a['strongId']);

  test.each([...creates, ...ends])('lacks the id of the boot, unless it is asked for', (event) => {
    expect(ids(event)[0]).toMatch(/^[0-9a-f-]{36}:[0-9]+:[0-9]+:[0-9]+$/);
    const boot = event.process?.strongId.slice(0, 36);
    expect(said(event).map((id) => `${boot}${String(id)}`)).toEqual(ids(event));
    expect(said(event, { ancestors: 2 })).toEqual(said(event).slice(0, 2));
    for (const options of [{ process: 'full' }, { include: ['process.ancestors.strongId'] }] as const)
      expect(said(event, options)).toEqual(ids(event));
  });

  test.each(['1f2e3d4c-0000-4000-8000-000000000000:7:1:1', 'boot', 7])(
    'is whole where a recording has %j beside those of another boot',
    (strongId) => {
      const event = recordedEvents().find((e) => [...(e.process?.ancestors() ?? [])].length === 6) as SysmonEvent;
      const parent = event.process?.parent as ProcessRecord;
      const odd = ProcessRecord.changed(parent, { strongId }, parent.parent);
      for (const [i, e] of [changed(event, {}, odd), changed(event, { strongId }), event].entries()) {
        for (let k = 0; k < 2; k++) {
          if (i < 2) expect(said(e)).toEqual(ids(e));
          else expect(said(e)).toEqual(ids(e).map(withoutBoot));
        }
        const again = new Reviver().revive(json(e)) as SysmonEvent;
        expect(again.process?.strongId).toBe(e.process?.strongId);
        expect(ids(again)).toEqual(ids(e));
      }
    },
  );

  test('is whole again in JSON that a serializer is given', () => {
    for (const event of ends) {
      const parsed = JSON.parse(json(event)) as SysmonEvent;
      expect(ids({ ...parsed, process: ProcessRecord.of(parsed.process as ProcessRecord) })).toEqual(ids(event));
    }
  });
});

describe('capabilities', () => {
  const [few] = [['CAP_KILL']];
  const more = [...capabilityNames, 'CAP_41'];
  test.each([
    [{ effective: capabilityNames, permitted: capabilityNames, gained: [] }, { effective: 'all' }],
    [
      { effective: capabilityNames, permitted: capabilityNames, gained: capabilityNames },
      { effective: 'all', gained: 'all' },
    ],
    [{ effective: [], permitted: [], gained: [] }, { effective: 'none' }],
    [
      { effective: [], permitted: capabilityNames, gained: [] },
      { effective: 'none', permitted: 'all' },
    ],
    [
      { effective: few, permitted: [], gained: few },
      { effective: few, permitted: 'none', gained: few },
    ],
    [
      { effective: capabilityNames.slice(1), permitted: more, gained: [] },
      { effective: capabilityNames.slice(1), permitted: more },
    ],
  ])('%j', (long, short) => {
    expect(shortCapabilities(long)).toEqual(short);
    expect(longCapabilities(short)).toEqual(long);
    expect(longCapabilities(long)).toEqual(long);
    for (const event of creates) {
      expect(read(changed(event, { capabilities: long })).process['capabilities']).toEqual(short);
      expect(read(changed(event, { capabilities: long }), { process: 'full' }).process['capabilities']).toEqual(long);
    }
  });

  test('all are those that the native part names', () => {
    const source = readFileSync(join(import.meta.dirname, '../../../native/core/process/program.cc'), 'utf8');
    const [, list] = /kCapabilities\[\] = \{([^}]*)\}/.exec(source) ?? [];
    expect([...(list ?? '').matchAll(/"(\w+)"/g)].map(([, name]) => name)).toEqual(capabilityNames);
  });
});

test('techniques that go with the type of the event come when they are asked for', () => {
  const usual = Object.freeze({ id: 'T1106', name: 'n', tactics: [], source: 'event' as const });
  const ruled = Object.freeze({ id: 'T1059', name: 'n', tactics: [], source: 'rule' as const });
  for (const techniques of [[usual], Object.freeze([usual]), [ruled, usual], Object.freeze([ruled, usual]), [ruled]]) {
    const event = { ...creates[0], techniques } as SysmonEvent;
    for (let i = 0; i < 2; i++) {
      expect(read(event)['techniques']).toEqual(techniques.filter((t) => t.source === 'rule'));
      expect(read(event, { include: ['techniques'] })['techniques']).toEqual(techniques);
      expect(read(event, { process: 'full' })['techniques']).toEqual(techniques);
      expect(read(event, { exclude: ['techniques'] })).not.toHaveProperty('techniques');
    }
  }
});

describe('options', () => {
  test.each([...creates, ...ends])('include and exclude', (event) => {
    const everything = (JSON.parse(full(event)) as Line).process;
    const some = read(event, { include: ['process.cwd', 'process.argv'], exclude: ['process.guid', 'extra.tier'] });
    expect(some.process).toMatchObject({ cwd: everything['cwd'], argv: everything['argv'] });
    expect(some.process).not.toHaveProperty('guid');
    expect(some['extra']).toHaveProperty('hook');
    expect(some['extra']).not.toHaveProperty('tier');
    const bare = read(event, { exclude: ['process.ancestors.strongId', 'process.ancestors.image', 'extra'] });
    expect(bare).not.toHaveProperty('extra');
    expect(bare.process.ancestors.map((a) => Object.keys(a).filter((n) => n !== 'commandLine'))).toEqual(
      everything.ancestors.map(() => ['pid']),
    );
    expect(read(event, { exclude: ['process.ancestors'] }).process).not.toHaveProperty('ancestors');
    expect(read(event, { exclude: ['process'] })).not.toHaveProperty('process');
    expect(read(event, { exclude: ['rules'] })).not.toHaveProperty('rules');
  });

  test.each([...creates, ...ends])('ancestors', (event) => {
    const all = read(event).process.ancestors;
    for (const most of [0, 1, 3, 100]) {
      expect(read(event, { ancestors: most }).process.ancestors).toEqual(all.slice(0, most));
      expect(read(event, { ancestors: most, process: 'full' }).process.ancestors).toEqual(
        (JSON.parse(full(event)) as Line).process.ancestors.slice(0, most),
      );
    }
  });

  test.each([
    [{ process: 'short' }, /process: expected 'lean' or 'full', got 'short'/],
    [{ include: 'techniques' }, /include: expected a list such as/],
    [{ include: [7] }, /include: expected texts/],
    [{ include: ['process.argc'] }, /include: 'process.argc' is unknown. Did you mean 'process.argv'/],
    [{ include: ['rules'] }, /include: 'rules' is written anyway/],
    [{ exclude: ['data.Image'] }, /exclude: 'data.Image': fields of data are always written. fieldSizes/],
    [{ exclude: ['process.pid'] }, /exclude: 'process.pid' says which process it was/],
    [{ exclude: ['extra.hok'] }, /exclude: 'extra.hok' is unknown. Did you mean 'extra.hook'/],
    [{ include: ['process.cwd'], exclude: ['process.cwd'] }, /'process.cwd' is in include and in exclude/],
    [{ ancestors: -1 }, /ancestors: expected a whole number from 0, got -1/],
    [{ ancestors: '6' }, /ancestors: expected a whole number from 0, got '6'/],
    [{ ancestor: 1 }, /unknown option 'ancestor'. Did you mean 'ancestors'/],
  ])('%j is refused', (options, message) => {
    expect(() => createJson(options as never)).toThrow(message);
    expect(() => createJson(options as never)).toThrow(expect.objectContaining({ code: 'ERR_SYSMON_OPTION' }) as Error);
  });
});

describe('replay', () => {
  test('of lean lines gives lean lines, for every type of event', () => {
    for (const events of [freshEvents(), recordedEvents(), everyEvent]) {
      const lines = events.map(json);
      const reviver = new Reviver();
      expect(lines.map((line) => json(reviver.revive(line)))).toEqual(lines);
    }
  });

  test('of lean lines knows of a process what its ProcessCreate said', () => {
    const reviver = new Reviver();
    const events = freshEvents().map((e) => reviver.revive(json(e)) as SysmonEvent);
    const begun = new Map<string, ProcessRecord>();
    const recorded = recordedEvents();
    let shared = 0;
    for (const [i, e] of events.entries()) {
      if (e.type === 'ProcessCreate') {
        begun.set(e.process.strongId, e.process);
        expect(JSON.parse(full(e))).toEqual(JSON.parse(full(recorded[i])));
      } else if (e.process !== undefined && begun.has(e.process.strongId)) {
        shared++;
        expect(e.process).toBe(begun.get(e.process.strongId));
      }
    }
    expect(shared).toBeGreaterThan(50);
  });

  test('of one that began before the recording has what is there, and nothing made up', () => {
    const event = ends[0];
    const { process } = new Reviver().revive(json(event)) as SysmonEvent;
    expect(process).toMatchObject({ pid: event.process?.pid, user: event.process?.user });
    expect(process).not.toHaveProperty('cwd');
    expect(process?.parent?.image).toBe(event.process?.parent?.image);
    expect(process?.parent).not.toHaveProperty('commandLine');
  });

  test('of lines with long command lines shares records as well', () => {
    const line = `x ${'y'.repeat(400)}`;
    const record = ProcessRecord.changed(
      creates[0].process as ProcessRecord,
      { commandLine: line },
      creates[0].process?.parent,
    );
    const reviver = new Reviver();
    const [a, b] = [creates[0], { ...ends[0], process: record }].map(
      (e) => reviver.revive(json({ ...e, process: record })) as SysmonEvent,
    );
    expect(b.process).toBe(a.process);
    expect(a.process?.commandLine).toBe(line);
  });

  test('of lines without extra and techniques', () => {
    const line = createJson({ exclude: ['extra', 'techniques'] })(creates[0]);
    expect(new Reviver().revive(line)).toMatchObject({ extra: {}, techniques: [] });
  });
});
