import { StringDecoder } from 'node:string_decoder';

/** Longer lines are no events: whoever has none would else fill the memory. */
const longestLine = 64 * 2 ** 20;

/** The lines of each chunk; the last one need not end. */
export async function* readLines(stream: AsyncIterable<string | Uint8Array>): AsyncGenerator<string[]> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  for await (const chunk of stream) {
    const text =
      typeof chunk === 'string' ? chunk : decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
    const lines = (rest + text).split('\n');
    rest = lines.pop() as string;
    if (rest.length > longestLine) throw new Error(`a line is longer than ${longestLine} characters`);
    if (lines.length > 0) yield lines;
  }
  rest += decoder.end();
  if (rest !== '') yield [rest];
}
