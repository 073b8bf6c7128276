/** Calls of files: whoever has thousands of threads wait in one takes nobody else's place. */
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { folder, seen, useSensor } from '../helpers/fixture.js';

useSensor(['FileCreate', 'FileModify']);

const nobody = 65534;

// Nobody ever reads the FIFO.
const wait = `
import os, sys, threading
threading.stack_size(64 << 10)
def wait():
    os.open(sys.argv[1], os.O_CREAT | os.O_WRONLY, 0o644)
for i in range(int(sys.argv[2])):
    threading.Thread(target=wait, daemon=True).start()
print('waiting', flush=True)
sys.stdin.read()
os._exit(0)
`;

test('3,000 threads of a user that wait in an open', { timeout: 60_000 }, async (context) => {
  const own = join(folder, 'own');
  mkdirSync(own);
  chmodSync(folder, 0o755);
  const fifo = join(own, 'fifo');
  execFileSync('mkfifo', [fifo]);
  chmodSync(fifo, 0o666);
  const threads = spawn('python3', ['-c', wait, fifo, '3000'], { uid: nobody, gid: nobody, stdio: 'pipe' });
  const ended = new Promise((end) => threads.once('close', end));
  onTestFinished(async () => {
    threads.stdin.end();
    await ended;
  });
  const text = await new Promise<string>((done) => {
    threads.stdout.once('data', (d: Buffer) => done(String(d)));
    threads.stderr.once('data', (d: Buffer) => done(String(d)));
  });
  if (!text.includes('waiting'))
    context.skip(`so many threads cannot be had here: ${text.trim().split('\n').pop() ?? ''}`);
  const path = join(folder, 'seen');
  writeFileSync(path, 'x');
  const is = (e: { data: { TargetFilename: string } }): boolean => e.data.TargetFilename === path;
  expect((await seen.find('FileCreate', is)).process.pid).toBe(process.pid);
  expect((await seen.find('FileModify', is)).process.pid).toBe(process.pid);
});
