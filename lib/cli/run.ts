/** `sysmon run`: events to a file descriptor. */
import { parseArgs } from 'node:util';
import type { ArchiveOptions } from '../archive.js';
import { SysmonError } from '../errors.js';
import type { HashAlgorithm, SysmonOptions } from '../options.js';
import type { EventType, SysmonEvent } from '../schema/events.gen.js';
import { eventTable } from '../schema/tables.gen.js';

import { Sysmon } from '../sysmon.js';
import { createSerializer, fieldSizesOf, formats } from './formats.js';
import { Output } from './output.js';

const flags = {
  config: { type: 'string' },
  compatibility: { type: 'string' },
  events: { type: 'string' },
  hash: { type: 'string' },
  format: { type: 'string' },
  output: { type: 'string' },
  duration: { type: 'string' },
  'max-events': { type: 'string' },
  'flush-ms': { type: 'string' },
  'ring-bytes': { type: 'string' },
  'flow-seconds': { type: 'string' },
  mdns: { type: 'boolean' },
  'archive-directory': { type: 'string' },
  'archive-hold': { type: 'string' },
  'archive-file-bytes': { type: 'string' },
  'archive-total-bytes': { type: 'string' },
  stats: { type: 'boolean' },
  tier: { type: 'string' },
  color: { type: 'boolean' },
  'no-color': { type: 'boolean' },
} as const;

function refuse(text: string): never {
  throw new SysmonError('ERR_SYSMON_OPTION', text);
}

function number(name: string, text: string | undefined, least: number, whole = true): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < least || (whole && !Number.isInteger(value)))
    refuse(`--${name}: expected a ${whole ? 'whole ' : ''}number of at least ${least}, got '${text}'.`);
  return value;
}

const list = (text: string): string[] =>
  text
    .split(',')
    .map((s) => s.trim())
    .filter((s) => s !== '');

function archiveOf(v: Record<string, unknown>): ArchiveOptions | undefined {
  const text = (name: string): string | undefined => v[name] as string | undefined;
  const hold = text('archive-hold');
  const options = {
    ...(hold === undefined ? {} : { hold: list(hold) }),
    maxFileBytes: number('archive-file-bytes', text('archive-file-bytes'), 1),
    maxTotalBytes: number('archive-total-bytes', text('archive-total-bytes'), 1),
  };
  return Object.values(options).every((value) => value === undefined) ? undefined : options;
}

interface RunPlan {
  readonly options: SysmonOptions;
  readonly format: string | undefined;
  readonly output: string | undefined;
  readonly durationMs: number | undefined;
  readonly maxEvents: number | undefined;
  readonly stats: boolean;
  readonly color: boolean | undefined;
}

function plan(args: readonly string[]): RunPlan {
  let parsed;
  try {
    parsed = parseArgs({ args: [...args], options: flags, allowPositionals: false });
  } catch (cause) {
    refuse((cause as Error).message);
  }
  const v = parsed.values;
  if (v.tier !== undefined && !['auto', 'core', 'full'].includes(v.tier)) refuse(`--tier: expected auto, core or full, got '${v.tier}'.`);
  if (v.tier === 'full') refuse('--tier full: this version has the core tier only.');
  if (v.format !== undefined && !formats.includes(v.format)) refuse(`--format: '${v.format}' is unknown. Known: ${formats.join(', ')}.`);
  return {
    options: {
      config: v.config,
      compatibility: v.compatibility as SysmonOptions['compatibility'],
      events: v.events === undefined ? undefined : v.events === 'all' ? 'all' : (list(v.events) as EventType[]),
      hash: v.hash === undefined ? undefined : v.hash === 'none' ? 'none' : (list(v.hash).map((h) => h.toUpperCase()) as HashAlgorithm[]),
      flushIntervalMs: number('flush-ms', v['flush-ms'], 0),
      ringBytes: number('ring-bytes', v['ring-bytes'], 1),
      flowSeconds: number('flow-seconds', v['flow-seconds'], 1),
      mdns: v.mdns,
      archiveDirectory: v['archive-directory'],
      archive: archiveOf(v),
    },
    format: v.format,
    output: v.output === '-' ? undefined : v.output,
    durationMs: v.duration === undefined ? undefined : (number('duration', v.duration, 0, false) as number) * 1000,
    maxEvents: number('max-events', v['max-events'], 1),
    stats: v.stats ?? false,
    color: v['no-color'] ? false : v.color,
  };
}

/** Events about the sensor do not count towards --max-events. */
const captured = new Set(eventTable.filter((e) => e.wire !== undefined).map((e) => e.name));

export async function run(args: readonly string[]): Promise<void> {
  const p = plan(args);
  // Checks the options before a file is touched.
  new Sysmon(p.options);
  const output = new Output(p.output);
  const terminal = output.isTerminal;
  const serialize = createSerializer(p.format ?? (terminal ? 'text' : 'json'), {
    colour: p.color ?? (terminal && !process.env['NO_COLOR']),
    fieldSizes: await fieldSizesOf(p.options.config as string | undefined),
  });
  const sysmon = new Sysmon({ ...p.options, flushIntervalMs: p.options.flushIntervalMs ?? (terminal ? 1 : 50) });
  let failure: Error | undefined;
  const fail = (error: Error): void => {
    failure ??= error;
    void sysmon.stop();
  };
  sysmon.on('error', (error) => {
    process.stderr.write(`sysmon: ${error.message}\n`);
    if (error.code !== 'ERR_SYSMON_LISTENER') failure ??= error;
  });
  sysmon.on('loss', (loss) => {
    void output.document(serialize, loss);
  });

  let signals = 0;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (++signals > 1) process.exit(signal === 'SIGINT' ? 130 : 143); // asked twice: at once
    void sysmon.stop();
  };
  const onHangup = (): void => {
    output.reopen().catch(fail);
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal).on('SIGHUP', onHangup);

  // A slow reader of the output makes the kernel's ring fill, and what is lost there is counted: nothing grows without bound.
  // Few events wait at a time: most are written before the collector of garbage has seen them.
  const events = sysmon.events({ onFull: 'block', highWaterMark: 256 });
  let timer: NodeJS.Timeout | undefined;
  try {
    await sysmon.start();
    if (p.durationMs !== undefined) timer = setTimeout(() => void sysmon.stop(), p.durationMs);
    let count = 0;
    for await (const first of events) {
      for (let event: SysmonEvent | undefined = first; event !== undefined; event = events.poll()) {
        if (captured.has(event.type)) {
          if (p.maxEvents !== undefined && count >= p.maxEvents) continue; // what was under way when the last one came
          if (++count === p.maxEvents) void sysmon.stop();
        }
        const full = output.document(serialize, event);
        if (full) await full;
      }
    }
    await output.close();
  } catch (error) {
    // `sysmon | head` ends like any other command does then.
    if (!output.brokenPipe) throw error;
  } finally {
    clearTimeout(timer);
    await sysmon.stop();
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal).off('SIGHUP', onHangup);
    if (p.stats) process.stderr.write(`${JSON.stringify(sysmon.stats())}\n`);
  }
  if (failure) throw failure;
}
