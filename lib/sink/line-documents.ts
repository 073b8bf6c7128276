/** Documents as bytes, one after another. */

const newline = 10;

/**
 * Documents one after another in one piece of memory, each with a line end behind it. What is in it belongs to whoever
 * made it: a sink that keeps it longer than its write() takes a copy.
 *
 * @example
 * ```js
 * import { Documents } from '@org/sysmon/sinks';
 *
 * const documents = Documents.of(['{"a":1}', '{"a":2}']);
 * console.log(documents.count, documents.bytes.length, documents.at(1).toString()); // 2 16 {"a":2}
 * ```
 */
export class Documents {
  /** All of them, each with a line end. */
  readonly bytes: Buffer;
  /** Where the line end of each document stands in `bytes`, and one more: where the next document would begin. */
  readonly ends: readonly number[];

  /** Of memory that has this form already. */
  constructor(bytes: Buffer, ends: readonly number[]) {
    this.bytes = bytes;
    this.ends = ends;
  }

  /** Of texts or bytes, without line ends. */
  static of(documents: Iterable<string | Uint8Array>): Documents {
    const gatherer = new Gatherer(1024);
    for (const document of documents) {
      gatherer.take(document);
      gatherer.end();
    }
    return gatherer.documents();
  }

  /** Of lines as they stand in a file; what comes after the last line end is left out. */
  static ofLines(bytes: Buffer): Documents {
    const ends: number[] = [];
    for (let i = bytes.indexOf(newline); i >= 0; i = bytes.indexOf(newline, i + 1)) ends.push(i + 1);
    return new Documents(bytes.subarray(0, ends.at(-1) ?? 0), ends);
  }

  /** How many there are. */
  get count(): number {
    return this.ends.length;
  }

  /** One of them, without its line end. It is a view: nothing is copied. */
  at(index: number): Buffer {
    return this.bytes.subarray(index === 0 ? 0 : this.ends[index - 1], this.ends[index] - 1);
  }

  /** Some of them, from one to before another; nothing is copied. */
  slice(from: number, to = this.count): Documents {
    const start = from === 0 ? 0 : this.ends[from - 1];
    const ends = this.ends.slice(from, to).map((end) => end - start);
    return new Documents(this.bytes.subarray(start, start + (ends.at(-1) ?? 0)), ends);
  }

  /** The same in memory of their own. */
  copy(): Documents {
    return new Documents(Buffer.from(this.bytes), this.ends.slice());
  }

  /** All in order. */
  *[Symbol.iterator](): Generator<Buffer> {
    for (let i = 0; i < this.count; i++) yield this.at(i);
  }
}

/** Makes documents of pieces of text. Its memory is used again and again. */
export class Gatherer {
  #buffer: Buffer;
  #used = 0; // bytes
  #begin = 0; // of the document that is being made
  #ends: number[] = [];

  /** `size`: bytes to begin with. */
  constructor(size: number) {
    this.#buffer = Buffer.allocUnsafeSlow(size);
  }

  get bytes(): number {
    return this.#used;
  }

  get count(): number {
    return this.#ends.length;
  }

  readonly take = (piece: string | Uint8Array): void => {
    const most = typeof piece === 'string' ? 3 * piece.length : piece.length; // in UTF-8
    this.#room(most + 1);
    if (typeof piece === 'string') this.#used += this.#buffer.write(piece, this.#used, 'utf8');
    else {
      this.#buffer.set(piece, this.#used);
      this.#used += piece.length;
    }
  };

  /** Whole documents. */
  add(documents: Documents): void {
    this.#room(documents.bytes.length);
    documents.bytes.copy(this.#buffer, this.#used);
    for (const end of documents.ends) this.#ends.push(this.#used + end);
    this.#used += documents.bytes.length;
    this.#begin = this.#used;
  }

  /** Ends the document. False if it is empty: then there is none. */
  end(): boolean {
    if (this.#used === this.#begin) return false;
    this.#buffer[this.#used++] = newline;
    this.#ends.push(this.#used);
    this.#begin = this.#used;
    return true;
  }

  /** Ends the document, also an empty one. */
  endLine(): void {
    this.#room(1);
    this.#buffer[this.#used++] = newline;
    this.#ends.push(this.#used);
    this.#begin = this.#used;
  }

  /** Takes back what there is of the document. */
  undo(): void {
    this.#used = this.#begin;
  }

  /** What was gathered, in the memory of this gatherer: until clear(). */
  documents(): Documents {
    return new Documents(this.#buffer.subarray(0, this.#used), this.#ends);
  }

  clear(): void {
    this.#used = this.#begin = 0;
    this.#ends = [];
  }

  #room(more: number): void {
    if (this.#used + more <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(2 * this.#buffer.length, this.#used + more));
    this.#buffer.copy(larger, 0, 0, this.#used);
    this.#buffer = larger;
  }
}
