/** `sysmon spool stat`: what waits in spools. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { printableJson, visible } from '../base/printable.js';
import { readSpoolMeta } from '../sink/spool.js';
import { readSpoolStatus, type SpoolStatus } from '../sink/spool-status.js';
import { SinkError } from '../sink/sink.js';
import { exitCode } from './exit-code.js';
import type { Given } from './given.js';
import { defaultSpoolFolder } from './spool-folder.js';
import type { CommandStreams } from './streams.js';

/** What is known of a spool. */
interface SpoolReport extends Partial<SpoolStatus> {
  readonly directory: string;
  /** Whether a process has it open. */
  readonly open: boolean;
  /** When the oldest was stored, ms since the epoch. */
  readonly oldest?: number;
}

const isSpool = (directory: string): boolean => existsSync(join(directory, 'db'));

/** A spool itself, or those in a folder. Throws SinkError. */
function spoolsOf(directory: string): string[] {
  if (isSpool(directory)) return [directory];
  try {
    const inside = readdirSync(directory).map((name) => join(directory, name));
    return inside.filter(isSpool).sort();
  } catch (error) {
    throw new SinkError(`cannot look into ${directory}: ${(error as Error).message}`, error);
  }
}

async function reportOf(directory: string): Promise<SpoolReport> {
  const status = readSpoolStatus(directory);
  try {
    const meta = await readSpoolMeta(directory);
    return { ...status, ...meta, directory, open: false };
  } catch (error) {
    // What has it open says itself how it is.
    if (status !== undefined && /in use/.test((error as Error).message)) return { ...status, directory, open: true };
    throw error;
  }
}

const ago = (ms: number | undefined): string => {
  if (ms === undefined) return '';
  const seconds = Math.max(0, Math.round((Date.now() - ms) / 1000));
  const [unit, size] =
    seconds < 120 ? (['s', 1] as const) : seconds < 7200 ? (['min', 60] as const) : (['h', 3600] as const);
  return `${Math.round(seconds / size)} ${unit}`;
};

function textOf({ directory, open, to, documents = 0, bytes = 0, oldest, failing, lost, source }: SpoolReport): string {
  const lines = [
    `${directory}: ${open ? 'in use' : 'not in use'}`,
    ...(to === undefined ? [] : [`  to       ${to}`]),
    ...(source === undefined ? [] : [`  source   ${source}`]),
    `  waiting  ${documents} documents, ${bytes} bytes${oldest === undefined ? '' : `, the oldest for ${ago(oldest)}`}`,
    ...(failing && open ? [`  failing  for ${ago(failing.since)}: ${failing.reason}`] : []),
    ...Object.entries(lost ?? {}).map(([cause, count]) => `  lost     ${count} (${cause}) since it was opened`),
  ];
  return `${lines.map(visible).join('\n')}\n`;
}

export async function spoolStat(given: Given, streams: CommandStreams): Promise<number> {
  const folders = given.operands.length > 0 ? given.operands : [defaultSpoolFolder];
  if (given.operands.length === 0 && !existsSync(defaultSpoolFolder)) {
    streams.stderr.write(`sysmon: there is no spool: ${defaultSpoolFolder} does not exist\n`);
    return exitCode.ok;
  }
  const reports: SpoolReport[] = [];
  for (const folder of folders) {
    const spools = spoolsOf(folder);
    if (spools.length === 0 && given.operands.length > 0) throw new SinkError(`${folder} is no spool, and has none.`);
    for (const spool of spools) reports.push(await reportOf(spool));
  }
  if (given.on('json')) streams.stdout.write(`${printableJson(reports)}\n`);
  else streams.stdout.write(reports.map(textOf).join(''));
  return exitCode.ok;
}
