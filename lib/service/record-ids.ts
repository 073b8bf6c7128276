/** Record ids that go on where the last run ended. */
import { closeSync, constants, fsyncSync, openSync, readSync, writeSync } from 'node:fs';
import { SysmonError } from '../base/errors.js';
import { secret } from './files.js';

const bytes = 8;

/**
 * A counter in a file of eight bytes, which is the next id, least significant byte first. `keep()` comes before what
 * has the ids goes out: whoever is killed never gives an id twice, and an id that is missing is an event that is.
 */
export class RecordIds {
  readonly #fd: number;
  readonly #buffer = Buffer.alloc(bytes);
  #next = 1;
  #kept = 1;

  /** Opens the file, or makes it. Throws SysmonError (ERR_SYSMON_STATE) if what is in it is no counter. */
  constructor(path: string) {
    this.#fd = openSync(path, constants.O_RDWR | constants.O_CREAT, secret);
    const read = readSync(this.#fd, this.#buffer, 0, bytes, 0);
    if (read === 0) return;
    const next = read === bytes ? this.#buffer.readBigUInt64LE() : -1n;
    if (next < 0n || next > BigInt(Number.MAX_SAFE_INTEGER)) {
      closeSync(this.#fd);
      throw new SysmonError(
        'ERR_SYSMON_STATE',
        `${path}: it is no counter of record ids. Remove it: they begin with 1 then.`,
      );
    }
    this.#next = this.#kept = Math.max(1, Number(next));
  }

  next(): number {
    return this.#next++;
  }

  /** Writes how far it is, if anything was given since. */
  keep(): void {
    if (this.#kept === this.#next) return;
    this.#buffer.writeBigUInt64LE(BigInt(this.#next));
    writeSync(this.#fd, this.#buffer, 0, bytes, 0);
    this.#kept = this.#next;
  }

  close(): void {
    this.keep();
    fsyncSync(this.#fd);
    closeSync(this.#fd);
  }
}
