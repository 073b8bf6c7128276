/** The event loop stands still, so that nobody takes what the sensor has produced. */
import { readFileSync } from 'node:fs';

function hasEnded(pid: number): boolean {
  try {
    return /\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8')); // a child that nobody has waited for yet
  } catch {
    return true;
  }
}

/** Returns when all have ended, or after a minute. */
export function blockUntilEnded(pids: readonly number[]): void {
  const pause = new Int32Array(new SharedArrayBuffer(4));
  for (const end = Date.now() + 60_000; !pids.every(hasEnded) && Date.now() < end;) Atomics.wait(pause, 0, 0, 20);
}
