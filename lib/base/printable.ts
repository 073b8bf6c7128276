/** Texts that strangers may have written, for a terminal. */

const named: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\x1b': '\\e' };
// Controls of ASCII and of Latin-1, line and paragraph separators, characters without width, halves of a pair, and
// everything that turns the direction of writing: each could make a terminal show something else than what happened.
// eslint-disable-next-line no-control-regex
const invisible = /[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]/u;
const everyInvisible = new RegExp(invisible.source, 'gu');

function byCode(character: string): string {
  const code = character.codePointAt(0) as number;
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
}

/** Makes characters visible that a terminal would act upon or swallow: the text stays within its line. */
export function visible(text: string): string {
  return invisible.test(text) ? text.replace(everyInvisible, (c) => named[c] ?? byCode(c)) : text;
}

/** The same for a text of several lines: lines and tabs stay. */
export function printable(text: string): string {
  return text.replace(everyInvisible, (c) => (c === '\n' || c === '\t' ? c : byCode(c)));
}
