/** `sysmon record FILE`: what a sensor sees, into a file that `sysmon replay` plays. */
import { json } from '../serializer/json.js';
import { capture } from './capture.js';
import { captureFlags, capturePlan, Given, prepare } from './flags.js';
import { Output } from './output.js';
import type { EventStreams } from './streams.js';
import { recordUsage } from './usage.js';

/**
 * Runs the command until a signal, the duration or the number of events ends it; `argv` is what follows `sysmon
 * record`.
 */
export async function recordCommand(argv: readonly string[], streams: EventStreams): Promise<number> {
  const given = new Given(argv, captureFlags, true);
  if (given.help) {
    streams.stdout.write(recordUsage);
    return 0;
  }
  const file = given.file('record');
  const plan = capturePlan(given);
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
