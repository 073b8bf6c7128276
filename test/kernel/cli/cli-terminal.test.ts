/** What the command prints fits the terminal that it is printed on. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const main = join(root, 'dist/cli/main.js');
const recording = join(root, 'test/fixtures/events.ndjson');

// A terminal of so many columns, whose output is passed on.
const terminal = `import fcntl, os, pty, struct, sys, termios
pid, fd = pty.fork()
if pid == 0:
    fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack('HHHH', 24, int(sys.argv[1]), 0, 0))
    os.execv(sys.argv[2], sys.argv[2:])
out = b''
while True:
    try:
        got = os.read(fd, 65536)
    except OSError:
        break
    if not got:
        break
    out += got
os.waitpid(pid, 0)
sys.stdout.buffer.write(out.replace(b'\\r', b''))
`;

test.each([
  [60, ['replay', '--no-color', recording]],
  [150, ['replay', '--no-color', recording]],
  [60, ['capabilities']],
  [60, ['--help']],
])('in %d columns of a terminal %j fits', (columns, args) => {
  const shown = (...more: string[]): number[] => {
    const argv = ['-c', terminal, String(columns), process.execPath, main, ...args, ...more];
    const { stdout, stderr } = spawnSync('python3', argv, { encoding: 'utf8' });
    expect(stderr).toBe('');
    return stdout.split('\n').map((line) => [...line].length);
  };
  const widths = shown();
  expect(widths.length).toBeGreaterThan(20);
  expect(Math.max(...widths)).toBeLessThanOrEqual(columns);
  if (args[0] === 'replay') expect(Math.max(...widths)).toBe(columns);
  if (args[0] === 'replay') expect(Math.max(...shown('--wide'))).toBeGreaterThan(columns);
});
