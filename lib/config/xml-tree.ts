/**
 * XML text becomes a tree of elements with positions. Strict: no entities but the five of XML, bounded in size and
 * depth.
 */
import { SaxesParser } from 'saxes';
import { ConfigError, type Position } from './findings.js';

/** Deeper elements are refused: Sysmon's language has six levels. */
export const maxDepth = 32;

export interface Attribute {
  readonly value: string;
  readonly at: Position;
}

export interface Element {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, Attribute>;
  readonly children: Element[];
  /** Text directly inside, in one piece. */
  text: string;
  /** Comments that stand right before it. */
  readonly comment?: string;
  /** Comments after its last child. */
  end?: string;
  readonly at: Position;
}

export interface Document {
  readonly root: Element;
  /** Comments after the root. */
  readonly end?: string;
  /** Where a document type stands, if there is one; it is ignored. */
  readonly doctype?: Position;
}

/** A comment without indentation and blank lines around it. */
function tidy(comment: string): string {
  return comment
    .split(/\r?\n|[\u2028\u2029]/)
    .map((l) => l.trim())
    .join('\n')
    .trim();
}

/** Parses a document. Throws {@link ConfigError} at the first place that is not well-formed. */
export function parseXml(source: string): Document {
  const parser = new SaxesParser({ position: true, defaultXMLVersion: '1.0' });
  let root: Element | undefined;
  let doctype: Position | undefined;
  const open: Element[] = [];
  let comments: string[] = [];
  let tag: Position = { line: 1, column: 1 };
  let attributes = new Map<string, Attribute>();

  const here = (): Position => ({ line: parser.line, column: Math.max(1, parser.column) });
  parser.on('error', (error) => {
    // saxes puts the place in front of its message.
    throw new ConfigError(error.message.replace(/^(?:[^:]*:)?\d+:\d+: /, ''), here());
  });
  parser.on('opentagstart', ({ name }) => {
    tag = { line: parser.line, column: Math.max(1, parser.column - name.length - 1) };
    attributes = new Map();
  });
  parser.on('attribute', ({ name, value }) => {
    // The parser stands at the closing quote; references in the value make the guess too far left, never another
    // line's.
    const { line, column } = here();
    attributes.set(name, { value, at: { line, column: Math.max(1, column - name.length - value.length - 2) } });
  });
  parser.on('doctype', (text) => {
    doctype = here();
    if (/<!ENTITY/i.test(text)) throw new ConfigError('entities must not be declared', here());
  });
  parser.on('opentag', ({ name }) => {
    if (open.length >= maxDepth) throw new ConfigError(`elements are nested deeper than ${maxDepth}`, tag);
    const element: Element = {
      name,
      attributes,
      children: [],
      text: '',
      at: tag,
      ...(comments.length ? { comment: comments.join('\n') } : {}),
    };
    comments = [];
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  });
  parser.on('closetag', () => {
    const element = open.pop();
    if (element && comments.length) element.end = comments.join('\n');
    comments = [];
  });
  const text = (t: string): void => {
    const element = open.at(-1);
    if (element) element.text += t;
  };
  parser.on('text', text);
  parser.on('cdata', text);
  parser.on('comment', (t) => {
    const comment = tidy(t);
    if (comment !== '') comments.push(comment);
  });
  parser.write(source).close();
  if (!root) throw new ConfigError('the document has no element', { line: 1, column: 1 });
  return { root, ...(comments.length ? { end: comments.join('\n') } : {}), ...(doctype ? { doctype } : {}) };
}
