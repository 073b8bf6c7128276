// What the last run of each kernel found, kept in build/vm: all of them take more than an hour, and one can be run
// again alone.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { project } from './boot.mjs';
import { targets } from './kernels.mjs';

const pathOf = (target) => join(project, 'build/vm', `${target.name}.json`);

/** The commit that is checked out; with a + if it is not all that is there. */
function commit() {
  const git = (...args) => execFileSync('git', args, { cwd: project, encoding: 'utf8' }).trim();
  try {
    return git('rev-parse', '--short', 'HEAD') + (git('status', '--porcelain', '--untracked-files=no') ? '+' : '');
  } catch {
    return 'unknown'; // no clone, or no git
  }
}

/** @param {{ storm: string, quick: boolean }} options */
export function keep(outcome, { storm, quick }) {
  writeFileSync(
    pathOf(outcome.target),
    JSON.stringify({ ...outcome, target: outcome.target.name, commit: commit(), storm, quick }),
  );
}

/** Undefined if it has not been run here. */
export function kept(target) {
  if (!existsSync(pathOf(target))) return undefined;
  const run = JSON.parse(readFileSync(pathOf(target), 'utf8'));
  return { ...run, target: targets.find((t) => t.name === run.target) };
}
