import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SaxesParser } from 'saxes';
import { ProcessRecord, type SysmonEvent } from '../../../lib/schema/events.gen.js';
import { Reviver } from '../../../lib/replay/revive.js';

export const fixtures = join(import.meta.dirname, '../../fixtures');

/** The lines of a recording of a real sensor. */
export const recordedLines: readonly string[] = readFileSync(join(fixtures, 'events.ndjson'), 'utf8').trim().split('\n');

export function recordedEvents(): SysmonEvent[] {
  const reviver = new Reviver();
  return recordedLines.map((line) => reviver.revive(line) as SysmonEvent);
}

/**
 * The recorded events with records as the sensor makes them, and not marked as read from a file: so that the generated
 * writers are used.
 */
export function freshEvents(): SysmonEvent[] {
  const copies = new Map<ProcessRecord, ProcessRecord>();
  const copy = (p: ProcessRecord): ProcessRecord => {
    const known = copies.get(p);
    if (known !== undefined) return known;
    const parent = p.parent && copy(p.parent);
    const made = Object.create(ProcessRecord.prototype) as ProcessRecord;
    Object.assign(made, p);
    // The class keeps it in a private field, which only its constructor can set.
    Object.defineProperty(made, 'parent', { value: parent, enumerable: false });
    Object.defineProperty(made, 'ancestors', {
      value: function* () {
        for (let q = parent; q !== undefined; q = q.parent) yield q;
      },
      enumerable: false,
    });
    Object.freeze(made);
    copies.set(p, made);
    return made;
  };
  return recordedEvents().map((e) => (e.process === undefined ? e : { ...e, process: copy(e.process) }));
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
