/** What XML 1.0 cannot have in character data, or a terminal would act upon, written so that it can stand there. */
import { unseen } from '../base/printable.js';

// Any half of a pair is looked at more closely; in the other expression, with its flag u, only a lone one is matched.
const special = new RegExp(`[&<>\\x00-\\x1f${unseen}\\ud800-\\udfff\\ufffe\\uffff]`);
const everySpecial = new RegExp(special.source, 'gu');
const someUnseen = new RegExp(`[${unseen}]`);

const named: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '\n': '&#10;',
  '\r': '&#13;',
  '\t': '&#9;',
};

/**
 * What XML has is written by its number: it is the same text. What XML cannot carry is written as the bytes it has in
 * (generalized) UTF-8: `\xHH` each.
 */
function replacement(c: string): string {
  const known = named[c];
  if (known !== undefined) return known;
  const code = c.charCodeAt(0);
  if (someUnseen.test(c)) return `&#${code};`;
  const bytes = code < 0x80 ? [code] : [0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f)];
  return bytes.map((b) => `\\x${b.toString(16).padStart(2, '0')}`).join('');
}

export function escapeXml(value: string): string {
  return special.test(value) ? value.replace(everySpecial, replacement) : value;
}

/** In an attribute, between double quotes. */
export function escapeAttribute(value: string): string {
  return escapeXml(value).replaceAll('"', '&quot;');
}
