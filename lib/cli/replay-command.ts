/** `sysmon replay FILE`: a recording, played through filters and formats. Needs no privilege and no kernel. */
import { printableJson } from '../base/printable.js';
import { readConfiguration } from '../source/configuration.js';
import type { LossRecord } from '../event/event.js';
import { Replay, type ReplayOptions } from '../replay/index.js';
import type { EventType } from '../schema/events.gen.js';
import { pump } from '../sink/pump.js';
import { SinkError } from '../sink/sink.js';
import { serializerFor } from './formats.js';
import type { Given } from './given.js';
import { exitCode } from './exit-code.js';
import { Output } from './output.js';
import type { EventStreams } from './streams.js';

export async function replayCommand(given: Given, streams: EventStreams): Promise<number> {
  const file = given.file();
  const most = given.number('max-events', 1) ?? Infinity;
  const source = file === '-' ? (streams.stdin as NodeJS.ReadableStream & AsyncIterable<Uint8Array>) : file;
  const config = given.text('config');
  const options = {
    config,
    compatibility: given.text('compatibility') as ReplayOptions['compatibility'],
    events: given.types('events') as EventType[] | undefined,
  };
  new Replay(source, options); // checks the options before anything is read
  const ruleSet = config === undefined ? undefined : (await readConfiguration(config)).ruleSet;
  const replay = new Replay(source, { ...options, config: ruleSet });
  const output = Output.to(streams.stdoutFd);
  const serialize = await serializerFor(given, output, ruleSet, streams);
  output.tell(
    () => void replay.stop(),
    (text) => void streams.stderr.write(`sysmon: ${text}\n`),
  );
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
  const admit = (): boolean => {
    if (count >= most) return false; // what was under way when the last one came
    while (losses.length > 0 && losses[0].after <= count)
      void output.document(serialize, (losses.shift() as { loss: LossRecord }).loss);
    if (++count >= most) void replay.stop();
    return true;
  };
  await pump(events, { serializer: serialize, sink: output, admit }).catch((error: unknown) => {
    if (!(error instanceof SinkError)) throw error; // close() says it again
  });
  await replay.stop();
  if (count < most) for (const { loss } of losses) await output.document(serialize, loss);
  let read = true;
  try {
    await output.close();
  } catch (error) {
    // Nothing is lost, for the recording is still there: `sysmon replay FILE | head` says no word.
    if (!(error instanceof SinkError && error.brokenPipe)) throw error;
    read = false;
  }
  if (given.on('stats')) streams.stderr.write(`${printableJson(replay.stats())}\n`);
  return broken ? exitCode.failure : read ? exitCode.ok : exitCode.brokenPipe;
}
