/** Conversions of times. */

/** Sysmon's `yyyy-MM-dd HH:mm:ss.SSS` as ISO 8601. */
export const isoDate = (text: string): string | undefined =>
  /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?$/.test(text) ? `${text.replace(' ', 'T')}Z` : undefined;

/** Milliseconds since 1970 of either form of a time. */
export function milliseconds(text: string): number | undefined {
  const iso = isoDate(text) ?? text;
  // Most events are of the same second as the one before.
  if (!/^.{19}\.\d{3,}Z$/.test(iso)) return parsed(iso);
  const second = iso.slice(0, 19);
  if (second !== lastSecond.text) lastSecond = { text: second, value: parsed(`${second}Z`) };
  return lastSecond.value === undefined ? parsed(iso) : lastSecond.value + Number(iso.slice(20, 23));
}

let lastSecond: { readonly text: string; readonly value: number | undefined } = { text: '', value: undefined };

function parsed(iso: string): number | undefined {
  const value = Date.parse(iso);
  return Number.isNaN(value) ? undefined : value;
}
