// Boots one kernel in qemu, without KVM, and runs one command in it. The guest sees the host's root (or another folder)
// at the same paths, so node, the project and its packages are simply there; what it writes is thrown away, but for
// /run/vm.
import { execFileSync, spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { findVirtiofsd, ownVirtiofsd } from './host.mjs';

const here = dirname(fileURLToPath(import.meta.url));
export const project = join(here, '../..');
export const cache =
  process.env.SYSMON_VM_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'sysmon-vm');

const machines = {
  amd64: {
    qemu: 'qemu-system-x86_64',
    machine: ['-M', 'q35', '-cpu', 'Nehalem'], // half the time of `max`, whose newer features are dear to emulate
    console: 'ttyS0',
    // Where the host has no time for it, the emulated timer ticks too late for the kernel's check of it: a panic.
    append: 'no_timer_check',
    busybox: '/bin/busybox',
  },
  arm64: {
    qemu: 'qemu-system-aarch64',
    machine: ['-M', 'virt', '-cpu', 'cortex-a72'],
    console: 'ttyAMA0',
    append: '',
    busybox: join(cache, 'arm64/root/bin/busybox'),
  },
};

/** What an end of this program by a signal must not leave behind. */
const children = new Set();
const folders = new Set();
process.on('exit', () => {
  for (const c of children) c.kill('SIGKILL');
  for (const f of folders) rmSync(f, { recursive: true, force: true });
});
for (const [signal, status] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
])
  process.once(signal, () => process.exit(status));

/** A process that ends with this one at the latest. */
function start(command, args, stdio) {
  const child = spawn(command, args, { stdio });
  children.add(child);
  child.on('exit', () => children.delete(child));
  return child;
}

/** A folder that goes with this process at the latest. */
export function temporaryFolder(prefix) {
  const path = mkdtempSync(join(tmpdir(), prefix));
  folders.add(path);
  return path;
}

export function removeFolder(path) {
  rmSync(path, { recursive: true, force: true });
  folders.delete(path);
}

/** Bytes of a kernel module, however the distribution packs it. */
function unpacked(path) {
  if (path.endsWith('.gz')) return gunzipSync(readFileSync(path));
  if (path.endsWith('.xz')) return execFileSync('xz', ['-dc', path], { maxBuffer: 64 << 20 });
  if (path.endsWith('.zst')) return execFileSync('zstd', ['-dcq', path], { maxBuffer: 64 << 20 });
  return readFileSync(path);
}

/** The initramfs: busybox, the modules that reach the root, the first and the second stage. */
function makeInitramfs(work, kernelDir, release, busybox, env) {
  const root = join(work, 'initramfs');
  for (const d of ['bin', 'proc', 'dev', 'modules', 'lower', 'upper', 'root'])
    mkdirSync(join(root, d), { recursive: true });
  copyFileSync(busybox, join(root, 'bin/busybox'));
  copyFileSync(join(here, 'init.sh'), join(root, 'init'));
  copyFileSync(join(here, 'stage2.sh'), join(root, 'stage2.sh'));
  execFileSync('chmod', ['755', join(root, 'init'), join(root, 'bin/busybox')]);
  const modules = new Set();
  for (const name of ['virtio_pci', 'virtiofs', 'overlay']) {
    let shown = '';
    try {
      shown = execFileSync('modprobe', ['-d', kernelDir, '-S', release, '--show-depends', name], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      });
    } catch {
      continue; // built in
    }
    for (const line of shown.split('\n')) if (line.startsWith('insmod ')) modules.add(line.split(' ')[1]);
  }
  let i = 10;
  for (const path of modules)
    writeFileSync(join(root, 'modules', `${i++}-${basename(path).replace(/\.ko.*/, '.ko')}`), unpacked(path));
  const quoted = Object.entries(env).map(([k, v]) => `${k}='${String(v).replaceAll("'", "'\\''")}'\n`);
  writeFileSync(join(root, 'vm.env'), quoted.join(''));
  const image = join(work, 'initramfs.cpio');
  execFileSync('bash', ['-c', 'find . | cpio -o -H newc --quiet > "$0"', image], { cwd: root });
  return image;
}

