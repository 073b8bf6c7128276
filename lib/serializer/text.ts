/** For a person at a terminal: one compact line for each event. */
import { SysmonError } from '../base/errors.js';
import type { SysmonEvent } from '../schema/events.gen.js';
import { eventCutter } from './event-cutter.js';
import { own } from './mapping.js';
import { prepared } from './prepared.js';
import { checkSerializerOptions } from './serializer-options.js';
import { detailsOf } from './text-details.js';
import { paint, type Paint, type Piece } from './text-pieces.js';
import { visible } from '../base/printable.js';
import { observedTypes } from '../event/type-names.js';
import { isLoss, labelsOf, type Serializer, type SerializerOptions } from './serializer.js';

export interface TextOptions extends SerializerOptions {
  /** Colours by terminal escapes. Default false. */
  colour?: boolean | undefined;
  /** Columns of the terminal: longer lines are cut and end in `…`. Default: never. */
  width?: number | undefined;
}

/** The longest name of an event of a process. Those of the sensor itself, some of which are longer, have no columns. */
const nameWidth = Math.max(...observedTypes.map((type) => type.length));
const colours: Readonly<Record<string, Paint>> = { ProcessCreate: 'green', ProcessTerminate: 'blue', Error: 'red' };

function body(event: SysmonEvent): Piece[] {
  const { process: p, data } = event;
  const who: Piece[] = [];
  if (p !== undefined) {
    const { User: user = p.user, Image: image = p.image } = data as { User?: string; Image?: string };
    who.push([`${String(p.pid).padStart(7)} `], [`${visible(user)} `, 'cyan'], [`${visible(image)}  `]);
  }
  who.push(...detailsOf(event, data));
  const { RuleName: rule } = data as { RuleName?: string };
  if (rule !== undefined && rule !== '-') who.push([`  rule ${visible(rule)}`, 'magenta']);
  // What is merely usual for the type of event would stand on every line.
  for (const t of event.techniques) if (t.source === 'rule') who.push([`  ${visible(t.id)}`, 'magenta']);
  if (event.extra.uncertain) who.push(['  uncertain', 'yellow']);
  if (event.extra.truncated) who.push([`  cut: ${event.extra.truncated.map(visible).join(',')}`, 'yellow']);
  return who;
}

/** Characters that take two columns of a terminal, and some that take one: a line may end early, but never late. */
const wide = /[\u1100-\u115f\u2e80-\u{10ffff}]|\p{Emoji_Presentation}/u;

/** How much of a text fits into so many columns: its length there, and the columns that are left. */
function measure(text: string, columns: number): [length: number, left: number] {
  if (!wide.test(text)) {
    const length = Math.min(text.length, columns);
    return [length, columns - length];
  }
  let length = 0;
  for (const character of text) {
    const width = wide.test(character) ? 2 : 1;
    if (width > columns) break;
    columns -= width;
    length += character.length; // half of a pair is no character
  }
  return [length, columns];
}

/** Cuts what does not fit into `width` columns. */
function fit(pieces: readonly Piece[], width: number): Piece[] {
  const cutTo = (columns: number): { readonly out: Piece[]; readonly whole: boolean } => {
    const out: Piece[] = [];
    for (const [text, colour] of pieces) {
      const [length, left] = measure(text, columns);
      out.push([text.slice(0, length), colour]);
      if (length < text.length) return { out, whole: false };
      columns = left;
    }
    return { out, whole: true };
  };
  const { out, whole } = cutTo(width);
  return whole ? out : [...cutTo(width - 1).out, ['\u2026']];
}

/** A serializer for a terminal. */
export function createText(options: TextOptions = {}): Serializer<string> {
  checkSerializerOptions('text', options, ['colour', 'width']);
  const { colour = false, width } = options;
  if (typeof colour !== 'boolean')
    throw new SysmonError(
      'ERR_SYSMON_OPTION',
      `serializer text: colour: expected true or false, got ${String(colour)}.`,
    );
  if (width !== undefined && (!Number.isInteger(width) || width < 20))
    throw new SysmonError(
      'ERR_SYSMON_OPTION',
      `serializer text: width: expected a whole number of at least 20, got ${String(width)}.`,
    );
  const cut = eventCutter(options.fieldSizes);
  const labelsFor = labelsOf(options.labels);
  return (event) => {
    const pieces: Piece[] = [[`${event.time.slice(11, 23)} `, 'dim']];
    if (isLoss(event)) {
      pieces.push(
        ['Loss'.padEnd(nameWidth) + ' ', 'red'],
        [
          `${event.count} ${event.unit ? `${visible(event.unit)} of ` : ''}${visible(event.eventType)} lost, stage ${visible(event.stage)}`,
          'red',
        ],
        ...(event.processes ?? []).map((p): Piece => [`  ${p.count} by ${visible(p.image ?? '-')} (${p.pid})`, 'red']),
      );
    } else {
      pieces.push(
        [`${event.type.padEnd(nameWidth)} `, own(colours, event.type) ?? 'yellow'],
        ...body(prepared(event, cut)),
      );
    }
    for (const [n, v] of Object.entries(labelsFor(event) ?? {})) pieces.push([`  ${visible(n)}=${visible(v)}`, 'dim']);
    const shown = width === undefined ? pieces : fit(pieces, width);
    let line = '';
    for (const [text, p] of shown) line += colour && p !== undefined ? `\x1b[${paint[p]}m${text}\x1b[0m` : text;
    return line.trimEnd();
  };
}

/** One plain line, without colours. */
export const text: Serializer<string> = createText();
