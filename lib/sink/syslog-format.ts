/** Messages of syslog: RFC 3164, as syslog(3) writes them, and RFC 5424. */
import { hostname } from 'node:os';
import type { Batch } from './batch.js';
import { parseDocument } from './parse-document.js';

export interface SyslogHeader {
  /** Facility and severity: 8 × the one + the other. */
  readonly priority: number;
  readonly ident: string;
}

/** Makes the message of a document. */
export type SyslogFormat = (batch: Batch, index: number) => Buffer;

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Local time, without a year and a zone, as this form has it. */
function oldTime(now: Date): string {
  const two = (n: number): string => String(n).padStart(2, '0');
  const day = String(now.getDate()).padStart(2);
  return `${months[now.getMonth()]} ${day} ${two(now.getHours())}:${two(now.getMinutes())}:${two(now.getSeconds())}`;
}

/** `local`: to a socket of this machine, where nobody writes a host name. */
export function rfc3164({ priority, ident }: SyslogHeader, local: boolean): SyslogFormat {
  const name = local ? '' : `${hostname()} `;
  return ({ documents }, index) =>
    Buffer.concat([Buffer.from(`<${priority}>${oldTime(new Date())} ${name}${ident}: `), documents.at(index)]);
}

/** Printable ASCII without blanks, at most so long; `-` for nothing. */
const word = (text: string, most: number): string => text.replaceAll(/[^!-~]/g, '?').slice(0, most) || '-';

const quoted = (text: string): string => text.replaceAll(/["\\\]]/g, '\\$&');

const mostSequence = 2 ** 31 - 1;

export function rfc5424({ priority, ident }: SyslogHeader): SyslogFormat {
  const head = `${word(hostname(), 255)} ${word(ident, 48)} ${process.pid}`;
  return (batch, index) => {
    const document = batch.documents.at(index);
    const event = parseDocument(document);
    const time = typeof event?.time === 'string' && !Number.isNaN(Date.parse(event.time)) ? event.time : undefined;
    const id = word(typeof event?.type === 'string' ? event.type : '', 32);
    const sequence = batch.sequence(index);
    // After the largest number that the form knows it begins anew with 1; the whole one stands beside it.
    const meta = `[meta sequenceId="${((sequence - 1) % mostSequence) + 1}"]`;
    const own = `[sysmon@32473 source="${quoted(batch.source)}" sequence="${sequence}"]`;
    return Buffer.concat([
      Buffer.from(`<${priority}>1 ${time ?? new Date().toISOString()} ${head} ${id} ${meta}${own} `),
      document,
    ]);
  };
}
