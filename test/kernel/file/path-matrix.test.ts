/** The truth matrix of file paths: plain file systems. See matrix.ts. */
import { expect, test } from 'vitest';
import { useSensor } from '../helpers/fixture.js';
import { faults, fill, matrixEvents, type Kind } from './matrix.js';

useSensor(matrixEvents);

const prepared = '"$M" prepare "$D"';
const onLoop = (name: string, size: string, mkfs: string, options = ''): string =>
  `image fs ${size} ${mkfs} "$W/fs.img"; mount -t ${name} -o loop${options} "$W/fs.img" "$D"; ${prepared}`;

const kinds: readonly Kind[] = [
  { name: 'the root file system', make: `D="$W/own"; mkdir "$D"; ${prepared}` },
  {
    name: 'the root file system, bound to a second place',
    make: `mkdir -p "$W/own"; mount --bind "$W/own" "$D"; ${prepared}`,
  },
  {
    name: 'what /var/tmp is on',
    make: `case $(stat -c %d /var/tmp) in $(stat -c %d "$W")) echo "it is what /tmp is on" >&2; exit 1;; esac
           D=$(mktemp -d /var/tmp/sysmon-matrix-XXXXXX); CLEAN=$D; ${prepared}`,
  },
  { name: 'tmpfs', make: `mount -t tmpfs none "$D"; ${prepared}` },
  { name: 'ramfs', make: `mount -t ramfs none "$D"; ${prepared}` },
  { name: 'ext4', needs: ['mkfs.ext4'], make: onLoop('ext4', '64M', 'mkfs.ext4 -q -F -N 8000') },
  { name: 'ext2', needs: ['mkfs.ext2'], make: onLoop('ext2', '64M', 'mkfs.ext2 -q -F -N 8000') },
  { name: 'xfs', needs: ['mkfs.xfs'], make: onLoop('xfs', '320M', 'mkfs.xfs -q -f') },
  { name: 'btrfs', needs: ['mkfs.btrfs'], make: onLoop('btrfs', '256M', 'mkfs.btrfs -q -f') },
  {
    name: 'btrfs, a subvolume',
    needs: ['mkfs.btrfs', 'btrfs'],
    make: `image fs 256M mkfs.btrfs -q -f "$W/fs.img"; mount -t btrfs -o loop "$W/fs.img" "$D"
           btrfs subvolume create "$D/one" > /dev/null; btrfs subvolume create "$D/two" > /dev/null; umount "$D"
           mkdir "$W/two"; mount -t btrfs -o loop,subvol=two "$W/fs.img" "$W/two"
           mount -t btrfs -o loop,subvol=one "$W/fs.img" "$D"; ${prepared}`,
  },
  { name: 'vfat', needs: ['mkfs.vfat'], make: onLoop('vfat', '64M', 'mkfs.vfat -F 32') },
];

test.for(kinds)('$name', async (kind, context) => {
  expect(faults(await fill(context, kind))).toEqual([]);
});
