/**
 * Comments of a YAML document by what they belong to. The parser gives all comments of a run to one node; here those
 * above an item are the item's, and those below the last item of a list are the list's as far as they are indented like
 * it.
 */
import { visit, type Document, type LineCounter, type Node, type YAMLSeq } from 'yaml';

/** The library takes these for ends of lines when it writes a comment, and not when it reads one. */
const tidy = (comment: string): string => comment.replace(/[\r\u2028\u2029]\s*/g, '\n').trim();

export class YamlComments {
  readonly #counter: LineCounter;
  /**
   * Text and indentation of each comment that has a line of its own; null: a blank line; undefined: something else.
   * Lines count from 1.
   */
  readonly #lines: (readonly [text: string, indent: number] | null | undefined)[];

  constructor(source: string, counter: LineCounter, doc: Document.Parsed) {
    this.#counter = counter;
    this.#lines = ['', ...source.split('\n')].map((line) => {
      const text = line.trimStart();
      return text === '' ? null : text.startsWith('#') ? [text.slice(1).trim(), line.length - text.length] : undefined;
    });
    visit(doc, {
      // A text of several lines may look like comments.
      Scalar: (_, { range }) => {
        if (range)
          for (let l = this.#line(range[0]) + 1; l <= this.#line(range[1] - 1); l++) this.#lines[l] = undefined;
      },
    });
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

  /** Call it once what is in the list has got its own. */
  below(list: YAMLSeq): string | undefined {
    const [start = 0, end = 0, after = 0] = list.range ?? [];
    if (list.flow) {
      // Behind the bracket or before it: the parser knows, and there is nothing to share it with.
      this.#take(this.#line(start), this.#line(after - 1) + 1);
      return list.comment ? tidy(list.comment.replace(/^ +| +$/gm, '')) : undefined;
    }
    return this.#run(end, this.#counter.linePos(start).col - 1);
  }

  /** What nobody has taken: what stands at the end of the document, or where no node looks for it. */
  rest(): string | undefined {
    return this.#take(1, this.#lines.length);
  }

  #line(offset: number): number {
    return Math.max(1, this.#counter.linePos(Math.max(0, offset)).line);
  }

  /**
   * Takes comments before an offset, where nothing else stands between, and from it on, as long as they are indented so
   * far.
   */
  #run(offset: number, indent: number): string | undefined {
    const { line, col } = this.#counter.linePos(offset);
    let first = col > 1 ? line + 1 : Math.max(1, line);
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
      const found = this.#lines[l];
      if (!found) continue;
      texts.push(found[0]);
      this.#lines[l] = null;
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
