/** `sysmon run`: events to a file descriptor. */
import { refuse } from '../base/errors.js';
import { capture } from './capture.js';
import { captureFlags, capturePlan, parseFlags, prepare } from './flags.js';
import { checkFormat, serializerFor } from './formats.js';
import { Output } from './output.js';
import type { EventStreams } from './streams.js';

const flags = {
  ...captureFlags,
  format: { type: 'string' },
  output: { type: 'string' },
  stats: { type: 'boolean' },
  color: { type: 'boolean' },
  'no-color': { type: 'boolean' },
} as const;

/** Runs the command; `argv` is what follows `sysmon run`. */
export async function runCommand(argv: readonly string[], streams: EventStreams): Promise<number> {
  const { values: v } = parseFlags({ args: [...argv], options: flags });
  if (v.output === '') refuse('--output: it is empty. Give the path of a file, or - for standard output.');
  checkFormat(v.format);
  const plan = capturePlan(v);
  const options = await prepare(plan.options);
  const path = v.output === '-' ? undefined : v.output;
  const output = new Output(path ?? streams.stdoutFd);
  const serialize = await serializerFor(v, output, options.config);
  const target = { output, serialize, onHangup: path === undefined ? 'stop' : 'reopen' } as const;
  const { stats, failure } = await capture({ ...plan, options }, target, streams);
  if (v.stats) streams.stderr.write(`${JSON.stringify(stats)}\n`);
  if (failure) throw failure;
  return 0;
}
