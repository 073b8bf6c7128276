/**
 * The line of Sysmon for Linux, byte for byte: one XML document without declaration, namespace or white space between
 * tags, in the layout that parsers match as literal text. What stands beside Sysmon's fields is left out, or appended
 * after them.
 */
import { SysmonError } from '../base/errors.js';
import type { SysmonEvent } from '../schema/events.gen.js';
import { eventTable } from '../schema/tables.gen.js';
import { eventCutter } from './event-cutter.js';
import { prepared } from './prepared.js';
import { checkSerializerOptions } from './serializer-options.js';
import { isLoss, labelsOf, type Serializer, type SerializerOptions } from './serializer.js';
import { escapeAttribute } from './xml-escape.js';
import { xmlExtensions } from './xml-extensions.js';
import { writers } from './xml.gen.js';
import { shared, text, textsOf } from './xml-text.js';

export interface XmlOptions extends SerializerOptions {
  /** Process id of the sensor. Default: of this process. */
  processId?: number | undefined;
  /** Thread id of the sensor. Default: of this process's first thread. */
  threadId?: number | undefined;
  /** User id of the sensor. Default: the effective one of this process. */
  userId?: number | undefined;
  /** Most bytes of a document: see {@link createXml}. Default 65535. */
  maxBytes?: number | undefined;
  /**
   * Appends what Sysmon lacks, after its last field: ids, exit, container, ancestors, techniques, rules, labels.
   * Default false.
   */
  extended?: boolean | undefined;
}

/** The largest record id; after it they start at 1 again, for a parser that reads 32 bits with sign. */
const recordIds = 2 ** 31 - 1;
/** Below so many characters no field is shortened. */
const leastCharacters = 4096;
const shortenedFirst = ['ParentCommandLine', 'CommandLine'];
/** Sysmon gives the events that only Linux has an empty descriptor. */
const withoutDescriptor = 100;

const versions = new Map(eventTable.map((e) => [e.id, e.version]));

/** Everything before the time. */
function systemHead(id: number, version: number): string {
  const bare = id === withoutDescriptor;
  return (
    '<Event><System><Provider Name="Linux-Sysmon" Guid="{ff032593-a8d3-4f13-b0d6-01fc615a0f97}"/>' +
    `<EventID>${id}</EventID><Version>${bare ? 0 : version}</Version><Level>${bare ? 0 : id === 255 ? 2 : 4}</Level><Task>${bare ? 0 : id}</Task>` +
    `<Opcode>0</Opcode><Keywords>${bare ? '0x0' : '0x8000000000000000'}</Keywords><TimeCreated SystemTime="`
  );
}

const field = (name: string, value: unknown): string => `<Data Name="${escapeAttribute(name)}">${text(value)}</Data>`;

/** `data` as elements: by the generated writer, or one by one for what it does not know. */
function dataElements(event: SysmonEvent): string {
  const write = event.process === undefined || textsOf(event.process).revived ? undefined : writers.get(event.type);
  if (write !== undefined) return write(event as never);
  let out = '';
  for (const [name, value] of Object.entries(event.data)) out += field(name, value);
  return out;
}

const bytesOf = (value: unknown): number => Buffer.byteLength(text(value));

/** `value` without as many characters as take `bytes` in the document, and `...`; never below the least. */
function shorten(value: string, bytes: number): string {
  const enough = bytes + 3;
  let end = value.length;
  let saved = 0;
  while (end > leastCharacters && saved < enough) {
    const pair =
      end - 2 >= leastCharacters &&
      (value.charCodeAt(end - 1) & 0xfc00) === 0xdc00 &&
      (value.charCodeAt(end - 2) & 0xfc00) === 0xd800;
    const start = end - (pair ? 2 : 1);
    saved += bytesOf(value.slice(start, end));
    end = start;
  }
  // What is left may end in half of a pair.
  if ((value.charCodeAt(end - 1) & 0xfc00) === 0xd800) end++;
  return saved > 3 ? `${value.slice(0, end)}...` : value;
}

