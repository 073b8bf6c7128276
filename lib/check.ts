/** What checks of options share. */
import { refuse, show } from './errors.js';

/** The known word nearest to a misspelled one, if any is near. */
export function nearest(word: string, words: readonly string[]): string | undefined {
  const distance = (a: string, b: string): number => {
    let row = Array.from({ length: b.length + 1 }, (_, i) => i);
    for (let i = 1; i <= a.length; i++) {
      const next = [i];
      for (let j = 1; j <= b.length; j++) {
        next[j] = Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      }
      row = next;
    }
    return row[b.length];
  };
  const ranked = words.map((w) => [distance(word.toLowerCase(), w.toLowerCase()), w] as const).sort((a, b) => a[0] - b[0]);
  const best = ranked[0];
  return best && best[0] <= Math.max(2, word.length / 3) ? best[1] : undefined;
}

export const didYouMean = (word: string, words: readonly string[]): string => {
  const n = nearest(word, words);
  return n === undefined ? '' : ` Did you mean '${n}'?`;
};

export function integer(name: string, value: unknown, fallback: number, least: number, most: number): number {
  if (value === undefined) return fallback;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > most)
    refuse(`option ${name}: expected a whole number from ${least} to ${most}, got ${show(value)}.`);
  return value;
}
