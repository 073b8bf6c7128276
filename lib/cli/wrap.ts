/** Text in lines that fit a terminal. */

/** Columns that a text for people may take: all of a terminal up to what is good to read, and 80 of anything else. */
export const textWidth = (columns: number | undefined): number => Math.min(120, Math.max(40, columns || 80));

/** What is in brackets stays together: it is one argument. */
const wordsOf = (line: string): string[] => line.match(/\[[^\]]*\][^ ]*|[^ ]+/g) ?? [];

/**
 * Breaks lines between words so that none is longer than `width`; a longer word stands alone. All but the first begin
 * with `indent`, and `taken` columns before the first are in use.
 */
export function wrap(text: string, width: number, indent = '', taken = 0): string {
  const lines: string[] = [];
  let left = taken;
  for (const line of text.split('\n')) {
    let filled = '';
    let room = width - left;
    for (const word of wordsOf(line)) {
      if (filled !== '' && filled.length + 1 + word.length > room) {
        lines.push(filled);
        filled = '';
        room = width - indent.length;
      }
      filled = filled === '' ? word : `${filled} ${word}`;
    }
    lines.push(filled);
    left = indent.length;
  }
  return lines.map((line, i) => (i === 0 || line === '' ? line : indent + line)).join('\n');
}
