// Writes documents for as long as it lives, and says after each flush() which were acknowledged: writer.mjs file PATH
// ROUND, or writer.mjs spool DIRECTORY ROUND URL. What it says is there for whoever kills it.
import { writeSync } from 'node:fs';
import { Documents, FileSink, openHttp } from '../../../dist/sink/index.js';

const [kind, path, round, url] = process.argv.slice(2);
const sink =
  kind === 'file'
    ? new FileSink(path, { maxBytes: 20_000, keep: 1_000_000, compress: 'gzip', fsync: 'rotate' })
    : await openHttp(url, { spool: { directory: path }, lingerMs: 2, batchBytes: 4000, retryMs: 5, maxRetryMs: 20 });

let n = 0;
for (;;) {
  const documents = [];
  for (let i = 0; i < 20; i++)
    documents.push(JSON.stringify({ round: Number(round), n: ++n, text: 'x'.repeat(n % 150) }));
  await sink.write(Documents.of(documents));
  if (n % 100 !== 0) continue;
  await sink.flush();
  writeSync(1, `${n}\n`);
}
