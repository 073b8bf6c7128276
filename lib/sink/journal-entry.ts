/** An entry of the journal in journald's own protocol: fields, those with line ends by their length. */
import type { Batch } from './batch.js';
import { parseDocument } from './parse-document.js';

const newline = Buffer.from('\n');
const mostFields = 200; // of `data`

/** `CommandLine` is SYSMON_COMMAND_LINE. */
const nameOf = (name: string): string =>
  `SYSMON_${name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1_$2')
    .replaceAll(/[^A-Za-z\d]/g, '_')
    .toUpperCase()}`.slice(0, 64);

function field(parts: Buffer[], name: string, value: Buffer | string): void {
  const bytes = typeof value === 'string' ? Buffer.from(value) : value;
  if (!bytes.includes(10)) {
    parts.push(Buffer.from(`${name}=`), bytes, newline);
    return;
  }
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(bytes.length));
  parts.push(Buffer.from(`${name}\n`), length, bytes, newline);
}

/** MESSAGE is the document; if it is JSON, what one looks for has fields of its own. */
export function journalEntry(priority: number, ident: string): (batch: Batch, index: number) => Buffer {
  return (batch, index) => {
    const document = batch.documents.at(index);
    const event = parseDocument(document);
    const parts: Buffer[] = [];
    field(parts, 'MESSAGE', document);
    field(parts, 'PRIORITY', String(priority));
    field(parts, 'SYSLOG_IDENTIFIER', ident);
    field(parts, 'SYSMON_SOURCE', batch.source);
    field(parts, 'SYSMON_SEQUENCE', String(batch.sequence(index)));
    for (const [name, value] of [
      ['SYSMON_TYPE', event?.type],
      ['SYSMON_EVENT_ID', event?.id],
      ['SYSMON_RECORD_ID', event?.recordId],
      ['SYSMON_TIME', event?.time],
    ] as const)
      if (typeof value === 'string' || typeof value === 'number') field(parts, name, String(value));
    const data = typeof event?.data === 'object' && event.data !== null ? Object.entries(event.data) : [];
    for (const [name, value] of data.slice(0, mostFields))
      if (['string', 'number', 'boolean'].includes(typeof value)) field(parts, nameOf(name), String(value));
    return Buffer.concat(parts);
  };
}
