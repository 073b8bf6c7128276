// What this system needs to run the guests.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { hasCommand, provide, root } from '../../scripts/setup.mjs';

const command = (name, pack, what = name) => ({ package: pack, what, there: () => hasCommand(name) });
const common = [
  command('busybox', 'busybox-static'),
  command('cpio', 'cpio'),
  command('zstd', 'zstd'),
  command('xz', 'xz-utils'),
  command('depmod', 'kmod'),
  command('dpkg-deb', 'dpkg'),
];
const machines = {
  amd64: [command('qemu-system-x86_64', 'qemu-system-x86')],
  arm64: [
    command('qemu-system-aarch64', 'qemu-system-arm'),
    command('qemu-system-aarch64', 'ipxe-qemu'),
    command('aarch64-linux-gnu-g++', 'g++-aarch64-linux-gnu'),
  ],
};

/** qemu's own, up to 7; since then it is a program of its own. */
export const ownVirtiofsd = '/usr/lib/qemu/virtiofsd';
export const findVirtiofsd = () => [ownVirtiofsd, '/usr/libexec/virtiofsd', '/usr/lib/virtiofsd'].find(existsSync);

/** Makes this system ready for guests of these architectures, by apt if `install`. Returns what stands in the way. */
export function prepareHost(architectures, install) {
  if (process.getuid() !== 0) return 'root is needed: the guests see the files of this system';
  for (const file of ['build/Release/sysmon.node', 'dist/index.js'])
    if (!existsSync(join(root, file))) return `${file} is missing: npm run build`;
  const needs = [...common, ...architectures.flatMap((a) => machines[a])];
  // After qemu, which may have brought one.
  const last = [{ package: 'virtiofsd', what: 'shared folders', there: () => findVirtiofsd() !== undefined }];
  if (install) return provide(needs) ?? provide(last);
  const missing = [...needs, ...last].filter((n) => !n.there()).map((n) => n.package);
  return missing.length > 0
    ? `missing here: ${[...new Set(missing)].join(', ')} (--install does it by apt)`
    : undefined;
}
