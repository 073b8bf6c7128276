/** `sysmon run`: events to a file descriptor. */
import { refuse } from '../base/errors.js';
import { capture } from './capture.js';
import { captureFlags, capturePlan, Given, prepare, runFlags } from './flags.js';
import { checkFormat, serializerFor } from './formats.js';
import { Output } from './output.js';
import type { EventStreams } from './streams.js';

const flags = [...captureFlags, ...runFlags];

/** Runs the command; `argv` is what follows `sysmon run`. */
export async function runCommand(argv: readonly string[], streams: EventStreams): Promise<number> {
  const given = new Given(argv, flags, false);
  const target = given.text('output');
  if (target === '') refuse('--output: it is empty. Give the path of a file, or - for standard output.');
  checkFormat(given.text('format'));
  const plan = capturePlan(given);
  const options = await prepare(plan.options);
  const path = target === '-' ? undefined : target;
  const output = new Output(path ?? streams.stdoutFd);
  const serialize = await serializerFor(given, output, options.config);
  const events = { output, serialize, onHangup: path === undefined ? 'stop' : 'reopen' } as const;
  const { stats, failure } = await capture({ ...plan, options }, events, streams);
  if (given.on('stats')) streams.stderr.write(`${JSON.stringify(stats)}\n`);
  if (failure) throw failure;
  return 0;
}
