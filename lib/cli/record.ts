/** `sysmon record FILE`: what a sensor sees, into a file that `sysmon replay` plays. */
import { parseArgs } from 'node:util';
import { SysmonError } from '../errors.js';
import type { HashAlgorithm, SysmonOptions } from '../options.js';
import type { EventType } from '../schema/events.gen.js';
import { json } from '../serializer/json.js';
import { Sysmon } from '../sysmon.js';
import { Output } from './output.js';
import type { CommandStreams } from './streams.js';

export const recordUsage = `usage: sysmon record [options] FILE

Writes every event as one line of JSON; sysmon replay plays the file. A file that is there is appended to; - is standard output.

  --events A,B | all    types of events (default: ProcessCreate,ProcessTerminate)
  --hash LIST | none    SHA1, MD5, SHA256, joined by commas (default: SHA256)
  --duration S          stop after S seconds
  --max-events N        stop after N events
`;

const flags = {
  events: { type: 'string' },
  hash: { type: 'string' },
  duration: { type: 'string' },
  'max-events': { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

function refuse(text: string): never {
  throw new SysmonError('ERR_SYSMON_OPTION', `${text}\n${recordUsage}`);
}

function positive(name: string, text: string | undefined, whole: boolean): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value <= 0 || (whole && !Number.isInteger(value)))
    refuse(`--${name}: expected a ${whole ? 'whole ' : ''}number above 0, got '${text}'.`);
  return value;
}

const list = (text: string): string[] =>
  text
    .split(',')
    .map((s) => s.trim())
    .filter((s) => s !== '');

/** Runs the command until a signal, the duration or the number of events ends it; `argv` is what follows `sysmon record`. */
export async function recordCommand(argv: readonly string[], streams: CommandStreams): Promise<number> {
  let parsed;
  try {
    parsed = parseArgs({ args: [...argv], options: flags, allowPositionals: true });
  } catch (cause) {
    return refuse((cause as Error).message);
  }
  const { values: v, positionals } = parsed;
  if (v.help) {
    streams.stdout.write(recordUsage);
    return 0;
  }
  const [file] = positionals;
  if (file === undefined || positionals.length > 1) refuse('record: expected one file.');
  const durationMs = (positive('duration', v.duration, false) ?? 0) * 1000;
  const maxEvents = positive('max-events', v['max-events'], true) ?? Infinity;
  const options: SysmonOptions = {
    events: v.events === undefined ? undefined : v.events === 'all' ? 'all' : (list(v.events) as EventType[]),
    hash: v.hash === undefined ? undefined : v.hash === 'none' ? 'none' : (list(v.hash).map((h) => h.toUpperCase()) as HashAlgorithm[]),
  };
  // Checks the options before a file is touched.
  const sysmon = new Sysmon(options);
  const output = new Output(file === '-' ? undefined : file);
  let failure: Error | undefined;
  let count = 0;
  let lost = 0;
  sysmon.on('error', (error) => {
    streams.stderr.write(`sysmon: ${error.message}\n`);
    failure ??= error;
  });
  sysmon.on('loss', (loss) => {
    lost += loss.count;
    void output.document(json, loss);
  });
  const stop = (): void => void sysmon.stop();
  process.on('SIGINT', stop).on('SIGTERM', stop);
  // A slow disk makes the kernel's ring fill, and what is lost there is counted and recorded.
  const events = sysmon.events({ onFull: 'block', highWaterMark: 256 });
  let timer: NodeJS.Timeout | undefined;
  try {
    await sysmon.start();
    if (durationMs > 0) timer = setTimeout(stop, durationMs);
    for await (const event of events) {
      const ours = event.process !== undefined;
      if (ours && count >= maxEvents) continue; // what was under way when the last one came
      if (ours && ++count === maxEvents) stop();
      const full = output.document(json, event);
      if (full) await full;
    }
    await output.close();
  } catch (error) {
    if (!output.brokenPipe) throw error;
  } finally {
    clearTimeout(timer);
    await sysmon.stop();
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
  if (failure) throw failure;
  streams.stderr.write(`recorded ${count} events${lost === 0 ? '' : `, lost ${lost}`}\n`);
  return 0;
}
