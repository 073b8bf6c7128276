/** `sysmon record FILE`: what a sensor sees, into a file that `sysmon replay` plays. */
import { createJson } from '../serializer/json.js';
import { capture } from './capture.js';
import { capturePlan, prepare } from './capture-plan.js';
import type { Given } from './given.js';
import { Output } from './output.js';
import type { EventStreams } from './streams.js';

/** Runs the command until a signal, the duration or the number of events ends it. */
export async function recordCommand(given: Given, streams: EventStreams): Promise<number> {
  const file = given.file();
  const plan = capturePlan(given);
  const options = await prepare(plan.options);
  const output = Output.to(file === '-' ? streams.stdoutFd : file);
  const { events, lost, failure } = await capture(
    { ...plan, options },
    {
      output,
      serialize: createJson({ process: 'full' }),
      onHangup: 'stop',
      onLive: () =>
        void streams.stderr.write(`recording to ${file === '-' ? 'standard output' : file}: Ctrl-C ends it\n`),
    },
    streams,
  );
  if (failure) throw failure;
  streams.stderr.write(
    `recorded ${events} ${events === 1 ? 'event' : 'events'}${lost === 0 ? '' : `, lost ${lost}`}\n`,
  );
  return 0;
}
