// node test/bench/archive.mjs [n]: of how many deleted files the archive keeps the content, by what is left of them. As
// root. Files are made, written, closed and deleted by a shell's worth of calls as fast as one process can. The xfs is
// one in a file, made for it (mkfs.xfs).
import { execFileSync } from 'node:child_process';
import {
  closeSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmdirSync,
  rmSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Sysmon } from '../../dist/index.js';

const n = Number(process.argv[2] ?? 1000);
const folders = { 'ext4 (/tmp)': '/tmp', 'tmpfs (/dev/shm)': '/dev/shm' };

/** Calls `use` with a folder on an xfs. */
async function onXfs(use) {
  const at = mkdtempSync('/tmp/sysmon-bench-xfs-');
  const image = `${at}.image`;
  try {
    writeFileSync(image, '');
    truncateSync(image, 1 << 30);
    execFileSync('mkfs.xfs', ['-q', '-f', image]);
    execFileSync('mount', ['-o', 'loop', image, at]);
    try {
      await use(at);
    } finally {
      execFileSync('umount', [at]);
    }
  } finally {
    rmSync(image, { force: true });
    rmdirSync(at);
  }
}

const ways = {
  nothing: () => () => undefined,
  'another name': (path) => (linkSync(path, `${path}.other`), () => undefined),
  'an open descriptor': (path) => {
    const fd = openSync(path, 'r');
    return () => closeSync(fd);
  },
  'held (archive.hold)': () => () => undefined,
};

async function measure(parent, way) {
  const folder = mkdtempSync(join(parent, 'sysmon-bench-'));
  const files = join(folder, 'files');
  mkdirSync(files);
  const held = way.startsWith('held');
  const sysmon = new Sysmon({
    events: ['FileDelete'],
    archiveDirectory: join(folder, 'archive'),
    archive: { holdFiles: n, minFreePercent: 0, timeoutMs: 60_000, ...(held ? { hold: [files] } : {}) },
  });
  const why = {};
  let kept = 0;
  let told = 0;
  let byName = 0;
  sysmon.on('FileDelete', (e) => {
    if (!e.data.TargetFilename.startsWith(`${files}/`) || e.data.TargetFilename.endsWith('.other')) return;
    told++;
    if (e.data.Archived) kept++;
    else why[e.extra.archive] = (why[e.extra.archive] ?? 0) + 1;
    try {
      closeSync(openSync(e.data.TargetFilename, 'r'));
      byName++;
    } catch {
      // what everybody else would have got
    }
  });
  await sysmon.start();
  const undo = [];
  const begun = performance.now();
  for (let i = 0; i < n; i++) {
    const path = join(files, `f${i}`);
    writeFileSync(path, `content ${i}`);
    undo.push(ways[way](path));
    unlinkSync(path);
    // What is open is let go after a while, as programs do.
    if (undo.length >= 100) {
      await sleep(200);
      undo.splice(0).forEach((f) => f());
    }
  }
  const ms = performance.now() - begun;
  for (const end = Date.now() + 60_000; told < n && Date.now() < end;) await sleep(20);
  await sysmon.stop();
  undo.forEach((f) => f());
  rmSync(folder, { recursive: true });
  return { kept, told, byName, why, ms };
}

console.log(`of ${n} files each; 'by name': opened by the listener of the event`);
async function measureAll(name, parent) {
  for (const way of Object.keys(ways)) {
    const r = await measure(parent, way);
    const rest = Object.entries(r.why)
      .map(([k, v]) => `${k} ${v}`)
      .join(', ');
    console.log(
      `${name.padEnd(18)}${way.padEnd(22)}kept ${String(r.kept).padStart(5)}   by name ${r.byName}   events ${r.told}   ${rest}`,
    );
  }
}
for (const [name, parent] of Object.entries(folders)) await measureAll(name, parent);
await onXfs((parent) => measureAll('xfs', parent));
