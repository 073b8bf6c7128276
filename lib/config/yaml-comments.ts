/**
 * Comments of a YAML document by what they belong to. The parser gives all comments of a run to one node; here those
 * above an item and beside it are the item's, and those below the last item of a list are the list's as far as they are
 * indented like it.
 */
import { CST, Lexer, type LineCounter, type Node, type YAMLSeq } from 'yaml';

/** The library takes these for ends of lines when it writes a comment, and not when it reads one. */
const tidy = (comment: string): string => comment.replace(/[\r\u2028\u2029]\s*/g, '\n').trim();

export class YamlComments {
  readonly #source: string;
  readonly #counter: LineCounter;
  /**
   * Text and indentation of each comment that has a line of its own; null: a blank line; undefined: something
   * else, or taken. Lines count from 1.
   */
  readonly #lines: (readonly [text: string, indent: number] | null | undefined)[];

  /** Comments behind something else in their line. */
  readonly #beside = new Map<number, string>();

  constructor(source: string, counter: LineCounter) {
    this.#source = source;
    this.#counter = counter;
    this.#lines = ['', ...source.split('\n')].map((line) => (line.trim() === '' ? null : undefined));
    // Only the lexer knows what is a comment: a text of several lines may look like some.
    let offset = 0;
    let scalar = false;
    for (const token of new Lexer().lex(source)) {
      if (token === CST.DOCUMENT || token === CST.FLOW_END || token === CST.SCALAR) {
        scalar = token === CST.SCALAR;
        continue;
      }
      if (token.startsWith('#') && !scalar) {
        const { line, col } = counter.linePos(offset);
        const text = token.slice(1).trim();
        if (source.slice(offset - col + 1, offset).trim() === '') this.#lines[line] = [text, col - 1];
        else this.#beside.set(line, text);
      }
      scalar = false;
      offset += token.length;
    }
  }

  /** The comment right above, if nobody has taken it. */
  above(node: unknown): string | undefined {
    const last = this.#line((node as Node).range?.[0] ?? 0);
    let first = last;
    while (first > 1 && this.#lines[first - 1] !== undefined) first--;
    return this.#take(first, last);
  }

  /** Everything above, whatever stands between. */
  top(node: unknown): string | undefined {
    return this.#take(1, this.#line((node as Node).range?.[0] ?? 0));
  }

  /** What stands beside something or between its parts. Call it once what is in it has got its own. */
  within(...nodes: readonly unknown[]): string | undefined {
    const ranges = nodes.flatMap((node) => (node as Node | null | undefined)?.range?.slice(0, 2) ?? []);
    if (ranges.length === 0) return undefined;
    let end = this.#after(Math.max(...ranges));
    // For the parser a node may end behind comments that are the next one's.
    while (end > 1 && this.#lines[end - 1] !== undefined) end--;
    return this.#take(this.#line(Math.min(...ranges)), end);
  }

  /** Call it once what is in the list has got its own. */
  below(list: YAMLSeq): string | undefined {
    const [start = 0, end = 0, after = 0] = list.range ?? [];
    if (list.flow) return this.#take(this.#line(start), this.#line(after - 1) + 1);
    return this.#run(end, this.#counter.linePos(start).col - 1);
  }

  /** What nobody has taken: what stands at the end of the document, or where no node looks for it. */
  rest(): string | undefined {
    return this.#take(1, this.#lines.length);
  }

  #line(offset: number): number {
    return Math.max(1, this.#counter.linePos(Math.max(0, offset)).line);
  }

  /** The first line behind what ends at an offset, which may be in the indentation of the next item. */
  #after(offset: number): number {
    const { line, col } = this.#counter.linePos(offset);
    const blank = this.#source.slice(offset - col + 1, offset).trim() === '';
    return Math.max(1, blank ? line : line + 1);
  }

  /**
   * Takes comments before an offset, where nothing else stands between, and from it on, as long as they are indented so
   * far.
   */
  #run(offset: number, indent: number): string | undefined {
    let first = this.#after(offset);
    // A list whose last item ends in comments ends behind all of them for the parser, also behind those that are less
    // indented.
    while (first > 1 && this.#lines[first - 1] !== undefined) first--;
    let end = first;
    for (let found; (found = this.#lines[end]) !== undefined && (found === null || found[1] >= indent);) end++;
    return this.#take(first, end);
  }

  #take(first: number, end: number): string | undefined {
    const texts: string[] = [];
    for (let l = first; l < end; l++) {
      const text = this.#lines[l]?.[0] ?? this.#beside.get(l);
      if (text !== undefined) texts.push(text);
      this.#beside.delete(l);
      // Nobody looks here again: many items in one line would each go over all comments above it.
      this.#lines[l] = undefined;
    }
    return texts.length === 0 ? undefined : tidy(texts.join('\n'));
  }
}

/** Two comments on the same thing, one below the other. */
export const joined = (a: string | undefined, b: string | undefined): string | undefined =>
  a && b ? `${a}\n${b}` : (a ?? b);

/** A comment as the member of a node that has it; nothing if there is none. */
export function comment<K extends string>(name: K, text: string | undefined): { [N in K]?: string } {
  return text === undefined || text === '' ? {} : ({ [name]: text } as { [N in K]?: string });
}