/** `data` with texts shortened until it takes `excess` bytes less, if that can be. */
function shortenData(data: object, excess: number): Record<string, unknown> {
  const copy: Record<string, unknown> = { ...data };
  const others = Object.keys(copy)
    .filter((n) => typeof copy[n] === 'string' && !shortenedFirst.includes(n))
    .sort((a, b) => (copy[b] as string).length - (copy[a] as string).length);
  let left = excess;
  for (const name of [...shortenedFirst, ...others]) {
    if (left <= 0) break;
    const value = copy[name];
    if (typeof value !== 'string' || value.length <= leastCharacters) continue;
    copy[name] = shorten(value, left);
    left -= bytesOf(value) - bytesOf(copy[name]);
  }
  return copy;
}

function checkNumber(name: string, value: number | undefined, fallback: number, least = 0): number {
  if (value === undefined) return fallback;
  if (!Number.isInteger(value) || value < least)
    throw new SysmonError(
      'ERR_SYSMON_OPTION',
      `serializer xml: ${name}: expected a whole number of at least ${least}, got ${String(value)}.`,
    );
  return value;
}

/**
 * XML with options. A document that would be longer than `maxBytes` is never cut: ParentCommandLine is shortened, then
 * CommandLine, then the longest other texts, none below 4,096 characters. What is then still too long stays as long as
 * it is.
 */
export function createXml(options: XmlOptions = {}): Serializer<string> {
  checkSerializerOptions('xml', options, ['processId', 'threadId', 'userId', 'maxBytes', 'extended']);
  const processId = checkNumber('processId', options.processId, process.pid);
  const threadId = checkNumber('threadId', options.threadId, processId);
  const userId = checkNumber('userId', options.userId, process.geteuid?.() ?? 0);
  const maxBytes = checkNumber('maxBytes', options.maxBytes, 65535, 16384);
  const { extended = false } = options;
  if (typeof extended !== 'boolean')
    throw new SysmonError(
      'ERR_SYSMON_OPTION',
      `serializer xml: extended: expected true or false, got ${String(extended)}.`,
    );
  const cut = eventCutter(options.fieldSizes);
  const labelsFor = labelsOf(options.labels);
  const heads = new Map<number, string>();
  const afterId =
    `</EventRecordID><Correlation/><Execution ProcessID="${processId}" ThreadID="${threadId}"/>` +
    '<Channel>Linux-Sysmon/Operational</Channel><Computer>';
  const afterHost = `</Computer><Security UserId="${userId}"/></System><EventData>`;

  const document = (event: SysmonEvent): string => {
    let head = heads.get(event.id);
    if (head === undefined) {
      head = systemHead(event.id, versions.get(event.id) ?? 0);
      heads.set(event.id, head);
    }
    // Microseconds; the peer prints nanoseconds.
    const time = event.time.endsWith('Z') ? event.time.slice(0, -1) + '000Z' : event.time;
    let more = '';
    if (extended) {
      for (const [name, value] of xmlExtensions) {
        const v = value(event);
        if (v !== undefined) more += field(name, v);
      }
    }
    const labels = labelsFor(event);
    if (labels !== undefined && Object.keys(labels).length > 0)
      more += field(
        'Labels',
        Object.entries(labels)
          .map(([n, v]) => `${n}=${v}`)
          .join(','),
      );
    return (
      head +
      escapeAttribute(time) +
      '"/><EventRecordID>' +
      (((event.recordId - 1) % recordIds) + 1) +
      afterId +
      shared(event.host) +
      afterHost +
      dataElements(event) +
      more +
      '</EventData></Event>'
    );
  };

  return (event) => {
    if (isLoss(event)) return '';
    const whole = prepared(event, cut);
    const made = document(whole);
    // A character takes at most three bytes: most documents need not be measured.
    if (made.length * 3 <= maxBytes) return made;
    const excess = Buffer.byteLength(made) - maxBytes;
    if (excess <= 0) return made;
    return document({ ...whole, data: shortenData(whole.data, excess) } as unknown as SysmonEvent);
  };
}

/** One line of XML, as Sysmon for Linux writes it. */
export const xml: Serializer<string> = createXml();
