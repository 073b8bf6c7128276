/** Times as text. */
const threeDigits: readonly string[] = Array.from({ length: 1000 }, (_, i) => String(i).padStart(3, '0'));

// The text of a second is made once: formatting a date costs more than decoding the rest of an event. A few are kept,
// for the times of events and of process starts alternate.
const seconds = new Float64Array(64).fill(-1);
const isoPrefix: string[] = new Array<string>(64).fill('');
const utcPrefix: string[] = new Array<string>(64).fill('');

function second(sec: number): number {
  const i = sec & 63;
  if (seconds[i] !== sec) {
    const text = new Date(sec * 1000).toISOString();
    seconds[i] = sec;
    isoPrefix[i] = text.slice(0, 20);
    utcPrefix[i] = `${text.slice(0, 10)} ${text.slice(11, 20)}`;
  }
  return i;
}

const microseconds: readonly string[] = threeDigits.map((digits) => `${digits}Z`);

// Under load many events fall into one millisecond and share all but the last digits.
let lastSec = -1;
let lastMs = -1;
let lastIso = '';

/** ISO 8601, UTC, microseconds. */
export function isoOf(sec: number, usec: number): string {
  const ms = (usec / 1000) | 0;
  if (ms !== lastMs || sec !== lastSec) {
    lastSec = sec;
    lastMs = ms;
    lastIso = isoPrefix[second(sec)] + threeDigits[ms];
  }
  return lastIso + microseconds[usec - ms * 1000];
}

/** Sysmon's `yyyy-MM-dd HH:mm:ss.SSS`. */
export function utcOf(sec: number, usec: number): string {
  return utcPrefix[second(sec)] + threeDigits[(usec / 1000) | 0];
}

/** A time of the kernel or of this process. */
export type TimeParts = readonly [sec: number, usec: number];

export function nowParts(): TimeParts {
  const us = Math.floor((performance.timeOrigin + performance.now()) * 1000);
  return [Math.floor(us / 1e6), us % 1e6];
}
