/**
 * One line of JSON for each event: `{ type, id, recordId, time, host, data, process, extra, techniques, rules }`.
 * Instead of `process.parent` it has `process.ancestors`, nearest first; without a rule that holds it has no `rules`.
 * What a process is in full is said where it begins.
 */
import { printableJson } from '../base/printable.js';
import type { AnyExtra, LossRecord, Technique } from '../event/event.js';
import type { ProcessRecord, SysmonEvent } from '../schema/events.gen.js';
import { eventCutter } from './event-cutter.js';
import { writers } from './json.gen.js';
import { checkJsonOptions, type JsonOptions } from './json-options.js';
import { processWriter } from './json-process.js';
import { flat, forget, frozen, isPlain, number, text, textsOf } from './json-text.js';
import { prepared } from './prepared.js';
import { slots } from './process-texts.js';
import { isLoss, labelsOf, type Serializable, type Serializer } from './serializer.js';

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
  labels: unknown;
  tail: string;
}

const mostFrames = 64;

/** What of `extra` is written, without its unwanted members. */
function withoutMembers(exclude: readonly string[]): (extra: object) => object {
  const names = exclude.filter((path) => path.startsWith('extra.')).map((path) => path.slice('extra.'.length));
  if (names.length === 0) return (extra) => extra;
  return (extra) => Object.fromEntries(Object.entries(extra).filter(([name]) => !names.includes(name)));
}

/** Those that a rule named. The others say nothing that the type of the event does not say. */
const ruled = (techniques: readonly Technique[]): readonly Technique[] =>
  techniques.some((t) => t.source === 'event') ? techniques.filter((t) => t.source !== 'event') : techniques;

/** JSON with options. Labels become a last key `labels`. Throws SysmonError (ERR_SYSMON_OPTION) for wrong ones. */
export function createJson(options: JsonOptions = {}): Serializer<string> {
  checkJsonOptions(options);
  const { process: form = 'lean', include = [], exclude = [], ancestors } = options;
  const usual = include.length === 0 && exclude.length === 0 && ancestors === undefined;
  const processes = processWriter(options, usual ? slots[form] : undefined);
  const has = (name: string): boolean => !exclude.includes(name);
  const [hasProcess, hasExtra, hasTechniques, hasRules] = ['process', 'extra', 'techniques', 'rules'].map(has);
  const allTechniques = form === 'full' || include.includes('techniques');
  const members = withoutMembers(exclude);
  const cut = eventCutter(options.fieldSizes);
  const labelsFor = labelsOf(options.labels);
  const endOf = (event: Serializable): string => {
    const labels = labelsFor(event);
    return labels === undefined ? '}' : `,"labels":${frozen(labels)}}`;
  };
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
        labels: undefined,
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

  const tailOf = (f: Frame, event: SysmonEvent): string => {
    const { extra, techniques, rules, labels } = event;
    if (
      f.extra === extra &&
      f.techniques === techniques &&
      f.rules === rules &&
      f.labels === labels &&
      extra !== undefined
    )
      return f.tail;
    // The facts of a file are each event's own.
    const ofEvent = (extra as AnyExtra | undefined)?.file !== undefined;
    const wanted: object | undefined = extra && members(extra);
    const said = !hasExtra ? '' : `,"extra":${ofEvent ? printableJson(wanted) : frozen(wanted)}`;
    const list = allTechniques ? techniques : ruled(techniques);
    const named = !hasTechniques ? '' : `,"techniques":${list.length === 0 ? '[]' : frozen(list)}`;
    const matched = rules === undefined || !hasRules ? '' : `,"rules":${frozen(rules)}`;
    const tail = flat(said + named + matched + endOf(event));
    // All else may change.
    if (
      Object.isFrozen(extra) &&
      Object.isFrozen(techniques) &&
      (rules === undefined || Object.isFrozen(rules)) &&
      (labels === undefined || Object.isFrozen(labels))
    ) {
      f.extra = extra;
      f.techniques = techniques;
      f.rules = rules;
      f.labels = labels;
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

  const letGo = (p: ProcessRecord): void => {
    forget(p);
    processes.forget(p);
  };

  const lossText = (loss: LossRecord): string =>
    printableJson({ ...loss, labels: undefined }).slice(0, -1) + endOf(loss);

  const serialize = (given: Serializable): string => {
    if (isLoss(given)) return lossText(given);
    const event = prepared(given, cut);
    const { process: p, type } = event;
    const f = frameOf(event);
    const own = p === undefined || !hasProcess ? '}' : '},"process":' + processes.text(p, type);
    const document = head(event, f) + own + tailOf(f, event);
    if (p !== undefined && type === 'ProcessTerminate') letGo(p);
    return document;
  };

  const pieces = (given: Serializable, take: (piece: string) => void): void => {
    if (isLoss(given)) return take(lossText(given));
    const event = prepared(given, cut);
    const { process: p, type } = event;
    const f = frameOf(event);
    if (p === undefined || !hasProcess) take(head(event, f) + '}');
    else {
      take(head(event, f) + '},"process":');
      take(processes.text(p, type));
    }
    take(tailOf(f, event));
    if (p !== undefined && type === 'ProcessTerminate') letGo(p);
  };

  return Object.assign(serialize, { pieces });
}

/** One line of JSON, lean. */
export const json: Serializer<string> = createJson();
