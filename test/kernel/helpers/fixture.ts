/** One sensor for a whole test file, and something to look at. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { Sysmon, type EventType, type SysmonOptions } from '../../../lib/index.js';
import { checkFormats } from './formats.js';
import { record, type Capture, type ProcessCreateEvent } from './capture.js';
import { compile, makeFolder, run, type Running } from './workspace.js';

export let folder: string;
/** The program of idle.c. */
export let idle: string;
export let sysmon: Sysmon;
export let seen: Capture;

/**
 * To be called at the top of a test file. `events`: beside those of processes. Nothing is hashed, unless the options
 * say so.
 */
export function useSensor(events: readonly EventType[] = [], options: SysmonOptions = {}): void {
  beforeAll(async () => {
    folder = makeFolder();
    idle = compile('idle.c', join(folder, 'idle'));
    sysmon = new Sysmon({ events: ['ProcessCreate', 'ProcessTerminate', ...events], hash: 'none', ...options });
    seen = record(sysmon);
    await sysmon.start();
  });
  afterAll(async () => {
    await sysmon.stop();
    // It may be deeper than a path may be long, which rmSync() cannot remove.
    execFileSync('rm', ['-rf', folder]);
    checkFormats(seen.events);
  });
}

export const userName = (uid: number): string => execFileSync('id', ['-nu', String(uid)], { encoding: 'utf8' }).trim();

/** The exec of this image by a process that has executed others before. */
export const lastOf = (pid: number, image: string): Promise<ProcessCreateEvent> =>
  seen.find('ProcessCreate', (e) => e.data.ProcessId === pid && e.data.Image === image);

/** Runs a shell that ends by executing the idle program, and waits for that. */
export async function shell(
  script: string,
  options: { args?: string[]; image?: string; env?: NodeJS.ProcessEnv; stdio?: (number | 'pipe' | 'ignore')[] } = {},
): Promise<{ e: ProcessCreateEvent; running: Running }> {
  const running = run('/bin/sh', ['-c', script, 'sh', ...(options.args ?? [])], {
    cwd: folder,
    env: { PATH: process.env['PATH'], IDLE: idle, ...options.env },
    ...(options.stdio ? { stdio: options.stdio } : {}),
  });
  return { e: await lastOf(running.pid, options.image ?? idle), running };
}
