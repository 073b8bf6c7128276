/** What somebody may have meant who misspelled a name. */

/** The known word nearest to a misspelled one, at most so many edits away. Of equals the first. */
function nearest(word: string, words: Iterable<string>, edits: number): string | undefined {
  let best: string | undefined;
  let least = edits + 1;
  for (const candidate of words) {
    if (Math.abs(candidate.length - word.length) >= least) continue;
    const d = distance(word.toLowerCase(), candidate.toLowerCase());
    if (d < least) [best, least] = [candidate, d];
  }
  return best;
}

/** Edits that turn one word into the other. */
function distance(a: string, b: string): number {
  // No name is so long, and whatever a file holds may come here.
  if (a.length > 64 || b.length > 64) return Infinity;
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
    row = next;
  }
  return row[b.length];
}

/** ` Did you mean 'X'?` after a sentence about an argument, or nothing. */
export function didYouMean(word: string, words: Iterable<string>): string {
  const n = nearest(word, words, Math.max(2, Math.floor(word.length / 3)));
  return n === undefined ? '' : ` Did you mean '${n}'?`;
}

/** `, did you mean X?` within a finding in a configuration, or nothing. */
export function suggest(name: string, known: Iterable<string>): string {
  const n = nearest(name, known, Math.max(1, Math.floor(name.length / 3)));
  return n === undefined ? '' : `, did you mean ${n}?`;
}
