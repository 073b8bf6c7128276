/** Pieces of a line for a terminal, and what may stand in them. */
import { constants } from 'node:os';

export const paint = { dim: '2', red: '31', green: '32', yellow: '33', blue: '34', magenta: '35', cyan: '36' } as const;
export type Paint = keyof typeof paint;
export type Piece = readonly [text: string, paint?: Paint | undefined];

const byNumber = (names: object): ReadonlyMap<number, string> =>
  new Map((Object.entries(names) as [string, number][]).map(([name, number]) => [number, name]));

export const signals = byNumber(constants.signals);
const errors = byNumber(constants.errno);

/** An error of the system by its name, such as `ECONNREFUSED`. */
export const errnoName = (errno: number): string => errors.get(errno) ?? `error ${errno}`;
