/** `sysmon run`: events to a file descriptor. */
import { refuse } from '../base/errors.js';
import { printableJson } from '../base/printable.js';
import { capture } from './capture.js';
import { capturePlan, prepare } from './capture-plan.js';
import { serializerFor } from './formats.js';
import type { Given } from './given.js';
import { Output } from './output.js';
import type { EventStreams } from './streams.js';

export async function runCommand(given: Given, streams: EventStreams): Promise<number> {
  const target = given.text('output');
  if (target === '') refuse('--output: it is empty. Give the path of a file, or - for standard output.');
  const plan = capturePlan(given);
  const options = await prepare(plan.options);
  const path = target === '-' ? undefined : target;
  const output = new Output(path ?? streams.stdoutFd);
  const serialize = await serializerFor(given, output, options.config, streams);
  const events = { output, serialize, onHangup: path === undefined ? 'stop' : 'reopen' } as const;
  const { stats, failure } = await capture({ ...plan, options }, events, streams);
  if (given.on('stats')) streams.stderr.write(`${printableJson(stats)}\n`);
  if (failure) throw failure;
  return 0;
}
