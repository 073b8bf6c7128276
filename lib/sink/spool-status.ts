/** What a running sink tells of its spool, for whoever looks from outside: the database has one user at a time. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DeliveryState } from './sending.js';
import type { SpoolMeta } from './spool.js';

/** As it stands in the file. */
export interface SpoolStatus extends SpoolMeta, DeliveryState {
  /** Whom it is for. */
  readonly to: string;
  readonly lost: Readonly<Record<string, number>>;
  /** When it was written, ms since the epoch, and by which process. */
  readonly written: number;
  readonly pid: number;
}

const fileName = 'status.json';
const everyMs = 1000;

export function readSpoolStatus(directory: string): SpoolStatus | undefined {
  try {
    return JSON.parse(readFileSync(join(directory, fileName), 'utf8')) as SpoolStatus;
  } catch {
    return undefined; // there is none, or it is of no use
  }
}

/** Written at most once a second, and when it is closed. */
export class SpoolStatusFile {
  readonly #path: string;
  readonly #status: () => Omit<SpoolStatus, 'written' | 'pid'>;
  #timer: NodeJS.Timeout | undefined;

  constructor(directory: string, status: () => Omit<SpoolStatus, 'written' | 'pid'>) {
    this.#path = join(directory, fileName);
    this.#status = status;
    this.#write();
  }

  changed(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#write();
    }, everyMs).unref();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#write();
  }

  #write(): void {
    const text = `${JSON.stringify({ ...this.#status(), written: Date.now(), pid: process.pid })}\n`;
    try {
      writeFileSync(`${this.#path}.new`, text, { mode: 0o600 });
      renameSync(`${this.#path}.new`, this.#path);
    } catch {
      // The spool itself tells of a disk that is full.
    }
  }
}
