/**
 * Every event that a kernel test sees is written in every format as well, and must be what the format's definition
 * says.
 */
import { expect } from 'vitest';
import type { SysmonEvent } from '../../../lib/index.js';
import { faultsOf } from '../../unit/serializer/published.js';

/** Of each type and hook so many: the rest would say the same again. */
const mostOfAKind = 20;

export function checkFormats(events: readonly SysmonEvent[]): void {
  const seen = new Map<string, number>();
  for (const event of events) {
    const kind = `${event.type} ${event.extra.hook} ${Object.keys(event.extra).join()}`;
    const count = seen.get(kind) ?? 0;
    if (count >= mostOfAKind) continue;
    seen.set(kind, count + 1);
    expect(faultsOf(event), JSON.stringify(event)).toEqual([]);
  }
}
