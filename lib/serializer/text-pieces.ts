/** Pieces of a line for a terminal, and what may stand in them. */
import { constants } from 'node:os';

export const paint = { dim: '2', red: '31', green: '32', yellow: '33', blue: '34', magenta: '35', cyan: '36' } as const;
export type Paint = keyof typeof paint;
export type Piece = readonly [text: string, paint?: Paint | undefined];

const named: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\x1b': '\\e' };
// Controls of ASCII and of Latin-1, line and paragraph separators, and everything that turns the direction of writing: each
// could make a terminal show something else than what happened.
// eslint-disable-next-line no-control-regex
const invisible = /[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]/u;
const everyInvisible = new RegExp(invisible.source, 'gu');

/** Makes characters visible that a terminal would act upon or swallow. */
export function visible(text: string): string {
  if (!invisible.test(text)) return text;
  return text.replace(everyInvisible, (c) => {
    const code = c.codePointAt(0) as number;
    return (
      named[c] ??
      (code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`)
    );
  });
}

const byNumber = (names: object): ReadonlyMap<number, string> =>
  new Map((Object.entries(names) as [string, number][]).map(([name, number]) => [number, name]));

export const signals = byNumber(constants.signals);
const errors = byNumber(constants.errno);

/** An error of the system by its name, such as `ECONNREFUSED`. */
export const errnoName = (errno: number): string => errors.get(errno) ?? `error ${errno}`;
