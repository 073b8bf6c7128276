/** Replay: how it ends, and what is wrong with a recording. */
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, test, vi } from 'vitest';
import { Replay } from '../../../lib/replay/index.js';
import { createJson } from '../../../lib/serializer/index.js';
import { recordedLines } from '../serializer/helpers.js';
import { dir, file, loss, play, recording, settled } from './play.js';

/** As a recording has it. */
const json = createJson({ process: 'full' });

describe('an end in any case', () => {
  const bad = 'rules: 1\n';
  test('a start that fails: close, ended iterators, and done', async () => {
    for (const [source, config, code] of [
      [join(dir, 'missing'), undefined, 'ERR_SYSMON_REPLAY'],
      [recording, bad, 'ERR_SYSMON_CONFIG'],
    ] as const) {
      const replay = new Replay(source, { config });
      const closed = vi.fn();
      replay.on('close', closed);
      const next = replay.events().next();
      await expect(replay.start()).rejects.toMatchObject({ code });
      expect(await settled(replay.done)).toBe('resolved');
      expect((await next).done).toBe(true);
      expect(closed).toHaveBeenCalledOnce();
      await replay.stop();
    }
  });

  test('a stop while the configuration is loaded, or the file opened', async () => {
    for (const config of [bad, 'rules: []\n', undefined]) {
      const replay = new Replay(recording, { config });
      const heard = vi.fn();
      replay.on('event', heard);
      const start = replay.start();
      const stop = replay.stop();
      await expect(start).rejects.toMatchObject({ code: config === bad ? 'ERR_SYSMON_CONFIG' : 'ERR_SYSMON_STATE' });
      expect(await settled(stop)).toBe('resolved');
      expect(await settled(replay.done)).toBe('resolved');
      expect(heard).not.toHaveBeenCalled();
    }
    // Input that never comes: nobody waits for it.
    const waiting = new Replay(new PassThrough(), { config: 'rules: []\n' });
    const start = waiting.start();
    const stop = waiting.stop();
    await expect(start).rejects.toMatchObject({ code: 'ERR_SYSMON_STATE' });
    expect(await settled(stop)).toBe('resolved');
  });

  test('an abort while it starts rejects with its reason', async () => {
    const controller = new AbortController();
    const replay = new Replay(recording, { config: 'rules: []\n' });
    const start = replay.start({ signal: controller.signal });
    controller.abort(new Error('enough'));
    await expect(start).rejects.toThrow('enough');
    expect(await settled(replay.done)).toBe('resolved');
  });
});

describe('what is wrong', () => {
  test('lines that are no events are told with their number, counted and passed over', async () => {
    const bad = [
      '{',
      '[]',
      'null',
      '{"type":1}',
      '{"type":"x","time":"t","host":"h"}',
      '{"type":"x","time":"t","host":"h","id":1,"recordId":1,"data":[],"extra":{},"techniques":[]}',
      '{"type":"x","time":"t","host":"h","id":1,"recordId":1,"data":{},"extra":{},"techniques":[],"process":{"pid":1,"ancestors":[3]}}',
      '{"type":"Loss","time":"t","host":"h","count":"3"}',
      '{"type":"Loss","time":"t","host":"h","count":3,"stage":"s","eventType":"e","since":"","until":"","unit":1}',
      '{"type":"Loss","time":"t","host":"h","count":3,"stage":"s","eventType":"e","since":"","until":"","processes":[1]}',
      // Else the listeners of `close` would be given it.
      '{"type":"close","time":"t","host":"h","id":1,"recordId":1,"data":{},"extra":{},"techniques":[]}',
    ];
    const text = bad.map((b, i) => `${b}\n${recordedLines[i]}\n`).join('') + '\n';
    const { events, errors, replay } = await play(file('bad.ndjson', text));
    expect(events.map(json)).toEqual(recordedLines.slice(0, bad.length));
    expect(errors.map((e) => e.code)).toEqual(bad.map(() => 'ERR_SYSMON_REPLAY'));
    expect(errors[0].message).toMatch(/^line 1 of the recording is no event: no JSON/);
    expect(errors[3].message).toMatch(/^line 7 .*type: expected a type of event/);
    expect(replay.stats().malformed).toBe(bad.length);
  });

  test('many of them are summed up', async () => {
    const { errors, replay } = await play(file('garbage.ndjson', 'x\n'.repeat(1000)));
    expect(errors).toHaveLength(11);
    expect(errors[10].message).toContain('1000 of 1000 lines');
    expect(replay.stats().malformed).toBe(1000);
  });

  test('without a listener an error is a warning of the process', async () => {
    const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    try {
      const replay = new Replay(file('one.ndjson', 'x\n'));
      await replay.start();
      await replay.done;
      expect(warn).toHaveBeenCalledTimes(1);
    } finally {
      warn.mockRestore();
    }
  });

  test('bytes that are no UTF-8, and a cut end', async () => {
    const { errors } = await play(
      file('cut.ndjson', Buffer.concat([Buffer.from([0xff, 0xfe, 0x0a]), Buffer.from(recordedLines[0].slice(0, 100))])),
    );
    expect(errors).toHaveLength(2);
  });

  test('a file that cannot be read, a second start, wrong arguments', async () => {
    const missing = new Replay(join(dir, 'missing'));
    await expect(missing.start()).rejects.toMatchObject({ code: 'ERR_SYSMON_REPLAY', operation: 'open', errno: 2 });
    await expect(missing.start()).rejects.toMatchObject({ code: 'ERR_SYSMON_STATE' });
    const { errors } = await play(dir);
    expect(errors[0]).toMatchObject({ code: 'ERR_SYSMON_REPLAY', operation: 'read' });
    expect(() => new Replay('')).toThrow(/expected a path/);
    expect(() => new Replay(recording, { filters: [] } as never)).toThrow(/unknown option 'filters'/);
    expect(() => new Replay(recording, { filter: ['x'] } as never)).toThrow(/option filter/);
    expect(() => new Replay(recording, { events: ['ProcesCreate'] } as never)).toThrow(/ProcessCreate/);
    expect(() => new Replay(recording).on('nothing' as never, (() => undefined) as never)).toThrow(
      /no event 'nothing'/,
    );
  });

  test('loss records are delivered as losses', async () => {
    const { events, losses, replay } = await play(file('loss.ndjson', `${json(loss)}\n${recordedLines[0]}`));
    expect(losses).toEqual([loss]);
    expect(events).toHaveLength(1);
    expect(replay.stats().losses).toBe(1);
  });
});
