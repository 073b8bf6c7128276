import { Ajv2020 } from 'ajv/dist/2020.js';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, onTestFinished, test } from 'vitest';
import { SinkError } from '../../../lib/sink/sink.js';
import type { EventStreams } from '../../../lib/cli/streams.js';
import { eventTable } from '../../../lib/schema/tables.gen.js';
import { json, xml } from '../../../lib/serializer/index.js';
import { brokenPipe } from './broken-pipe.js';
import { callByName } from './call-by-name.js';
import { fixtures, recordedEvents, recordedLines } from '../serializer/helpers.js';

const recording = join(fixtures, 'events.ndjson');
const loss = {
  type: 'Loss',
  time: '2026-11-24T01:02:03.000004Z',
  host: 'h',
  stage: 'ring',
  eventType: 'ProcessCreate',
  count: 3,
};
const lossLine = JSON.stringify({ ...loss, since: loss.time, until: loss.time });

function streams(input = ''): EventStreams & { out: () => string; err: () => string } {
  const folder = mkdtempSync(join(tmpdir(), 'sysmon-replay-out-'));
  const path = join(folder, 'stdout');
  const stdoutFd = openSync(path, 'a');
  onTestFinished(() => {
    closeSync(stdoutFd);
    rmSync(folder, { recursive: true });
  });
  let err = '';
  return {
    stdin: Readable.from([input]),
    stdout: { write: (t) => void writeSync(stdoutFd, t) },
    stdoutFd,
    stderr: { write: (t) => void (err += t) },
    out: () => readFileSync(path, 'utf8'),
    err: () => err,
  };
}

describe('sysmon replay', () => {
  test('prints what was recorded', async () => {
    const s = streams();
    expect(await callByName('replay', ['--json-process', 'full', recording], s)).toBe(0);
    expect(s.out()).toBe(recordedLines.join('\n') + '\n');
    expect(s.err()).toBe('');
  });

  test('in a format, of some types, some of them, from standard input', async () => {
    const s = streams(recordedLines.join('\n'));
    expect(
      await callByName(
        'replay',
        ['--format', 'xml', '--events', 'ProcessCreate', '--max-events', '3', '--stats', '-'],
        s,
      ),
    ).toBe(0);
    const expected = recordedEvents().filter((e) => e.type === 'ProcessCreate');
    expect(s.out()).toBe(
      expected
        .slice(0, 3)
        .map((e) => `${xml(e)}\n`)
        .join(''),
    );
    expect(JSON.parse(s.err())).toMatchObject({ malformed: 0 });
    const text = streams();
    expect(await callByName('replay', ['--format', 'text', '--color', recording], text)).toBe(0);
    expect(text.out().split('\n')).toHaveLength(recordedLines.length + 1);
    expect(text.out()).toContain('\x1b[');
  });

  test('through rules, whose sizes cut fields', async () => {
    const config = join(mkdtempSync(join(tmpdir(), 'sysmon-replay-')), 'rules.yml');
    onTestFinished(() => rmSync(dirname(config), { recursive: true }));
    writeFileSync(
      config,
      'options: { FieldSizes: "CommandLine:9" }\nrules: [{ event: ProcessCreate, onmatch: include, match: [{ Image: { end with: /git }, name: git }] }]\n',
    );
    const s = streams();
    expect(await callByName('replay', ['--config', config, '--events', 'ProcessCreate', recording], s)).toBe(0);
    // prettier-ignore
    const kept = s.out().trim().split('\n').map((l) => JSON.parse(l) as { data: Record<string, string> });
    expect(kept.length).toBeGreaterThan(3);
    for (const { data } of kept)
      expect(data).toMatchObject({
        RuleName: 'git',
        CommandLine: expect.stringMatching(/^git .{2}\.\.\.$|^.{0,9}$/) as string,
      });
    writeFileSync(config, 'rules: 1\n');
    await expect(callByName('replay', ['--config', config, recording], streams())).rejects.toMatchObject({
      code: 'ERR_SYSMON_CONFIG',
    });
  });

  test('help', async () => {
    for (const command of ['replay', 'record']) {
      const s = streams();
      expect(await callByName(command, ['--help'], s)).toBe(0);
      expect(s.out()).toMatch(new RegExp(`^usage: sysmon ${command} `));
    }
  });

  test('loss records stay where they are', async () => {
    const lines = [...recordedLines.slice(0, 3), lossLine, ...recordedLines.slice(3, 40), lossLine];
    const s = streams(lines.join('\n'));
    expect(await callByName('replay', ['--json-process', 'full', '-'], s)).toBe(0);
    expect(s.out()).toBe(lines.join('\n') + '\n');
  });

  test('ends quietly, and early, when nobody reads it', async () => {
    const stdoutFd = brokenPipe();
    let fed = 0;
    const endless = Readable.from(
      (function* () {
        for (;;) yield recordedLines[fed++ % recordedLines.length] + '\n';
      })(),
    );
    const s = streams();
    expect(await callByName('replay', ['-'], { ...s, stdin: endless, stdoutFd })).toBe(141);
    closeSync(stdoutFd);
    expect(s.err()).toBe('');
    expect(fed).toBeGreaterThan(0);
  });

  test('says so when it cannot be written', async () => {
    const stdoutFd = openSync('/dev/full', 'w');
    const done = callByName('replay', [recording], { ...streams(), stdoutFd });
    await expect(done).rejects.toThrow(/^cannot write to standard output: ENOSPC/);
    await expect(done).rejects.toBeInstanceOf(SinkError);
    closeSync(stdoutFd);
  });

  test('lines that are no events make it fail, after all others were printed', async () => {
    const s = streams(`x\n${recordedLines[0]}\n`);
    expect(await callByName('replay', ['-'], s)).toBe(1);
    expect(s.out()).toBe(`${recordedLines[0]}\n`);
    expect(s.err()).toMatch(/^sysmon: line 1 of the recording is no event/);
  });

  test.each([
    [[]],
    [['a', 'b']],
    [['--what', 'a']],
    [['--format', 'yaml', recording]],
    [['--max-events', '0', 'a']],
    [['--events', 'X', recording]],
    [['--events', '', recording]],
    [['']],
  ])('wrong usage %j', async (argv) => {
    await expect(callByName('replay', argv, streams())).rejects.toMatchObject({ code: 'ERR_SYSMON_OPTION' });
  });

  test('a file that is not there', async () => {
    await expect(callByName('replay', [join(fixtures, 'nothing')], streams())).rejects.toMatchObject({
      code: 'ERR_SYSMON_REPLAY',
    });
  });
});