/** Shares a folder; resolves when the socket is there. */
async function share(work, tag, folder) {
  const daemon = findVirtiofsd();
  if (!daemon) throw new Error('virtiofsd is missing: install virtiofsd, or qemu-system-common up to version 7');
  const socket = join(work, `${tag}.sock`);
  const options =
    daemon === ownVirtiofsd
      ? [`--socket-path=${socket}`, '-o', `source=${folder}`, '-o', 'cache=auto', '-o', 'sandbox=chroot']
      : [`--socket-path=${socket}`, '--shared-dir', folder, '--cache=auto', '--sandbox=chroot'];
  const child = start(daemon, options, ['ignore', 'ignore', 'pipe']);
  let said = '';
  child.stderr.on('data', (d) => (said = (said + d).slice(-2000)));
  for (let i = 0; i < 100 && !existsSync(socket); i++) {
    if (child.exitCode !== null) break;
    await sleep(50);
  }
  if (!existsSync(socket)) {
    child.kill();
    throw new Error(`virtiofsd does not share ${folder}: ${said}`);
  }
  return { child, socket, tag };
}

/**
 * @param {object} vm
 * @param {string} vm.name      shown as SYSMON_VM in the guest
 * @param {string} vm.release   as get-kernel.sh printed it
 * @param {string} vm.command   run by bash as root
 * @param {string} vm.results   host folder, writable in the guest as /run/vm
 * @param {string} [vm.root]    host folder that is the guest's root, to which the project is added; default /, which
 *   has it
 * @param {string} [vm.append]  kernel arguments
 * @param {number} vm.timeout   seconds
 * @param {number} [vm.cpus]    default 1: the fastest under emulation
 * @param {(line: string) => void} [vm.onLine]
 * @returns {Promise<{exit: number | undefined, output: string}>} exit is undefined if the command never ended
 */
export async function boot(vm) {
  const machine = machines[vm.release.split('-').at(-1)];
  const kernelDir = join(cache, 'kernels', vm.release);
  const work = temporaryFolder('sysmon-vm-');
  const shares = [];
  let qemu;
  try {
    const env = {
      NAME: vm.name,
      RELEASE: vm.release,
      MODULES: join(kernelDir, 'lib/modules', vm.release),
      DIR: project,
      PROJECT: vm.root ? project : '',
      COMMAND: vm.command,
    };
    const initramfs = makeInitramfs(work, kernelDir, vm.release, machine.busybox, env);
    shares.push(await share(work, 'root', vm.root ?? '/'));
    shares.push(await share(work, 'results', vm.results));
    if (vm.root) shares.push(await share(work, 'project', project));
    const memory = '2G';
    qemu = start(
      machine.qemu,
      [
        ...machine.machine,
        ...['-accel', 'tcg,thread=multi', '-smp', String(vm.cpus ?? 1), '-m', memory],
        // virtiofsd shares it
        ...['-object', `memory-backend-memfd,id=mem,size=${memory},share=on`, '-numa', 'node,memdev=mem'],
        ...['-nodefaults', '-display', 'none', '-serial', 'stdio', '-no-reboot'],
        ...shares.flatMap((s) => [
          '-chardev',
          `socket,id=c-${s.tag},path=${s.socket}`,
          '-device',
          `vhost-user-fs-pci,chardev=c-${s.tag},tag=${s.tag}`,
        ]),
        ...['-kernel', join(kernelDir, 'vmlinuz'), '-initrd', initramfs],
        ...[
          '-append',
          `console=${machine.console} quiet panic=-1 mitigations=off ${machine.append} ${vm.append ?? ''}`,
        ],
      ],
      ['ignore', 'pipe', 'pipe'],
    );
    const timer = setTimeout(() => qemu.kill('SIGKILL'), vm.timeout * 1000);
    let output = '';
    let complaint = '';
    let exit;
    qemu.stderr.on('data', (d) => (complaint += d));
    const lines = createInterface({ input: qemu.stdout });
    lines.on('line', (raw) => {
      const line = stripVTControlCharacters(raw).replaceAll('\r', ''); // firmware and vitest move the cursor
      output += `${line}\n`;
      const ended = /^VM-EXIT (\d+)$/.exec(line);
      if (ended) exit = Number(ended[1]);
      vm.onLine?.(line);
    });
    await new Promise((resolve, reject) => {
      qemu.on('error', reject); // not installed
      qemu.on('close', resolve);
    });
    clearTimeout(timer);
    return { exit, output: output + complaint };
  } finally {
    qemu?.kill('SIGKILL');
    for (const s of shares) s.child.kill();
    removeFolder(work);
  }
}
