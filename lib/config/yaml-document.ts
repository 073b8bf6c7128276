/**
 * A YAML document as a reader of rules wants it: mappings, lists and texts, each checked to be what is expected there.
 * What is something else becomes a finding with its place.
 */
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Document,
  type Node,
  type Pair,
  type Scalar,
} from 'yaml';
import { suggest } from '../base/nearest.js';
import { ConfigError, type Findings, type Position } from './findings.js';
import { comment, joined, YamlComments } from './yaml-comments.js';

/** Brackets that nest without end would exhaust the parser's stack before anything could count them. */
function checkNesting(source: string): void {
  let depth = 0;
  for (let i = 0; i < source.length; i++) {
    const c = source.charCodeAt(i);
    if (c === 0x5b || c === 0x7b) depth++;
    else if (c === 0x5d || c === 0x7d) depth = Math.max(0, depth - 1);
    if (depth > 1000)
      throw new ConfigError('brackets are nested too deeply', {
        line: source.slice(0, i).split('\n').length,
        column: 1,
      });
  }
}

const noAlias = "aliases are not supported: put a text that begins with '*' in quotes";

function place(counter: LineCounter, offset: number): Position {
  const { line, col } = counter.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}

export class YamlDocument {
  readonly contents: unknown;
  readonly comments: YamlComments;

  private constructor(
    source: string,
    doc: Document.Parsed,
    private readonly counter: LineCounter,
    private readonly findings: Findings,
  ) {
    this.contents = doc.contents;
    this.comments = new YamlComments(source, counter);
  }

  /** Undefined, with findings, if the source is no YAML. */
  static parse(source: string, findings: Findings): YamlDocument | undefined {
    checkNesting(source);
    const counter = new LineCounter();
    let doc;
    try {
      doc = parseDocument(source, {
        lineCounter: counter,
        prettyErrors: false,
        schema: 'core',
        uniqueKeys: true,
        // Below it, a second document would be left out without a word.
        logLevel: 'error',
      });
    } catch (cause) {
      // Indentation nested without end exhausts the stack; the parser has no limit of its own.
      if (cause instanceof RangeError)
        throw new ConfigError('nested too deeply', { line: 1, column: 1 }, [], { cause });
      throw cause;
    }
    for (const { code, message, pos } of doc.errors)
      findings.error(
        'yaml',
        code === 'MULTIPLE_DOCS' ? "a configuration is one document: '---' begins another" : message,
        place(counter, pos[0]),
      );
    for (const warning of doc.warnings) findings.leave('yaml', warning.message, place(counter, warning.pos[0]));
    return doc.errors.length ? undefined : new YamlDocument(source, doc, counter, findings);
  }

  /** Where a node begins. */
  at(node: unknown): Position {
    return place(this.counter, (node as Node | null)?.range?.[0] ?? 0);
  }

  /** The pairs of a map by key, after a check of the keys; undefined, with an error, if it is no map. */
  map(node: unknown, keys: readonly string[] | undefined, what: string): Map<string, Pair> | undefined {
    if (!isMap(node)) {
      this.findings.error('yaml', isAlias(node) ? noAlias : `${what} must be a mapping`, this.at(node));
      return undefined;
    }
    const out = new Map<string, Pair>();
    for (const pair of node.items) {
      if (!isScalar(pair.key)) {
        this.findings.error('yaml', 'a key must be plain text', this.at(pair.key));
        continue;
      }
      const key = this.scalar(pair.key);
      if (keys && !keys.includes(key))
        this.findings.error('unknown-key', `${what} has no key ${key}${suggest(key, keys)}`, this.at(pair.key));
      else out.set(key, pair);
    }
    return out;
  }

  /** The text of a scalar as it is written: `4.90` and `0x1F` are what they look like. */
  scalar(node: Scalar): string {
    return node.type === 'PLAIN' && node.source !== undefined ? node.source : String(node.value);
  }

  /** The text behind a key; undefined, with an error, if it is none, and without one if the key is not there. */
  text(pair: Pair | undefined, what: string): string | undefined {
    if (!pair) return undefined;
    const { value } = pair;
    if (isScalar(value) && !(value.type === 'PLAIN' && value.value === null)) return this.scalar(value);
    this.findings.error('yaml', isAlias(value) ? noAlias : `${what} must be text`, this.at(value ?? pair.key));
    return undefined;
  }

  /** The items of a list; none, with an error, if it is no list. The error is at `key` where the list is missing. */
  sequence(node: unknown, what: string, key?: unknown): unknown[] {
    if (isSeq(node)) return node.items;
    this.findings.error(
      'yaml',
      isAlias(node) ? noAlias : `${what} must be a list, each item of which begins with '- '`,
      this.at(node ?? key),
    );
    return [];
  }

  /** The comment right above a node, as its member. */
  above(node: unknown): { comment?: string } {
    return comment('comment', this.comments.above(node));
  }

  /** The comment beside a node or between its parts, below another one, as a member. Its parts have theirs by then. */
  within(above: { comment?: string }, ...nodes: readonly unknown[]): { comment?: string } {
    return comment('comment', joined(above.comment, this.comments.within(...nodes)));
  }

  /** The comment at the end of a list. Call it once what is in the list has got its own. */
  below(list: unknown): string | undefined {
    return isSeq(list) ? this.comments.below(list) : undefined;
  }
}
