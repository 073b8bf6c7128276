import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Descriptor of a pipe that nobody reads. */
export function brokenPipe(): number {
  const folder = mkdtempSync(join(tmpdir(), 'sysmon-pipe-'));
  const path = join(folder, 'fifo');
  execFileSync('mkfifo', [path]);
  const both = openSync(path, constants.O_RDWR); // for without a reader it cannot be opened
  const fd = openSync(path, 'w');
  closeSync(both);
  rmSync(folder, { recursive: true });
  return fd;
}
