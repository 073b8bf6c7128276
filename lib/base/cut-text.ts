/** Texts that are cut where they are written, never where they are kept. */

/** Most characters of a command line in lean JSON and the like, where it is not that of a process that begins. */
export const shortLine = 256;

/** The first characters of a text. Half of a pair of UTF-16 surrogates, which is neither UTF-8 nor XML, is left out. */
export function headOf(text: string, end: number): string {
  return text.slice(0, end > 0 && (text.charCodeAt(end - 1) & 0xfc00) === 0xd800 ? end - 1 : end);
}

/** `text` in at most `size` characters. Never cuts a pair of UTF-16 surrogates apart. */
export function cutText(text: string, size: number): string {
  if (text.length <= size) return text;
  return size < 3 ? '-' : `${headOf(text, size - 3)}...`;
}
