import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
export const addonFolder = join(root, 'build/bench');
export const work = join(root, 'build/bench/sysmon_bench_work');

const run = promisify(execFile);

export function quantile(values, q) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))];
}

export const median = (values) => quantile(values, 0.5);

/** Runs a program and returns what it prints. */
export async function output(file, ...args) {
  const { stdout } = await run(file, args.map(String), { maxBuffer: 64 << 20 });
  return stdout.trim();
}

/** Runs a script of this folder in a process of its own; it prints one JSON object. */
export async function measure(script, ...args) {
  return JSON.parse(await output(process.execPath, '--no-warnings', join(root, 'test/bench', script), ...args));
}
