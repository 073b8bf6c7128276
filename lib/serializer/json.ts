/**
 * One line of JSON for each event: `{ type, id, recordId, time, host, data, process, extra, techniques }`. Instead of
 * `process.parent` it has `process.ancestors`, nearest first.
 */
import type { ProcessRecord } from '../schema/events.gen.js';
import { fieldCutter } from './field-sizes.js';
import { checkSerializerOptions } from './options.js';
import { isLoss, type Serializer, type SerializerOptions } from './types.js';

// Process records and extras are frozen and shared by many events: their text is made once. The caches hold nothing alive.
const processTexts = new WeakMap<ProcessRecord, string>();
const ancestorTexts = new WeakMap<ProcessRecord, string>();
const frozenTexts = new WeakMap<object, string>();

/** Text of the process in short, followed by those of its ancestors. */
function lineage(p: ProcessRecord): string {
  const known = ancestorTexts.get(p);
  if (known !== undefined) return known;
  // From the top down and not by recursion: each generation then adds itself to the text of the one before.
  const missing: ProcessRecord[] = [];
  let text = '';
  for (let q: ProcessRecord | undefined = p; q !== undefined; q = q.parent) {
    const done = ancestorTexts.get(q);
    if (done !== undefined) {
      text = done;
      break;
    }
    missing.push(q);
  }
  for (let i = missing.length - 1; i >= 0; i--) {
    const { pid, strongId, image, commandLine } = missing[i];
    text = JSON.stringify({ pid, strongId, image, commandLine }) + (text === '' ? '' : ',' + text);
    ancestorTexts.set(missing[i], text);
  }
  return text;
}

function processText(p: ProcessRecord): string {
  let text = processTexts.get(p);
  if (text === undefined) {
    // Spread, because JSON.stringify would call toJSON() and walk the ancestors once more.
    text = `${JSON.stringify({ ...p }).slice(0, -1)},"ancestors":[${p.parent === undefined ? '' : lineage(p.parent)}]}`;
    processTexts.set(p, text);
  }
  return text;
}

function frozenText(value: object): string {
  let text = frozenTexts.get(value);
  if (text === undefined) {
    text = JSON.stringify(value);
    if (Object.isFrozen(value)) frozenTexts.set(value, text);
  }
  return text;
}

/** JSON with options. Labels become a last key `labels`. */
export function createJson(options: SerializerOptions = {}): Serializer<string> {
  checkSerializerOptions('json', options);
  const cut = fieldCutter(options.fieldSizes);
  const tail = options.labels === undefined ? '}' : `,"labels":${JSON.stringify(options.labels)}}`;
  return (event) => {
    if (isLoss(event)) return JSON.stringify(event).slice(0, -1) + tail;
    return (
      `{"type":"${event.type}","id":${event.id},"recordId":${event.recordId},"time":"${event.time}","host":${JSON.stringify(event.host)},"data":` +
      JSON.stringify(cut === undefined ? event.data : cut(event.data)) +
      (event.process === undefined ? '' : `,"process":${processText(event.process)}`) +
      `,"extra":${frozenText(event.extra)},"techniques":${frozenText(event.techniques)}${tail}`
    );
  };
}

/** One line of JSON. */
export const json: Serializer<string> = createJson();
