/** A document as a log record of OTLP. */
import type { Batch } from './batch.js';
import { parseDocument } from './parse-document.js';

interface Attribute {
  readonly key: string;
  readonly value: { readonly stringValue: string } | { readonly intValue: string };
}

const info = 9; // SEVERITY_NUMBER_INFO

/** 64-bit integers are texts in this form. */
const attribute = (key: string, value: unknown): Attribute[] =>
  typeof value === 'string'
    ? [{ key, value: { stringValue: value } }]
    : typeof value === 'number' && Number.isSafeInteger(value)
      ? [{ key, value: { intValue: String(value) } }]
      : [];

/** ns since the epoch, of a time with microseconds. */
function nanoseconds(time: unknown): string | undefined {
  if (typeof time !== 'string') return undefined;
  const ms = Date.parse(time);
  if (Number.isNaN(ms)) return undefined;
  const fraction = /\.(\d+)Z$/.exec(time)?.[1] ?? '';
  return `${Math.floor(ms / 1000)}${fraction.padEnd(9, '0').slice(0, 9)}`;
}

/** The body is the document itself; what one looks for stands in attributes too, if the document is JSON. */
export function otlpRecord(batch: Batch, index: number): object {
  const document = batch.documents.at(index);
  const event = parseDocument(document);
  const process = event?.process as Readonly<Record<string, unknown>> | undefined;
  const now = `${Date.now()}000000`;
  const time = nanoseconds(event?.time);
  return {
    ...(time !== undefined && { timeUnixNano: time }),
    observedTimeUnixNano: now,
    severityNumber: info,
    severityText: 'INFO',
    ...(typeof event?.type === 'string' && { eventName: `sysmon.${event.type}` }),
    body: { stringValue: document.toString() },
    attributes: [
      ...attribute('log.record.uid', batch.id(index)),
      ...attribute('sysmon.sequence', batch.sequence(index)),
      ...attribute('sysmon.type', event?.type),
      ...attribute('sysmon.event_id', event?.id),
      ...attribute('sysmon.record_id', event?.recordId),
      ...attribute('process.pid', process?.['pid']),
      ...attribute('process.executable.path', process?.['image']),
      ...attribute('process.command_line', process?.['commandLine']),
      ...attribute('user.name', process?.['user']),
    ],
  };
}
