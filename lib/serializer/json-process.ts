/** Text of a process in JSON: whole where it begins, elsewhere in short, with its ancestors after it. */
import { shortCapabilities } from '../event/capability-sets.js';
import { bootOf, withoutBoot } from '../event/strong-id.js';
import { ProcessRecord } from '../event/process-record.gen.js';
import { printableJson } from '../base/printable.js';
import { cutText, shortLine } from '../base/cut-text.js';
import { writeProcess } from './json.gen.js';
import { ancestorNames, processNames, type JsonOptions } from './json-options.js';
import { flat, frozen, text, textsOf } from './json-text.js';
import { perProcess, type ProcessTexts } from './process-texts.js';
import { isSettled } from './serializer.js';

/** Of a process that began elsewhere. */
const shortNames = [
  ...['strongId', 'guid', 'pid', 'ppid', 'image', 'commandLine', 'uid', 'user', 'script', 'memfd', 'deleted'],
  ...['container', 'npm', 'origin', 'remote'],
];

/** What is kept of a process while it lives. */
class Kept {
  whole: string | undefined;
  short: string | undefined;
  asked = 0;
  /** It and its ancestors as ancestors of others: of those that begin, and of others. */
  line: string | undefined;
  shortLine: string | undefined;
}

/** The text of an object that is mostly the one before. */
let lastSets: unknown;
let lastSetsText = 'null';
function shortCapabilitiesText(sets: object): string {
  if (sets === lastSets) return lastSetsText;
  const made = printableJson(shortCapabilities(sets));
  // All else may change.
  if (Object.isFrozen(sets)) {
    lastSets = sets;
    lastSetsText = made;
  }
  return made;
}

/** The command line in at most so many characters. */
const lineText = (p: ProcessRecord, c: ProcessTexts): string =>
  // A recording may have anything there, and an ancestor in short has none.
  typeof p.commandLine === 'string' && p.commandLine.length > shortLine
    ? text(cutText(p.commandLine, shortLine))
    : c.commandLine;

/** Whether a process and all of its line lived in one boot, which its id names: always, but for what a file may say. */
function isOfOneBoot(p: ProcessRecord): boolean {
  if (!textsOf(p).revived) return true;
  const boot = bootOf(p.strongId);
  if (boot === '') return false;
  for (let q = p.parent; q !== undefined; q = q.parent) if (bootOf(q.strongId) !== boot) return false;
  return true;
}

export interface ProcessWriter {
  readonly text: (p: ProcessRecord, type: string) => string;
  readonly forget: (p: ProcessRecord) => void;
}

