/**
 * XML text becomes a tree of elements with positions. Strict: no entities but the five of XML, bounded in size and
 * depth.
 */
import { SaxesParser } from 'saxes';
import { ConfigError, type Position } from './findings.js';
import { Places, xmlFault } from './xml-fault.js';

/** Deeper elements are refused: Sysmon's language has six levels. */
export const maxDepth = 32;

export interface Attribute {
  readonly value: string;
  readonly at: Position;
}

/** A piece of text, with its references resolved. */
export interface Text {
  readonly text: string;
  /** Where its first sign stands that is no blank. */
  readonly offset: number;
}

export interface Element {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, Attribute>;
  readonly children: Element[];
  /** Texts directly inside. Comments, CDATA sections and elements part them; what is blank in the file is none. */
  readonly texts: Text[];
  /** There are blanks that are no text. */
  blank?: boolean;
  /** Comments that stand right before it. */
  readonly comment?: string;
  /** Comments after its last child. */
  end?: string;
  readonly at: Position;
}

export interface Document {
  readonly root: Element;
  /** Tells where an offset is. */
  readonly places: Places;
  /** Comments after the root. */
  readonly end?: string;
  /** Where a document type stands, if there is one; it is ignored. */
  readonly doctype?: Position;
  /** Processing instructions but the declaration; they are ignored. */
  readonly instructions: readonly { readonly name: string; readonly at: Position }[];
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
  const places = new Places(source);
  let root: Element | undefined;
  let doctype: Position | undefined;
  const open: Element[] = [];
  let closed: Element | undefined;
  let comments: string[] = [];
  let tag = { name: '', at: { line: 1, column: 1 }, open: false };
  let attributes = new Map<string, Attribute>();
  /** Where the last markup ended: text begins there. */
  let from = 0;

  const here = (): Position => ({ line: parser.line, column: Math.max(1, parser.columnIndex) });
  parser.on('error', (error) => {
    // saxes puts the place in front of its message.
    if (root && root.name !== 'Sysmon')
      throw new ConfigError(`the root element must be Sysmon, not ${root.name}`, root.at);
    const message = error.message.replace(/^(?:[^:]*:)?\d+:\d+: /, '');
    throw xmlFault(places, { message, offset: parser.position, text: from, tag, element: open.at(-1), closed });
  });
  parser.on('opentagstart', ({ name }) => {
    const { line, column } = here();
    tag = { name, at: { line, column: Math.max(1, column - name.length - 1) }, open: true };
    attributes = new Map();
  });
  parser.on('attribute', ({ name, value }) => {
    // The parser stands at the closing quote; references in the value make the guess too far left, never another
    // line's.
    const { line, column } = here();
    attributes.set(name, { value, at: { line, column: Math.max(1, column - name.length - value.length - 2) } });
  });
  const instructions: { name: string; at: Position }[] = [];
  parser.on('doctype', (text) => {
    doctype = here();
    if (/<!ENTITY/i.test(text))
      throw new ConfigError(
        'entities must not be declared in a configuration: write their text where it belongs',
        here(),
      );
    from = parser.position;
  });
  parser.on('opentag', ({ name }) => {
    tag.open = false;
    from = parser.position;
    if (open.length >= maxDepth) throw new ConfigError(`elements are nested deeper than ${maxDepth}`, tag.at);
    const element: Element = {
      name,
      attributes,
      children: [],
      texts: [],
      at: tag.at,
      ...(comments.length ? { comment: comments.join('\n') } : {}),
    };
    comments = [];
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  });
  parser.on('closetag', () => {
    from = parser.position;
    closed = open.pop();
    if (closed && comments.length) closed.end = comments.join('\n');
    comments = [];
  });
  parser.on('text', (text) => {
    const element = open.at(-1);
    if (!element) return;
    // The parser has read the "<" that ends the text.
    const raw = source.slice(from, parser.position - 1);
    const begin = raw.search(/[^ \t\r\n]/);
    if (begin >= 0) element.texts.push({ text, offset: from + begin });
    else element.blank = true;
    from = parser.position - 1;
  });
  parser.on('cdata', (text) => {
    open.at(-1)?.texts.push({ text, offset: from });
    from = parser.position;
  });
  parser.on('processinginstruction', ({ target }) => {
    instructions.push({ name: target, at: here() });
    from = parser.position;
  });
  parser.on('comment', (t) => {
    from = parser.position + 1;
    const comment = tidy(t);
    if (comment !== '') comments.push(comment);
  });
  parser.write(source).close();
  if (!root) throw new ConfigError('the document has no element', { line: 1, column: 1 });
  return {
    root,
    instructions,
    places,
    ...(comments.length ? { end: comments.join('\n') } : {}),
    ...(doctype ? { doctype } : {}),
  };
}
