/** Conversions of times. */

/** Sysmon's `yyyy-MM-dd HH:mm:ss.SSS` as ISO 8601. */
export const isoDate = (text: string): string | undefined =>
  /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?$/.test(text) ? `${text.replace(' ', 'T')}Z` : undefined;

/** Milliseconds since 1970 of seconds that were met, by the text that either form begins with. */
const seconds = new Map<string, number>();
const mostSeconds = 256;

/** Milliseconds since 1970 of either form of a time. */
export function milliseconds(text: string): number | undefined {
  // Times of events and of the starts of their processes come back in few seconds.
  const known = seconds.get(text.slice(0, 19));
  const thousandths = known === undefined ? undefined : thousandthsOf(text);
  if (known !== undefined && thousandths !== undefined) return known + thousandths;
  const value = parsed(isoDate(text) ?? text);
  if (value !== undefined && /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d\./.test(text)) {
    const ms = thousandthsOf(text);
    if (seconds.size >= mostSeconds) seconds.clear();
    if (ms !== undefined) seconds.set(text.slice(0, 19), value - ms);
  }
  return value;
}

const digit = (text: string, at: number): number => text.charCodeAt(at) - 48;

/** What stands behind the second of either form, in whole milliseconds; undefined if it is not of that form. */
function thousandthsOf(text: string): number | undefined {
  const iso = text[10] === 'T';
  const end = iso ? text.length - 1 : text.length;
  if (end < 23 || text[19] !== '.' || (iso && text[end] !== 'Z')) return undefined;
  for (let i = 20; i < end; i++) if (!(digit(text, i) >= 0 && digit(text, i) <= 9)) return undefined;
  return digit(text, 20) * 100 + digit(text, 21) * 10 + digit(text, 22);
}

function parsed(iso: string): number | undefined {
  const value = Date.parse(iso);
  return Number.isNaN(value) ? undefined : value;
}
