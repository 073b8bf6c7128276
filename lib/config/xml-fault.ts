/**
 * Why a text is no XML, in words that say what to do, and where the mistake is: the parser tells where it noticed it,
 * which may be lines later.
 */
import { ConfigError, type Diagnostic, type Position } from './findings.js';

/** Turns offsets into places; both count UTF-16 units. */
export class Places {
  #lines: number[] | undefined;

  constructor(readonly source: string) {}

  at(offset: number): Position {
    this.#lines ??= [0, ...[...this.source.matchAll(/\r\n?|\n/g)].map((m) => m.index + m[0].length)];
    let low = 0;
    let high = this.#lines.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.#lines[middle] <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: offset - this.#lines[low] + 1 };
  }
}

/** What the parser knows when it stops. */
export interface Stop {
  /** Its words. */
  readonly message: string;
  /** How far it read. */
  readonly offset: number;
  /** Where the text began that it was reading. */
  readonly text: number;
  /** The tag that it was reading or read last, and whether it came to the end of it. */
  readonly tag: { readonly name: string; readonly at: Position; readonly open: boolean };
  /** The innermost element that is open. */
  readonly element: { readonly name: string; readonly at: Position } | undefined;
  /** The element that a wrong closing tag met. */
  readonly closed: { readonly name: string; readonly at: Position } | undefined;
}

