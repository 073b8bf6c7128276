/** The truth matrix of file paths: overlayfs, whose names are those of other file systems below. See matrix.ts. */
import { expect, test } from 'vitest';
import { useSensor } from '../helpers/fixture.js';
import { faults, fill, matrixEvents, type Kind } from './matrix.js';

useSensor(matrixEvents);

/** Layers on a tmpfs of their own at $W/t. `where`: layers that have the files. */
function overlay(name: string, where: readonly ('lower' | 'upper')[], options = ''): Kind {
  return {
    name: `overlay, ${name}`,
    make: `mkdir "$W/t"; mount -t tmpfs none "$W/t"; mkdir "$W/t/lower" "$W/t/upper" "$W/t/work"
           for layer in ${where.join(' ')}; do "$M" prepare "$W/t/$layer"; done
           mount -t overlay -o "lowerdir=$W/t/lower,upperdir=$W/t/upper,workdir=$W/t/work${options}" none "$D"`,
  };
}

const every = ',redirect_dir=on,index=on,metacopy=on';
const kinds: readonly Kind[] = [
  overlay('files in the lower layer', ['lower']),
  overlay('files in the upper layer', ['upper']),
  overlay('files in both', ['lower', 'upper']),
  overlay('lower, redirect_dir', ['lower'], ',redirect_dir=on'),
  overlay('lower, index', ['lower'], ',index=on'),
  overlay('lower, metacopy', ['lower'], ',metacopy=on'),
  overlay('lower, all three', ['lower'], every),
  overlay('both, all three', ['lower', 'upper'], every),
  overlay('lower, xino', ['lower'], ',xino=on'),
  {
    name: 'overlay, layers on ext4 and xfs',
    needs: ['mkfs.ext4', 'mkfs.xfs'],
    make: `image lower 64M mkfs.ext4 -q -F -N 8000 "$W/lower.img"; image upper 320M mkfs.xfs -q -f "$W/upper.img"
           mkdir "$W/lower" "$W/upper"; mount -t ext4 -o loop "$W/lower.img" "$W/lower"; "$M" prepare "$W/lower"
           mount -t xfs -o loop "$W/upper.img" "$W/upper"; mkdir "$W/upper/upper" "$W/upper/work"
           mount -t overlay -o "lowerdir=$W/lower,upperdir=$W/upper/upper,workdir=$W/upper/work" none "$D"`,
  },
  {
    name: 'overlay, of the root file system, layers out of sight',
    make: `mkdir "$W/lower" "$W/upper" "$W/work"; "$M" prepare "$W/lower"
           mount -t overlay -o "lowerdir=$W/lower,upperdir=$W/upper,workdir=$W/work" none "$D"
           mount -t tmpfs none "$W"`,
  },
  {
    name: 'overlay, several lower layers',
    make: `mkdir "$W/t"; mount -t tmpfs none "$W/t"; cd "$W/t"; mkdir a b c upper work; "$M" prepare a; "$M" prepare c
           mount -t overlay -o "lowerdir=a:b:c,upperdir=upper,workdir=work" none "$D"`,
  },
  {
    name: 'overlay on overlay',
    make: `mkdir "$W/t" "$W/low"; mount -t tmpfs none "$W/t"; cd "$W/t"; mkdir lower upper work upper2 work2
           "$M" prepare lower; mount -t overlay -o "lowerdir=lower,upperdir=upper,workdir=work" none "$W/low"
           mount -t overlay -o "lowerdir=$W/low,upperdir=upper2,workdir=work2" none "$D"`,
  },
  {
    name: 'overlay, squashfs below',
    needs: ['mksquashfs'],
    make: `mkdir "$W/t" "$W/lower"; mount -t tmpfs none "$W/t"; cd "$W/t"; mkdir files upper work; "$M" prepare files
           mksquashfs files squashed -quiet -no-progress > /dev/null 2>&1; mount -t squashfs -o loop squashed "$W/lower"
           mount -t overlay -o "lowerdir=$W/lower,upperdir=upper,workdir=work" none "$D"`,
  },
];

test.for(kinds)('$name', async (kind, context) => {
  expect(faults(await fill(context, kind))).toEqual([]);
});
