/** Pieces of a line for a terminal, and what may stand in them. */
import { constants } from 'node:os';

export const paint = { dim: '2', red: '31', green: '32', yellow: '33', blue: '34', magenta: '35', cyan: '36' } as const;
export type Paint = keyof typeof paint;
export type Piece = readonly [text: string, paint?: Paint | undefined];

/** Names of signals, by number. */
export const signals: ReadonlyMap<number, string> = new Map(
  Object.entries(constants.signals).map(([name, number]) => [number, name]),
);
