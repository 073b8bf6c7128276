/**
 * What one piece of work may take of a turn of the event loop: the loop belongs to the host program, whose timers and
 * sockets must get theirs however slow a listener is.
 */

/** After so long the work waits for the next turn. */
const turnMs = 3;
/** Looking at the clock costs too, so that it is done once in so many pieces, as long as they are quick. */
const piecesPerLook = 8;
/** Where the pieces between two looks took longer, the clock is looked at before each. */
const slowLookMs = 0.5;

export class Turn {
  #end = 0; // 0: nothing was done in this turn yet
  #left = 1; // pieces until the next look
  #stride = 1;
  #looked = 0;
  readonly #over = (): void => {
    this.#end = 0;
    this.#left = 1;
  };

  /**
   * To be asked before each piece of work: true once the time of this turn is spent, whoever spent it and in how many
   * calls. Never true for the first piece of a turn, so that all work gets on.
   */
  spent(): boolean {
    if (--this.#left > 0) return false;
    const now = performance.now();
    if (this.#end === 0) {
      this.#end = now + turnMs;
      setImmediate(this.#over);
    } else this.#stride = now - this.#looked > slowLookMs ? 1 : Math.min(piecesPerLook, this.#stride * 2);
    this.#looked = now;
    this.#left = this.#stride;
    return now > this.#end;
  }
}

/**
 * Calls back when the loop has gone round: what waits has had its turn. Twice, for an immediate that is asked for while
 * the loop looks at sockets comes right after them, before any timer.
 */
export function nextTurn(work: () => void): void {
  setImmediate(() => setImmediate(work));
}
