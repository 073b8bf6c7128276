/** `sysmon run`: events to a file descriptor. */
import { refuse } from '../base/errors.js';
import { printableJson } from '../base/printable.js';
import { capture, type CaptureTarget } from './capture.js';
import { capturePlan, prepare, type PreparedOptions } from './capture-plan.js';
import { serializerFor } from './formats.js';
import { readConfiguration } from '../source/configuration.js';
import type { Given } from './given.js';
import { Output } from './output.js';
import { spoolFolder } from './spool-folder.js';
import type { EventStreams } from './streams.js';

/** The file of rules, if there is one. */
async function rulesOf({ config }: PreparedOptions, watch: boolean): Promise<CaptureTarget['rules']> {
  const read = config && (await readConfiguration(config)).file;
  const file = read === 'starter' ? undefined : read;
  if (watch && file === undefined) refuse('--watch: there is no file of rules to watch. Give it with --config FILE.');
  return file === undefined ? undefined : { file, watch };
}

export async function runCommand(given: Given, streams: EventStreams): Promise<number> {
  for (const name of ['report', 'quiet'])
    if (given.has(name))
      refuse(`--${name}: it is of a command, and none was given: sysmon run --${name} … -- COMMAND.`);
  const target = given.text('output');
  if (target === '') refuse('--output: it is empty. Give the path of a file, or - for standard output.');
  const plan = capturePlan(given);
  const options = await prepare(plan.options);
  const rules = await rulesOf(options, given.on('watch') === true);
  const path = target === '-' ? undefined : target;
  const output = await Output.open(path, streams.stdoutFd, spoolFolder(given));
  const serialize = await serializerFor(given, output, options.config, streams);
  const events = {
    output,
    serialize,
    onHangup: path === undefined ? 'stop' : 'reopen',
    ...(rules && { rules }),
  } as const;
  const { stats, failure } = await capture({ ...plan, options }, events, streams);
  if (given.on('stats')) streams.stderr.write(`${printableJson(stats)}\n`);
  if (failure) throw failure;
  return 0;
}
