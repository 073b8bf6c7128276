/** What the archive needs: as another user than root, with few capabilities. */
import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, linkSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { needsIdentity, ownFolder, sha256 } from './archive.js';
import {
  inMountNamespace,
  memoryLimit,
  needsCalls,
  needsMemory,
  probe,
  withCapabilities,
  type Probed,
} from '../helpers/probe.js';

beforeEach((context) => {
  needsIdentity(context);
  needsMemory(context);
  needsCalls(context);
});

// Owner and mode of tracefs are those of the whole system, in whatever namespace it is mounted: they are put back.
const inTracefs = (command: string): string =>
  execFileSync(
    'unshare',
    [
      '--mount',
      'sh',
      '-ec',
      `umount -l /sys/kernel/tracing 2>/dev/null || true; mount -t tracefs tracefs /sys/kernel/tracing; ${command}`,
    ],
    {
      encoding: 'utf8',
    },
  ).trim();
let before = '';
beforeAll(() => {
  before = inTracefs("stat -c 'gid=%g,mode=%a' /sys/kernel/tracing");
});
afterAll(() => {
  inTracefs(`mount -o remount,${before} /sys/kernel/tracing`);
});

// Readable by the group of nobody: CAP_DAC_READ_SEARCH is not needed for it.
const readableTracefs = inMountNamespace(
  'umount -l /sys/kernel/tracing || true; mount -t tracefs -o gid=65534,mode=750 tracefs /sys/kernel/tracing',
);

/** A sensor of user nobody, whose archive is to keep a file of root's that has another name. */
function deletes(capabilities: readonly string[], hold = false): { probed: Probed; directory: string } {
  const w = ownFolder();
  const directory = join(w, 'archive');
  mkdirSync(directory, { mode: 0o700 });
  chownSync(directory, 65534, 65534);
  chmodSync(w, 0o777);
  writeFileSync(join(w, 'one'), 'only root may read it', { mode: 0o600 });
  linkSync(join(w, 'one'), join(w, 'two'));
  const probed = probe({
    under: [...readableTracefs, ...memoryLimit(), ...withCapabilities(...capabilities)],
    options: {
      events: ['FileDelete', 'ProcessTerminate'],
      hash: ['SHA256'],
      archiveDirectory: directory,
      ...(hold ? { archive: { hold: [w] } } : {}),
    },
    run: ['/bin/rm', '-f', join(w, 'one')],
  });
  return { probed, directory };
}

const deleted = (p: Probed): Probed['events'][number] | undefined => p.events.find((e) => e.type === 'FileDelete');

test('CAP_DAC_READ_SEARCH is enough, and nobody else may read what was kept', () => {
  const { probed, directory } = deletes(['bpf', 'perfmon', 'dac_read_search']);
  expect(probed.error?.message).toBeUndefined();
  const sum = sha256('only root may read it');
  expect(deleted(probed)?.data).toMatchObject({ Archived: true, Hashes: `SHA256=${sum}` });
  expect(readFileSync(join(directory, sum), 'utf8')).toBe('only root may read it');
});

test('without it: nothing is kept, and why', () => {
  const { probed } = deletes(['bpf', 'perfmon']);
  expect(probed.error?.message).toBeUndefined();
  expect(deleted(probed)).toMatchObject({
    data: { Archived: false, Hashes: '-' },
    extra: { archive: 'permission', hash: 'permission' },
  });
});

test('holding without CAP_SYS_ADMIN: refused, and why', () => {
  const { probed } = deletes(['bpf', 'perfmon', 'dac_read_search'], true);
  expect(probed.started).toBeUndefined();
  expect(probed.error).toMatchObject({ code: 'ERR_SYSMON_PERMISSION' });
  expect(probed.error?.message).toContain('CAP_SYS_ADMIN');
  expect(probed.capabilities?.privileges).toContainEqual(
    expect.objectContaining({ name: 'CAP_SYS_ADMIN', held: false }),
  );
});
