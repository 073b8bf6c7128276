/** The truth matrix of file paths: file systems that a process serves. See matrix.ts. */
import { expect, test } from 'vitest';
import { useSensor } from '../helpers/fixture.js';
import { faults, fill, matrixEvents, type Kind } from './matrix.js';

useSensor(matrixEvents);

/** The daemon is in the way's namespaces too, and ends when its last mount does. */
const kinds: readonly Kind[] = [
  {
    name: 'fuse, bindfs',
    needs: ['bindfs'],
    make: `mkdir "$W/below"; mount -t tmpfs none "$W/below"; bindfs "$W/below" "$D"; "$M" prepare "$D"`,
  },
  {
    name: 'fuse, fuse2fs',
    needs: ['fuse2fs', 'mkfs.ext4'],
    make: `image fs 64M mkfs.ext4 -q -F -N 8000 "$W/fs.img"
           fuse2fs "$W/fs.img" "$D" > /dev/null 2>&1; mountpoint -q "$D" || { echo "fuse2fs mounts nothing" >&2; exit 1; }
           "$M" prepare "$D"`,
  },
  {
    name: 'fuse, fuse-overlayfs',
    needs: ['fuse-overlayfs'],
    make: `mkdir "$W/t"; mount -t tmpfs none "$W/t"; cd "$W/t"; mkdir lower upper work; "$M" prepare lower
           fuse-overlayfs -o "lowerdir=lower,upperdir=upper,workdir=work" "$D"`,
  },
];

test.for(kinds)('$name', async (kind, context) => {
  expect(faults(await fill(context, kind))).toEqual([]);
});
