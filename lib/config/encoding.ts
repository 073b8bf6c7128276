/** Bytes of a configuration become text: UTF-8, UTF-16 in both orders, ISO-8859-1 and Windows-1252 when declared. */
import { ConfigError } from './findings.js';

/** A configuration of more bytes is refused. The largest public ones have about 1 MB. */
const maxConfigBytes = 16 * 1024 * 1024;

const start = { line: 1, column: 1 };

/** What the bytes 80-9F are in Windows-1252; TextDecoder of some versions of node takes it for ISO-8859-1. */
const windows1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

/** Decodes a configuration. Text is passed through. */
export function decodeConfig(source: string | Uint8Array): string {
  if (source.length > maxConfigBytes)
    throw new ConfigError(`configuration is larger than ${maxConfigBytes} bytes`, start);
  if (typeof source === 'string') return source.replace(/^\uFEFF/, '');
  const [a, b, c] = source;
  if (a === 0xef && b === 0xbb && c === 0xbf) return decode('utf-8', source.subarray(3));
  if (a === 0xff && b === 0xfe) return decode('utf-16le', source.subarray(2));
  if (a === 0xfe && b === 0xff) return decode('utf-16be', source.subarray(2));
  // Without a mark, a zero in the first character tells UTF-16: a configuration begins with ASCII.
  if (b === 0 && a !== 0 && a !== undefined) return decode('utf-16le', source);
  if (a === 0 && b !== 0 && b !== undefined) return decode('utf-16be', source);
  const declared = /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._-]+)["']/.exec(
    Buffer.from(source.subarray(0, 256)).toString('latin1'),
  )?.[1];
  const name = (declared ?? 'utf-8').toLowerCase();
  if (name === 'utf-8' || name === 'utf8' || name === 'us-ascii' || name === 'ascii') return decode('utf-8', source);
  if (name === 'iso-8859-1' || name === 'latin1' || name === 'iso_8859-1')
    return Buffer.from(source).toString('latin1');
  if (name === 'windows-1252' || name === 'cp1252')
    return Buffer.from(source)
      .toString('latin1')
      .replace(/[\x80-\x9f]/g, (c) => windows1252[c.charCodeAt(0) - 0x80]);
  // Many a file says UTF-16 and was saved as UTF-8 later.
  if (name.startsWith('utf-16')) return decode('utf-8', source);
  throw new ConfigError(`encoding ${declared} is not supported: save the file as UTF-8`, start);
}

function decode(name: 'utf-8' | 'utf-16le' | 'utf-16be', bytes: Uint8Array): string {
  try {
    return new TextDecoder(name, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    const { before, byte } = beforeTheFirstWrong(name, bytes);
    const lines = before.split(/\r\n?|\n/);
    const at = { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
    const digits = byte?.toString(16).toUpperCase().padStart(2, '0');
    const what = digits === undefined ? 'it ends within a character' : `the byte 0x${digits} begins no character`;
    throw new ConfigError(`configuration is not valid ${name}: ${what}${wayOut(name, before, bytes)}`, at, [], {
      cause,
    });
  }
}

function wayOut(name: string, before: string, bytes: Uint8Array): string {
  if (name !== 'utf-8') return '';
  // No text has such control characters.
  if (bytes.subarray(0, 1000).some((byte) => byte < 9)) return '; is it a text file?';
  const declare = /^\s*</.test(before) ? ', or begin it with <?xml version="1.0" encoding="windows-1252"?>' : '';
  return `; the file may be ISO-8859-1 or Windows-1252: save it as UTF-8${declare}`;
}

/** The text before the first byte that belongs to no character, and that byte. */
function beforeTheFirstWrong(name: string, bytes: Uint8Array): { before: string; byte: number | undefined } {
  const loose = new TextDecoder(name, { ignoreBOM: true }).decode(bytes);
  const [low, high] = name === 'utf-16le' ? [0, 1] : [1, 0];
  let offset = 0;
  let from = 0;
  for (let at = loose.indexOf('\ufffd'); at >= 0; at = loose.indexOf('\ufffd', at + 1)) {
    offset += name === 'utf-8' ? Buffer.byteLength(loose.slice(from, at)) : 2 * (at - from);
    from = at;
    // The sign for what is no character may also stand in the file itself.
    const genuine =
      name === 'utf-8'
        ? bytes[offset] === 0xef && bytes[offset + 1] === 0xbf && bytes[offset + 2] === 0xbd
        : bytes[offset + low] === 0xfd && bytes[offset + high] === 0xff;
    const cut = name !== 'utf-8' && offset + 1 === bytes.length;
    if (!genuine) return { before: loose.slice(0, at), byte: cut ? undefined : bytes[offset] };
  }
  return { before: '', byte: bytes[0] };
}
