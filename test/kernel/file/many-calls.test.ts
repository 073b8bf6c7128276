/** Calls of files: whoever has thousands of threads wait in one takes nobody else's place. */
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, type TestContext } from 'vitest';
import { folder, seen, useSensor } from '../helpers/fixture.js';

useSensor(['FileCreate', 'FileModify']);

const nobody = 65534;

const threads = (call: string): string => `
import os, sys, threading
threading.stack_size(64 << 10)
path = sys.argv[1]
for i in range(int(sys.argv[2])):
    threading.Thread(target=lambda: ${call}, daemon=True).start()
print('waiting', flush=True)
sys.stdin.read()
os._exit(0)
`;

/** So many threads of another user begin this call, and wait in it. */
async function wait(context: TestContext, call: string, path: string, count: number): Promise<void> {
  const args = ['-c', threads(call), path, String(count)];
  const waiting = spawn('python3', args, { uid: nobody, gid: nobody, stdio: 'pipe' });
  const ended = new Promise((end) => waiting.once('close', end));
  onTestFinished(async () => {
    waiting.stdin.end();
    await ended;
  });
  const text = await new Promise<string>((done) => {
    waiting.stdout.once('data', (d: Buffer) => done(String(d)));
    waiting.stderr.once('data', (d: Buffer) => done(String(d)));
  });
  if (!text.includes('waiting'))
    context.skip(`so many threads cannot be had here: ${text.trim().split('\n').pop() ?? ''}`);
}

/** What this process does to a file is seen all the same. */
async function expectSeen(name: string): Promise<void> {
  const path = join(folder, name);
  writeFileSync(path, 'x');
  const is = (e: { data: { TargetFilename: string } }): boolean => e.data.TargetFilename === path;
  expect((await seen.find('FileCreate', is)).process.pid).toBe(process.pid);
  expect((await seen.find('FileModify', is)).process.pid).toBe(process.pid);
}

test('3,000 threads of a user that wait in an open', { timeout: 60_000 }, async (context) => {
  const own = join(folder, 'own');
  mkdirSync(own);
  chmodSync(folder, 0o755);
  const fifo = join(own, 'fifo'); // which nobody ever reads
  execFileSync('mkfifo', [fifo]);
  chmodSync(fifo, 0o666);
  await wait(context, 'os.open(path, os.O_CREAT | os.O_WRONLY, 0o644)', fifo, 3000);
  await expectSeen('seen');
});

test('4,500 threads of a user that wait in a write', { timeout: 90_000 }, async (context) => {
  const own = join(folder, 'frozen');
  mkdirSync(own);
  chmodSync(folder, 0o755);
  try {
    execFileSync('truncate', ['-s', '16M', `${own}.img`]);
    execFileSync('mkfs.ext4', ['-q', '-F', `${own}.img`], { stdio: 'ignore' });
    execFileSync('mount', ['-o', 'loop', `${own}.img`, own], { stdio: 'ignore' });
  } catch {
    context.skip('ext4 cannot be mounted here');
  }
  onTestFinished(() => void execFileSync('umount', ['--lazy', own]));
  const path = join(own, 'file');
  writeFileSync(path, '');
  chmodSync(path, 0o666);
  execFileSync('fsfreeze', ['--freeze', own]);
  try {
    await wait(context, "os.write(os.open(path, os.O_WRONLY), b'x')", path, 4500);
    await expectSeen('seen-too');
  } finally {
    execFileSync('fsfreeze', ['--unfreeze', own]);
  }
});
