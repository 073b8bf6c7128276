/** A file of rules that is read anew while the sensor runs. */
import { statSync, unwatchFile, watchFile } from 'node:fs';
import type { Sysmon } from '../sysmon.js';

/** How often a file is looked at. It is its name that is watched: editors put another file in its place. */
const lookMs = 1000;

export class Reload {
  readonly #file: string;
  readonly #tell: (text: string) => void;
  #sysmon: Sysmon | undefined;
  #due = false;

  /** `tell` gets sentences without an end. */
  constructor(file: string, tell: (text: string) => void) {
    this.#file = file;
    this.#tell = tell;
  }

  /** The sensor runs: what was asked for before is done now. */
  live(sysmon: Sysmon): void {
    this.#sysmon = sysmon;
    if (this.#due) void this.now();
  }

  /** Reads the file; one that is wrong changes nothing. */
  async now(): Promise<void> {
    this.#due = this.#sysmon === undefined;
    if (this.#sysmon === undefined) return;
    try {
      // A pipe was read to its end at the start.
      if (!statSync(this.#file).isFile()) throw new Error(`${this.#file} is no regular file, and not read again`);
      await this.#sysmon.configure({ config: this.#file });
      this.#tell(`${this.#file} was read anew`);
    } catch (error) {
      this.#tell(`the configuration stays as it was: ${(error as Error).message}`);
    }
  }

  readonly #changed = (): void => void this.now();

  watch(): void {
    watchFile(this.#file, { interval: lookMs, persistent: false }, this.#changed);
  }

  end(): void {
    this.#sysmon = undefined;
    unwatchFile(this.#file, this.#changed);
  }
}