const known = /^&(?:amp|lt|gt|quot|apos|#\d+|#x[\da-f]+);/i;

interface Markup {
  /** Offsets of every `&` that begins nothing that XML knows. */
  readonly ampersands: readonly number[];
  /** Where a comment or the like begins that never ends. */
  readonly endless: number | undefined;
}

/** Looks through a text for what the parser notices late. */
function survey(source: string): Markup {
  const ampersands: number[] = [];
  for (const { 0: found, index } of source.matchAll(
    /<!--[^]*?-->|<!\[CDATA\[[^]*?\]\]>|<\?[^]*?\?>|<!--|<!\[CDATA\[|<\?|&/g,
  )) {
    if (found === '&') {
      // Of several in a row one is enough to be told.
      if (!known.test(source.slice(index, index + 64)) && ampersands.at(-1) !== index - 1) ampersands.push(index);
    } else if (!found.endsWith('>')) return { ampersands, endless: index };
  }
  return { ampersands, endless: undefined };
}

function ofAmpersand(source: string, offset: number): string {
  const [name] = /^&[A-Za-z][\w.-]*;/.exec(source.slice(offset, offset + 64)) ?? [];
  return name === undefined
    ? 'a "&" in text must be written "&amp;"'
    : `XML does not know ${name}, only &amp; &lt; &gt; &quot; &apos; and numbers such as &#233;`;
}

type Say = (stop: Stop, source: string) => [message: string, at?: number | Position];

const last = (source: string, what: string, { offset }: Stop): number => source.lastIndexOf(what, offset - 1);

/** The parser's words, and what is said instead. Without a place it is where the parser stands. */
const faults: readonly (readonly [RegExp, Say])[] = [
  [
    /^malformed comment/,
    ({ offset }) => ['a comment cannot contain "--", nor end in "--->": take other signs, such as "=="', offset - 3],
  ],
  [
    /^unexpected close tag/,
    (stop, source) => [
      `${tagAt(source, last(source, '</', stop))} stands where </${stop.closed?.name}> is expected: ${stop.closed?.name} was opened in line ${stop.closed?.at.line}`,
      last(source, '</', stop),
    ],
  ],
  [
    /^unmatched closing tag|^weird empty close tag/,
    (stop, source) => [`${tagAt(source, last(source, '</', stop))} closes nothing`, last(source, '</', stop)],
  ],
  [
    /^unclosed tag|^unexpected end/,
    (stop, source) => {
      const { endless } = survey(source);
      if (endless !== undefined)
        return [
          source.startsWith('<!--', endless)
            ? 'the comment that begins here never ends: "-->" is missing'
            : source.startsWith('<?', endless)
              ? '"<?" begins something that never ends: "?>" is missing'
              : 'the CDATA section that begins here never ends: "]]>" is missing',
          endless,
        ];
      if (stop.tag.open) return [`the tag <${stop.tag.name} never ends: a quote or ">" is missing`, stop.tag.at];
      const { element } = stop;
      return element
        ? [`${element.name} is never closed: </${element.name}> is missing`, element.at]
        : ['unexpected end'];
    },
  ],
  [
    /^document must contain a root/,
    () => ['the document has no element: a configuration is <Sysmon schemaversion="4.90">…</Sysmon>', 0],
  ],
  [
    /^text data outside/,
    ({ text }, source) => ['text outside of the root element', text + source.slice(text).search(/[^ \t\r\n]/)],
  ],
  [
    /^documents may contain only one root/,
    (stop, source) => ['a second root element: everything stands inside one Sysmon', last(source, '<', stop)],
  ],
  [
    /^duplicate attribute: (.*)\.$/,
    ({ message, tag }) => [message.replace(/.*: (.*)\.$/, 'the attribute $1 stands twice'), tag.at],
  ],
  [
    /^disallowed character in tag name$/,
    (stop, source) => ['a "<" that begins no element must be written "&lt;"', last(source, '<', stop)],
  ],
  [
    /^disallowed character in (?:tag|attribute) name|^forward-slash in opening tag/,
    ({ tag, offset }, source) => [
      source[offset - 1] === '<'
        ? `the tag <${tag.name} does not end before the next "<": ">" is missing, or the "<" is meant as text, which is written "&lt;"`
        : `${JSON.stringify(source[offset - 1])} cannot stand there in the tag <${tag.name}: attributes are written name="value"`,
      source[offset - 1] === '<' ? tag.at : offset - 1,
    ],
  ],
  [
    /^unquoted attribute value/,
    ({ offset }, source) => [
      /[“”„‘’«»]/.test(source[offset - 1])
        ? `the quote ${source[offset - 1]} is none of XML: write name="value" with straight ones`
        : 'the value of an attribute needs quotes: name="value"',
    ],
  ],
  [/must be quoted/, () => ['<?xml …?> needs quotes around its values, as in <?xml version="1.0"?>']],
  [/^attribute without value/, () => ['an attribute needs a value: name="value"']],
  [
    /^no whitespace between attributes/,
    () => ['a blank is missing before this attribute, or a quote before it is wrong'],
  ],
  [/^disallowed character in closing tag/, () => ['a closing tag has only a name: </Image>']],
  [/^the string "]]>"/, ({ offset }) => ['"]]>" in text must be written "]]&gt;"', offset - 3]],
  [
    /XML declaration must (?:be|appear) at the start/,
    (stop, source) => ['<?xml …?> can only stand at the very beginning of the file', last(source, '<?', stop)],
  ],
  [
    /^incorrect syntax/,
    (stop, source) => ['"<!" begins only <!-- comments --> and <![CDATA[ text ]]>', last(source, '<!', stop)],
  ],
  [
    /^malformed character entity/,
    (stop, source) => [
      `${source.slice(last(source, '&', stop), stop.offset)} is no character that XML allows`,
      last(source, '&', stop),
    ],
  ],
  [
    /^disallowed character\.$/,
    ({ offset, tag }, source) =>
      source[offset - 1] === '<'
        ? [`a "<" in the value of an attribute: the quote at its end is missing, or it must be written "&lt;"`, tag.at]
        : [
            `the character U+${source
              .charCodeAt(offset - 1)
              .toString(16)
              .toUpperCase()
              .padStart(4, '0')} cannot stand in XML`,
            offset - 1,
          ],
  ],
];

function tagAt(source: string, offset: number): string {
  return source.slice(offset, Math.min(source.indexOf('>', offset) + 1, offset + 100));
}

/** The error to be thrown where the parser stopped. */
export function xmlFault(places: Places, stop: Stop): ConfigError {
  const { source } = places;
  // An entity ends at the next semicolon, however far that is: until then the parser takes all it meets for a name.
  const { ampersands } = survey(source);
  if (ampersands.length > 0 && ampersands[0] < stop.offset) {
    const all = ampersands.slice(0, 1000).map((a): Diagnostic => ({
      severity: 'error',
      code: 'config',
      message: ofAmpersand(source, a),
      ...places.at(a),
    }));
    return new ConfigError(all[0].message, all[0], all);
  }
  const say = faults.find(([words]) => words.test(stop.message))?.[1];
  const [message, at = Math.max(0, stop.offset - 1)] = say?.(stop, source) ?? [stop.message.replace(/\.$/, '')];
  return new ConfigError(message, typeof at === 'number' ? places.at(Math.max(0, at)) : at);
}
