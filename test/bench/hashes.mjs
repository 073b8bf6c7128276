// Of how many programs the digest is had that run for a moment and are deleted at once: node hashes.mjs [N]
// Prints one JSON object: by the source of `hash`, how many of N digests were right, missing or wrong, and why. Both
// sensors watch the same programs. Needs root and npm run build.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Sysmon } from '../../dist/index.js';

const count = Number(process.argv[2] ?? 1000);
const script = `
import os, sys
true = open('/bin/true', 'rb').read()
for i in range(int(sys.argv[2])):
    path = '%s/p%d' % (sys.argv[1], i)
    with open(path, 'wb') as f:
        f.write(true + b'%08d' % i)
    os.chmod(path, 0o755)
    pid = os.posix_spawn(path, [path], {})
    os.unlink(path)
    os.waitpid(pid, 0)
`;
const program = readFileSync('/bin/true');
const folder = mkdtempSync(join(tmpdir(), 'sysmon-bench-'));
const sources = ['path', 'fanotify'];
const out = Object.fromEntries(sources.map((s) => [s, { right: 0, missing: 0, wrong: 0, extra: {} }]));
const sensors = sources.map((source) => {
  const sysmon = new Sysmon({
    events: ['ProcessCreate'],
    hash: { algorithms: 'SHA256', source },
    hashTimeoutMs: 10_000,
  });
  sysmon.on('ProcessCreate', ({ data, extra }) => {
    const [, i] = /\/p(\d+)$/.exec(data.Image.startsWith(folder) ? data.Image : '') ?? [];
    if (i === undefined) return;
    const right = createHash('sha256').update(program).update(i.padStart(8, '0')).digest('hex');
    const of = out[source];
    of[data.Hashes === '-' ? 'missing' : data.Hashes === `SHA256=${right}` ? 'right' : 'wrong']++;
    if (extra.hash) of.extra[extra.hash] = (of.extra[extra.hash] ?? 0) + 1;
  });
  return sysmon;
});
try {
  for (const sysmon of sensors) await sysmon.start();
  const { status, stderr } = spawnSync('python3', ['-c', script, folder, String(count)], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  await sleep(500);
  for (const sysmon of sensors) await sysmon.stop();
} finally {
  rmSync(folder, { recursive: true });
}
console.log(JSON.stringify({ programs: count, ...out }));
