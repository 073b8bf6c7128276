/** Events that tests of programs make: whole, of one piece, and refused where they could not be. */
import { describe, expect, test } from 'vitest';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { readFileSync } from 'node:fs';
import { ProcessRecord } from '../../../lib/event/process-record.gen.js';
import { typeNames } from '../../../lib/event/type-names.js';
import { createJson } from '../../../lib/serializer/index.js';
import { makeEvent, type EventParts } from '../../../lib/testing/index.js';

const schema = JSON.parse(
  readFileSync(new URL('../../../lib/schema/events.schema.json', import.meta.url), 'utf8'),
) as object;

describe('what is not given', () => {
  const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema);

  test.each(typeNames)('%s: whole, as the published schema has it', (type) => {
    const event = makeEvent(type);
    const line = createJson()(event);
    expect(validate(JSON.parse(line)), JSON.stringify(validate.errors)).toBe(true);
    expect(event.type).toBe(type);
    expect([event.extra, event.techniques].every((o) => Object.isFrozen(o))).toBe(true);
    if (!event.process) return expect(['ServiceStateChange', 'ServiceConfigurationChange', 'Error']).toContain(type);
    expect(event.process).toBeInstanceOf(ProcessRecord);
    expect([...event.process.ancestors()].at(-1)).toMatchObject({ pid: 1 });
    if ('Image' in event.data) expect(event.process.image).toBe(event.data.Image);
    if ('ProcessId' in event.data) expect(event.process.pid).toBe(event.data.ProcessId);
  });
  test('is the same every time', () => {
    expect(JSON.stringify(makeEvent('ProcessCreate'))).toBe(JSON.stringify(makeEvent('ProcessCreate')));
  });
});

describe('what says the same in two places', () => {
  test('data leads the record', () => {
    const { process: p } = makeEvent('ProcessCreate', {
      data: {
        Image: '/tmp/x',
        ProcessId: 7,
        CommandLine: 'x -a b',
        User: 'ann',
        CurrentDirectory: '/srv',
        TerminalSessionId: 3,
        LogonId: '1001',
        UtcTime: '2026-01-02 03:04:05.678',
        ParentImage: '/bin/sh',
        ParentProcessId: 6,
      },
    });
    expect(p).toMatchObject({
      image: '/tmp/x',
      pid: 7,
      ppid: 6,
      commandLine: 'x -a b',
      argv: ['x', '-a', 'b'],
      user: 'ann',
      cwd: '/srv',
      session: 3,
      uid: 1001,
      startTime: '2026-01-02T03:04:05.678000Z',
    });
    expect(p.parent).toMatchObject({ image: '/bin/sh', pid: 6 });
    expect(p.parent?.parent?.pid).toBe(1);
  });
  test('the record leads data', () => {
    const { data, process: p } = makeEvent('ProcessCreate', {
      process: { image: '/tmp/x', pid: 7, argv: ['x', 'a b'], user: 'ann', parent: { image: '/bin/sh', pid: 6 } },
    });
    expect(data).toMatchObject({
      Image: '/tmp/x',
      ProcessId: 7,
      CommandLine: 'x a b',
      User: 'ann',
      LogonId: '1000',
      ParentImage: '/bin/sh',
      ParentProcessId: 6,
      ParentCommandLine: '/bin/sh',
    });
    expect([p.argv, p.ppid, p.parent?.pid]).toEqual([['x', 'a b'], 6, 6]);
  });
  test('of one that has no parent', () => {
    const { data, process: p } = makeEvent('ProcessCreate', { process: { parent: undefined } });
    expect([p.parent, p.ppid]).toEqual([undefined, 0]);
    expect(data).toMatchObject({
      ParentProcessId: 0,
      ParentImage: '-',
      ParentProcessGuid: '{00000000-0000-0000-0000-000000000000}',
    });
  });
  test('a record of another event is taken as it is', () => {
    const created = makeEvent('ProcessCreate', { data: { Image: '/tmp/x' } });
    const ended = makeEvent('ProcessTerminate', { process: created.process });
    expect(ended.process).toBe(created.process);
    expect(ended.data).toMatchObject({ Image: '/tmp/x', ProcessGuid: created.data.ProcessGuid });
  });
  test('what is given in both stays as it is', () => {
    const event = makeEvent('FileCreate', { data: { Image: '/a' }, process: { image: '/b' } });
    expect([event.data.Image, event.process.image]).toEqual(['/a', '/b']);
  });
  test('time, and the rules', () => {
    const event = makeEvent('FileCreate', {
      time: '2026-01-02T03:04:05.678901Z',
      data: { RuleName: 'technique_id=T1105,technique_name=Ingress Tool Transfer' },
    });
    expect(event.data.UtcTime).toBe('2026-01-02 03:04:05.678');
    expect(event.rules).toEqual([
      { name: event.data.RuleName, tags: { technique_id: 'T1105', technique_name: 'Ingress Tool Transfer' } },
    ]);
    expect(event.techniques[0]).toMatchObject({ id: 'T1105', source: 'rule' });
    expect(makeEvent('FileCreate', { rules: [{ name: 'r', tags: {} }] }).data.RuleName).toBe('r');
  });
  test('which of two events', () => {
    expect(makeEvent('PipeEvent')).toMatchObject({ id: 17, data: { EventType: 'CreatePipe' } });
    expect(makeEvent('PipeEvent', { id: 18 })).toMatchObject({ data: { EventType: 'ConnectPipe' } });
    expect(makeEvent('PipeEvent', { data: { EventType: 'ConnectPipe' } }).id).toBe(18);
  });
});

