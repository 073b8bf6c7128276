/** Recordings for the tests of Replay, in a folder that goes with them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll } from 'vitest';
import { SysmonError } from '../../../lib/base/errors.js';
import type { LossRecord } from '../../../lib/event/event.js';
import { Replay, type ReplaySource } from '../../../lib/replay/index.js';
import { type SysmonEvent } from '../../../lib/schema/events.gen.js';
import { fixtures } from '../serializer/helpers.js';

export const recording = join(fixtures, 'events.ndjson');
export const loss: LossRecord = {
  type: 'Loss',
  time: 't',
  host: 'h',
  stage: 'ring',
  eventType: 'ProcessCreate',
  count: 3,
  since: 'a',
  until: 'b',
};
export let dir: string;
beforeAll(() => (dir = mkdtempSync(join(tmpdir(), 'sysmon-replay-'))));
afterAll(() => rmSync(dir, { recursive: true }));

export const file = (name: string, text: string | Uint8Array): string => {
  const path = join(dir, name);
  writeFileSync(path, text);
  return path;
};

/** What becomes of a promise that may never be settled. */
export const settled = async (promise: Promise<void>): Promise<string> => {
  const late = new AbortController();
  const never = sleep(20_000, 'never', { signal: late.signal }).catch(() => 'late');
  const outcome = await Promise.race([promise.then(() => 'resolved'), never]);
  late.abort();
  return outcome;
};

/** Plays all of a recording. */
export async function play(
  source: ReplaySource,
  options = {},
): Promise<{ events: SysmonEvent[]; errors: SysmonError[]; losses: LossRecord[]; replay: Replay }> {
  const replay = new Replay(source, options);
  const events: SysmonEvent[] = [];
  const errors: SysmonError[] = [];
  const losses: LossRecord[] = [];
  replay.on('event', (e) => void events.push(e));
  replay.on('error', (e) => void errors.push(e));
  replay.on('loss', (l) => void losses.push(l));
  await replay.start();
  await replay.done;
  return { events, errors, losses, replay };
}
