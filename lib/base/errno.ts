/** Errors of the system, by number and by name. */
import { constants } from 'node:os';
import { getSystemErrorMap } from 'node:util';

// Each of the two has names that the other lacks. The map also has errors of libuv itself, far below those of Linux.
const ofLibuv = [...getSystemErrorMap()].flatMap(([number, [name]]): [string, number][] =>
  number > -1000 ? [[name, -number]] : [],
);
const numbers: ReadonlyMap<string, number> = new Map([...ofLibuv, ...Object.entries(constants.errno)]);
const names: ReadonlyMap<number, string> = new Map([...numbers].map(([name, number]) => [number, name]));

/** All names, such as `ECONNREFUSED`. */
export const errnoNames: readonly string[] = [...numbers.keys()];

/** An error of the system by its name, such as `ECONNREFUSED`. */
export const errnoName = (errno: number): string => names.get(errno) ?? `error ${errno}`;

/** The number of a name, whatever its case; undefined if there is no such error. */
export const errnoNumber = (name: string): number | undefined => numbers.get(name.toUpperCase());
