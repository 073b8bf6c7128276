/** FieldSizes hold for every copy of a text, in all formats. */
import { describe, expect, test } from 'vitest';
import { ProcessRecord } from '../../../lib/event/process-record.gen.js';
import type { SysmonEvent } from '../../../lib/schema/events.gen.js';
import { createEcs, createJson, createSerializer, formats, type JsonOptions } from '../../../lib/serializer/index.js';
import { freshEvents, recordedEvents } from './helpers.js';

const parts = Array.from({ length: 1000 }, (_, i) => `--argument-${i}="${'x'.repeat(20)}"`);
const argv = Object.freeze(['prog', ...parts]);
const line = argv.join(' ');

/** A process with 30 KB of arguments, whose parent and its parent have as many. */
function storm(event: SysmonEvent): SysmonEvent {
  const p = event.process as ProcessRecord;
  const parents = [...p.ancestors()].reverse();
  const line30 = parents.reduce<ProcessRecord | undefined>(
    (parent, a) => ProcessRecord.changed(a, { commandLine: line, argv }, parent),
    undefined,
  );
  return {
    ...event,
    data: { ...event.data, CommandLine: line, ParentCommandLine: line },
    process: ProcessRecord.changed(p, { commandLine: line, argv }, line30),
    extra: { ...event.extra, raw: { CommandLine: Buffer.from(line).toString('base64') } },
  } as SysmonEvent;
}

const events = [freshEvents(), recordedEvents()].map((all) =>
  storm(all.find((e) => e.type === 'ProcessCreate') as SysmonEvent),
);
const fieldSizes = { CommandLine: 100, ParentCommandLine: 100 };

test.each(Object.keys(formats))('%s has no long copy of a text that is cut', (format) => {
  for (const event of events) {
    const whole = createSerializer(format)(event);
    const cut = createSerializer(format, { fieldSizes })(event);
    expect(whole).toContain('argument-900');
    expect(cut).not.toContain('argument-4');
    expect(cut.length).toBeLessThan(6500);
    // Once more, out of the caches; and what was asked of it is not changed.
    expect(createSerializer(format, { fieldSizes })(event)).toBe(cut);
    expect(event.process?.commandLine).toBe(line);
  }
});

describe('json', () => {
  const read = (event: SysmonEvent, options: JsonOptions): Record<string, never> & { process: ProcessRecord } =>
    JSON.parse(createJson(options)(event)) as never;

  test.each([{}, { process: 'full' }] as JsonOptions[])('with %j', (options) => {
    for (const event of events) {
      const { process, extra } = read(event, { ...options, fieldSizes }) as unknown as {
        process: Record<string, string & string[]> & { ancestors: { commandLine: string }[] };
        extra: { raw: Record<string, string> };
      };
      expect(process['commandLine']).toBe(`${line.slice(0, 97)}...`);
      expect(process['argv'].join(' ')).toBe(`${line.slice(0, 97)}...`);
      expect(process.ancestors.map((a) => a.commandLine)).toEqual(
        process.ancestors.map(() => `${line.slice(0, 97)}...`),
      );
      expect(Buffer.from(extra.raw['CommandLine'], 'base64').toString()).toBe(line.slice(0, 102));
    }
  });

  test('of ancestors the smaller of both sizes holds', () => {
    const { process } = read(events[0], { fieldSizes: { CommandLine: 90, ParentCommandLine: 20 } });
    expect(process.commandLine).toHaveLength(90);
    expect((process as unknown as { ancestors: { commandLine: string }[] }).ancestors[0].commandLine).toHaveLength(20);
  });

  test('any size gives JSON that says what the command line says', () => {
    for (const event of events)
      for (let size = 1; size < 130; size++) {
        const { process } = read(event, { fieldSizes: { CommandLine: size } });
        expect(process.commandLine.length).toBeLessThanOrEqual(size);
        expect(process.argv.join(' ').length).toBeLessThanOrEqual(size + 1);
        expect(line.startsWith(process.argv.join(' ').replace(/ ?\.\.\.$|^-$/, ''))).toBe(true);
      }
  });

  test('image, directory and user', () => {
    const { process } = read(events[0], { fieldSizes: { Image: 5, CurrentDirectory: 4, User: 3 } });
    expect([process.image.length, process.cwd.length, process.user.length]).toEqual([5, 4, 3]);
  });

  test('nothing too long: the document is the same', () => {
    for (const event of freshEvents())
      expect(createJson({ fieldSizes: { CommandLine: 5000, Image: 300 } })(event)).toBe(createJson()(event));
  });
});

test('ecs says how many arguments there were', () => {
  for (const event of events)
    expect(JSON.parse(createEcs({ fieldSizes })(event))).toMatchObject({ process: { args_count: argv.length } });
});
