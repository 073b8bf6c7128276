/**
 * One line of JSON for each event: `{ type, id, recordId, time, host, data, process, extra, techniques, rules }`.
 * Instead of `process.parent` it has `process.ancestors`, nearest first; without a rule that holds it has no `rules`.
 */
import { printableJson } from '../base/printable.js';
import type { AnyExtra, LossRecord } from '../event/event.js';
import type { ProcessRecord, SysmonEvent } from '../schema/events.gen.js';
import { fieldCutter } from './field-sizes.js';
import { writeProcess, writers } from './json.gen.js';
import { flat, forget, frozen, isPlain, number, parentTexts, text, textsOf } from './json-text.js';
import { prepared } from './prepared.js';
import { checkSerializerOptions } from './serializer-options.js';
import { isLoss, type Serializable, type Serializer, type SerializerOptions } from './serializer.js';

/** Text of the process in short, followed by those of its ancestors. */
function lineage(p: ProcessRecord): string {
  const known = textsOf(p).lineage;
  if (known !== undefined) return known;
  // From the top down and not by recursion: each generation adds itself to the text of the one before. `lineTexts` of
  // json-text.ts walks in the same way for other formats. One walk for both cost a few percent here, where nothing is
  // hotter: this one makes no object for a process, and keeps its text beside the others of the record.
  const missing: ProcessRecord[] = [];
  let done = '';
  for (let q: ProcessRecord | undefined = p; q !== undefined; q = q.parent) {
    const known = textsOf(q).lineage;
    if (known !== undefined) {
      done = known;
      break;
    }
    missing.push(q);
  }
  for (const q of missing.reverse()) {
    const c = textsOf(q);
    done = flat(
      `{"pid":${q.pid},"strongId":${text(q.strongId)},"image":${c.image},"commandLine":${c.commandLine}}${done === '' ? '' : ','}${done}`,
    );
    c.lineage = done;
  }
  return done;
}

function processText(p: ProcessRecord): string {
  const c = textsOf(p);
  if (c.whole === undefined) {
    const own = c.revived ? printableJson({ ...p, parent: undefined }).slice(0, -1) : writeProcess(p, c);
    c.whole = `${own},"ancestors":[${p.parent === undefined ? '' : (parentTexts(c, p.parent).lineage ?? lineage(p.parent))}]}`;
    // Most processes have two events: in one piece it is for those that have more.
  } else if (c.asked === 2) flat(c.whole);
  c.asked++;
  return c.whole;
}

/** Without its end. */
function dataText(event: SysmonEvent): string {
  const write = event.process === undefined || textsOf(event.process).revived ? undefined : writers.get(event.type);
  return write === undefined ? printableJson(event.data).slice(0, -1) : write(event as never);
}

/** What documents of a type begin and end with, as the last one had it: mostly the next one has the same. */
interface Frame {
  id: unknown;
  host: unknown;
  beforeRecordId: string;
  afterTime: string;
  afterPlainTime: string;
  extra: unknown;
  techniques: unknown;
  rules: unknown;
  tail: string;
}

const mostFrames = 64;

/** JSON with options. Labels become a last key `labels`. */
export function createJson(options: SerializerOptions = {}): Serializer<string> {
  checkSerializerOptions('json', options);
  const cut = fieldCutter(options.fieldSizes);
  const end = options.labels === undefined ? '}' : `,"labels":${printableJson(options.labels)}}`;
  const frames = new Map<string, Frame>();

  const frameOf = ({ type, id, host }: SysmonEvent): Frame => {
    let f = frames.get(type);
    if (f === undefined) {
      f = {
        id: undefined,
        host: undefined,
        beforeRecordId: '',
        afterTime: '',
        afterPlainTime: '',
        extra: undefined,
        techniques: undefined,
        rules: undefined,
        tail: '',
      };
      if (frames.size >= mostFrames) frames.clear();
      frames.set(type, f);
    }
    if (f.id !== id || f.beforeRecordId === '') {
      f.id = id;
      f.beforeRecordId = flat(`{"type":${text(type)},"id":${number(id)},"recordId":`);
    }
    if (f.host !== host || f.afterTime === '') {
      f.host = host;
      f.afterTime = flat(`,"host":${text(host)},"data":`);
      f.afterPlainTime = flat(`"${f.afterTime}`);
    }
    return f;
  };

  const tailOf = (f: Frame, { extra, techniques, rules }: SysmonEvent): string => {
    if (f.extra === extra && f.techniques === techniques && f.rules === rules && extra !== undefined) return f.tail;
    // The facts of a file are each event's own.
    const said = (extra as AnyExtra | undefined)?.file === undefined ? frozen(extra) : printableJson(extra);
    const matched = rules === undefined ? '' : `,"rules":${frozen(rules)}`;
    const tail = flat(
      `,"extra":${said},"techniques":${techniques.length === 0 ? '[]' : frozen(techniques)}${matched}${end}`,
    );
    // All else may change.
    if (Object.isFrozen(extra) && Object.isFrozen(techniques) && (rules === undefined || Object.isFrozen(rules))) {
      f.extra = extra;
      f.techniques = techniques;
      f.rules = rules;
      f.tail = tail;
    }
    return tail;
  };

  /** All before the end of `data`. */
  const head = (event: SysmonEvent, f: Frame): string =>
    f.beforeRecordId +
    number(event.recordId) +
    (isPlain(event.time) ? ',"time":"' + event.time + f.afterPlainTime : ',"time":' + text(event.time) + f.afterTime) +
    dataText(event);

  const lossText = (loss: LossRecord): string => printableJson(loss).slice(0, -1) + end;

  const serialize = (given: Serializable): string => {
    if (isLoss(given)) return lossText(given);
    const event = prepared(given, cut);
    const { process: p } = event;
    const f = frameOf(event);
    const document = head(event, f) + (p === undefined ? '}' : '},"process":' + processText(p)) + tailOf(f, event);
    if (p !== undefined && event.type === 'ProcessTerminate') forget(p);
    return document;
  };

  const pieces = (given: Serializable, take: (piece: string) => void): void => {
    if (isLoss(given)) return take(lossText(given));
    const event = prepared(given, cut);
    const { process: p } = event;
    const f = frameOf(event);
    if (p === undefined) take(head(event, f) + '}');
    else {
      take(head(event, f) + '},"process":');
      take(processText(p));
    }
    take(tailOf(f, event));
    if (p !== undefined && event.type === 'ProcessTerminate') forget(p);
  };

  return Object.assign(serialize, { pieces });
}

/** One line of JSON. */
export const json: Serializer<string> = createJson();
