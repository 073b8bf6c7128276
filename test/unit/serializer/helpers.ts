import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SaxesParser } from 'saxes';
import type { BatchReader } from '../../../lib/source/batch-reader.js';
import { processWords } from '../../../lib/schema/layout.js';
import { processFields } from '../../../lib/schema/process.js';
import { ProcessRecord } from '../../../lib/event/process-record.gen.js';
import type { SysmonEvent } from '../../../lib/schema/events.gen.js';
import { Reviver } from '../../../lib/replay/revive.js';

export const fixtures = join(import.meta.dirname, '../../fixtures');

/** The lines of a recording of a real sensor. */
export const recordedLines: readonly string[] = readFileSync(join(fixtures, 'events.ndjson'), 'utf8')
  .trim()
  .split('\n');

export function recordedEvents(): SysmonEvent[] {
  const reviver = new Reviver();
  return recordedLines.map((line) => reviver.revive(line) as SysmonEvent);
}

/**
 * The recorded events with records made as the sensor makes them, out of words, and not marked as read from a file: so
 * that the generated writers are used.
 */
export function freshEvents(events = recordedEvents()): SysmonEvent[] {
  const { offsets, flags, flagsAt, words } = processWords();
  const copies = new Map<ProcessRecord, ProcessRecord>();
  const copy = (p: ProcessRecord): ProcessRecord => {
    const known = copies.get(p);
    if (known !== undefined) return known;
    const values: unknown[] = [''];
    const keep = (value: unknown): number => values.push(value) - 1;
    const w = new Uint32Array(words);
    for (const [name, encoding] of processFields) {
      const value = (p as unknown as Record<string, unknown>)[name];
      const at = offsets.get(name) as number;
      if (encoding === 'flag') w[flagsAt] |= value === true ? 1 << flags.indexOf(name) : 0;
      else if (encoding === 'u32' || encoding === 'optionalU32') w[at] = (value as number | undefined) ?? 0xffffffff;
      else if (encoding === 'time') {
        const text = (value as string | undefined) ?? '1970-01-01T00:00:00.000000Z';
        w[at] = Math.floor(Date.parse(text) / 1000);
        w[at + 1] = Number(text.slice(20, 26));
      } else if (value !== undefined) w[at] = keep(value);
      else if (!encoding.startsWith('optional')) w[at] = keep(encoding === 'string' ? '-' : Object.freeze({}));
    }
    const read = (i: number): unknown => values[i];
    const reader = {
      string: read,
      json: read,
      argv: read,
      container: (i: number) => read(i + 1),
    } as unknown as BatchReader;
    const made = new ProcessRecord(reader, w, 0, p.parent && copy(p.parent));
    copies.set(p, made);
    return made;
  };
  return events.map((e) => (e.process === undefined ? e : { ...e, process: copy(e.process) }));
}

export interface XmlElement {
  readonly name: string;
  readonly attributes: Record<string, string>;
  readonly children: XmlElement[];
  text: string;
}

/** Parses a document strictly: throws on everything that is not well-formed XML 1.0. */
export function parseXml(document: string): XmlElement {
  // The parser sees what a receiver sees: bytes.
  const received = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(document, 'utf8'));
  const parser = new SaxesParser();
  const stack: XmlElement[] = [{ name: '', attributes: {}, children: [], text: '' }];
  const top = (): XmlElement => stack[stack.length - 1];
  parser.on('error', (e) => {
    throw e;
  });
  parser.on('opentag', (tag) => {
    const element = { name: tag.name, attributes: tag.attributes as Record<string, string>, children: [], text: '' };
    top().children.push(element);
    stack.push(element);
  });
  parser.on('closetag', () => void stack.pop());
  parser.on('text', (t) => void (top().text += t));
  parser.write(received).close();
  const root = stack[0]?.children[0];
  if (root === undefined) throw new Error('no element');
  return root;
}

export const child = (e: XmlElement, name: string): XmlElement => {
  const found = e.children.find((c) => c.name === name);
  if (found === undefined) throw new Error(`no ${name} in ${e.name}`);
  return found;
};

/** Names and texts of the Data elements, in order. */
export const dataOf = (document: string): [string, string][] =>
  child(parseXml(document), 'EventData').children.map((d) => [d.attributes['Name'], d.text]);

/** The peer's real lines of one event id. */
export const peerLines = (id: number): string[] =>
  readFileSync(join(fixtures, `peer-lines/event-${id}.xml`), 'utf8')
    .trim()
    .split('\n');

export const peerIds = [1, 3, 4, 5, 9, 10, 11, 16, 23, 100] as const;

/** An event as our sensor would hold it, from a line of the peer. */
export function eventOfPeer(line: string): { event: SysmonEvent; processId: number; threadId: number; userId: number } {
  const root = parseXml(line);
  const system = child(root, 'System');
  const text = (name: string): string => child(system, name).text;
  const numbers =
    /^(ProcessId|ParentProcessId|SourceProcessId|TargetProcessId|SourceThreadId|TerminalSessionId|SourcePort|DestinationPort|BpfProgramId)$/;
  const data: Record<string, unknown> = {};
  for (const [name, value] of dataOf(line))
    data[name] = numbers.test(name) ? Number(value) : value === 'true' ? true : value === 'false' ? false : value;
  const event = {
    type: `peer${text('EventID')}`,
    id: Number(text('EventID')),
    recordId: Number(text('EventRecordID')),
    time: child(system, 'TimeCreated').attributes['SystemTime'].replace(/000Z$/, 'Z'),
    host: text('Computer'),
    data,
    extra: { hook: 'test', tier: 'core' },
    techniques: [],
  } as unknown as SysmonEvent;
  const execution = child(system, 'Execution').attributes;
  return {
    event,
    processId: Number(execution['ProcessID']),
    threadId: Number(execution['ThreadID']),
    userId: Number(child(system, 'Security').attributes['UserId']),
  };
}
