/** `sysmon replay FILE`: a recording, played through filters and formats. Needs no privilege and no kernel. */
import { readConfiguration } from '../source/configuration.js';
import { refuse } from '../base/errors.js';
import type { LossRecord } from '../event/event.js';
import { Replay, type ReplayOptions } from '../replay/index.js';
import type { EventType } from '../schema/events.gen.js';
import { list, number, parseFlags } from './flags.js';
import { checkFormat, formats, serializerFor } from './formats.js';
import { Output, OutputError } from './output.js';
import { pump } from './pump.js';
import type { EventStreams } from './streams.js';

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

/** Runs the command; `argv` is what follows `sysmon replay`. */
export async function replayCommand(argv: readonly string[], streams: EventStreams): Promise<number> {
  const { values: v, positionals } = parseFlags({ args: [...argv], options: flags, allowPositionals: true });
  if (v.help) {
    streams.stdout.write(replayUsage);
    return 0;
  }
  const [file] = positionals;
  if (file === undefined || file === '' || positionals.length > 1) refuse('replay: expected one file.');
  const most = number('max-events', v['max-events'], 1) ?? Infinity;
  checkFormat(v.format);
  const source = file === '-' ? (streams.stdin as NodeJS.ReadableStream & AsyncIterable<Uint8Array>) : file;
  const options = {
    config: v.config,
    compatibility: v.compatibility as ReplayOptions['compatibility'],
    events:
      v.events === undefined
        ? undefined
        : (list('events', v.events, 'types of events joined by commas') as EventType[]),
  };
  new Replay(source, options); // checks the options before anything is read
  const ruleSet = v.config === undefined ? undefined : (await readConfiguration(v.config)).ruleSet;
  const replay = new Replay(source, { ...options, config: ruleSet });
  const output = new Output(streams.stdoutFd);
  const serialize = await serializerFor(v, output, ruleSet);
  output.onError = () => void replay.stop();
  let broken = false;
  replay.on('error', (error) => {
    streams.stderr.write(`sysmon: ${error.message}\n`);
    broken = true;
  });
  // Loss records have their place between the events, which wait in the iterator meanwhile.
  let seen = 0;
  const losses: { readonly after: number; readonly loss: LossRecord }[] = [];
  replay.on('event', () => void seen++);
  replay.on('loss', (loss) => void losses.push({ after: seen, loss }));
  const events = replay.events({ onFull: 'block', highWaterMark: 256 });
  await replay.start();
  let count = 0;
  await pump(events, serialize, output, () => {
    if (count >= most) return false; // what was under way when the last one came
    while (losses.length > 0 && losses[0].after <= count)
      void output.document(serialize, (losses.shift() as { loss: LossRecord }).loss);
    if (++count >= most) void replay.stop();
    return true;
  });
  await replay.stop();
  if (count < most) for (const { loss } of losses) await output.document(serialize, loss);
  try {
    await output.close();
  } catch (error) {
    if (!(error instanceof OutputError && error.brokenPipe)) throw error;
  }
  if (v.stats) streams.stderr.write(`${JSON.stringify(replay.stats())}\n`);
  return broken ? 1 : 0;
}
