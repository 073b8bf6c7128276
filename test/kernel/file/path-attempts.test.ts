/** Ways to change a file beside the plain calls: what is told of them must be so. For docs/evasion.md. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { attempt } from '../helpers/attempts.js';
import { seen, useSensor } from '../helpers/fixture.js';
import { perform, workspace, type Step } from '../helpers/files.js';
import { matrixEvents } from './matrix.js';

const types = [...matrixEvents, 'FileRename'] as const;
useSensor(types);

const O_RDWR = 2;
const O_TRUNC = 0o1000;

interface Attempt {
  readonly name: string;
  /** Given the folder with the files `a` and `b`. */
  readonly steps: (w: string) => Step[];
  /** What a sensor that sees everything tells. */
  readonly told: (w: string) => readonly string[];
}

const attempts: readonly Attempt[] = [
  {
    name: 'write through memory that is mapped from a file (mmap)',
    steps: (w) => [
      ['openat', join(w, 'a'), O_RDWR, 0],
      ['mapped', 'changed'],
    ],
    told: (w) => [`FileModify ${join(w, 'a')}`],
  },
  {
    name: 'write by io_submit',
    steps: (w) => [
      ['openat', join(w, 'a'), O_RDWR, 0],
      ['aio', 'changed'],
    ],
    told: (w) => [`FileModify ${join(w, 'a')}`],
  },
  {
    name: 'empty a file that is opened by its handle (open_by_handle_at)',
    steps: (w) => [['handle', join(w, 'a'), O_RDWR | O_TRUNC, w]],
    told: (w) => [`FileModify ${join(w, 'a')}`],
  },
  {
    name: 'write to a file that is opened by its handle',
    steps: (w) => [
      ['handle', join(w, 'a'), O_RDWR, w],
      ['write', 'changed'],
    ],
    told: (w) => [`FileModify ${join(w, 'a')}`],
  },
  {
    name: 'share the content of another file (FICLONE)',
    steps: (w) => [
      ['openat', join(w, 'a'), O_RDWR, 0],
      ['clone', join(w, 'b')],
    ],
    told: (w) => [`FileModify ${join(w, 'a')}`],
  },
  {
    name: 'exchange two names (renameat2 with RENAME_EXCHANGE)',
    steps: (w) => [['renameat2', join(w, 'a'), join(w, 'b'), 2]],
    told: (w) => [
      `FileCreate ${join(w, 'a')}`,
      `FileCreate ${join(w, 'b')}`,
      `FileRename ${join(w, 'a')}`,
      `FileRename ${join(w, 'b')}`,
    ],
  },
  {
    name: 'leave a whiteout behind (renameat2 with RENAME_WHITEOUT)',
    steps: (w) => [['renameat2', join(w, 'a'), join(w, 'c'), 4]],
    told: (w) => [`FileCreate ${join(w, 'c')}`, `FileRename ${join(w, 'c')}`],
  },
];

test.for(attempts)('$name', async ({ name, steps, told }, context) => {
  const w = workspace('a', 'b');
  const { pid, outcomes } = await perform(...steps(w));
  const failed = outcomes.find((o) => o.errno !== 0);
  if (failed) context.skip(`${failed.call} fails here: errno ${failed.errno}`);
  const events = seen.events.filter((e) => e.process?.pid === pid && (types as readonly string[]).includes(e.type));
  const said = events.map((e) => {
    const exposed = (e.extra as { exposed?: readonly string[] }).exposed?.includes('TargetFilename') === true;
    return { text: `${e.type} ${(e.data as { TargetFilename?: string }).TargetFilename ?? ''}`, exposed };
  });
  const wanted = told(w);
  expect(said.filter((s) => !s.exposed && !wanted.includes(s.text)).map((s) => s.text)).toEqual([]);
  const missing = wanted.filter((x) => !said.some((s) => s.text === x || s.exposed));
  const mapped = events.some((e) => e.type === 'FileModify' && e.data.ModificationType === 'Map');
  const kinds = [...new Set(events.map((e) => e.type))].join(', ') + (mapped ? ', of the mapping' : '');
  const part = missing.length === 0 ? '' : ', but not all of it';
  const marked = said.some((s) => s.exposed) ? ', marked as exposed' : '';
  attempt('Changes of files', name, kinds === '' ? 'nothing is reported' : `${kinds}${part}${marked}`);
});
