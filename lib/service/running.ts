/** Who runs as the service, and what became of what it was told. */
import { readFileSync, rmSync } from 'node:fs';
import { file, replaceFile } from './files.js';

/** What the service says of itself, in a file. */
export interface Status {
  readonly pid: number;
  /** When that process began, in clock ticks after boot: another with its number is another. */
  readonly startTicks: number;
  readonly state: 'starting' | 'running';
  /** Of the settings in force. */
  readonly revision: number;
  /** The last settings that it refused, and why. */
  readonly refused?: { readonly revision: number; readonly reason: string } | undefined;
  /** As event 16 has it. */
  readonly configuration?: string;
}

/** When a process began; undefined: there is none, or it has ended and nobody has taken notice of it. */
export function startTicksOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name before it may hold anything.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' || fields[0] === 'X' ? undefined : Number(fields[19]);
  } catch {
    return undefined;
  }
}

/** What the file says, whoever wrote it and whether that process still runs. */
export function lastStatus(): Status | undefined {
  try {
    return JSON.parse(readFileSync(file('status'), 'utf8')) as Status;
  } catch {
    return undefined;
  }
}

export const isAlive = ({ pid, startTicks }: Pick<Status, 'pid' | 'startTicks'>): boolean =>
  startTicksOf(pid) === startTicks;

/** The service, if it runs. */
export function running(): Status | undefined {
  const status = lastStatus();
  return status !== undefined && isAlive(status) ? status : undefined;
}

export const writeStatus = (status: Status): void => replaceFile(file('status'), `${JSON.stringify(status)}\n`);

export const removeStatus = (): void => rmSync(file('status'), { force: true });

/** Asks every 20 ms until something is there, or for so many ms. */
export async function until<T>(ask: () => T | undefined, ms: number): Promise<T | undefined> {
  const due = performance.now() + ms;
  for (;;) {
    const found = ask();
    if (found !== undefined || performance.now() >= due) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Sends a signal to the service and to no other process. False: it has ended. */
export function signal(to: Pick<Status, 'pid' | 'startTicks'>, name: NodeJS.Signals): boolean {
  if (!isAlive(to)) return false;
  try {
    return process.kill(to.pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}
