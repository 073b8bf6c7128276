/**
 * What was tried to evade the sensor, and what it told: collected in build/evasion/, from which `npm run evasion`
 * writes docs/evasion.md. Under a guest the host takes it from the folder of results.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { release } from 'node:os';
import { join } from 'node:path';

const results = process.env['SYSMON_VM'] ? '/run/vm' : join(import.meta.dirname, '../../../build');
/** `6.18`, `5.10` */
const kernel = release().split('.').slice(0, 2).join('.');

function write(name: string, content: object): void {
  const to = join(results, 'evasion');
  mkdirSync(to, { recursive: true });
  const file = `${kernel}-${name.replaceAll(/[^A-Za-z0-9]+/g, '-').toLowerCase()}.json`;
  writeFileSync(join(to, file), `${JSON.stringify({ kernel, ...content })}\n`);
}

/** `area`: heading of the table. `result`: one sentence, without a full stop, on what is reported. */
export function attempt(area: string, name: string, result: string): void {
  write(`attempt-${area}-${name}`, { area, name, result });
}

/** The cells of the truth matrix of file paths on one file system. */
export function noteMatrix(
  fileSystem: string,
  cells: readonly { way: string; call: string; outcome: string; detail?: string }[],
): void {
  const counts: Record<string, number> = {};
  for (const c of cells) counts[c.outcome] = (counts[c.outcome] ?? 0) + 1;
  write(`matrix-${fileSystem}`, { fileSystem, counts, cells: cells.filter((c) => c.outcome !== 'right') });
}
