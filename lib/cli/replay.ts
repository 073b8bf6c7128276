/** `sysmon replay FILE`: a recording, played through filters and formats. Needs no privilege and no kernel. */
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { SysmonError } from '../errors.js';
import { Replay, type ReplayOptions } from '../replay/index.js';
import type { EventType } from '../schema/events.gen.js';
import { createSerializer, fieldSizesOf, formats } from './formats.js';
import type { CommandStreams } from './streams.js';

export const replayUsage = `usage: sysmon replay [options] FILE

Plays what sysmon record (or sysmon run --format json) wrote; - is standard input.

  --config FILE         rules that judge the events anew: Sysmon XML or YAML, or starter
  --compatibility MODE  linux (default) or exact, see sysmon --help
  --events A,B          only these types
  --format FORMAT       ${formats.join(', ')} (default: text on a terminal, json elsewhere)
  --max-events N        stop after N events
  --color, --no-color   colour text (default: on a terminal, unless NO_COLOR is set)
  --stats               print counters as JSON to standard error at the end

Exit code: 0 ok, 1 the file cannot be read or has lines that are no events, 2 usage, 3 bad configuration.
`;

const flags = {
  config: { type: 'string' },
  compatibility: { type: 'string' },
  events: { type: 'string' },
  format: { type: 'string' },
  'max-events': { type: 'string' },
  color: { type: 'boolean' },
  'no-color': { type: 'boolean' },
  stats: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

function refuse(text: string): never {
  throw new SysmonError('ERR_SYSMON_OPTION', `${text}\n${replayUsage}`);
}

/** Runs the command; `argv` is what follows `sysmon replay`. */
export async function replayCommand(argv: readonly string[], streams: CommandStreams): Promise<number> {
  let parsed;
  try {
    parsed = parseArgs({ args: [...argv], options: flags, allowPositionals: true });
  } catch (cause) {
    return refuse((cause as Error).message);
  }
  const { values: v, positionals } = parsed;
  if (v.help) {
    streams.stdout.write(replayUsage);
    return 0;
  }
  const [file] = positionals;
  if (file === undefined || positionals.length > 1) refuse('replay: expected one file.');
  const most = v['max-events'] === undefined ? Infinity : Number(v['max-events']);
  if (most !== Infinity && (!Number.isInteger(most) || most < 1))
    refuse(`--max-events: expected a whole number above 0, got '${v['max-events']}'.`);
  const out = streams.stdout as { write(text: string): unknown; isTTY?: boolean };
  const terminal = out.isTTY === true;
  if (v.format !== undefined && !formats.includes(v.format)) refuse(`--format: '${v.format}' is unknown. Known: ${formats.join(', ')}.`);
  const format = v.format ?? (terminal ? 'text' : 'json');
  const colour = v['no-color'] ? false : (v.color ?? (terminal && !process.env['NO_COLOR']));
  const replay = new Replay(file === '-' ? (streams.stdin as NodeJS.ReadableStream & AsyncIterable<Uint8Array>) : file, {
    config: v.config,
    compatibility: v.compatibility as ReplayOptions['compatibility'],
    events: v.events?.split(',').map((s) => s.trim()) as EventType[] | undefined,
  });
  const serialize = createSerializer(format, { colour, fieldSizes: await fieldSizesOf(v.config) });
  let broken = false;
  replay.on('error', (error) => {
    streams.stderr.write(`sysmon: ${error.message}\n`);
    broken = true;
  });
  // Loss records have their place between the events, which wait in the iterator meanwhile.
  let seen = 0;
  const losses: { readonly after: number; readonly line: string }[] = [];
  replay.on('event', () => void seen++);
  replay.on('loss', (loss) => void losses.push({ after: seen, line: serialize(loss) }));
  const write = async (line: string): Promise<void> => {
    if (line === '') return;
    // False: the reader is slow, and the file waits for it. A plain writer, as tests have, returns nothing.
    if (out.write(`${line}\n`) === false) await once(streams.stdout as unknown as NodeJS.EventEmitter, 'drain');
  };
  const events = replay.events({ onFull: 'block', highWaterMark: 256 });
  await replay.start();
  let count = 0;
  for await (const event of events) {
    while (losses.length > 0 && losses[0].after <= count) await write((losses.shift() as { line: string }).line);
    await write(serialize(event));
    if (++count >= most) break;
  }
  await replay.stop();
  if (count < most) for (const { line } of losses.splice(0)) await write(line);
  if (v.stats) streams.stderr.write(`${JSON.stringify(replay.stats())}\n`);
  return broken ? 1 : 0;
}
