/** Texts that strangers may have written, for a terminal. */

/**
 * What a terminal may act upon or swallow, beside the controls of ASCII and halves of a pair: DEL and the controls of
 * Latin-1, line and paragraph separators, characters without width, and everything that turns the direction of writing.
 * Each could make a terminal show something else than what happened. In the writing of regular expressions.
 */
export const unseen = '\\x7f-\\x9f\\u061c\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u2069\\ufeff';

const named: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\x1b': '\\e' };
const invisible = new RegExp(`[\\x00-\\x1f${unseen}\\ud800-\\udfff]`, 'u');
const everyInvisible = new RegExp(invisible.source, 'gu');
const someUnseen = new RegExp(`[${unseen}]`);
const everyUnseen = new RegExp(someUnseen.source, 'g');

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

/**
 * JSON in which the same characters are escaped, so that it can be looked at in a terminal: it says the same value.
 * `null` for what JSON has no word for.
 */
export function printableJson(value: unknown, indent?: number): string {
  const text = JSON.stringify(value, null, indent) ?? 'null';
  return someUnseen.test(text)
    ? text.replace(everyUnseen, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
    : text;
}