/** A writer with options that were checked; `slot`: where it keeps its texts, if it is not one of many. */
export function processWriter(options: JsonOptions, slot?: number): ProcessWriter {
  const { process = 'lean', include = [], exclude = [], ancestors: most = Infinity } = options;
  const full = process === 'full';
  const left = new Set(exclude);
  const asked = new Set(include);
  const kept = perProcess(() => new Kept(), slot);
  const anywhere = (names: readonly string[]): boolean =>
    names.some((path) => path.startsWith('process.') && !path.startsWith('process.ancestors'));
  const wholeByHand = anywhere(exclude);
  const shortByHand = wholeByHand || anywhere(include);
  const shortly = processNames.filter(
    (name) => (shortNames.includes(name) || asked.has(`process.${name}`)) && !left.has(`process.${name}`),
  );
  const withAncestors = !left.has('process.ancestors');
  const allOfLines = full || asked.has('process.ancestors.commandLine');
  const allOfIds = full || asked.has('process.ancestors.strongId');
  const formOf = (whole: boolean): ReadonlySet<string> =>
    new Set(
      ancestorNames.filter(
        (name) => (whole || allOfLines || name !== 'commandLine') && !left.has(`process.ancestors.${name}`),
      ),
    );
  const wholeForm = formOf(true);
  const shortForm = formOf(false);

  const ancestorText = (p: ProcessRecord, form: ReadonlySet<string>, wholeId = allOfIds): string => {
    const c = textsOf(p);
    return (
      `{"pid":${p.pid}` +
      (form.has('strongId') ? `,"strongId":${text(wholeId ? p.strongId : withoutBoot(p.strongId))}` : '') +
      (form.has('image') ? `,"image":${c.image}` : '') +
      (form.has('commandLine') && p.commandLine !== undefined
        ? `,"commandLine":${allOfLines ? c.commandLine : lineText(p, c)}}`
        : '}')
    );
  };

  /** Text of the process as an ancestor, followed by those of its ancestors. */
  const lineage = (p: ProcessRecord, at: 'line' | 'shortLine'): string => {
    // From the top down and not by recursion: each generation adds itself to the text of the one before.
    const missing: ProcessRecord[] = [];
    let done = '';
    for (let q: ProcessRecord | undefined = p; q !== undefined; q = q.parent) {
      const known = kept.of(q)[at];
      if (known !== undefined) {
        done = known;
        break;
      }
      missing.push(q);
    }
    const form = at === 'line' ? wholeForm : shortForm;
    for (const q of missing.reverse()) {
      done = flat(`${ancestorText(q, form)}${done === '' ? '' : ','}${done}`);
      kept.of(q)[at] = done;
    }
    return done;
  };

  const ancestorsText = (p: ProcessRecord, whole: boolean): string => {
    const { parent } = p;
    if (!withAncestors) return '}';
    if (parent === undefined || most === 0) return ',"ancestors":[]}';
    const wholeIds = allOfIds || !isOfOneBoot(p);
    if (most === Infinity && wholeIds === allOfIds)
      return `,"ancestors":[${lineage(parent, whole ? 'line' : 'shortLine')}]}`;
    const texts: string[] = [];
    for (let q: ProcessRecord | undefined = parent; q !== undefined && texts.length < most; q = q.parent)
      texts.push(ancestorText(q, whole ? wholeForm : shortForm, wholeIds));
    return `,"ancestors":[${texts.join(',')}]}`;
  };

  const valueOf = (p: ProcessRecord, name: string, whole: boolean): unknown => {
    const value = (p as unknown as Record<string, unknown>)[name];
    if (full) return value;
    if (name === 'capabilities') return shortCapabilities(value);
    if (whole || asked.has(`process.${name}`)) return value;
    if (name === 'commandLine' && typeof value === 'string') return cutText(value, shortLine);
    if (name === 'container' && typeof value === 'object' && value !== null)
      return { id: (value as { id?: unknown }).id };
    return value;
  };

  /** Without its end. */
  const byHand = (p: ProcessRecord, whole: boolean): string => {
    const names = whole ? Object.keys(p).filter((name) => name !== 'parent' && !left.has(`process.${name}`)) : shortly;
    return printableJson(Object.fromEntries(names.map((name) => [name, valueOf(p, name, whole)]))).slice(0, -1);
  };

  const wholeText = (p: ProcessRecord, c: ProcessTexts): string =>
    c.revived || wholeByHand ? byHand(p, true) : writeProcess(p, c, full ? frozen : shortCapabilitiesText);

  const shortText = (p: ProcessRecord, c: ProcessTexts): string =>
    c.revived || shortByHand
      ? byHand(p, false)
      : '{"strongId":"' +
        p.strongId +
        '","guid":"' +
        p.guid +
        '","pid":' +
        p.pid +
        (p.ppid === undefined ? '' : ',"ppid":' + p.ppid) +
        ',"image":' +
        c.image +
        ',"commandLine":' +
        lineText(p, c) +
        (p.uid === undefined ? '' : ',"uid":' + p.uid) +
        ',"user":' +
        c.user +
        (p.container === undefined ? '' : ',"container":{"id":' + text(p.container.id) + '}') +
        (p.npm === undefined ? '' : ',"npm":' + frozen(p.npm)) +
        (p.script === undefined ? '' : ',"script":' + text(p.script)) +
        (p.memfd === undefined ? '' : ',"memfd":true') +
        (p.deleted === undefined ? '' : ',"deleted":true');

  return {
    text(p, type) {
      const k = kept.of(p);
      const whole = full || type === 'ProcessCreate';
      const at = whole ? 'whole' : 'short';
      let known = k[at];
      if (known === undefined) {
        const c = textsOf(p);
        known = (whole ? wholeText(p, c) : shortText(p, c)) + ancestorsText(p, whole);
        // One that is whole once only is not worth its memory.
        if ((full || !whole) && isSettled(p)) k[at] = known;
        // Many processes have two events: in one piece it is for those that have more.
      } else if (k.asked === 2) flat(known);
      k.asked++;
      return known;
    },
    forget: (p) => kept.forget(p),
  };
}
