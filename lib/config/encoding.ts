/** Bytes of a configuration become text: UTF-8, UTF-16 in both orders, ISO-8859-1 when declared. */
import { ConfigError } from './findings.js';

/** A configuration of more bytes is refused. The largest public ones have about 1 MB. */
const maxConfigBytes = 16 * 1024 * 1024;

const start = { line: 1, column: 1 };

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
  // Many a file says UTF-16 and was saved as UTF-8 later.
  if (name.startsWith('utf-16')) return decode('utf-8', source);
  throw new ConfigError(`encoding ${declared} is not supported: save the file as UTF-8`, start);
}

function decode(name: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder(name, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new ConfigError(`configuration is not valid ${name}`, start, [], { cause });
  }
}
