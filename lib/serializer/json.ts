/**
 * One line of JSON for each event: `{ type, id, recordId, time, host, data, process, extra, techniques }`. Instead of
 * `process.parent` it has `process.ancestors`, nearest first.
 */
import type { ProcessRecord, SysmonEvent } from '../schema/events.gen.js';
import { fieldCutter } from './field-sizes.js';
import { writeProcess, writers } from './json.gen.js';
import { flat, forget, frozen, number, parentTexts, shared, text, textsOf } from './json-text.js';
import { checkSerializerOptions } from './options.js';
import { isLoss, type Serializer, type SerializerOptions } from './types.js';

/** Text of the process in short, followed by those of its ancestors. */
function lineage(p: ProcessRecord): string {
  const known = textsOf(p).lineage;
  if (known !== undefined) return known;
  // From the top down and not by recursion: each generation adds itself to the text of the one before.
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
    const own = c.revived ? JSON.stringify({ ...p }).slice(0, -1) : writeProcess(p, c);
    c.whole = flat(`${own},"ancestors":[${p.parent === undefined ? '' : (parentTexts(c, p.parent).lineage ?? lineage(p.parent))}]}`);
  }
  return c.whole;
}

function dataText(event: SysmonEvent): string {
  const write = event.process === undefined || textsOf(event.process).revived ? undefined : writers.get(event.type);
  return write === undefined ? JSON.stringify(event.data) : write(event as never);
}

/** JSON with options. Labels become a last key `labels`. */
export function createJson(options: SerializerOptions = {}): Serializer<string> {
  checkSerializerOptions('json', options);
  const cut = fieldCutter(options.fieldSizes);
  const tail = options.labels === undefined ? '}' : `,"labels":${JSON.stringify(options.labels)}}`;
  return (event) => {
    if (isLoss(event)) return JSON.stringify(event).slice(0, -1) + tail;
    const { process: p, extra, techniques } = event;
    const line =
      `{"type":${shared(event.type)},"id":${number(event.id)},"recordId":${number(event.recordId)},"time":${text(event.time)},"host":${shared(event.host)},"data":` +
      dataText(cut === undefined ? event : ({ ...event, data: cut(event.data) } as SysmonEvent)) +
      (p === undefined ? ',"extra":' : `,"process":${processText(p)},"extra":`) +
      frozen(extra) +
      (techniques.length === 0 ? ',"techniques":[]' : `,"techniques":${frozen(techniques)}`) +
      tail;
    if (event.type === 'ProcessTerminate') forget(event.process);
    return line;
  };
}

/** One line of JSON. */
export const json: Serializer<string> = createJson();
