/** Text of XML 1.0 character data, for the generated writers. */
import { slots, textCache } from './process-texts.js';
import { escapeXml } from './xml-escape.js';

export { flat } from './process-texts.js';

/** Any value; `-` where there is none, as Sysmon writes it. */
export function text(value: unknown): string {
  if (typeof value === 'string') return value === '' ? '-' : escapeXml(value);
  return value === undefined || value === null ? '-' : escapeXml(String(value));
}

export function number(value: unknown): string {
  return typeof value === 'number' ? String(value) : text(value);
}

export function flag(value: unknown): string {
  return value === true ? 'true' : value === false ? 'false' : text(value);
}

export const { shared, textsOf, parentTexts } = textCache(text, slots.xml);
