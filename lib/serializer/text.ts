/** For a person at a terminal: one compact line for each event. */
import { SysmonError } from '../base/errors.js';
import type { SysmonEvent } from '../schema/events.gen.js';
import { fieldCutter } from './field-sizes.js';
import { own } from './mapping.js';
import { checkSerializerOptions } from './serializer-options.js';
import { detailsOf } from './text-details.js';
import { paint, type Paint, type Piece } from './text-pieces.js';
import { visible } from '../base/printable.js';
import { isLoss, type Serializer, type SerializerOptions } from './serializer.js';

export interface TextOptions extends SerializerOptions {
  /** Colours by terminal escapes. Default false. */
  colour?: boolean | undefined;
  /** Columns of the terminal: longer lines are cut and end in `…`. Default: never. */
  width?: number | undefined;
}

const nameWidth = 16;
const colours: Readonly<Record<string, Paint>> = { ProcessCreate: 'green', ProcessTerminate: 'blue', Error: 'red' };

function body(event: SysmonEvent, data: SysmonEvent['data']): Piece[] {
  const { process: p } = event;
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

/** Cuts what does not fit into `width` characters. */
function fit(pieces: readonly Piece[], width: number): Piece[] {
  const total = pieces.reduce((sum, [text]) => sum + text.length, 0);
  if (total <= width) return [...pieces];
  const out: Piece[] = [];
  let left = width - 1;
  for (const [text, colour] of pieces) {
    let end = Math.min(left, text.length);
    // Half of a pair is no character.
    if (end > 0 && end < text.length && (text.charCodeAt(end - 1) & 0xfc00) === 0xd800) end--;
    out.push([text.slice(0, end), colour]);
    left -= end;
    if (end < text.length || left === 0) break;
  }
  out.push(['\u2026']);
  return out;
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
  const cut = fieldCutter(options.fieldSizes);
  const labels = Object.entries(options.labels ?? {}).map(([n, v]): Piece => [`  ${visible(n)}=${visible(v)}`, 'dim']);
  return (event) => {
    const pieces: Piece[] = [[`${event.time.slice(11, 23)} `, 'dim']];
    if (isLoss(event)) {
      pieces.push(
        ['Loss'.padEnd(nameWidth) + ' ', 'red'],
        [`${event.count} ${visible(event.eventType)} lost, stage ${visible(event.stage)}`, 'red'],
      );
    } else {
      pieces.push(
        [`${event.type.padEnd(nameWidth)} `, own(colours, event.type) ?? 'yellow'],
        ...body(event, cut === undefined ? event.data : cut(event.data)),
      );
    }
    pieces.push(...labels);
    const shown = width === undefined ? pieces : fit(pieces, width);
    let line = '';
    for (const [text, p] of shown) line += colour && p !== undefined ? `\x1b[${paint[p]}m${text}\x1b[0m` : text;
    return line.trimEnd();
  };
}

/** One plain line, without colours. */
export const text: Serializer<string> = createText();