describe('sysmon record', () => {
  test.each([
    [[]],
    [['a', 'b']],
    [['--duration', 'x', 'a']],
    [['--duration', '-1', 'a']],
    [['--duration', '', 'a']],
    [['--max-events', '1.5', 'a']],
    [['--events', 'X', 'a']],
    [['--hash', 'CRC', 'a']],
    [['--hash', '', 'a']],
    [['--events', ' , ', 'a']],
    [['--environment', '', 'a']],
    [['--environment', 'A=B', 'a']],
    [['--hash-timeout-ms', '10001', 'a']],
    [['--btf', '', 'a']],
    [['--archive-hold', '', 'a']],
    [['']],
  ])('wrong usage %j, before a file is touched', async (argv) => {
    await expect(callByName('record', argv, streams())).rejects.toMatchObject({ code: 'ERR_SYSMON_OPTION' });
  });
});

describe('sysmon schema', () => {
  const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });
  const printed = async (...argv: string[]): Promise<object> => {
    const s = streams();
    expect(await callByName('schema', argv, s)).toBe(0);
    return JSON.parse(s.out()) as object;
  };

  test('every recorded event, and a loss, is valid, and so is what lean JSON makes of it', async () => {
    const validate = ajv.compile(await printed());
    for (const line of [...recordedLines, lossLine, ...recordedEvents().map((e) => json(e))]) {
      const valid = validate(JSON.parse(line));
      expect(validate.errors ?? [], line.slice(0, 80)).toEqual([]);
      expect(valid).toBe(true);
    }
  });

  test('what is not as it says is refused', async () => {
    const validate = ajv.compile(await printed('ProcessCreate'));
    const create = recordedEvents().find((e) => e.type === 'ProcessCreate');
    const good = (): Record<string, Record<string, unknown>> => JSON.parse(json(create as never)) as never;
    expect(validate(good())).toBe(true);
    const wrong: ((e: Record<string, Record<string, unknown>>) => void)[] = [
      (e) => delete e['data']['Image'],
      (e) => (e['data']['Later'] = 1),
      (e) => (e['data']['ProcessId'] = '5'),
      (e) => (e['data']['ProcessGuid'] = 'x'),
      (e) => delete (e as Record<string, unknown>)['process'],
      (e) => delete e['process']['ancestors'],
      (e) => delete e['process']['cwd'],
      (e) => (e['process']['capabilities'] = { effective: 'some' }),
      (e) => (e['process']['memfd'] = false),
      (e) => ((e as Record<string, unknown>)['time'] = 'today'),
      (e) => ((e as Record<string, unknown>)['type'] = 'ProcessTerminate'),
    ];
    for (const change of wrong) {
      const e = good();
      change(e);
      expect(validate(e), change.toString()).toBe(false);
    }
  });

  test('it covers every type and is the published file', async () => {
    const all = (await printed()) as { anyOf: { $ref: string }[] };
    expect(all.anyOf.map((r) => r.$ref)).toEqual(
      [...new Set(eventTable.map((e) => e.name)), 'Loss'].map((n) => `#/$defs/${n}`),
    );
    expect(all).toEqual(
      JSON.parse(readFileSync(join(import.meta.dirname, '../../../lib/schema/events.schema.json'), 'utf8')),
    );
  });

  test('help', async () => {
    const s = streams();
    expect(await callByName('schema', ['--help'], s)).toBe(0);
    expect(s.out()).toMatch(/^usage: sysmon schema/);
  });

  test.each([
    [['Nothing'], /schema: 'Nothing' is no type of event/],
    [['a', 'b'], /schema: expected at most one type of event/],
    [['--x'], /unknown flag --x/],
  ])('wrong usage %j', async (argv, text) => {
    await expect(callByName('schema', argv, streams())).rejects.toThrow(text);
  });
});