test('extra: members of the type, and what is taken away', () => {
  expect(makeEvent('ProcessTerminate', { extra: { signal: 9, exitCode: undefined } }).extra).toEqual({
    hook: 'sched_process_exit',
    tier: 'core',
    signal: 9,
  });
  expect(makeEvent('NetworkConnect', { extra: { errno: 111 } }).extra.errno).toBe(111);
});

describe('refuses', () => {
  const create = "makeEvent('ProcessCreate')";
  test.each([
    ['ProcesCreate', {}, "makeEvent(): 'ProcesCreate' is no type of event. Did you mean 'ProcessCreate'?"],
    ['ProcessCreate', { dta: {} }, `${create}: there is no 'dta'. Did you mean 'data'?`],
    ['ProcessCreate', 7, `${create}: expected an object, got 7.`],
    ['ProcessCreate', { data: { Imgae: 'x' } }, `${create}: data: there is no 'Imgae'. Did you mean 'Image'?`],
    ['ProcessCreate', { data: { Image: 7 } }, `${create}: data.Image: expected a text, got 7.`],
    ['ProcessCreate', { data: { ProcessId: '7' } }, `${create}: data.ProcessId: expected a whole number from 0`],
    ['ProcessCreate', { data: { ProcessId: -1 } }, 'data.ProcessId'],
    ['NetworkConnect', { data: { Initiated: 'true' } }, "data.Initiated: expected true or false, got 'true'."],
    ['NetworkConnect', { data: { SourcePort: 65536 } }, 'from 0 to 65535'],
    ['ProcessCreate', { extra: { exitCode: 1 } }, `${create}: extra: there is no 'exitCode'.`],
    ['ProcessCreate', { extra: { truncated: 'Image' } }, 'extra.truncated: expected a list of texts'],
    ['ProcessCreate', { extra: { tier: 'basic' } }, "extra.tier: expected one of 'core', 'full', got 'basic'."],
    ['ProcessCreate', { extra: { late: false } }, 'extra.late: expected true, or nothing, got false.'],
    ['ProcessCreate', { process: { imag: 'x' } }, `${create}: process: there is no 'imag'. Did you mean 'image'?`],
    ['ProcessCreate', { process: { pid: 'x' } }, `${create}: process.pid: expected a whole number, got 'x'.`],
    ['ProcessCreate', { process: { parent: { pid: 'x' } } }, 'process.parent.pid: expected a whole number'],
    ['ProcessCreate', { process: { parent: 7 } }, 'process.parent: expected an object or nothing, got 7.'],
    ['Error', { process: {} }, "makeEvent('Error'): process: an event about the sensor itself has none."],
    ['PipeEvent', { id: 19 }, 'id: expected 17 or 18, got 19.'],
    [
      'ProcessCreate',
      { time: '2026-01-02' },
      "time: expected a time as 2026-11-24T15:31:06.851242Z, got '2026-01-02'.",
    ],
    ['ProcessCreate', { recordId: 'x' }, 'recordId: expected a whole number'],
    ['ProcessCreate', { host: 7 }, 'host: expected a text, got 7.'],
    ['ProcessCreate', { rules: ['r'] }, 'rules: expected a list of objects with name'],
    ['ProcessCreate', { techniques: 'T1059' }, 'techniques: expected a list of objects with id and name'],
  ])('%s %j', (type, parts, text) => {
    expect(() => makeEvent(type as 'ProcessCreate', parts as EventParts<'ProcessCreate'>)).toThrow(
      expect.objectContaining({ code: 'ERR_SYSMON_OPTION', message: expect.stringContaining(text) as string }) as Error,
    );
  });
});
