/** One line of a system log that holds an event as Sysmon for Linux writes it. */
import { SaxesParser } from 'saxes';

export interface ViewedEvent {
  readonly id: number;
  readonly recordId: number;
  /** As written: ISO 8601, UTC. */
  readonly time: string;
  readonly fields: readonly (readonly [name: string, value: string])[];
}

/** Daemons of the log write control characters as `#` and three octal digits; XML has none but these. */
const unescaped = (line: string): string => line.replaceAll('#011', '\t').replaceAll('#012', '\n');

/** The document in a line; undefined: it holds none. */
export function documentIn(line: string): string | undefined {
  const from = line.indexOf('<Event>');
  if (from < 0) return undefined;
  const end = line.lastIndexOf('</Event>');
  return unescaped(line.slice(from, end < from ? undefined : end + '</Event>'.length));
}

/** What it says. Throws an Error if it is no such document, as one that the way here has cut. */
export function readEvent(document: string): ViewedEvent {
  const parser = new SaxesParser();
  const path: string[] = [];
  const system = new Map<string, string>();
  const fields: [string, string][] = [];
  let text = '';
  parser.on('error', (error) => {
    throw new Error(error.message.replace(/^(?:[^:]*:)?\d+:\d+: /, ''));
  });
  parser.on('opentag', ({ name, attributes }) => {
    path.push(name);
    text = '';
    const where = path.join('/');
    if (where === 'Event/System/TimeCreated') system.set('TimeCreated', String(attributes['SystemTime'] ?? ''));
    if (where === 'Event/EventData/Data') fields.push([String(attributes['Name'] ?? ''), '']);
  });
  parser.on('text', (more) => (text += more));
  parser.on('closetag', ({ name }) => {
    const where = path.join('/');
    if (where === 'Event/EventData/Data') (fields.at(-1) as [string, string])[1] = text;
    else if (path.length === 3 && path[1] === 'System' && name !== 'TimeCreated') system.set(name, text);
    path.pop();
  });
  parser.write(document).close();
  const id = Number(system.get('EventID'));
  const recordId = Number(system.get('EventRecordID'));
  if (!Number.isInteger(id) || !Number.isInteger(recordId)) throw new Error('it has no EventID and EventRecordID');
  return { id, recordId, time: system.get('TimeCreated') ?? '', fields };
}
