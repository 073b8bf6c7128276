/** Pieces of documents that depend on a process alone: their text is kept for as long as its record lives. */
import type { ProcessRecord, SysmonEvent } from '../schema/events.gen.js';
import { flat, perProcess } from './process-texts.js';
import { isSettled } from './serializer.js';

export type Write = (event: SysmonEvent) => string;

/** What is kept of a process: texts of its pieces, by number, and which of them are in one piece. */
class Kept {
  readonly texts: (string | undefined)[] = [];
  readonly isFlat: boolean[] = [];
}

export interface Keeper {
  /** The same writer, which asks what it was given once for a process. Those of one name write the same of it. */
  readonly keep: (write: Write, name: string) => Write;
  readonly forget: (p: ProcessRecord) => void;
}

const mostPieces = 1024;
/** Characters of a text that is not worth being brought into one piece. */
const hardly = 128;

function made(slot: number | undefined): Keeper {
  const kept = perProcess(() => new Kept(), slot);
  const numbers = new Map<string, number>();
  return {
    keep(write, name) {
      const at = numbers.get(name) ?? numbers.size;
      if (at === numbers.size) {
        // A recording may hold any types.
        if (at >= mostPieces) return write;
        numbers.set(name, at);
      }
      return (event) => {
        const { texts, isFlat } = kept.of(event.process as ProcessRecord);
        const known = texts[at];
        if (known === undefined) {
          const made = write(event);
          if (isSettled(event.process as ProcessRecord)) texts[at] = made;
          return made;
        }
        // Most processes have two events: in one piece it is for those that have more, unless it is hardly several.
        if (!isFlat[at]) {
          isFlat[at] = true;
          if (known.length > hardly) flat(known);
        }
        return known;
      };
    },
    forget: kept.forget,
  };
}

const bySlot = new Map<number, Keeper>();

/** One for a slot, as all who have it find the same beside a record; without a slot each has its own. */
export function keeper(slot: number | undefined): Keeper {
  if (slot === undefined) return made(undefined);
  let known = bySlot.get(slot);
  if (known === undefined) bySlot.set(slot, (known = made(slot)));
  return known;
}
