/** Slots as the worker fills them, made by hand: for the tests of what reads them. */
import { Entry } from '../../../lib/schema/tables.gen.js';
import { processWords, eventHeadWords } from '../../../lib/schema/layout.js';

export const slotBytes = 64 << 10;
const inline = 0x80000000;

export class SlotWriter {
  readonly memory: ArrayBuffer;
  #words: Uint32Array;
  #bytes: Buffer;
  #at = 8;
  #entries = 0;

  constructor(memory: ArrayBuffer, slot: number) {
    this.memory = memory;
    this.#words = new Uint32Array(memory, slot * slotBytes, slotBytes / 4);
    this.#bytes = Buffer.from(memory, slot * slotBytes, slotBytes);
    this.#words.fill(0);
    this.#finish();
  }

  /**
   * An entry of these words behind kind and size. A function gives a word once the entry's own words have their place.
   */
  entry(kind: number, words: readonly (number | (() => number))[]): this {
    const start = this.#at;
    this.#at += 8 + words.length * 4;
    this.#words[start >> 2] = kind;
    words.forEach((w, i) => {
      this.#words[(start >> 2) + 2 + i] = typeof w === 'number' ? w : w();
    });
    this.#at = (this.#at + 7) & ~7;
    this.#words[(start >> 2) + 1] = this.#at - start;
    this.#entries++;
    return this.#finish();
  }

  /** A text behind the words of the entry. */
  text(value: string | Uint8Array): () => number {
    return () => {
      const bytes = Buffer.from(value as string);
      const at = this.#at;
      this.#words[at >> 2] = bytes.length;
      bytes.copy(this.#bytes, at + 4);
      this.#at = (at + 4 + bytes.length + 3) & ~3;
      return (inline | at) >>> 0;
    };
  }

  string(id: number, value: string): this {
    return this.entry(Entry.DEFINE_STRING, [id, this.text(value)]);
  }

  process(p: {
    ref: number;
    parent?: number;
    pid?: number;
    image?: string;
    argv?: readonly string[];
    strongId?: string;
    flags?: number;
  }): this {
    const { offsets, flagsAt, words } = processWords();
    const argv = p.argv ?? ['cmd', 'arg'];
    const entry = new Array<number | (() => number)>(words - 2).fill(0);
    const set = (name: string, value: number | (() => number)): void => {
      entry[(offsets.get(name) as number) - 2] = value;
    };
    entry[0] = p.ref;
    entry[1] = p.parent === undefined ? 0 : p.parent + 1;
    set('strongId', this.text(p.strongId ?? `boot:${p.ref}`));
    set('guid', this.text(`{guid-${p.ref}}`));
    set('pid', p.pid ?? 1000 + p.ref);
    set('tid', 0xffffffff);
    set('image', this.text(p.image ?? '/bin/cmd'));
    set('commandLine', this.text(argv.join(' ')));
    let end = -1;
    const ends = argv.map((a) => (end += a.length + 1));
    set('argv', this.text(new Uint8Array(new Uint32Array(ends).buffer)));
    set('loginUid', 0xffffffff);
    set('session', 0xffffffff);
    set('startTime', 1_700_000_000);
    for (const name of ['capabilities', 'namespaces', 'cgroup', 'env']) set(name, this.text('{}'));
    set('stdio', this.text('[]'));
    entry[flagsAt - 2] = p.flags ?? 0;
    return this.entry(Entry.DEFINE_PROCESS, entry);
  }

  /** ProcessCreate (wire type 2) of a process. */
  create(
    ref: number,
    options: {
      sec?: number;
      usec?: number;
      extra?: number | (() => number);
      commandLine?: string;
      hashes?: number;
      rules?: readonly string[] | number;
    } = {},
  ): this {
    const { rules: names = 0 } = options;
    const rules = typeof names === 'number' ? names : this.text(JSON.stringify(names));
    const head = [ref, options.extra ?? 0, options.sec ?? 1_700_000_001, options.usec ?? 2, rules];
    if (head.length !== eventHeadWords - 2) throw new Error('the head of an event has changed');
    return this.entry(1, [
      ...head,
      0,
      options.commandLine === undefined ? 0 : this.text(options.commandLine),
      options.hashes ?? 0,
    ]);
  }

  /** ProcessTerminate (wire type 3). */
  terminate(ref: number, extra: number | (() => number) = 0): this {
    return this.entry(5, [ref, extra, 1_700_000_002, 3, 0, 0]);
  }

  #finish(): this {
    this.#words[0] = this.#at;
    this.#words[1] = this.#entries;
    return this;
  }
}
