/** `sysmon view`: lines of a system log, for people. */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { visible } from '../base/printable.js';
import { SinkError } from '../sink/sink.js';
import { exitCode } from './exit-code.js';
import type { Given } from './given.js';
import { Output } from './output.js';
import { symbolOf } from './peer-events.js';
import type { EventStreams } from './streams.js';
import { Choice } from './view/choice.js';
import { documentIn, readEvent, type ViewedEvent } from './view/log-line.js';

const mostTold = 5; // lines that cannot be read, each by itself

function textOf({ id, fields }: ViewedEvent, choice: Choice, blank: boolean): string {
  const lines = fields
    .filter(([name]) => choice.shows(id, name))
    .map(([name, value]) => `\t${visible(name)}: ${value === '' ? '--NULL--' : visible(value)}`);
  return [`Event ${symbolOf(id)}`, ...lines, ...(blank ? [''] : [])].join('\n');
}

export async function viewCommand(given: Given, streams: EventStreams): Promise<number> {
  const choice = new Choice({
    events: given.all('event'),
    records: given.text('record'),
    times: given.text('time'),
    fields: given.all('field'),
    show: given.all('show'),
  });
  const files = given.operands.length === 0 ? ['-'] : given.operands;
  const output = Output.to(streams.stdoutFd);
  let gone = false;
  output.tell(
    () => (gone = true),
    (text) => void streams.stderr.write(`sysmon: ${text}\n`),
  );
  let broken = 0;
  for (const file of files) {
    const input = file === '-' ? streams.stdin : createReadStream(file);
    let number = 0;
    const lines = createInterface({ input, crlfDelay: Infinity });
    for await (const line of lines) {
      if (gone) break;
      number++;
      const document = documentIn(line);
      if (document === undefined) continue;
      let event: ViewedEvent;
      try {
        event = readEvent(document);
      } catch (error) {
        if (++broken <= mostTold)
          streams.stderr.write(`sysmon: ${file}:${number}: the event cannot be read: ${(error as Error).message}\n`);
        continue;
      }
      if (choice.takes(event)) await output.line(textOf(event, choice, given.on('blank') === true));
    }
    if (gone) break;
  }
  if (broken > mostTold) streams.stderr.write(`sysmon: ${broken} events could not be read\n`);
  try {
    await output.close();
  } catch (error) {
    if (!(error instanceof SinkError && error.brokenPipe)) throw error;
    return exitCode.brokenPipe;
  }
  return broken > 0 ? exitCode.failure : exitCode.ok;
}
