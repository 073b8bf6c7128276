/** `sysmon record FILE`: what a sensor sees, into a file that `sysmon replay` plays. */
import { refuse } from '../base/errors.js';
import { json } from '../serializer/json.js';
import { capture } from './capture.js';
import { captureFlags, capturePlan, parseFlags, prepare } from './flags.js';
import { Output } from './output.js';
import type { EventStreams } from './streams.js';
import { captureUsage } from './usage.js';

export const recordUsage = `usage: sysmon record [options] FILE

Writes every event as one line of JSON, uncut; sysmon replay plays the file. A file that is there is appended to; - is standard output.
SIGINT, SIGTERM and SIGHUP end the recording.

${captureUsage}`;

const flags = { ...captureFlags, help: { type: 'boolean', short: 'h' } } as const;

/** Runs the command until a signal, the duration or the number of events ends it; `argv` is what follows `sysmon record`. */
export async function recordCommand(argv: readonly string[], streams: EventStreams): Promise<number> {
  const { values: v, positionals } = parseFlags({ args: [...argv], options: flags, allowPositionals: true });
  if (v.help) {
    streams.stdout.write(recordUsage);
    return 0;
  }
  const [file] = positionals;
  if (file === undefined || file === '' || positionals.length > 1) refuse('record: expected one file.');
  const plan = capturePlan(v);
  const options = await prepare(plan.options);
  const output = new Output(file === '-' ? streams.stdoutFd : file);
  const { events, lost, failure } = await capture(
    { ...plan, options },
    { output, serialize: json, onHangup: 'stop' },
    streams,
  );
  if (failure) throw failure;
  streams.stderr.write(`recorded ${events} events${lost === 0 ? '' : `, lost ${lost}`}\n`);
  return 0;
}
