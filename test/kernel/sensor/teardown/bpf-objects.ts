/** What of eBPF is left in the kernel, told apart from what other sensors on the machine hold. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

let folder: string | undefined;

/** Compiles the helper. Call removeHelper() at the end. */
export function buildHelper(): void {
  folder = mkdtempSync(join(tmpdir(), 'sysmon-teardown-'));
  execFileSync('cc', ['-O1', '-Wall', '-o', join(folder, 'bpf-ids'), join(import.meta.dirname, 'bpf-ids.c')], {
    stdio: 'pipe',
  });
}
export function removeHelper(): void {
  if (folder !== undefined) rmSync(folder, { recursive: true });
  folder = undefined;
}

/** Does with a link or a map what another process could: see bpf-ids.c. */
export function tamper(what: 'detach' | 'clear', id: string): void {
  execFileSync(join(folder as string, 'bpf-ids'), [what, id], { stdio: 'pipe' });
}

/** Our programs and maps, and the links of our programs: `prog 12 sm_process_create` → key `prog 12`. */
export function ours(): Map<string, string> {
  const lines = execFileSync(join(folder as string, 'bpf-ids'), { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((l) => l.split(' '));
  const found = new Map<string, string>();
  for (const [kind, id, name = ''] of lines)
    if (kind !== 'link' && /^(sm_|sysmon)/.test(name)) found.set(`${kind} ${id}`, name);
  for (const [kind, id, program] of lines)
    if (kind === 'link' && found.has(`prog ${program}`)) found.set(`link ${id}`, `of prog ${program}`);
  return found;
}

/** Those that some process has a descriptor of. */
function held(): Set<string> {
  const found = new Set<string>();
  for (const pid of readdirSync('/proc')) {
    if (!/^\d+$/.test(pid)) continue;
    try {
      for (const fd of readdirSync(`/proc/${pid}/fdinfo`)) {
        for (const m of readFileSync(`/proc/${pid}/fdinfo/${fd}`, 'utf8').matchAll(/^(prog|map|link)_id:\s*(\d+)/gm))
          found.add(`${m[1]} ${m[2]}`);
      }
    } catch {
      // it has ended meanwhile
    }
  }
  return found;
}

/**
 * Objects that are there now, were not there before, and belong to no process. The kernel frees late, so it gets some
 * time.
 */
export async function leftOver(before: ReadonlyMap<string, string>): Promise<string[]> {
  let left: string[] = [];
  for (let i = 0; i < 100; i++) {
    const holders = held();
    const now = ours();
    left = [...now].filter(([key]) => !before.has(key) && !holders.has(key)).map(([key, name]) => `${key} ${name}`);
    if (left.length === 0) return [];
    await sleep(200);
  }
  return left;
}

/** Numbers of the objects that a process holds, by kind. */
export function heldBy(pid: number): Set<string> {
  const found = new Set<string>();
  for (const fd of readdirSync(`/proc/${pid}/fdinfo`)) {
    try {
      for (const m of readFileSync(`/proc/${pid}/fdinfo/${fd}`, 'utf8').matchAll(/^(prog|map|link)_id:\s*(\d+)/gm))
        found.add(`${m[1]} ${m[2]}`);
    } catch {
      // closed meanwhile, as the one that the folder was read by
    }
  }
  return found;
}
